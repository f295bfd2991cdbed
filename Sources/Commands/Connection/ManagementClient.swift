import AsyncHTTPClient
import JSON
import ManagementAPI
import NIOCore
import NIOHTTP1

/// Performs calls of the management API of one server.
struct ManagementClient: Sendable {
    let server: ServerAddress
    let key: AccessKey?
    let project: String?
    private let http: HTTPClient

    /// The longest that a call takes; what waits for work says more.
    static let patience = Duration.seconds(60)
    private static let largestAnswer = 64 * 1024 * 1024
    private static let connectPatience = TimeAmount.seconds(10)

    /// Runs the body with a client that is closed behind it.
    static func with<Value>(_ profile: Profile, _ body: (ManagementClient) async throws -> Value) async throws -> Value
    {
        // A redirect would carry the key to another place.
        var configuration = HTTPClient.Configuration(redirectConfiguration: .disallow)
        configuration.timeout.connect = connectPatience
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.httpVersion = .http1Only
        let http = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        let client = ManagementClient(server: profile.server, key: profile.key, project: profile.project, http: http)
        do {
            let value = try await body(client)
            try await http.shutdown()
            return value
        } catch {
            try await http.shutdown()
            throw error
        }
    }

    /// Performs the call of that name, and returns the answer's JSON.
    ///
    /// `document` is the body of a call that takes one as it stands; `etag` is what the thing must still be, or the
    /// server refuses.
    ///
    /// - Throws: ``Refusal`` where the server says why not; ``CommandFailure`` where no such server answers.
    func perform(
        _ name: String,
        _ fields: JSONObject = [:],
        document: Document? = nil,
        etag: String? = nil,
        patience: Duration = patience
    ) async throws -> JSONValue {
        guard let call = Calls.named(name) else { preconditionFailure("There is no call \(name).") }
        var request = request(for: call, fields, document: document)
        if let etag { request.headers.replaceOrAdd(name: "If-Match", value: "\"\(etag)\"") }
        let (status, body) = try await send(request, name: name, patience: patience)
        let answer = body.isEmpty ? JSONValue.object([:]) : try? JSONValue(parsing: body)
        switch (status, answer) {
        case (200..<300, let answer?) where call.answer.keys.allSatisfy({ answer[$0] != nil }):
            return answer
        case (_, let answer?):
            if let refusal = Refusal(status: status, body: answer, hasKey: key != nil) { throw refusal }
            fallthrough
        default:
            throw CommandFailure(
                "\(server.text) answered \(status) to \(name), and not as Slipway does; is --server right?"
            )
        }
    }

    /// Every item of a list, all its pages, up to a limit.
    func list(_ name: String, _ fields: JSONObject = [:], of items: String, limit: Int? = nil) async throws -> JSONList
    {
        var list = JSONList(name: items)
        var fields = fields
        repeat {
            fields["limit"] = JSONValue(min(limit.map { $0 - list.items.count } ?? Self.pageSize, Self.pageSize))
            let answer = try await perform(name, fields)
            list.items += answer[items]?.array ?? []
            let next = answer["next_cursor"]?.string
            // A server that gives the same cursor again would keep us here for ever.
            guard next != list.nextCursor else { break }
            list.nextCursor = next
            fields["cursor"] = next.map(JSONValue.string)
        } while list.nextCursor != nil && list.items.count < limit ?? .max
        return list
    }

    private static let pageSize = 500
}

/// A document that goes to the server as it stands.
struct Document: Sendable, Hashable {
    let content: [UInt8]
    let contentType: String
}

/// The items of a list, as the server answers it.
struct JSONList: Sendable {
    let name: String
    var items: [JSONValue] = []
    var nextCursor: String?

    var json: JSONValue { .object([name: .array(items), "next_cursor": JSONValue(nextCursor)]) }
}

extension ManagementClient {
    private func send(
        _ request: HTTPClientRequest,
        name: String,
        patience: Duration
    ) async throws -> (status: Int, body: [UInt8]) {
        do {
            let response = try await http.execute(request, timeout: TimeAmount(patience))
            let body = try await response.body.collect(upTo: Self.largestAnswer)
            return (Int(response.status.code), Array(body.readableBytesView))
        } catch let error as HTTPClientError where error == .deadlineExceeded || error == .readTimeout {
            throw CommandFailure(
                "\(server.text) did not answer \(name) within \(patience.components.seconds) seconds; look whether it was done before you try again."
            )
        } catch let error as HTTPClientError where error == .remoteConnectionClosed {
            throw CommandFailure("\(server.text) closed the connection before it answered \(name); its log says why.")
        } catch is NIOTooManyBytesError {
            throw CommandFailure("the answer of \(server.text) to \(name) is too large.")
        } catch let error as CancellationError {
            throw error
        } catch {
            throw unreachable(error)
        }
    }

    private func unreachable(_ error: any Error) -> CommandFailure {
        if server.usesTLS { return CommandFailure("no Slipway answers at \(server.text): \(error)") }
        return CommandFailure(
            "no Slipway answers at \(server.text); start one with `slipway serve`, or name another by --server."
        )
    }

    private func request(for call: Call, _ fields: JSONObject, document: Document?) -> HTTPClientRequest {
        let query = call.takesQuery ? QueryText.of(fields) : ""
        var request = HTTPClientRequest(url: server.text + call.path + (query.isEmpty ? "" : "?\(query)"))
        request.method = HTTPMethod(rawValue: call.method.rawValue)
        request.headers.add(name: "Accept", value: "application/json, application/problem+json")
        request.headers.add(name: "User-Agent", value: "slipway/\(SlipwayCommand.version)")
        if let key { request.headers.add(name: "Authorization", value: key.bearer) }
        if let project, call.needsProject { request.headers.add(name: "Slipway-Project", value: project) }
        if let document {
            request.headers.add(name: "Content-Type", value: document.contentType)
            request.body = .bytes(ByteBuffer(bytes: document.content))
        } else if !call.takesQuery {
            request.headers.add(name: "Content-Type", value: "application/json")
            request.body = .bytes(ByteBuffer(bytes: JSONValue.object(fields).bytes))
        }
        return request
    }
}
