package import Accounts
import HTTPTypes
package import Hummingbird
import JSON
import ManagementAPI
import NIOCore
import Vocabulary

/// Serves the management API: every call of ``Calls/all`` at `/rpc/{call}`, and its own description.
package struct ManagementController: Sendable {
    private let desk: CallDesk
    private let keys: KeyRing
    private let settings: ManagementSettings

    /// How large the JSON body of a call may be.
    private static let largestBody = 8 << 20

    package init(desk: CallDesk, keys: KeyRing, settings: ManagementSettings) {
        self.desk = desk
        self.keys = keys
        self.settings = settings
    }

    /// Adds `/rpc/{call}` and `/openapi.json` to a router.
    package func addRoutes(to router: Router<some RequestContext>) {
        for method in [HTTPRequest.Method.get, .post, .delete, .put, .patch] {
            router.on("/rpc/{call}", method: method) { request, context in
                try await answer(request, name: try context.parameters.require("call"))
            }
        }
        let document = Calls.openAPI(server: settings.publicURL, version: settings.version).bytes
        router.get("/openapi.json") { _, _ in
            Response(
                status: .ok,
                headers: [.contentType: "application/json"],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: document))
            )
        }
    }

    private func answer(_ request: Request, name: String) async throws -> Response {
        guard let call = Calls.named(name) else {
            throw Problem(.notFound, "There is no call \(name); /openapi.json lists all of them.")
        }
        guard request.method.rawValue == call.method.rawValue else {
            throw Problem(
                .methodNotAllowed,
                "\(name) is called by \(call.method.rawValue).",
                details: [.init("allow", call.method.rawValue)]
            )
        }
        let caller = try await authorize(request, for: call)
        let project = try await desk.project(named: request.headers[Self.projectHeader], for: call, caller: caller)
        let body = try await body(of: request, for: call)
        // A body may take its time: what counts is what the key may do when it is there.
        _ = try await authorize(request, for: call)
        var order = CallOrder(call.name, try desk.input(of: call, query: query(of: request), body: body))
        order.etag = request.headers[.ifMatch].flatMap(Self.etag)
        order.document = call.takesDocument ? body : []
        order.contentType = request.headers[.contentType] ?? ""
        order.idempotencyKey = request.headers[Self.idempotencyKey]
        return Self.response(try await desk.run(call, order, in: project, for: caller), status: call.status)
    }

    private func authorize(_ request: Request, for call: Call) async throws -> Caller {
        let header = request.headers[.authorization]
        guard let secret = KeyRing.secret(inAuthorization: header), let key = try await keys.key(for: secret) else {
            throw Problem(
                .unauthorized,
                header == nil
                    ? "\(call.name) needs a key in the header Authorization: Bearer."
                    : "The key is not valid; it may have been revoked."
            )
        }
        try desk.admit(
            .key(key),
            to: call,
            etag: request.headers[.ifMatch],
            idempotencyKey: request.headers[Self.idempotencyKey]
        )
        return .key(key)
    }

    private func body(of request: Request, for call: Call) async throws -> [UInt8] {
        try Self.check(contentType: request.headers[.contentType], of: call)
        let limit = call.takesDocument ? call.largestBody ?? settings.largestDocument : Self.largestBody
        let size = limit >= 1 << 20 ? "\(limit >> 20) MiB" : "\(limit >> 10) KiB"
        let tooLarge = Problem(
            .tooLarge,
            "The body of \(call.name) may have \(size) at most; nothing was kept."
        )
        if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit {
            // A client that is still sending reads no answer: what it sends is thrown away, so that it gets there.
            try await Self.discard(request.body, upTo: Self.mostDiscarded)
            throw tooLarge
        }
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw tooLarge
        }
    }

    private static let mostDiscarded = 1 << 30

    private static func discard(_ body: RequestBody, upTo limit: Int) async throws {
        var count = 0
        for try await buffer in body {
            count += buffer.readableBytes
            if count > limit { return }
        }
    }

    /// A body says what it is, or says nothing.
    private static func check(contentType: String?, of call: Call) throws {
        guard call.method == .post, let contentType else { return }
        let type = contentType.prefix { $0 != ";" }.lowercased().filter { $0 != " " }
        let isJSON = type == "application/json" || type.hasSuffix("+json")
        let isText = type.hasSuffix("yaml") || type.hasPrefix("text/") || type == "application/octet-stream"
        let isTaken =
            if !call.takesDocument {
                isJSON
            } else if call.mediaTypes.contains("application/json") {
                isJSON || isText || call.mediaTypes.contains(type) || type == "application/x-zip-compressed"
            } else {
                call.mediaTypes.contains { $0 == type || $0.hasSuffix("/*") && type.hasPrefix($0.dropLast()) }
            }
        guard !isTaken else { return }
        let wanted = call.takesDocument ? call.mediaTypes.joined(separator: ", ") : "application/json"
        throw Problem(
            .unsupportedMediaType,
            "\(call.name) takes \(wanted), not \(type.prefix(80)); set the header Content-Type. Nothing was done."
        )
    }

    private func query(of request: Request) -> [(String, String)] {
        request.uri.queryParameters.map { (String($0.key), String($0.value)) }
    }

    private static let projectHeader = HTTPField.Name("Slipway-Project").unsafelyUnwrapped
    private static let idempotencyKey = HTTPField.Name("Idempotency-Key").unsafelyUnwrapped

    /// The etag of an `If-Match`; none for `*`, which any state meets (RFC 9110, section 13.1.1).
    private static func etag(_ header: String) -> String? {
        if header == "*" { return nil }
        var text = Substring(header)
        if text.hasPrefix("W/") { text = text.dropFirst(2) }
        return String(text.drop { $0 == "\"" }.prefix { $0 != "\"" })
    }

    private static func response(_ answer: CallAnswer, status: Int) -> Response {
        var headers: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
        if let etag = answer.etag { headers[.eTag] = "\"\(etag)\"" }
        return Response(
            status: HTTPResponse.Status(code: status),
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: JSONValue.object(answer.body).bytes))
        )
    }
}
