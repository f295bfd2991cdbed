import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The playground` {
    private static let tools: JSONObject = [
        "tools": [
            ["name": "listBooks", "title": "List <books>", "method": "GET", "annotations": ["readOnlyHint": true]],
            ["name": "addBook", "title": nil, "method": "POST", "annotations": [:]],
        ],
        "next_cursor": "more",
    ]
    private static let tool: JSONObject = [
        "tool": [
            "name": "addBook", "title": "Add a book", "description": "Adds كتاب", "method": "POST", "path": "/books",
            "annotations": ["destructiveHint": true],
            "input_schema": [
                "type": "object", "required": ["title"],
                "properties": ["title": ["type": "string"], "year": ["type": "integer"]],
            ],
        ]
    ]
    private static let answer: JSONObject = [
        "result": [
            "content": [
                ["type": "text", "text": "{\"id\":1}"], ["type": "image", "mimeType": "image/png", "data": "AAAA"],
            ],
            "structuredContent": ["id": 1],
        ],
        "call": [
            "outcome": "ok", "status": 201, "milliseconds": 12, "release": 2, "errors": [],
            "request": [
                "method": "POST", "url": "https://api.example.com/books?key=••••",
                "headers": [["name": "Authorization", "value": "••••"]], "body": "{\"title\":\"A\"}", "body_length": 13,
            ],
        ],
    ]

    private func visit(
        _ mode: String = "staging",
        role: Scope = .admin,
        query: String = "view=live",
        form: String = "",
        _ answers: [String: JSONObject] = [:]
    ) -> Visit {
        var all: [String: JSONObject] = [
            "toolsets.get": [
                "toolset": [
                    "slug": "library", "name": "Library", "editing_mode": .string(mode), "view": "live",
                    "mcp_url": "http://localhost/mcp/library", "mcp_slug": "library",
                    "current_release": mode == "staging" ? ["number": 2] : nil,
                ]
            ],
            "toolsets.listActivations": ["activations": []],
            "toolsets.listReleases": ["releases": [["number": 2], ["number": 1]]],
            "instances.listTools": Self.tools, "instances.getTool": Self.tool, "instances.invokeTool": Self.answer,
            "instances.listPrompts": [
                "prompts": [
                    ["name": "greet", "description": "Greets", "arguments": [["name": "who", "required": true]]]
                ]
            ],
            "instances.getPrompt": [
                "messages": [["role": "user", "content": ["type": "text", "text": "Hello <you>"]]]
            ],
        ]
        all.merge(answers) { $1 }
        return .of(role, query: query, form: form, parameters: ["toolset": "library"], desk: ScriptedDesk(all))
    }

    private func page(_ method: PageRoute.Method, _ path: String, _ visit: Visit) async throws -> (PlaygroundPage, Int)
    {
        let route = try #require(PlaygroundPages().routes.first { $0.method == method && $0.path.hasSuffix(path) })
        guard case .page(let content) = try await route.handler(visit), let page = content.view as? PlaygroundPage
        else {
            throw Problem(.unexpected, "No page was answered.")
        }
        return (page, content.status.code)
    }

    @Test func `invites to choose`() async throws {
        let (page, _) = try await page(.get, "/playground", visit())
        try expectSnapshot(of: page, by: "playground/page", named: "playground")
        #expect(page.isChoosing && page.hasSides && !page.more.isEmpty)
    }

    @Test func `teaches where there are no tools`() async throws {
        let none: [String: JSONObject] = [
            "instances.listTools": ["tools": []], "instances.listPrompts": ["prompts": []],
        ]
        let (page, _) = try await page(.get, "/playground", visit("iteration", query: "", none))
        try expectSnapshot(of: page, by: "playground/page", named: "playground-empty")
        #expect(page.noTools && !page.hasSides)
    }

    @Test func `shows what a tool answered, and the request without its secrets`() async throws {
        let form = "do=call&v:/title=A&v:/year=1999"
        let (page, status) = try await page(.post, "/call", visit(query: "view=live&tool=addBook", form: form))
        try expectSnapshot(of: page, by: "playground/page", named: "playground-answer")
        #expect(status == 200)
        #expect(page.results.map(\.outcome) == ["Done"])
        #expect(page.results[0].structured.isEmpty, "the text says the same")
        #expect(page.results[0].rpcRequest.contains("\"year\": 1999"))
    }

    @Test func `compares live and staging`() async throws {
        let form = "do=compare&v:/title=A"
        let (page, _) = try await page(.post, "/call", visit(query: "view=staging&tool=addBook", form: form))
        #expect(page.results.map(\.side) == ["live", "staging"])
        #expect(page.comparison?.isSame == true)
    }

    @Test func `says beside the field what does not fit`() async throws {
        let refused: JSONObject = [
            "result": ["content": [["type": "text", "text": "Not called: year"]], "isError": true],
            "call": [
                "outcome": "refused", "status": nil, "milliseconds": 0, "release": nil, "request": nil,
                "errors": [["pointer": "/year", "message": "year must be at least 1450, not 3"]],
            ],
        ]
        let (page, _) = try await page(
            .post,
            "/call",
            visit(
                query: "view=live&tool=addBook",
                form: "do=call&v:/title=A&v:/year=3",
                ["instances.invokeTool": refused]
            )
        )
        try expectSnapshot(of: page, by: "playground/page", named: "playground-refused")
        #expect(page.tool?.form.fields.last?.error == "year must be at least 1450, not 3.")
        #expect(page.tool?.form.fields.last?.text?.value == "3")
        let (unread, status) = try await self.page(
            .post,
            "/call",
            visit(query: "view=live&tool=addBook", form: "do=call&v:/year=x")
        )
        #expect(status == 422 && unread.results.isEmpty)
    }

    @Test func `leads to the environment where a call lacked variables`() async throws {
        let failed: JSONObject = [
            "result": ["content": [["type": "text", "text": "No key."]], "isError": true],
            "call": ["outcome": "tool_error", "status": nil, "milliseconds": 1, "errors": [], "request": nil],
        ]
        let variables: JSONObject = [
            "variables": [
                ["name": "CARD_KEY", "state": "missing", "tools": ["addBook"]],
                ["name": "OTHER", "state": "missing", "tools": ["listBooks"]],
            ]
        ]
        let answers = ["instances.invokeTool": failed, "toolsets.listVariables": variables]
        let form = "do=call&v:/title=A"
        let visit = visit(query: "view=live&tool=addBook", form: form, answers)
        let (page, _) = try await page(.post, "/call", visit)
        #expect(page.missing == "CARD_KEY")
        #expect(page.environmentAddress == "/projects/default/toolsets/library/environment?view=live")
        #expect(page.tool?.form.fields.first?.text?.value == "A", "what was filled in stays")
    }

    @Test func `an argument that is missing is told beside its field`() {
        let error: JSONValue = ["pointer": "/filter", "message": "missing required property \"a/b\""]
        #expect(ArgumentFault.told(error).pointer == "/filter/a~1b")
        #expect(ArgumentFault.told(error).sentence == "Fill this in.")
    }

    @Test func `a chat says which tools the model gets`() {
        let tools = [JSONValue](repeating: [:], count: 128)
        #expect(ChatOffer(tools: tools, hasMore: false, search: "").sentence == "The model gets 128 tools.")
        let searched = ChatOffer(tools: [[:]], hasMore: false, search: "loan").sentence
        #expect(searched == "The model gets 1 tool with “loan”.")
        #expect(ChatOffer(tools: tools, hasMore: true, search: "").sentence.contains("the first 128 tools"))
    }

    @Test func `keeps readers from calling, and says why`() async throws {
        let (page, _) = try await page(.get, "/playground", visit(role: .reader, query: "view=live&tool=addBook"))
        try expectSnapshot(of: page, by: "playground/page", named: "playground-reader")
        #expect(page.tool?.mayCall == false)
        #expect(PlaygroundPages().routes.first { $0.path.hasSuffix("/call") }?.scope == .producer)
    }

    @Test func `shows the messages of a prompt`() async throws {
        let (page, _) = try await page(.post, "/prompt", visit(query: "view=live&prompt=greet", form: "p:who=you"))
        try expectSnapshot(of: page, by: "playground/page", named: "playground-prompt")
        #expect(page.prompt?.messages.map(\.text) == ["Hello <you>"])
    }

    @Test func `goes to the side that was chosen, and keeps the tool`() async throws {
        let route = try #require(PlaygroundPages().routes.first)
        let answer = try await route.handler(visit(query: "at=1&tool=addBook"))
        guard case .redirect(let address, _) = answer else { throw Problem(.unexpected, "No redirect was answered.") }
        #expect(address == "/projects/default/toolsets/library/playground?view=live&release=1&tool=addBook")
    }
}

@Suite struct `Two texts` {
    @Test func `are compared by lines, with equal ones folded`() {
        let before = (1...20).map { "line \($0)" }.joined(separator: "\n")
        let comparison = TextComparison(before, before.replacing("line 10\n", with: "line X\n"))
        #expect(comparison.lines.first?.folded == "6 equal lines")
        #expect(comparison.lines.filter(\.isRemoved).map(\.text) == ["line 10"])
        #expect(comparison.lines.filter(\.isAdded).map(\.text) == ["line X"])
        #expect(comparison.lines.last?.folded == "7 equal lines")
        #expect(TextComparison("a", "a").isSame)
        let long = String(repeating: "x\n", count: 3000)
        #expect(TextComparison(long, long + "y").isTooLong)
    }
}
