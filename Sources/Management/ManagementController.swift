package import Accounts
import HTTPTypes
package import Hummingbird
import JSON
import ManagementAPI
import NIOCore
import Projects
import Vocabulary

/// Serves the management API: every call of ``Calls/all`` at `/rpc/{call}`, and its own description.
package struct ManagementController: Sendable {
    private let stores: ManagementStores
    private let keys: KeyRing
    private let settings: ManagementSettings
    private let reader: InputReader
    private let handlers: [String: CallHandler]
    private let repeats: RepeatedRequests

    /// How large the JSON body of a call may be.
    private static let largestBody = 8 << 20

    /// - Throws: ``Problem`` where a call of the table has no handler: a fault of the program, found at the start.
    package init(stores: ManagementStores, keys: KeyRing, settings: ManagementSettings) throws {
        self.stores = stores
        self.keys = keys
        self.settings = settings
        reader = try InputReader(calls: Calls.all)
        handlers = CallTable(stores: stores, settings: settings).handlers
        repeats = RepeatedRequests(store: stores.idempotency, vault: stores.vault)
        for call in Calls.all where handlers[call.name] == nil {
            throw Problem(.unexpected, "The call \(call.name) is in the table and nothing handles it.")
        }
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
        let key = try await authorize(request, for: call)
        if request.headers[.ifMatch] != nil, !call.takesEtag {
            throw Problem(.invalid, "\(name) takes no If-Match; send it without. Nothing was done.")
        }
        let repeatKey = request.headers[Self.idempotencyKey]
        if repeatKey != nil, !call.creates {
            throw Problem(.invalid, "\(name) takes no Idempotency-Key; send it without. Nothing was done.")
        }
        let project = try await project(of: request, for: call, key: key)
        let body = try await body(of: request, for: call)
        // A body may take its time: what counts is what the key may do when it is there.
        _ = try await authorize(request, for: call)
        var input = try reader.input(of: call, query: query(of: request), body: body)
        let listCursor = ListCursor(call: name, project: project?.slug.text, input: input)
        if let cursor = input["cursor"]?.string {
            input["cursor"] = .string(try listCursor.opened(cursor))
        }
        let callRequest = CallRequest(
            input: input,
            key: key,
            project: project,
            etag: request.headers[.ifMatch].flatMap(Self.etag),
            document: call.takesDocument ? body : [],
            contentType: request.headers[.contentType] ?? ""
        )
        guard let handler = handlers[name] else { throw Problem(.unexpected, "Nothing handles \(name).") }
        if let repeatKey {
            let scope = "\(key.id) \(project?.slug.text ?? "") \(name)"
            let answer = try await repeats.run(repeatKey, of: call, scope: scope, request: callRequest) {
                try await handler(callRequest)
            }
            return Self.response(answer, status: call.status)
        }
        var answer = try await handler(callRequest)
        if let position = answer.body["next_cursor"]?.string {
            answer.body["next_cursor"] = .string(listCursor.sealed(position))
        }
        return Self.response(answer, status: call.status)
    }

    private func authorize(_ request: Request, for call: Call) async throws -> APIKey {
        let header = request.headers[.authorization]
        guard let secret = KeyRing.secret(inAuthorization: header), let key = try await keys.key(for: secret) else {
            throw Problem(
                .unauthorized,
                header == nil
                    ? "\(call.name) needs a key in the header Authorization: Bearer."
                    : "The key is not valid; it may have been revoked."
            )
        }
        guard key.allows(call.scope) else {
            throw Problem(
                .insufficientScope,
                "The key \"\(key.name)\" has not the scope \(call.scope.rawValue), which \(call.name) needs."
            )
        }
        return key
    }

    /// The project that the header names; the key's where there is no header; the only one where there is one.
    private func project(of request: Request, for call: Call, key: APIKey) async throws -> Project? {
        guard call.needsProject else { return nil }
        if let name = request.headers[Self.projectHeader] {
            let project = try await Slug(name).asyncFlatMap { try await stores.projects.project($0) }
            guard let project, key.projectID == nil || key.projectID == project.id else {
                throw Problem(.notFound, "There is no project \"\(name.prefix(60))\" that this key may use.")
            }
            return project
        }
        if let own = key.projectID { return try await stores.projects.project(own) }
        let projects = try await stores.projects.projects(PageRequest(limit: 2)).items
        guard projects.count == 1, let only = projects.first else {
            throw Problem(
                .invalid,
                "There are several projects: name one in the header Slipway-Project (on the command line: --project)."
            )
        }
        return only
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

extension Optional {
    fileprivate func asyncFlatMap<Value>(_ transform: (Wrapped) async throws -> Value?) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
