import Archive
import HTTPTypes
import JSON
import Testing

/// Documents of several files, and images, as programs send and get them.
struct AssetTests {
    private static let png: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3]

    private func upload(
        _ server: TestServer,
        _ call: String,
        _ bytes: [UInt8],
        type: String = "application/octet-stream"
    ) async throws -> TestServer.Answer {
        try await server.send(
            .post,
            "/rpc/assets.\(call)?name=x",
            headers: [("Content-Type", type)],
            body: bytes
        )
    }

    @Test(arguments: [
        ("image/png", png), ("image/jpeg", [0xFF, 0xD8, 0xFF, 0xE0]), ("image/gif", Array("GIF89a;".utf8)),
        ("image/webp", Array("RIFF....WEBPVP8 ".utf8)),
        ("image/svg+xml", Array("<?xml version='1.0'?>\n<!-- x --><svg xmlns='http://www.w3.org/2000/svg'/>".utf8)),
    ])
    func `an image is what its bytes say, and everybody gets it by its digest`(
        type: String,
        bytes: [UInt8]
    ) async throws {
        try await TestServer.with { server in
            // What the header says is not believed.
            let asset = try await upload(server, "uploadImage", bytes, type: "image/x-icon").json["asset"]
            #expect(asset?["content_type"] == .string(type))
            #expect(asset?["kind"] == "image")
            let digest = try #require(asset?["sha256"]?.string)
            let answer = try await server.send(.get, "/images/\(digest)", key: nil)
            #expect(answer.status == 200)
            #expect(answer.body == bytes)
            #expect(answer.headers[.contentType] == type)
            #expect(answer.headers[.xContentTypeOptions] == "nosniff")
            #expect(answer.headers[.contentSecurityPolicy]?.contains("sandbox") == true)
            #expect(answer.headers[.cacheControl]?.contains("immutable") == true)
            let etag = try #require(answer.headers[.eTag])
            let again = try await server.send(.get, "/images/\(digest)", key: nil, headers: [("If-None-Match", etag)])
            #expect(again.status == 304)
            #expect(again.body == [])
        }
    }

    @Test func `what is no image, or too large a one, is refused; documents are no images`() async throws {
        try await TestServer.with { server in
            for bytes in [Array("<html><svg/></html>".utf8), Array("<!DOCTYPE svg><svg/>".utf8), [0x89, 0x50], []] {
                let refusal = try await upload(server, "uploadImage", bytes, type: "image/png")
                #expect(refusal.code == "unsupported_media_type", "\(refusal.json)")
            }
            let page = try await upload(server, "uploadImage", Self.png, type: "text/html")
            #expect(page.status == 415)
            let large = Self.png + [UInt8](repeating: 0, count: 512 << 10)
            let refusal = try await upload(server, "uploadImage", large)
            #expect(refusal.code == "too_large")
            #expect(refusal.detail?.contains("512 KiB") == true)
            let document = try await upload(server, "uploadOpenAPI", Array(library.utf8)).json["asset"]?["sha256"]
            #expect(try await server.send(.get, "/images/\(document?.string ?? "")", key: nil).status == 404)
            #expect(try await server.send(.get, "/images/nothing", key: nil).status == 404)
        }
    }

    @Test func `a logo is set by its asset, shown with its address, and taken away`() async throws {
        try await TestServer.with { server in
            let asset = try await upload(server, "uploadImage", Self.png, type: "image/png").json["asset"]
            let set = try await server.post(
                "mcpMetadata.set",
                [
                    "toolset_slug": "slipway", "logo_asset_id": asset?["id"] ?? .null,
                    "documentation_url": "https://a.example/x",
                ]
            )
            #expect(set.status == 200, "\(set.json)")
            let digest = asset?["sha256"]?.string ?? ""
            #expect(set.json["metadata"]?["logo"]?["url"] == .string("http://127.0.0.1:8080/images/\(digest)"))
            let got = try await server.get("mcpMetadata.get", "toolset_slug=slipway&view=live").json["metadata"]
            #expect(got == set.json["metadata"])
            let cleared = try await server.post("mcpMetadata.set", ["toolset_slug": "slipway", "logo_asset_id": nil])
            #expect(cleared.json["metadata"]?["logo"] == .null)
            #expect(cleared.json["metadata"]?["documentation_url"] == "https://a.example/x")
        }
    }

    private static let split = [
        "root.yaml": Array(
            """
            openapi: 3.1.0
            info: {title: T, version: "1"}
            servers: [{url: "https://t.example"}]
            paths: {/pets: {$ref: paths/pets.yaml}}
            """.utf8
        ),
        "paths/pets.yaml": Array(
            "get: {operationId: listPets, responses: {'200': {description: ok}}}\npost: {responses: 7}".utf8
        ),
    ]

    private func deploy(_ server: TestServer, _ bytes: [UInt8]) async throws -> JSONValue? {
        let asset = try await upload(server, "uploadOpenAPI", bytes, type: "application/zip")
        try #require(asset.status == 201, "\(asset.json)")
        #expect(asset.json["asset"]?["content_type"] == "application/zip")
        let answer = try await server.post(
            "deployments.evolve",
            ["upsert": [["slug": "split", "asset_id": asset.json["asset"]?["id"] ?? .null]]]
        )
        return answer.json["deployment"]
    }

    @Test func `a zip of several files becomes tools, and its diagnostics name the file`() async throws {
        try await TestServer.with { server in
            let deployment = try await deploy(server, ZipArchive(files: Self.split).packed())
            #expect(deployment?["status"] == "completed")
            let tools = try await server.get("tools.list", "source=split").json["tools"]?.array ?? []
            #expect(tools.contains { $0["name"] == "listPets" })
            let id = deployment?["id"]?.string ?? ""
            let logs = try await server.get("deployments.logs", "id=\(id)").json["logs"]?.array ?? []
            #expect(logs.contains { $0["file"] == "paths/pets.yaml" })
        }
    }

    @Test func `the main file is the one that the archive names`() async throws {
        try await TestServer.with { server in
            var files = Self.split
            files["other.yaml"] = Array("openapi: 3.1.0\ninfo: {title: O, version: '1'}\npaths: {}".utf8)
            let ambiguous = try await deploy(server, ZipArchive(files: files).packed())
            #expect(ambiguous?["status"] == "failed")
            let named = try await deploy(server, ZipArchive(files: files, main: "root.yaml").packed())
            #expect(named?["status"] == "completed")
        }
    }

    @Test func `an archive that cannot be unpacked is refused when it is sent`() async throws {
        try await TestServer.with { server in
            let good = try ZipArchive(files: Self.split).packed()
            let cut = try await upload(server, "uploadOpenAPI", Array(good.dropLast(9)))
            #expect(cut.code == "invalid")
            #expect(cut.json["archive_code"] == "archive_unreadable")
            let outside = try await upload(server, "uploadOpenAPI", ZipArchive(files: ["../a.yaml": [1]]).packed())
            #expect(outside.json["archive_code"] == "archive_bad_name")
            let bomb = ZipArchive(files: ["a.yaml": [UInt8](repeating: 0x20, count: 9 << 20)])
            let dense = try await upload(server, "uploadOpenAPI", bomb.packed())
            #expect(dense.code == "too_large")
            #expect(try await server.get("assets.list").json["assets"]?.array?.filter { $0["name"] == "x" } == [])
        }
    }

    @Test func `a clone of an environment has its secrets only where an administrator asks`() async throws {
        try await TestServer.with { server in
            _ = try await server.post(
                "environments.create",
                [
                    "slug": "prod",
                    "entries": [
                        ["name": "TOKEN", "value": "s3cret"], ["name": "REGION", "value": "eu", "secret": false],
                    ],
                ]
            )
            let producer = try await server.makeKey("producer")
            let plain = try await server.post(
                "environments.clone",
                ["slug": "prod", "new_slug": "plain"],
                key: producer
            )
            #expect(plain.status == 201, "\(plain.json)")
            #expect(plain.json["left_out"] == ["TOKEN"])
            let entries = plain.json["environment"]?["entries"]
            #expect(entries == [["name": "REGION", "value": "eu", "secret": false]])
            let wish: JSONValue = ["slug": "prod", "new_slug": "full", "include_secrets": true]
            let refused = try await server.post("environments.clone", wish, key: producer)
            #expect(refused.code == "insufficient_scope")
            #expect(try await server.get("environments.get", "slug=full").status == 404)
            let full = try await server.post("environments.clone", wish)
            #expect(full.json["left_out"] == [])
            #expect(full.json["environment"]?["entries"]?.array?.count == 2)
            #expect(!full.json.text.contains("s3cret"))
        }
    }

    @Test func `tokens of tools, toolsets and releases are told, and fit`() async throws {
        try await TestServer.with { server in
            try await server.push(library, as: "library")
            let list = try await server.get("tools.list", "source=library").json["tools"]?.array ?? []
            let toolset = try await server.post(
                "toolsets.create",
                ["slug": "books", "tool_urns": .array(list.compactMap { $0["urn"] })]
            )
            #expect(toolset.status == 201)
            let got = try await server.get("toolsets.get", "slug=books").json["toolset"]
            let sum = got?["tools"]?.array?.reduce(0) { $0 + ($1["tokens"]?.integer ?? 0) }
            // Nothing is overridden, so what is served is what the deployment has.
            #expect(sum == list.reduce(0) { $0 + ($1["tokens"]?.integer ?? 0) })
            #expect(sum ?? 0 > 0)
            #expect(got?["tokens"]?.integer == sum)
            let listed = try await server.get("toolsets.list").json["toolsets"]?.array ?? []
            #expect(listed.first { $0["slug"] == "books" }?["tokens"]?.integer == sum)
            _ = try await server.post("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"])
            let release = try await server.get("toolsets.getReleaseDetails", "slug=books&number=1").json["release"]
            #expect(release?["tokens"]?.integer == sum)
        }
    }
}
