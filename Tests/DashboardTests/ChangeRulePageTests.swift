import Accounts
import JSON
import Testing

@testable import Dashboard

@Suite struct `The change rules of a toolset` {
    private let rules: [JSONValue] = [
        [
            "id": "set.tool.removed", "about": "The list of tools", "level": "breaking",
            "meaning": "A tool is gone from the list; calls of it fail.",
        ],
        [
            "id": "set.order.changed", "about": "The list of tools", "level": "safe",
            "meaning": "Tools stand in another order.",
        ],
        [
            "id": "tool.name.near-clashed", "about": "A tool and its texts", "level": "risky",
            "meaning": "A name differs from another one only by case, `_`, `-` or `.`.",
        ],
    ]

    private func page(_ query: String = "", mayPublish: Bool = true) throws -> ChangeRulePage {
        ChangeRulePage(rules, place: try .of(mayPublish: mayPublish), visit: .of(.publisher, query: query))
    }

    @Test func `are told by their sentences, with the level of each`() throws {
        let page = try page()
        try expectSnapshot(of: page, by: "toolset/change-rules", named: "change-rules")
        #expect(page.groups.map(\.title) == ["The list of tools", "A tool and its texts"])
        #expect(page.groups[0].rules.map(\.isOwn) == [false, true])
        #expect(page.groups[1].rules[0].sentence == "A name differs from another one only by case, _, - or ..")
        try expectSnapshot(
            of: self.page(mayPublish: false),
            by: "toolset/change-rules",
            named: "change-rules-reader"
        )
    }

    @Test(arguments: [
        ("q=tool+gone", ["set.tool.removed"]), ("level=own", ["set.order.changed"]),
        ("level=off", ["set.order.changed"]),
        ("level=risky", ["tool.name.near-clashed"]), ("about=A+tool+and+its+texts", ["tool.name.near-clashed"]),
        ("q=near-clashed", ["tool.name.near-clashed"]), ("q=nothing", []),
    ])
    func `are found by words, by what they are about, and by their level`(query: String, found: [String]) throws {
        #expect(try page(query).groups.flatMap(\.rules).map(\.id) == found)
    }

    @Test func `say where none matches`() throws {
        let page = try page("q=nothing&page=4")
        try expectSnapshot(of: page, by: "toolset/change-rules", named: "change-rules-none")
        #expect(page.isEmpty && page.filters.isFiltered)
    }

    @Test(arguments: [
        ("rule%3Aset.order.changed=off&rule%3Aset.tool.removed=", "already"),
        ("rule%3Aset.order.changed=&rule%3Aset.tool.removed=risky", "2 rules saved"),
    ])
    func `only what differs is sent`(form: String, told: String) async throws {
        let toolset: JSONObject = [
            "slug": "library", "name": "Library", "editing_mode": "iteration",
            "change_rules": ["profile": "agent", "rules": ["set.order.changed": "off"]],
        ]
        let desk = ScriptedDesk(["toolsets.get": ["toolset": .object(toolset)], "toolsets.setChangeRules": [:]])
        let visit = Visit.of(.publisher, form: form, parameters: ["toolset": "library"], desk: desk)
        let save = try #require(ChangeRulePages().routes.last).handler
        guard case .redirect(_, let notice) = try await save(visit) else {
            Issue.record("no redirect")
            return
        }
        #expect(notice?.text.contains(told) == true)
    }
}
