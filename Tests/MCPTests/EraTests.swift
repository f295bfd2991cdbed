import JSON
import MCP
import Testing

/// Which era a request belongs to.
struct EraTests {
    static let modern = [("MCP-Protocol-Version", "2026-07-28")]
    static let claim =
        #""_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#

    private func body(_ method: String, _ params: String = "{}") -> String {
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#
    }

    @Test(arguments: ["GET", "DELETE", "PUT", "HEAD"])
    func `without a session anything but POST is 405 and names POST`(method: String) async throws {
        let answer = await send("", method: method)
        #expect(answer.status == 405)
        #expect(answer.headers.contains { $0 == ("Allow", "POST") })
    }

    @Test func `an array with a modern claim is refused`() async throws {
        let answer = await send("[\(body("tools/list", "{\(Self.claim)}"))]")
        #expect(try answer.outcome == "400 -32600")
    }

    @Test func `an array with an invalid element is refused`() async throws {
        #expect(try await send("[\(body("ping")),1]").outcome == "400 -32600")
    }

    @Test(arguments: ["2026-07-28", "2025-11-25", "2025-06-18", "nonsense"])
    func `an array is refused where the header names another version than 2025-03-26`(version: String) async throws {
        let answer = await send("[\(body("ping"))]", headers: [("MCP-Protocol-Version", version)])
        #expect(try answer.outcome == "400 -32600")
    }

    @Test func `a response is taken from legacy clients and refused from modern ones`() async throws {
        let response = #"{"jsonrpc":"2.0","id":1,"result":{}}"#
        #expect(await send(response).status == 202)
        #expect(await send(response).text.isEmpty)
        #expect(try await send(response, headers: Self.modern).outcome == "400 -32600")
    }

    @Test func `initialize with a claim is modern, and unknown there`() async throws {
        #expect(try await ModernCall(method: "initialize").send().outcome == "404 -32601")
    }

    @Test func `initialize with a modern header and no claim contradicts itself`() async throws {
        let answer = await send(body("initialize", #"{"protocolVersion":"2025-11-25"}"#), headers: Self.modern)
        #expect(try answer.outcome == "400 -32020")
    }

    @Test func `initialize without claim is the legacy handshake`() async throws {
        let answer = await send(body("initialize", #"{"protocolVersion":"2025-11-25"}"#))
        #expect(try answer.outcome == "200")
        #expect(try answer.json["result"]?["protocolVersion"] == "2025-11-25")
    }

    @Test(arguments: ["2026-07-28", "2027-01-01"])
    func `a modern header without claim is -32602 and not served as legacy`(version: String) async throws {
        let answer = await send(body("tools/list"), headers: [("MCP-Protocol-Version", version)])
        #expect(try answer.outcome == "400 -32602")
        #expect(answer.text.contains("io.modelcontextprotocol/protocolVersion"))
        #expect(answer.text.contains("io.modelcontextprotocol/clientCapabilities"))
    }

    @Test(arguments: [nil, "2025-03-26", "2025-06-18", "2025-11-25"] as [String?])
    func `no claim with a legacy header or none is legacy`(version: String?) async throws {
        let headers = version.map { [("mcp-protocol-version", " \($0) ")] } ?? []
        let answer = await send(body("tools/list"), headers: headers)
        #expect(try answer.json["result"]?["tools"]?.array?.first?["in"]?.string == version ?? "2025-03-26")
        #expect(try answer.json["result"]?.object?.count == 1)
    }

    @Test(arguments: ["2024-11-05", "2025-01-01", "2026-07-2", "nonsense", ""])
    func `a header that names no version we speak is 400`(version: String) async throws {
        let headers = [("MCP-Protocol-Version", version)]
        let answer = await send(body("tools/list"), headers: headers)
        #expect(try answer.outcome == "400 -32600")
        #expect(try answer.json["id"] == 1)
        #expect(try answer.json["error"]?["data"]?["requested"]?.string == version)
        #expect(await send(#"{"jsonrpc":"2.0","method":"notifications/initialized"}"#, headers: headers).status == 400)
    }

    @Test func `two legacy headers that differ are 400`() async throws {
        let headers = [("MCP-Protocol-Version", "2025-06-18"), ("MCP-Protocol-Version", "2025-11-25")]
        #expect(await send(body("tools/list"), headers: headers).status == 400)
    }

    @Test(arguments: [nil, "2025-03-26", "2025-11-25", "2026-07-28"] as [String?])
    func `a notification is taken and dropped`(version: String?) async throws {
        for method in ["notifications/initialized", "notifications/cancelled", "notifications/nope"] {
            let answer = await send(
                #"{"jsonrpc":"2.0","method":"\#(method)","params":{"requestId":1}}"#,
                headers: version.map { [("MCP-Protocol-Version", $0)] } ?? []
            )
            #expect(answer.status == 202)
            #expect(answer.text.isEmpty)
            #expect(answer.headers.isEmpty)
        }
    }

    @Test(arguments: ["2025-03-26", "2025-06-18", "2025-11-25"])
    func `a claim of a legacy revision is -32022`(version: String) async throws {
        let meta =
            #"{"io.modelcontextprotocol/protocolVersion":"\#(version)","io.modelcontextprotocol/clientCapabilities":{}}"#
        for header in [version, nil] {
            let answer = await ModernCall(meta: meta, version: header, methodHeader: .some(nil)).send()
            #expect(try answer.outcome == "400 -32022")
            #expect(try answer.json["error"]?["data"]?["requested"]?.string == version)
        }
        #expect(try await ModernCall(meta: meta).send().outcome == "400 -32020")
    }

    @Test func `an exchange tells what it is about to do`() throws {
        func exchange(_ body: String) -> Exchange {
            let headers: HeaderFields = ["content-type": "application/json"]
            return Exchange(Incoming(method: "POST", headers: headers, body: Array(body.utf8)))
        }
        let old = exchange("[\(body("ping")),\(body("tools/list"))]")
        #expect(old.methods == ["ping", "tools/list"])
        #expect(old.revision == .march2025)
        #expect(!old.isCancelledByDisconnecting)
        let new = exchange(body("tools/list", "{\(Self.claim)}"))
        #expect(new.methods == ["tools/list"])
        #expect(new.revision == .july2026)
        #expect(new.isCancelledByDisconnecting)
        #expect(exchange("{").revision == nil)
    }
}
