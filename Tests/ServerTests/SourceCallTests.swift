import Foundation
import HTTPTypes
import JSON
import Testing

/// Sources as programs and pages are told of them.
struct SourceCallTests {
    private func builtIn(_ server: TestServer, _ call: String, _ list: String) async throws -> [String] {
        let items = try await server.get(call, "limit=50").json[list]?.array ?? []
        return items.filter { $0["built_in"]?.bool == true }.compactMap { $0["slug"]?.string }
    }

    @Test func `what came with the server is told apart, until something else stands in its place`() async throws {
        try await TestServer.with { server in
            try await server.push(library, as: "library")
            _ = try await server.post("toolsets.create", ["slug": "books"])
            #expect(try await builtIn(server, "toolsets.list", "toolsets") == ["slipway"])
            let sources = try await server.get("sources.list").json["sources"]?.array ?? []
            #expect(sources.compactMap { $0["built_in"]?.bool } == [true, false])
            try await server.push(library, as: "slipway")
            let replaced = try await server.get("sources.list").json["sources"]?.array ?? []
            #expect(replaced.compactMap { $0["built_in"]?.bool } == [false, false])
        }
    }

    @Test(arguments: [("books.yaml", "books"), ("town.v2.json", "town-v2"), ("ספר.yaml", "library")])
    func `a source is suggested by its file, as push names it, and by its title where the file has none`(
        file: String,
        slug: String
    ) async throws {
        try await TestServer.with { server in
            let name = file.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
            let asset = try await server.send(
                .post,
                "/rpc/assets.uploadOpenAPI?name=\(name)",
                body: Array(library.utf8)
            )
            let id = asset.json["asset"]?["id"]?.string ?? ""
            let document = try await server.get("assets.inspect", "id=\(id)").json["document"]
            #expect(document?["suggested_slug"]?.string == slug)
        }
    }
}
