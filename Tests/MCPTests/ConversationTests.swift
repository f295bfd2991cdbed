import MCP
import Testing

/// Whole conversations, as they go over the wire.
struct ConversationTests {
    struct Turn {
        let request: String
        var headers: [(String, String)] = []
        var status = 200
        let answer: String
    }

    private func hold(_ turns: [Turn]) async {
        for turn in turns {
            let answer = await send(turn.request, headers: turn.headers)
            #expect(answer.status == turn.status)
            #expect(answer.text == turn.answer)
        }
    }

    private static let initialized = #"{"jsonrpc":"2.0","method":"notifications/initialized"}"#
    private static let capabilities = #"{"tools":{"listChanged":true},"prompts":{"listChanged":true}}"#

    @Test func `a client of 2025-03-26`() async {
        await hold([
            Turn(
                request: #"""
                    {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-03-26","capabilities":{},"clientInfo":{"name":"old","version":"1"}}}
                    """#,
                answer: #"""
                    {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-03-26","capabilities":\#(Self.capabilities),"serverInfo":{"name":"petstore","version":"12"},"instructions":"List before you buy."}}
                    """#
            ),
            Turn(request: Self.initialized, status: 202, answer: ""),
            Turn(
                request: #"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#,
                answer: #"{"jsonrpc":"2.0","id":1,"result":{"tools":[ {"name":"echo", "in":"2025-03-26"} ]}}"#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"data"}}"#,
                answer: #"{"jsonrpc":"2.0","id":2,"result":{"content":[{"type":"text","text":"{\"id\":1}"}]}}"#
            ),
            Turn(
                request: #"[{"jsonrpc":"2.0","id":3,"method":"ping"},{"jsonrpc":"2.0","id":4,"method":"ping"}]"#,
                answer: #"[{"jsonrpc":"2.0","id":3,"result":{}},{"jsonrpc":"2.0","id":4,"result":{}}]"#
            ),
        ])
    }

    @Test func `a client of 2025-06-18`() async {
        let version = [("MCP-Protocol-Version", "2025-06-18")]
        await hold([
            Turn(
                request: #"""
                    {"jsonrpc":"2.0","id":"i","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{"roots":{}},"clientInfo":{"name":"mid","version":"1"}}}
                    """#,
                answer: #"""
                    {"jsonrpc":"2.0","id":"i","result":{"protocolVersion":"2025-06-18","capabilities":\#(Self.capabilities),"serverInfo":{"name":"petstore","title":"Pet store","version":"12"},"instructions":"List before you buy."}}
                    """#
            ),
            Turn(request: Self.initialized, headers: version, status: 202, answer: ""),
            Turn(
                request: #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"data"}}"#,
                headers: version,
                answer: #"""
                    {"jsonrpc":"2.0","id":1,"result":{"content":[{"type":"text","text":"{\"id\":1}"}],"structuredContent":{"id":1}}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":2,"method":"prompts/get","params":{"name":"greet"}}"#,
                headers: version,
                answer: #"""
                    {"jsonrpc":"2.0","id":2,"error":{"code":-32602,"message":"The prompt \"greet\" needs the argument \"whom\"."}}
                    """#
            ),
            Turn(
                request: #"[{"jsonrpc":"2.0","id":3,"method":"ping"}]"#,
                headers: version,
                status: 400,
                answer: #"""
                    {"jsonrpc":"2.0","error":{"code":-32600,"message":"A body must be one message in this version."}}
                    """#
            ),
        ])
    }

    @Test func `a client of 2025-11-25`() async {
        let version = [("Mcp-Protocol-Version", "2025-11-25"), ("Mcp-Session-Id", "of-another-server")]
        await hold([
            Turn(
                request: #"""
                    {"jsonrpc":"2.0","id":0,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"last","version":"1"}}}
                    """#,
                answer: #"""
                    {"jsonrpc":"2.0","id":0,"result":{"protocolVersion":"2025-11-25","capabilities":\#(Self.capabilities),"serverInfo":{"name":"petstore","title":"Pet store","version":"12","description":"Pets for sale.","websiteUrl":"https://petstore.example"},"instructions":"List before you buy."}}
                    """#
            ),
            Turn(request: Self.initialized, headers: version, status: 202, answer: ""),
            Turn(
                request: #"{"jsonrpc":"2.0","id":1,"method":"prompts/list","params":{}}"#,
                headers: version,
                answer: #"{"jsonrpc":"2.0","id":1,"result":{"prompts":[ {"name":"greet", "in":"2025-11-25"} ]}}"#
            ),
            Turn(
                request: #"""
                    {"jsonrpc":"2.0","id":2,"method":"prompts/get","params":{"name":"greet","arguments":{"whom":"Ada"}}}
                    """#,
                headers: version,
                answer: #"""
                    {"jsonrpc":"2.0","id":2,"result":{"description":"A greeting","messages":[{"role":"user","content":{"type":"text","text":"Greet Ada."}}]}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"linked"}}"#,
                headers: version,
                answer: #"""
                    {"jsonrpc":"2.0","id":3,"result":{"content":[{"type":"resource_link","uri":"https://petstore.example/1","name":"pet-1","title":"Pet 1","annotations":{"audience":["user"],"priority":0.5,"lastModified":"2026-01-01T00:00:00Z"},"_meta":{"kept":true}}],"_meta":{"seen":true}}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":4,"method":"ping"}"#,
                headers: version,
                answer: #"{"jsonrpc":"2.0","id":4,"result":{}}"#
            ),
        ])
    }

    private static let meta = #"""
        "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{},"io.modelcontextprotocol/clientInfo":{"name":"new","version":"1"}}
        """#
    private static let serverInfo = #"""
        "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"petstore","title":"Pet store","version":"12","description":"Pets for sale.","websiteUrl":"https://petstore.example"}}
        """#

    private func modern(_ method: String, _ name: String? = nil) -> [(String, String)] {
        [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", method)] + (name.map { [("Mcp-Name", $0)] } ?? [])
    }

    @Test func `a client of 2026-07-28`() async {
        await hold([
            Turn(
                request: #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{\#(Self.meta)}}"#,
                headers: modern("server/discover"),
                answer: #"""
                    {"jsonrpc":"2.0","id":1,"result":{"resultType":"complete","supportedVersions":["2026-07-28","2025-11-25","2025-06-18","2025-03-26"],"capabilities":\#(Self.capabilities),"instructions":"List before you buy.","ttlMs":60000,"cacheScope":"private",\#(Self.serverInfo)}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{\#(Self.meta)}}"#,
                headers: modern("tools/list"),
                answer: #"""
                    {"jsonrpc":"2.0","id":2,"result":{"resultType":"complete","tools":[ {"name":"echo", "in":"2026-07-28"} ],"ttlMs":60000,"cacheScope":"private",\#(Self.serverInfo)}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":3,"method":"tools/call","params":{"name":"list",\#(Self.meta)}}"#,
                headers: modern("tools/call", "list"),
                answer: #"""
                    {"jsonrpc":"2.0","id":3,"result":{"resultType":"complete","content":[{"type":"text","text":"one"}],"structuredContent":[1],\#(Self.serverInfo)}}
                    """#
            ),
            Turn(
                request: #"""
                    {"jsonrpc":"2.0","id":4,"method":"prompts/get","params":{"name":"greet","arguments":{"whom":"Ada"},\#(Self.meta)}}
                    """#,
                headers: modern("prompts/get", "greet"),
                answer: #"""
                    {"jsonrpc":"2.0","id":4,"result":{"resultType":"complete","description":"A greeting","messages":[{"role":"user","content":{"type":"text","text":"Greet Ada."}}],\#(Self.serverInfo)}}
                    """#
            ),
            Turn(
                request: #"{"jsonrpc":"2.0","id":5,"method":"ping","params":{\#(Self.meta)}}"#,
                headers: modern("ping"),
                status: 404,
                answer: #"""
                    {"jsonrpc":"2.0","id":5,"error":{"code":-32601,"message":"The method \"ping\" is not offered here."}}
                    """#
            ),
        ])
    }

    @Test func `a client of a later time falls back by what it is told`() async {
        let meta = Self.meta.replacing("2026-07-28", with: "2028-01-01")
        await hold([
            Turn(
                request: #"{"jsonrpc":"2.0","id":1,"method":"server/discover","params":{\#(meta)}}"#,
                headers: [("MCP-Protocol-Version", "2028-01-01"), ("Mcp-Method", "server/discover")],
                status: 400,
                answer: #"""
                    {"jsonrpc":"2.0","id":1,"error":{"code":-32022,"message":"The protocol version \"2028-01-01\" cannot be spoken this way here.","data":{"supported":["2026-07-28","2025-11-25","2025-06-18","2025-03-26"],"requested":"2028-01-01"}}}
                    """#
            )
        ])
    }
}
