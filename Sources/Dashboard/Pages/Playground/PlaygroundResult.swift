import JSON
import Vocabulary

/// What came of one call, as people read it and as a client would have seen it.
struct PlaygroundResult: Sendable {
    struct Block: Sendable {
        let text: String
        /// An image as an address that holds it; only kinds that browsers show and that run nothing.
        let image: String
        let note: String
    }

    struct Header: Sendable {
        let name: String
        let value: String
    }

    struct Request: Sendable {
        let method: String
        let url: String
        let headers: [Header]
        let body: String
        let note: String
    }

    let side: String
    let isStaging: Bool
    let tool: String
    let outcome: String
    let isGood: Bool
    let status: String
    let milliseconds: String
    let release: String
    let blocks: [Block]
    let structured: String
    let request: Request?
    let rpcRequest: String
    let rpcAnswer: String
    /// For the list of calls that the browser keeps.
    let entry: String
    /// What two sides are compared by.
    let compared: String

    /// How much of a text a page shows, in characters.
    private static let shown = 100_000

    init(_ answer: JSONObject, of tool: String, with arguments: JSONObject, on side: PlaygroundSide) {
        let result = answer["result"] ?? .null
        let call = answer["call"] ?? .null
        self.side = side.word
        isStaging = side.isStaging
        self.tool = tool
        let isError = result["isError"]?.bool == true
        isGood = !isError
        outcome =
            switch call["outcome"]?.string {
            case "refused": "Not called"
            case _ where isError: "Error"
            default: "Done"
            }
        status = call["status"]?.integer.map { "HTTP \($0)" } ?? ""
        milliseconds = call["milliseconds"]?.integer.map { "\($0) ms" } ?? ""
        release = call["release"]?.integer.map { "release \($0)" } ?? ""
        blocks = (result["content"]?.array ?? []).map(Block.init)
        let data = result["structuredContent"]
        let texts = (result["content"]?.array ?? []).compactMap { $0["text"]?.string }
        let isRepeated = data.map { value in texts.contains { (try? JSONValue(parsing: $0)) == value } } ?? true
        structured = isRepeated ? "" : Self.cut(data?.prettyText ?? "")
        request = call["request"].flatMap { $0.isNull ? nil : Request($0) }
        (rpcRequest, rpcAnswer) = Self.messages(tool, arguments, result: ("result", result))
        entry = Self.entry(
            tool,
            arguments,
            side,
            outcome: outcome,
            detail: [status, milliseconds].filter { !$0.isEmpty }.joined(separator: " · ")
        )
        compared = data?.prettyText ?? texts.map(Self.readable).joined(separator: "\n")
    }

    /// A call that the server itself refused.
    init(_ problem: Problem, of tool: String, with arguments: JSONObject, on side: PlaygroundSide) {
        self.side = side.word
        isStaging = side.isStaging
        self.tool = tool
        isGood = false
        outcome = "Not called"
        (status, milliseconds, release, structured) = ("", "", "", "")
        blocks = [Block(text: problem.message, image: "", note: "")]
        request = nil
        let error: JSONValue = ["code": -32602, "message": .string(problem.message)]
        (rpcRequest, rpcAnswer) = Self.messages(tool, arguments, result: ("error", error))
        entry = Self.entry(tool, arguments, side, outcome: outcome, detail: "")
        compared = problem.message
    }

    private static func messages(
        _ tool: String,
        _ arguments: JSONObject,
        result: (name: String, value: JSONValue)
    ) -> (request: String, answer: String) {
        let request: JSONValue = [
            "jsonrpc": "2.0", "id": 1, "method": "tools/call",
            "params": ["name": .string(tool), "arguments": .object(arguments)],
        ]
        let answer: JSONObject = ["jsonrpc": "2.0", "id": 1]
        var whole = answer
        whole[result.name] = result.value
        return (cut(request.prettyText), cut(JSONValue.object(whole).prettyText))
    }

    private static func entry(
        _ tool: String,
        _ arguments: JSONObject,
        _ side: PlaygroundSide,
        outcome: String,
        detail: String
    ) -> String {
        let text = JSONValue.object(arguments).text
        let entry: JSONValue = [
            "tool": .string(tool), "side": .string(side.word), "outcome": .string(outcome), "detail": .string(detail),
            "arguments": .string(text),
            "query": .string("\(side.query)&tool=\(Address.encoded(tool))&arguments=\(Address.encoded(text))"),
        ]
        // What is longer than a browser takes as an address is not for a list of links.
        return text.utf8.count > 6000 ? "" : entry.text
    }

    static func cut(_ text: String) -> String {
        text.utf8.count <= shown ? text : "\(text.prefix(shown))\n… (\(text.utf8.count) bytes in all)"
    }

    /// JSON with line breaks; any other text as it is.
    static func readable(_ text: String) -> String {
        guard let first = text.utf8.first, "{[".utf8.contains(first), let value = try? JSONValue(parsing: text) else {
            return text
        }
        return value.prettyText
    }
}

extension PlaygroundResult.Block {
    fileprivate init(_ block: JSONValue) {
        let media = block["mimeType"]?.string ?? block["resource"]?["mimeType"]?.string ?? ""
        let bytes = (block["data"]?.string ?? block["resource"]?["blob"]?.string ?? "").utf8.count / 4 * 3
        let isShown = ["image/png", "image/jpeg", "image/gif", "image/webp"].contains(media)
        switch block["type"]?.string {
        case "text":
            (text, image, note) = (PlaygroundResult.cut(PlaygroundResult.readable(block["text"]?.string ?? "")), "", "")
        case "image" where isShown:
            (text, note) = ("", "\(media), about \(bytes) bytes")
            image = "data:\(media);base64,\(block["data"]?.string ?? "")"
        case "resource" where block["resource"]?["text"] != nil:
            (image, note) = ("", "resource, \(media)")
            text = PlaygroundResult.cut(block["resource"]?["text"]?.string ?? "")
        case "resource_link": (text, image, note) = (block["uri"]?.string ?? "", "", "link to a resource")
        case let kind: (text, image, note) = ("", "", "\(kind ?? "content"), \(media), about \(bytes) bytes")
        }
    }
}

extension PlaygroundResult.Request {
    fileprivate init(_ request: JSONValue) {
        method = request["method"]?.string ?? ""
        url = request["url"]?.string ?? ""
        headers = (request["headers"]?.array ?? []).map {
            .init(name: $0["name"]?.string ?? "", value: $0["value"]?.string ?? "")
        }
        let text = request["body"]?.string
        body = text.map { PlaygroundResult.cut(PlaygroundResult.readable($0)) } ?? ""
        let length = request["body_length"]?.integer ?? 0
        note = text == nil && length > 0 ? "\(length) bytes that are no text" : ""
    }
}
