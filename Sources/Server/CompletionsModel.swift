import AsyncHTTPClient
import Dashboard
import JSON
import NIOCore
import NIOHTTP1
import Vocabulary

/// A model behind an endpoint that speaks OpenAI's chat completions. Whoever runs the server chose the address, so it may be a
/// private one, unlike those of tools.
struct CompletionsModel: ChatModel {
    let client: HTTPClient
    /// The address before `/chat/completions`.
    let url: String
    let key: String?
    let model: String

    /// Models take their time.
    private static let patience = TimeAmount.seconds(120)
    private static let largestAnswer = 4 << 20

    var name: String { model }

    func complete(_ messages: [JSONValue], tools: [JSONValue]) async throws -> JSONObject {
        var body: JSONObject = ["model": .string(model), "messages": .array(messages)]
        if !tools.isEmpty { body["tools"] = .array(tools) }
        var request = HTTPClientRequest(url: "\(url)/chat/completions")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "application/json")
        if let key { request.headers.add(name: "Authorization", value: "Bearer \(key)") }
        request.body = .bytes(ByteBuffer(bytes: JSONValue.object(body).bytes))
        let (status, bytes) = try await send(request)
        let answer = try? JSONValue(parsing: bytes)
        guard status == 200, let message = answer?["choices"]?.array?.first?["message"]?.object else {
            let reason =
                answer?["error"]?["message"]?.string.map { ": \($0.prefix(300))" } ?? ", and without a message."
            throw Problem(.upstreamFailed, "The model answered with HTTP \(status)\(reason)")
        }
        return message
    }

    private func send(_ request: HTTPClientRequest) async throws -> (Int, [UInt8]) {
        do {
            let answer = try await client.execute(request, timeout: Self.patience)
            return (Int(answer.status.code), Array(buffer: try await answer.body.collect(upTo: Self.largestAnswer)))
        } catch let error as HTTPClientError where error == .deadlineExceeded {
            throw Problem(.upstreamTimeout, "The model did not answer within 120 seconds.", cause: error)
        } catch {
            throw Problem(.upstreamFailed, "The model cannot be reached.", cause: error)
        }
    }
}
