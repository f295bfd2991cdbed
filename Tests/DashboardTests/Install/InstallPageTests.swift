import JSON
import Projects
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The install page` {
    private func installation(
        name: String = "Library",
        isPublic: Bool = true,
        tools: Int = 3
    ) throws -> ServedInstallation {
        ServedInstallation(
            projectID: .make(),
            project: Slug("default"),
            toolset: try #require(Slug("library")),
            mcpSlug: try #require(Slug("library")),
            url: "https://tools.example.com/mcp/library",
            name: name,
            description: "Books & loans",
            documentationURL: "https://example.com/docs",
            logo: "/images/\(String(repeating: "a", count: 64))",
            isPublic: isPublic,
            hasStaging: true,
            release: 12,
            tools: (0..<tools).map {
                .init(name: "tool\($0)", title: "Tool \($0)", description: "Does <\($0)>", annotations: Self.hints($0))
            },
            promptNames: ["greet"]
        )
    }

    /// One that reads, one that says nothing, one that destroys.
    private static func hints(_ number: Int) -> JSONValue {
        [["readOnlyHint": true], .null, ["readOnlyHint": false, "destructiveHint": true]][number % 3]
    }

    private func page(
        _ found: ServedInstallation,
        mayLook: Bool = true,
        isMember: Bool = false,
        isStaging: Bool = false,
        query: String = ""
    ) -> InstallPage {
        InstallPage(
            found,
            mayLook: mayLook,
            isMember: isMember,
            isStaging: isStaging,
            query: FormFields(urlEncoded: query)
        )
    }

    @Test func `shows a public toolset to everybody`() throws {
        let page = page(try installation(), query: "client=cursor")
        try expectSnapshot(of: page, by: "install/page", named: "install-public")
        #expect(!page.isPrivate && !page.hasSides)
        #expect(page.tools.map { $0.hints.map(\.text) } == [["Reads only"], ["Not said"], ["May destroy"]])
        #expect(!page.clients.contains { $0.note.contains("key") }, "nobody needs a key there")
        #expect(page.clients.filter(\.isOpen).map(\.id) == ["cursor"] && page.toolsetAddress.isEmpty)
        for query in ["", "client=nonsense"] {
            #expect(self.page(try installation(), query: query).clients.first?.isOpen == true, "the first is open")
        }
    }

    @Test func `shows of a private one no more than its name to strangers`() throws {
        let page = page(try installation(isPublic: false), mayLook: false)
        try expectSnapshot(of: page, by: "install/page", named: "install-private")
        #expect(page.tools.isEmpty && page.description.isEmpty && page.logo.isEmpty && page.prompts.isEmpty)
        #expect(page.clients.first { $0.id == "chatgpt" }?.obstacle.isEmpty == false)
    }

    @Test func `marks staging`() throws {
        let name = "مكتبة المدينة \(String(repeating: "x", count: 150))"
        let page = page(try installation(name: name), isMember: true, isStaging: true)
        try expectSnapshot(of: page, by: "install/page", named: "install-staging")
        #expect(page.scope == "reader")
        #expect(page.toolsetAddress == "/projects/default/toolsets/library?view=staging")
    }

    @Test func `lists hundreds of tools in parts, and finds one of them`() throws {
        let many = page(try installation(tools: 500))
        #expect(many.tools.count == 50)
        #expect(many.more == "/install/library?from=50#tools")
        #expect(page(try installation(tools: 500), query: "from=450").more.isEmpty)
        let found = page(try installation(tools: 500), query: "q=TOOL499")
        #expect(found.tools.map(\.name) == ["tool499"])
        #expect(page(try installation(tools: 500), query: "q=nothing").noneFound)
    }

    @Test func `says little where nothing is`() throws {
        try expectSnapshot(of: InstallAbsence(slug: "<b>"), by: "install/absent", named: "install-absent")
    }
}
