import JSON
import Testing

@testable import Dashboard

@Suite struct `The tools of a toolset` {
    private func answer(_ tools: [JSONValue], total: Int? = nil) -> JSONObject {
        [
            "tools": .array(tools), "matching": JSONValue(total ?? tools.count),
            "total": JSONValue(total ?? tools.count),
            "tokens": 4242, "sources": ["library"], "etag": "e1",
        ]
    }

    private func page(
        _ tools: [JSONValue],
        total: Int? = nil,
        _ place: ToolsetPlace,
        query: String = "",
        hasUndo: Bool = false,
        fault: String = ""
    ) -> ToolsetToolsPage {
        let query = ToolQuery(FormFields(urlEncoded: query))
        return ToolsetToolsPage(answer(tools, total: total), place: place, query: query, hasUndo: hasUndo, fault: fault)
    }

    @Test func `teaches where there is none`() throws {
        let page = page([], try .of())
        try expectSnapshot(of: page, by: "toolset/tools", named: "tools-empty")
        #expect(page.isEmpty)
    }

    @Test func `tells of each what is served, what was changed and what a call does`() throws {
        let long = String(repeating: "Sehr lange Beschreibung. ", count: 60)
        let tools: [JSONValue] = [
            searchBooks,
            [
                "urn": "tools:http:library:x", "name": "x", "title": "עברית", "description": .string(long),
                "annotations": ["readOnlyHint": false, "destructiveHint": false, "openWorldHint": false],
                "marks": ["new", "renamed", "deprecated"], "tokens": 1, "confirm": "session",
            ],
            ["urn": "tools:http:library:gone", "name": "gone", "description": "", "marks": ["orphan"], "tokens": 0],
        ]
        let page = page(tools, try .of(.staging), query: "q=b%26b&mark=changed", fault: "It was changed.")
        try expectSnapshot(of: page, by: "toolset/tools", named: "tools-staging")
        #expect(page.tools[1].description.count < 250)
        #expect(page.tools[1].hints.map(\.text) == ["Destroys nothing", "Closed world", "Asks once"])
        #expect(page.tools[2].hints.map(\.text) == ["Not said"])
        #expect(page.removed == "returnBook")
        #expect(page.tools[0].editAddress.contains("back=%3Fview%3Dstaging%26q%3Db%2526b%26mark%3Dchanged"))
    }

    @Test func `live of staging mode offers nothing that would change it`() throws {
        let page = page([searchBooks], try .of(.live))
        try expectSnapshot(of: page, by: "toolset/tools", named: "tools-live")
        #expect(!page.isEditable)
        #expect(page.removed.isEmpty)
    }

    @Test func `undo is offered in iteration mode, to those who may edit`() throws {
        #expect(!page([searchBooks], try .of(), hasUndo: true).undoAddress.isEmpty)
        #expect(page([searchBooks], try .of(mayEdit: false), hasUndo: true).undoAddress.isEmpty)
        #expect(page([searchBooks], try .of(.staging), hasUndo: true).undoAddress.isEmpty)
    }

    @Test func `numbers are told in groups, and an operation is no description`() throws {
        let tool: JSONValue = [
            "name": "x", "description": "GET /books", "method": "GET", "path": "/books", "tokens": 12_345,
        ]
        let page = page([tool], total: 1_507, try .of())
        #expect(page.summary == "1,507 tools · about 4,242 tokens")
        #expect(page.pager.text == "1 to 50 of 1,507")
        #expect(page.tools[0].tokens == "12,345 tokens")
        #expect(page.tools[0].description.isEmpty)
    }

    @Test(arguments: [
        (1, "1 to 50 of 507", false, true), (2, "51 to 100 of 507", true, true), (11, "501 to 507 of 507", true, false),
        (99, "501 to 507 of 507", true, false),
    ])
    func `long lists come in pages`(_ number: Int, _ text: String, _ hasPrevious: Bool, _ hasNext: Bool) throws {
        let pager = page([searchBooks], total: 507, try .of(), query: "page=\(number)").pager
        #expect(pager.text == text)
        #expect(!pager.previous.isEmpty == hasPrevious)
        #expect(!pager.next.isEmpty == hasNext)
    }
}

@Suite struct `Adding tools` {
    private let tools: [JSONValue] = [
        ["urn": "tools:http:library:searchBooks", "name": "searchBooks", "source": "library", "method": "GET"],
        [
            "urn": "tools:http:library:addBook", "name": "addBook", "title": "Add", "source": "library",
            "method": "POST", "path": "/books", "tags": ["books", "desk"], "description": "Adds a book.", "tokens": 70,
        ],
        [
            "urn": "tools:http:big:listThings", "name": "listThings", "source": "big", "method": "GET",
            "tags": ["books"], "description": "Lists things.", "tokens": 30, "deprecated": true,
        ],
    ]

    private func page(_ query: String, ticked: Set<String> = []) throws -> ToolsetAddToolsPage {
        let place = try ToolsetPlace.of()
        let query = ProjectToolQuery(FormFields(urlEncoded: query))
        return ToolsetAddToolsPage(ProjectTools(tools, besides: place), place: place, query: query, ticked: ticked)
    }

    @Test func `offers what the toolset does not have`() throws {
        let page = try page("", ticked: ["tools:http:big:listThings"])
        try expectSnapshot(of: page, by: "toolset/add-tools", named: "add-tools")
        #expect(page.tools.map(\.name) == ["addBook", "listThings"])
        #expect(page.tools.map(\.isTicked) == [false, true])
        #expect(page.addAllLabel == "Add all 2 tools")
    }

    @Test func `the server's own tools come last`() throws {
        let own: JSONValue = ["urn": "tools:http:slipway:x", "name": "x", "source": "slipway", "method": "GET"]
        let tools = ProjectTools([own] + tools, besides: try .of())
        #expect(tools.open.map { $0["name"] } == ["addBook", "listThings", "x"])
        #expect(tools.values("source") == ["big", "library", "slipway"])
    }

    @Test(arguments: [
        ("source=big", ["listThings"]), ("method=POST", ["addBook"]), ("tag=desk", ["addBook"]),
        ("q=THINGS", ["listThings"]), ("q=%2Fbooks", ["addBook"]), ("q=nothing", []),
    ])
    func `filters by source, method, tag and words`(_ query: String, _ names: [String]) throws {
        #expect(try page(query).tools.map(\.name) == names)
    }

    @Test func `keeps what was ticked and does not match any more`() throws {
        #expect(
            try page("source=library", ticked: ["tools:http:big:listThings"]).alsoTicked == [
                "tools:http:big:listThings"
            ]
        )
    }

    @Test func `says where there is nothing to add`() throws {
        let place = try ToolsetPlace.of()
        let query = ProjectToolQuery(.empty)
        let none = ToolsetAddToolsPage(ProjectTools([], besides: place), place: place, query: query)
        try expectSnapshot(of: none, by: "toolset/add-tools", named: "add-tools-no-source")
        let all = ToolsetAddToolsPage(ProjectTools([tools[0]], besides: place), place: place, query: query)
        try expectSnapshot(of: all, by: "toolset/add-tools", named: "add-tools-all-in")
    }
}
