import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Pages of sources` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)
    private let at = "2025-11-24T15:00:00.000Z"

    private func json(_ text: String) throws -> JSONValue {
        try JSONValue(parsing: text.replacing("AT", with: "\"\(at)\""))
    }

    private func source(_ slug: String, tools: Int, errors: Int, warnings: Int) -> JSONValue {
        [
            "slug": .string(slug), "asset": ["name": .string("\(slug).yaml")], "tool_count": JSONValue(tools),
            "diagnostics": ["error": JSONValue(errors), "warning": JSONValue(warnings)], "compiled_at": .string(at),
            "deployment_seq": 4,
        ]
    }

    @Test func `list what became of each`() throws {
        let answer: JSONObject = [
            "sources": [
                source("library", tools: 1, errors: 0, warnings: 0),
                source(
                    "a-source-with-a-name-that-is-as-long-as-a-slug-may-ever-be-x",
                    tools: 300,
                    errors: 2,
                    warnings: 1
                ),
            ]
        ]
        let failed = try json(#"{"id": "d5", "seq": 5, "status": "failed"}"#)
        let page = SourceListPage(answer, newest: failed, visit: .of(.producer), now: now)
        try expectSnapshot(of: page, by: "source/list", named: "source-list")
        #expect(page.sources.map(\.errors) == ["", "2 errors"])
    }

    @Test func `show what came with the server apart, and offer to change nothing of it`() throws {
        var builtIn = source("slipway", tools: 105, errors: 0, warnings: 0).object ?? [:]
        builtIn["built_in"] = true
        let page = SourceListPage(["sources": [.object(builtIn)]], newest: nil, visit: .of(.producer), now: now)
        try expectSnapshot(of: page, by: "source/list", named: "source-list-built-in")
        #expect(page.isEmpty && page.builtIn?.mayChange == false)
        let asset: JSONValue = ["id": "a1", "name": "openapi.json", "content_length": 5000]
        let document: JSONValue = ["title": "Slipway", "openapi": "3.1", "suggested_slug": "slipway"]
        let chosen = DocumentPage(document, asset: asset, sources: [.object(builtIn)], visit: .of(.producer))
        #expect(!chosen.hasSources && chosen.slug.value == "slipway-2")
    }

    @Test(arguments: [nil, "another"]) func `remove no source that came with the server`(document: String?) async throws
    {
        let source: JSONValue = ["slug": "slipway", "built_in": .bool(document == nil)]
        let desk = ScriptedDesk([
            "sources.list": ["sources": [source]], "deployments.evolve": ["deployment": ["id": "d1"]],
        ])
        let visit = Visit.of(.producer, query: "source=slipway", desk: desk)
        let remove = try #require(SourcePages().routes.last).handler
        if document == nil {
            await #expect(throws: Problem.self) { try await remove(visit) }
        } else {
            _ = try await remove(visit)
        }
    }

    @Test func `count deployments without what came with the server`() throws {
        let source: JSONValue = ["slug": "slipway", "built_in": true, "tool_count": 105, "asset": ["id": "a0"]]
        let builtIn = try #require(BuiltInSource(in: [source]))
        let own: JSONValue = ["slug": "slipway", "asset_id": "a0"]
        func item(_ sources: [JSONValue], tools: Int) -> DeploymentListPage.Item {
            let deployment: JSONValue = ["sources": .array(sources), "tool_count": JSONValue(tools)]
            return DeploymentListPage.Item(builtIn.leftOut(of: deployment), active: nil, project: nil, now: now)
        }
        let mixed = item([own, ["slug": "library", "asset_id": "a1"]], tools: 110)
        #expect(mixed.sources == "library" && mixed.toolCount == "5 tools in all")
        #expect(item([own], tools: 105).sources == "slipway (built in)")
        let replaced = item([["slug": "slipway", "asset_id": "a2"]], tools: 7)
        #expect(replaced.sources == "slipway" && replaced.toolCount == "7 tools in all", "a document of their own")
    }

    @Test func `teach where there is none`() throws {
        let page = SourceListPage(["sources": []], newest: nil, visit: .of(.reader), now: now)
        try expectSnapshot(of: page, by: "source/list", named: "source-list-empty")
        #expect(page.newest == nil && !page.mayEdit)
    }

    @Test func `show tools, and right-to-left text as it stands`() throws {
        let tools = try json(
            #"""
            {"tools": [{"name": "getBook", "urn": "tools:http:library:getBook", "method": "GET", "path": "/books/{isbn}",
                "description": "ספר אחד", "tokens": 120, "deprecated": true, "offered_name": "fetchBook"}],
             "next_cursor": "c/1"}
            """#
        )
        let page = SourceToolsPage(
            source("library", tools: 2, errors: 0, warnings: 3),
            tools: tools["tools"]?.array ?? [],
            next: "c/1",
            visit: .of(.producer, query: "source=library"),
            now: now
        )
        try expectSnapshot(of: page, by: "source/tools", named: "source-tools")
        #expect(page.more.hasSuffix("?source=library&cursor=c%2F1"))
        let many = [JSONValue](repeating: tools["tools"]?.array?.first ?? .null, count: 120)
        let found = SourceToolsPage(
            source("library", tools: 200, errors: 0, warnings: 0),
            tools: many,
            total: 120,
            visit: .of(.producer, query: "q=book&source=library&page=3"),
            now: now
        )
        #expect(found.tools.count == 20 && found.more.isEmpty && found.pager.text == "101 to 120 of 120")
    }

    @Test(arguments: [
        ("book", true), ("get books", true), ("GET", true), ("one library", true), ("tools:http", false),
        ("http", false),
        ("post", false), ("book pets", false), ("fetch", true),
    ])
    func `find tools by what is seen of them`(text: String, isFound: Bool) {
        let tool: JSONValue = [
            "name": "getBook", "title": "One book", "urn": "tools:http:library:getBook", "source": "library",
            "method": "GET", "path": "/books/{isbn}",
        ]
        #expect(ToolSearch(text).finds(tool, called: ["fetchBook"]) == isFound)
    }

    @Test func `ask for a document, with what is wrong beside the field`() throws {
        try expectSnapshot(of: UploadPage(.of(.producer)), by: "source/upload", named: "source-upload")
        let visit = Visit.of(.producer, form: "url=ftp%3A%2F%2Fx&for=library")
        let page = UploadPage(visit, problem: Problem(.invalid, "Only http and https."))
        try expectSnapshot(of: page, by: "source/upload", named: "source-upload-fault")
        #expect(page.url.error == "Only http and https." && page.url.value == "ftp://x" && page.fileError.isEmpty)
    }

    @Test func `offer the source that the document most likely is`() throws {
        let document = try json(
            #"{"title": "Town library", "version": "1.0", "openapi": "3.1", "operation_count": 5, "suggested_slug": "library", "fault": null}"#
        )
        let asset = try json(#"{"id": "a1", "name": "library.yaml", "content_length": 5000}"#)
        let own = source("library", tools: 5, errors: 0, warnings: 0)
        let page = DocumentPage(document, asset: asset, sources: [own], visit: .of(.producer))
        try expectSnapshot(of: page, by: "source/document", named: "source-document")
        #expect(page.sources.map(\.isChosen) == [true], "push would give it to that source")
        let new = DocumentPage(document, asset: asset, sources: [], visit: .of(.producer))
        #expect(new.isNew && new.slug.value == "library")
    }

    @Test func `say that a document cannot be read, and where`() throws {
        let document = try json(
            #"""
            {"title": null, "version": null, "openapi": null, "operation_count": 0, "suggested_slug": "x",
             "fault": {"message": "It is no YAML.", "file": "a.yaml", "line": 3, "column": 7}}
            """#
        )
        let asset = try json(#"{"id": "a1", "name": "x.yaml", "content_length": 12}"#)
        let page = DocumentPage(document, asset: asset, sources: [], visit: .of(.producer))
        try expectSnapshot(of: page, by: "source/document", named: "source-document-fault")
        #expect(page.fault?.place == "a.yaml, line 3, column 7")
    }

    @Test(arguments: [(0, "0 bytes"), (1, "1 byte"), (5000, "4 KiB"), (1_572_864, "1.5 MiB")])
    func `tell sizes`(bytes: Int, text: String) {
        #expect(Size.text(bytes) == text)
    }
}
