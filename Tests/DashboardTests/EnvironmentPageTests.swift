import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Pages of environments` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)
    private let toolset: JSONValue = [
        "slug": "library", "name": "Library", "default_environment_slug": "prod", "staging_environment_slug": "prod",
    ]
    private let environment: JSONValue = [
        "slug": "prod", "name": "Production", "etag": "3", "updated_at": "2025-11-24T15:00:00.000Z",
        "entries": [
            ["name": "LIBRARY_SERVER_URL", "value": "https://x.example/?a=\"b\"", "secret": false],
            ["name": "LIBRARY_TOKEN", "value": "[redacted]", "secret": true],
        ],
    ]
    private let needs = ToolsetNeeds(
        "library",
        [
            "variables": [
                ["name": "LIBRARY_CARD_KEY", "state": "missing", "tools": ["a", "b", "c", "d"]],
                ["name": "LIBRARY_TOKEN", "state": "supplied", "tools": ["a"]],
            ]
        ]
    )

    @Test func `list who calls with them`() throws {
        let page = EnvironmentListPage([environment], toolsets: [toolset], visit: .of(.producer), now: now)
        try expectSnapshot(of: page, by: "environment/list", named: "environment-list")
        #expect(page.environments[0].uses.map(\.side) == ["live and staging"])
        let none = EnvironmentListPage([], toolsets: [], visit: .of(.producer), now: now)
        try expectSnapshot(of: none, by: "environment/list", named: "environment-list-empty")
    }

    @Test func `never show a secret, and ask for what a toolset needs`() throws {
        let page = EnvironmentPage(environment, toolsets: [toolset], needs: needs, visit: .of(.producer))
        try expectSnapshot(of: page, by: "environment/show", named: "environment")
        #expect(page.entries.map(\.name) == ["LIBRARY_SERVER_URL", "LIBRARY_TOKEN", "LIBRARY_CARD_KEY", ""])
        #expect(page.entries.map(\.value) == ["https://x.example/?a=\"b\"", "", "", ""])
        #expect(page.needed == "1 variable" && page.entries[2].hint == "Needed by a, b, c and 1 more.")
        let read = EnvironmentPage(environment, toolsets: [], visit: .of(.reader))
        try expectSnapshot(of: read, by: "environment/show", named: "environment-read")
    }

    @Test func `send what was changed and nothing else`() throws {
        let form = FormFields([
            ("entry-0-name", "A"), ("entry-0-there", "plain"), ("entry-0-was", "1"), ("entry-0-value", "1"),
            ("entry-1-name", "B"), ("entry-1-there", "secret"), ("entry-1-was", ""), ("entry-1-value", ""),
            ("entry-1-secret", "yes"), ("entry-2-name", "C"), ("entry-2-there", "plain"), ("entry-2-was", "1"),
            ("entry-2-value", "2"), ("entry-3-name", "D"), ("entry-3-there", "secret"), ("entry-3-was", ""),
            ("entry-3-value", ""), ("entry-3-secret", "yes"), ("entry-3-remove", "yes"), ("entry-new-0-name", " E "),
            ("entry-new-0-value", "x"), ("entry-new-0-secret", "yes"), ("entry-new-1-name", ""),
            ("entry-new-1-value", ""), ("entry-4-name", "F"), ("entry-4-there", "plain"), ("entry-4-was", "1"),
            ("entry-4-value", "1"), ("entry-4-secret", "yes"),
        ])
        let fields = EntryFields(form)
        #expect(
            fields.set == [
                ["name": "C", "value": "2", "secret": false], ["name": "E", "value": "x", "secret": true],
                ["name": "F", "value": "1", "secret": true],
            ]
        )
        #expect(fields.removed == ["D"])
        try fields.check()
    }

    @Test func `do not empty a secret that is to be plain`() throws {
        let form = FormFields([("entry-0-name", "A"), ("entry-0-there", "secret"), ("entry-0-value", "")])
        let fields = EntryFields(form)
        let problem = #expect(throws: Problem.self) { try fields.check() }
        #expect(fields.error(at: "0", problem).contains("type its value again"))
    }

    @Test func `send a value again that was typed and refused`() throws {
        let form = "entry-0-name=LIBRARY_SERVER_URL&entry-0-there=plain&entry-0-was=old&entry-0-value=typed"
        let visit = Visit.of(.producer, form: form)
        let page = EnvironmentPage(environment, toolsets: [], visit: visit, problem: Problem(.etagMismatch, "Changed."))
        #expect(page.entries[0].value == "typed" && page.entries[0].was == "https://x.example/?a=\"b\"")
        #expect(page.fault.hasPrefix("It was changed since you read it."))
    }

    @Test func `add a row and keep those that were typed`() {
        let form = "name=Demo&entry-new-0-name=A&entry-new-0-value=1&add_entry=yes"
        let page = NewEnvironmentPage(.of(.producer, form: form))
        #expect(page.entries.map(\.name) == ["A", ""] && page.name.value == "Demo")
        #expect(NewEnvironmentPage(.of(.producer)).entries.count == 1, "one empty row is there from the start")
    }

    @Test func `let the toolset that one is made for call with it, unless somebody says no`() async throws {
        let toolset: JSONValue = ["slug": "library", "name": "Library", "default_environment_slug": nil]
        let needs = ToolsetNeeds("library", ["variables": []])
        let page = NewEnvironmentPage(.of(.producer), toolsets: [toolset], needs: needs)
        try expectSnapshot(of: page, by: "environment/new", named: "environment-new-for-toolset")
        #expect(page.useLabel == "Calls of Library use it" && page.isUsed)
        let taken: JSONValue = ["slug": "library", "name": "Library", "default_environment_slug": "production"]
        let other = NewEnvironmentPage(.of(.producer), toolsets: [taken], needs: needs)
        #expect(!other.isUsed && other.useHint.contains("in place of production"))
        let desk = ScriptedDesk(["environments.create": [:], "toolsets.update": [:]])
        for (form, told) in [("name=Demo&use=yes", "use it."), ("name=Demo", "Choose it here")] {
            let visit = Visit.of(.producer, query: "toolset=library", form: form, desk: desk)
            let create = try #require(EnvironmentPages().routes.first { $0.method == .post }).handler
            guard case .redirect(let address, let notice) = try await create(visit) else {
                Issue.record("no redirect")
                return
            }
            #expect(address.hasSuffix("/toolsets/library/environment") && notice?.text.contains(told) == true)
        }
    }

    @Test func `are told of where the toolset cannot call with a new one`() async throws {
        let desk = ScriptedDesk(["environments.create": [:]])
        let visit = Visit.of(.producer, query: "toolset=library", form: "name=Demo&use=yes", desk: desk)
        let create = try #require(EnvironmentPages().routes.first { $0.method == .post }).handler
        guard case .redirect(_, let notice) = try await create(visit) else {
            Issue.record("no redirect")
            return
        }
        #expect(notice?.kind == .warning && notice?.text.contains("do not use it") == true)
    }

    @Test func `say what is wrong with a name beside its own row`() {
        let form = FormFields([
            ("entry-new-0-name", ""), ("entry-new-0-value", ""), ("entry-new-1-name", ""), ("entry-new-1-value", "x"),
        ])
        let fields = EntryFields(form)
        let fault = Problem(.invalid, "No.", errors: [.init(pointer: "/entries/0/name", message: "pattern")])
        #expect(
            fields.error(at: "new-0", fault).isEmpty && fields.error(at: "new-1", fault) == "Give the variable a name."
        )
    }

    @Test func `keep what was typed where a name is wrong`() throws {
        let form = "slug=prod&entry-new-0-name=lower&entry-new-0-value=x"
        let fault = Problem(.invalid, "No.", errors: [.init(pointer: "/entries/0/name", message: "pattern")])
        let page = NewEnvironmentPage(.of(.producer, form: form), problem: fault)
        try expectSnapshot(of: page, by: "environment/new", named: "environment-new-fault")
        #expect(page.entries[0].name == "lower" && page.entries[0].value == "x" && !page.entries[0].error.isEmpty)
        #expect(page.fault.isEmpty)
    }
}
