import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Server
import Testing

/// A whole server in this process, on a data folder of its own; requests go to its router without a socket.
struct TestServer {
    static let adminKey = "slw_test_admin_key_of_the_tests"

    let client: any TestClientProtocol

    /// Runs `body` against a server that has just started for the first time.
    static func with(
        settings: [String: String] = [:],
        _ body: @escaping @Sendable (TestServer) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID().uuidString)").path()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        var flags = ["data_dir": folder, "admin_key": adminKey, "config": "\(folder).yaml"]
        flags.merge(settings) { _, given in given }
        try "".write(toFile: "\(folder).yaml", atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: "\(folder).yaml") }
        let configuration = try await ServerConfiguration.load(flags: flags, environment: [:])
        let assembly = try await Assembly(configuration) { _ in }
        let application = Application(router: assembly.router, services: assembly.services + [assembly.announcements])
        try await application.test(.router) { client in
            try await body(TestServer(client: client))
        }
        try await assembly.close()
    }

    struct Answer {
        let status: Int
        let headers: HTTPFields
        let json: JSONValue
        let body: [UInt8]

        var code: String? { json["code"]?.string }
        var detail: String? { json["detail"]?.string }
    }

    /// One request as it stands.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        key: String? = TestServer.adminKey,
        headers: [(String, String)] = [],
        body: [UInt8]? = nil
    ) async throws -> Answer {
        var fields: HTTPFields = [:]
        if let key { fields[.authorization] = "Bearer \(key)" }
        for (name, value) in headers { fields[try #require(HTTPField.Name(name))] = value }
        // The router is asked without a socket, so nobody else writes the authority.
        return try await client.execute(
            uri: path,
            method: method,
            headers: fields,
            body: body.map { ByteBuffer(bytes: $0) }
        ) { response in
            let bytes = Array(buffer: response.body)
            return Answer(
                status: response.status.code,
                headers: response.headers,
                json: (try? JSONValue(parsing: bytes)) ?? .null,
                body: bytes
            )
        }
    }

    /// A call of the management API by POST.
    func post(
        _ call: String,
        _ fields: JSONValue,
        key: String? = TestServer.adminKey,
        headers: [(String, String)] = []
    ) async throws -> Answer {
        try await send(.post, "/rpc/\(call)", key: key, headers: headers, body: fields.bytes)
    }

    /// A call of the management API by GET.
    func get(_ call: String, _ query: String = "", key: String? = TestServer.adminKey) async throws -> Answer {
        try await send(.get, "/rpc/\(call)\(query.isEmpty ? "" : "?\(query)")", key: key)
    }

    /// Uploads a document and deploys it as a source beside those there are.
    @discardableResult
    func push(_ document: String, as source: String) async throws -> JSONValue {
        let asset = try await send(.post, "/rpc/assets.uploadOpenAPI?name=\(source).yaml", body: Array(document.utf8))
        try #require(asset.status == 201, "\(asset.json)")
        let id = try #require(asset.json["asset"]?["id"])
        let answer = try await post(
            "deployments.evolve",
            ["upsert": [["slug": .string(source), "kind": "openapi", "asset_id": id]]]
        )
        try #require(answer.status == 201, "\(answer.json)")
        return try #require(answer.json["deployment"])
    }

    /// The secret of a new key.
    func makeKey(_ scope: String, project: String? = nil) async throws -> String {
        var fields: JSONObject = ["name": .string("a \(scope)"), "scopes": [.string(scope)]]
        fields["project_slug"] = project.map(JSONValue.string)
        return try #require(try await post("keys.create", .object(fields)).json["secret"]?.string)
    }
}

/// A small API, for tests that need some tools.
let library = """
    openapi: 3.1.0
    info: {title: Library, version: "1"}
    servers: [{url: "https://library.example"}]
    paths:
      /books:
        get:
          operationId: listBooks
          summary: List books.
          parameters: [{name: limit, in: query, schema: {type: integer, maximum: 50}}]
          responses: {"200": {description: ok}}
        post:
          operationId: addBook
          summary: Add a book.
          requestBody:
            required: true
            content: {application/json: {schema: {type: object, required: [title], properties: {title: {type: string}}}}}
          responses: {"201": {description: ok}}
      /books/{id}:
        get:
          operationId: getBook
          summary: Read one book.
          parameters: [{name: id, in: path, required: true, schema: {type: string}}]
          responses: {"200": {description: ok}}
    """
