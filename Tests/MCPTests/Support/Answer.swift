import JSON
import MCP
import Testing

/// What came back over HTTP.
struct Answer {
    let status: Int
    let headers: [(String, String)]
    let text: String
    let cause: (any Error)?
    var stream: ChangeStream?
    var beginsSession = false

    /// The body as JSON, `null` where it is empty.
    var json: JSONValue {
        get throws { text.isEmpty ? .null : try JSONValue(parsing: text) }
    }

    /// The code of the error, where there is one.
    var code: Int? {
        get throws { try json["error"]?["code"]?.integer }
    }

    /// Status and code in one value, for tables.
    var outcome: String {
        get throws { "\(status)" + (try code.map { " \($0)" } ?? "") }
    }
}

/// Sends one HTTP request and waits for its answer.
func send(
    _ body: String,
    method: String = "POST",
    headers: [(String, String)] = [],
    to content: SampleContent = SampleContent()
) async -> Answer {
    var fields = headers
    let names = headers.map { $0.0.lowercased() }
    if !names.contains("content-type") { fields.append(("Content-Type", "application/json")) }
    if !names.contains("accept") { fields.append(("Accept", "application/json, text/event-stream")) }
    let incoming = Incoming(method: method, headers: HeaderFields(fields), body: Array(body.utf8))
    let outgoing = await Exchange(incoming).answer(from: content)
    return Answer(
        status: outgoing.status,
        headers: outgoing.headers,
        text: String(decoding: outgoing.body, as: UTF8.self),
        cause: outgoing.cause,
        stream: outgoing.stream,
        beginsSession: outgoing.beginsSession
    )
}

/// A legacy request, as a client sends it after the handshake.
func legacy(
    _ method: String,
    _ params: String = "{}",
    in revision: Revision = .november2025,
    to content: SampleContent = SampleContent()
) async -> Answer {
    await send(
        #"{"jsonrpc":"2.0","id":1,"method":"\#(method)","params":\#(params)}"#,
        headers: revision == .march2025 ? [] : [("MCP-Protocol-Version", revision.rawValue)],
        to: content
    )
}

/// A modern request with all that it must have; what is given stands in place of it or is left out.
struct ModernCall {
    var method = "tools/list"
    /// Members of `params` beside `_meta`, as text with a comma behind each.
    var members = ""
    var meta =
        #"{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
    var version: String? = "2026-07-28"
    var methodHeader: String?? = .none
    var name: String?
    var more: [(String, String)] = []
    var content = SampleContent()

    func send() async -> Answer {
        var headers: [(String, String)] = more
        if let version { headers.append(("MCP-Protocol-Version", version)) }
        if let methodHeader = methodHeader ?? method { headers.append(("Mcp-Method", methodHeader)) }
        if let name { headers.append(("Mcp-Name", name)) }
        let body = #"{"jsonrpc":"2.0","id":"a","method":"\#(method)","params":{\#(members)"_meta":\#(meta)}}"#
        return await MCPTests.send(body, headers: headers, to: content)
    }

    static func tool(_ name: String, _ arguments: String = "{}") -> ModernCall {
        ModernCall(method: "tools/call", members: #""name":"\#(name)","arguments":\#(arguments),"#, name: name)
    }
}
