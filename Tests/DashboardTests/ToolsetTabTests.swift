import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The tabs of a toolset` {
    private let prompts: [JSONValue] = [
        ["name": "recommend", "description": "Recommend <a book>", "arguments": [["name": "topic"]]],
        ["name": "overdue", "description": "", "arguments": []],
        ["name": "other", "description": "Another", "arguments": []],
    ]

    @Test func `Prompts has those that are in, in their order, and those that could be`() throws {
        let page = ToolsetPartsPage(prompts, kind: .prompts, place: try .of())
        try expectSnapshot(of: page, by: "toolset/parts", named: "prompts")
        #expect(page.items.map(\.name) == ["recommend", "overdue"])
        #expect(page.others.map(\.name) == ["other"])
    }

    @Test func `Resources of live in staging mode can only be looked at`() throws {
        let resources: [JSONValue] = [
            [
                "urn": "resources:asset:rules", "title": "Rules", "mime_type": "text/markdown",
                "uri": "slipway://rules",
                "description": nil,
            ]
        ]
        try expectSnapshot(
            of: ToolsetPartsPage(resources, kind: .resources, place: try .of(.live)),
            by: "toolset/parts",
            named: "resources-live"
        )
        try expectSnapshot(
            of: ToolsetPartsPage([], kind: .resources, place: try .of(.iteration, ["resource_urns": []])),
            by: "toolset/parts",
            named: "resources-empty"
        )
    }

    @Test func `Environment tells what is missing, and shows no secret`() throws {
        let answer: JSONObject = [
            "environment_slug": "production",
            "variables": [
                ["name": "CARD_KEY", "state": "supplied", "tools": ["a", "b", "c", "d"]],
                ["name": "OTHER_KEY", "state": "missing", "tools": ["a"]],
                ["name": "USER_KEY", "state": "brought", "tools": ["a"]],
                ["name": "SPARE_KEY", "state": "spared", "tools": ["a"]],
            ],
        ]
        let environments: [JSONValue] = [
            [
                "slug": "production", "name": "Production",
                "entries": [["name": "CARD_KEY", "value": "abc•••", "secret": true]],
            ]
        ]
        let page = ToolsetEnvironmentPage(answer, environments: environments, place: try .of(.staging))
        try expectSnapshot(of: page, by: "toolset/environment", named: "toolset-environment")
        #expect(page.missing == "One variable is missing")
        let empty = ToolsetEnvironmentPage(["variables": []], environments: [], place: try .of())
        try expectSnapshot(of: empty, by: "toolset/environment", named: "toolset-environment-empty")
    }

    @Test func `Settings keep what was typed, with what is wrong beside it`() throws {
        let problem = Problem(.nameTaken, "Taken.", errors: [.init(pointer: "/mcp_slug", message: "taken")])
        let page = ToolsetSettingsPage(
            place: try .of(.staging),
            images: [["id": "i1", "name": "logo.png", "sha256": "ab"]],
            rules: [
                ["id": "set.tool.added", "about": "The list of tools", "meaning": "A tool is new, see `x`."],
                ["id": "set.order.changed", "about": "The list of tools", "meaning": "Another order."],
                ["id": "tool.title.changed", "about": "A tool", "meaning": "Another title."],
            ],
            typed: FormFields(urlEncoded: "mcp_slug=books&grace_seconds=5&mcp_is_public=on"),
            problem: SettingsProblem(.access, problem)
        )
        try expectSnapshot(of: page, by: "toolset/settings", named: "settings-fault")
        #expect(page.access.slug.value == "books")
        #expect(page.access.slug.error == FieldSentence.taken)
        #expect(page.access.isPublic)
        #expect(!page.access.isEnabled)
        #expect(page.rules.overrides.map(\.label) == ["Another order."], "in words, the rule's name in the hint")
        #expect(page.rules.overrides.map(\.hint) == ["Rule set.order.changed"])
        #expect(page.content.name.value == "Town library")
    }

    @Test func `Settings show a reader what is set`() throws {
        let page = ToolsetSettingsPage(place: try .of(mayEdit: false, mayPublish: false))
        try expectSnapshot(of: page, by: "toolset/settings", named: "settings-reader")
    }

    @Test func `change rules that are set to nothing go by the profile again`() throws {
        let form = FormFields(
            urlEncoded:
                "profile=typed&rule%3Aset.order.changed=&rule%3Aset.tool.added=off&deprecation_days=14"
        )
        let input = try SettingsInput.changeRules(form, slug: "library")
        #expect(input["rules"] == ["set.order.changed": nil, "set.tool.added": "off"])
        #expect(input["deprecation_days"] == 14)
        #expect(throws: Problem.self) {
            try SettingsInput.changeRules(FormFields(urlEncoded: "deprecation_days=soon"), slug: "library")
        }
    }
}

@Suite struct `Switching the editing mode` {
    @Test func `says what staging mode means`() throws {
        try expectSnapshot(
            of: EditingModePage(try .of()),
            by: "toolset/editing-mode",
            named: "editing-mode-to-staging"
        )
    }

    @Test func `shows what going back makes live, the worst first`() throws {
        let changes = JSONValue.array([Staged.title, Staged.description, Staged.required]).text
        let problem = Problem(
            .confirmRequired,
            "Confirm.",
            details: [.init("confirm_digest", "d1"), .init("changes", json: changes)]
        )
        let page = EditingModePage(try .of(.staging), difference: problem)
        try expectSnapshot(of: page, by: "toolset/editing-mode", named: "editing-mode-to-iteration")
        #expect(page.list?.subjects.map(\.name) == ["getBook", "find"])
        #expect(page.digest == "d1")
        let none = Problem(.confirmRequired, "Confirm.", details: [.init("confirm_digest", "d2")])
        try expectSnapshot(
            of: EditingModePage(try .of(.staging), difference: none),
            by: "toolset/editing-mode",
            named: "editing-mode-no-difference"
        )
    }
}

@Suite struct `A new toolset` {
    @Test func `offers sources and environments`() throws {
        let page = NewToolsetPage(
            sources: [["slug": "slipway", "built_in": true], ["slug": "pets"], ["slug": "library"]],
            environments: [["slug": "production", "name": "Production"]],
            visit: .of(.producer, query: "source=pets")
        )
        try expectSnapshot(of: page, by: "toolset/new", named: "new-toolset")
        #expect(page.tools.options.first?.value == "all:library" && page.name.value == "pets")
        #expect(page.tools.options.filter(\.isChosen).map(\.value) == ["all:pets"], "the source that was asked for")
        #expect(page.tools.options.last?.label.contains("slipway (built in)") == true)
    }

    @Test func `says beside the field that a slug is taken, and keeps what was typed`() throws {
        let page = NewToolsetPage(
            sources: [["slug": "slipway", "built_in": true]],
            environments: [],
            visit: .of(.producer, form: "name=Library&slug=library"),
            problem: Problem(.nameTaken, "There is one.")
        )
        try expectSnapshot(of: page, by: "toolset/new", named: "new-toolset-taken")
        #expect(page.slug.error == "There is one.")
        #expect(!page.hasSources && page.tools.options.first { $0.isChosen }?.value == "")
        #expect(page.fault.isEmpty)
    }

    @Test func `leads to choosing tools where somebody wants some`() async throws {
        let desk = ScriptedDesk(["toolsets.create": ["toolset": [:]]])
        let visit = Visit.of(.producer, form: "name=My+books&tools=some%3Alibrary", desk: desk)
        let create = try #require(NewToolsetPages().routes.last).handler
        guard case .redirect(let address, _) = try await create(visit) else {
            Issue.record("no redirect")
            return
        }
        #expect(address == "/projects/default/toolsets/my-books/tools/add?source=library")
    }
}
