import Accounts
import HTTPTypes
import JSON
import JSONSchema
import ManagementAPI
import OpenAPI
import Testing
import Tools
import Vocabulary

/// The management API as programs meet it.
struct ManagementAPITests {
    private let urns: JSONValue = ["tools:http:library:listBooks", "tools:http:library:addBook"]

    @Test func `its own document becomes one tool for each call, without errors`() async throws {
        let document = try Document(reading: Calls.openAPI(server: "http://127.0.0.1:8080", version: "1").bytes)
        let source = try #require(Slug("slipway"))
        let compiled = ToolCompiler().compile(document, source: source)
        #expect(compiled.diagnostics.filter { $0.severity == .error } == [])
        #expect(compiled.tools.count == Calls.all.count)
    }

    @Test func `every answer is what the document says`() async throws {
        try await TestServer.with { server in
            let document = try #require((try await server.send(.get, "/openapi.json", key: nil)).json.object)
            let checker = AnswerChecker(document: .object(document))
            try await server.push(library, as: "library")
            let calls: [(String, JSONValue)] = [
                ("toolsets.create", ["slug": "books", "tool_urns": urns]),
                (
                    "variations.upsert",
                    ["toolset_slug": "books", "tool_urn": "tools:http:library:addBook", "title": "New"]
                ),
                ("variations.upsertGlobal", ["tool_urn": "tools:http:library:listBooks", "tags": ["read"]]),
                ("templates.create", ["name": "greet", "prompt": "Hello {{name}}", "arguments": [["name": "name"]]]),
                ("templates.update", ["name": "greet", "prompt": "Hi {{name}}"]),
                ("templates.render", ["name": "greet", "arguments": ["name": "you"]]),
                (
                    "templates.preview",
                    ["prompt": "Hi {{name}}", "declared": [["name": "name"]], "arguments": ["name": "you"]]
                ),
                ("resources.create", ["slug": "guide", "mime_type": "text/markdown", "text": "# Books"]),
                ("resources.update", ["slug": "guide", "title": "The guide"]),
                ("environments.create", ["slug": "prod", "entries": [["name": "A_KEY", "value": "x"]]]),
                (
                    "environments.update",
                    ["slug": "prod", "entries": [["name": "B_KEY", "value": "y", "secret": false]]]
                ),
                (
                    "toolsets.update",
                    [
                        "slug": "books", "prompt_names": ["greet"], "resource_urns": ["resources:asset:guide"],
                        "default_environment_slug": "prod",
                    ]
                ),
                ("mcpMetadata.set", ["toolset_slug": "books", "instructions": "Be quick."]),
                ("toolsets.clone", ["slug": "books", "new_slug": "books-copy"]),
                ("environments.clone", ["slug": "prod", "new_slug": "prod-copy"]),
                ("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
                ("toolsets.update", ["slug": "books", "description": "About books."]),
                ("toolsets.createStagingVersion", ["slug": "books"]),
                ("toolsets.publishStagingVersion", ["slug": "books", "notes": "Describes itself"]),
                ("toolsets.update", ["slug": "books", "description": "All about books."]),
                ("toolsets.publishStagingVersion", ["slug": "books", "label": "spring", "activate": false]),
                ("toolsets.activateRelease", ["slug": "books", "number": 3, "notes": "Now"]),
                ("toolsets.setReleaseLabel", ["slug": "books", "number": 3, "label": nil]),
                ("toolsets.rollbackToRelease", ["slug": "books", "number": 1, "reason": "Too long"]),
                ("toolsets.liftHold", ["slug": "books", "reason": "Short enough"]),
                (
                    "toolsets.setChangeRules",
                    [
                        "slug": "books", "profile": "typed", "rules": ["tool.title.changed": "risky"],
                        "deprecation_days": 30,
                    ]
                ),
                ("instances.getPrompt", ["toolset_slug": "books", "prompt": "greet", "arguments": ["name": "you"]]),
                ("instances.invokeTool", ["toolset_slug": "books", "tool": "addBook", "arguments": ["wrong": 1]]),
                ("keys.create", ["name": "k", "scopes": ["consumer"]]),
                ("projects.create", ["slug": "other"]),
                ("features.set", ["name": "toolset_staging", "on": true]),
            ]
            for (name, fields) in calls {
                let project = Calls.named(name)?.needsProject == true ? [("Slipway-Project", "default")] : []
                let answer = try await server.post(name, fields, headers: project)
                try checker.check(answer, of: name)
            }
            for (name, query) in Self.reads {
                let path = "/rpc/\(name)?\(query)"
                let answer = try await server.send(.get, path, headers: [("Slipway-Project", "default")])
                try checker.check(answer, of: name)
            }
            let active = try await server.send(
                .get,
                "/rpc/deployments.active",
                headers: [("Slipway-Project", "default")]
            )
            let deployment = active.json["deployment"]
            let asset = deployment?["sources"]?.array?.last?["asset_id"]?.string ?? ""
            let ids = [("deployments.effects", deployment?["id"]?.string ?? ""), ("assets.inspect", asset)]
            for (name, id) in ids {
                let answer = try await server.send(
                    .get,
                    "/rpc/\(name)?id=\(id)",
                    headers: [("Slipway-Project", "default")]
                )
                try checker.check(answer, of: name)
            }
        }
    }

    @Test(
        arguments: [
            ("toolsets.create", ["slug": "books", "colour": "red"], 422, "unknown_field", "/colour"),
            ("toolsets.create", ["slug": "Books!"], 422, "invalid", "/slug"),
            ("toolsets.create", ["name": "No slug"], 422, "invalid", ""),
            ("toolsets.create", ["slug": "slipway"], 409, "name_taken", nil),
            ("toolsets.create", ["slug": "books", "mcp_slug": "slipway"], 409, "name_taken", "/mcp_slug"),
            (
                "toolsets.create", ["slug": "books", "mcp_caller_variables": ["lower"]], 422, "invalid",
                "/mcp_caller_variables/0"
            ),
            (
                "toolsets.create", ["slug": "books", "mcp_caller_variables": ["A_SERVER_URL"]], 422, "invalid",
                "/mcp_caller_variables/0"
            ),
            (
                "mcpMetadata.set", ["toolset_slug": "slipway", "documentation_url": "/docs"], 422, "invalid",
                "/documentation_url"
            ),
            (
                "mcpMetadata.set", ["toolset_slug": "slipway", "documentation_url": "https://"], 422, "invalid",
                "/documentation_url"
            ),
            (
                "mcpMetadata.set",
                ["toolset_slug": "slipway", "logo_asset_id": "01a20473-9f79-7130-9f54-4253b5a6b9d1"], 404, "not_found",
                "/logo_asset_id"
            ),
            ("assets.importOpenAPI", ["url": "ftp://example.com/a.yaml"], 422, "invalid", "/url"),
            ("assets.importOpenAPI", ["url": "http://127.0.0.1:9/a.yaml"], 502, "upstream_refused", nil),
            ("assets.importOpenAPI", ["url": "http://169.254.169.254/latest"], 502, "upstream_refused", nil),
            ("toolsets.clone", ["slug": "none", "new_slug": "books"], 404, "not_found", nil),
            ("toolsets.clone", ["slug": "slipway", "new_slug": "slipway"], 409, "name_taken", "/new_slug"),
            (
                "toolsets.create", ["slug": "books", "tool_urns": ["tools:http:none:x"]], 422, "unknown_urn",
                "/tool_urns/0"
            ),
            ("toolsets.create", ["slug": "books", "tool_urns": ["nonsense"]], 422, "unknown_urn", "/tool_urns/0"),
            (
                "toolsets.create", ["slug": "books", "resource_urns": ["resources:asset:x"]], 422, "unknown_urn",
                "/resource_urns/0"
            ),
            (
                "toolsets.create", ["slug": "books", "resource_urns": ["guide"]], 422, "unknown_urn", "/resource_urns/0"
            ),
            ("resources.create", ["slug": "r", "mime_type": "text/plain"], 422, "invalid", "/text"),
            ("resources.create", ["slug": "r", "text": "x"], 422, "invalid", ""),
            ("resources.create", ["slug": "r", "mime_type": "plain", "text": "x"], 422, "invalid", "/mime_type"),
            (
                "resources.create", ["slug": "r", "mime_type": "text/plain", "text": "x", "blob": "eA=="], 422,
                "invalid",
                "/blob"
            ),
            ("resources.create", ["slug": "r", "mime_type": "image/png", "blob": "e!"], 422, "invalid", "/blob"),
            ("resources.update", ["slug": "nothing", "text": "x"], 404, "not_found", nil),
            ("toolsets.update", ["slug": "nothing"], 404, "not_found", nil),
            ("toolsets.publishStagingVersion", ["slug": "slipway"], 409, "wrong_mode", nil),
            ("toolsets.rollbackToRelease", ["slug": "slipway"], 422, "invalid", ""),
            ("toolsets.rollbackToRelease", ["slug": "slipway", "number": 9, "reason": "x"], 404, "not_found", nil),
            ("templates.create", ["name": "p", "prompt": "{{#open}}"], 422, "invalid", "/prompt"),
            (
                "deployments.create",
                ["sources": [["slug": "f", "kind": "function", "asset_id": "01a20473-9f79-7130-9f54-4253b5a6b9d1"]]],
                422, "not_supported", "/sources/0/kind"
            ),
            (
                "deployments.create", ["sources": [["slug": "f", "asset_id": "01a20473-9f79-7130-9f54-4253b5a6b9d1"]]],
                404, "not_found", "/sources"
            ),
            (
                "instances.getPrompt", ["toolset_slug": "slipway", "prompt": "none"], 404, "not_found", nil
            ),
            (
                "instances.invokeTool", ["toolset_slug": "slipway", "tool": "x", "view": "live", "release": 1], 422,
                "invalid", "/release"
            ),
            ("keys.create", ["name": "k", "scopes": ["king"]], 422, "invalid", "/scopes/0"),
            (
                "environments.create", ["slug": "e", "entries": [["name": "lower", "value": "x"]]], 422, "invalid",
                "/entries/0/name"
            ),
        ] as [(String, JSONValue, Int, String, String?)]
    )
    func `bad input gets one sentence with a code and a place`(
        call: String,
        fields: JSONValue,
        status: Int,
        code: String,
        pointer: String?
    ) async throws {
        try await TestServer.with { server in
            let answer = try await server.post(call, fields)
            #expect(answer.status == status, "\(answer.json)")
            #expect(answer.code == code)
            #expect(answer.headers[.contentType] == "application/problem+json")
            #expect(answer.detail?.isEmpty == false)
            if let pointer {
                #expect(answer.json["errors"]?.array?.first?["pointer"] == .string(pointer), "\(answer.json)")
            }
        }
    }

    @Test func `an operation that comes back is the tool that it was`() async throws {
        try await TestServer.with { server in
            let original = """
                openapi: 3.1.0
                info: {title: T, version: "1"}
                servers: [{url: "https://t.example"}]
                paths:
                  /a: {get: {operationId: first, responses: {"200": {description: ok}}}}
                  /b: {get: {operationId: second, responses: {"200": {description: ok}}}}
                """
            func names() async throws -> [String] {
                let answer = try await server.get("tools.list", "source=t")
                return (answer.json["tools"]?.array ?? []).compactMap { $0["name"]?.string }
            }
            try await server.push(original, as: "t")
            try await server.push(
                original.replacing("  /a: {get: {operationId: first", with: "  /c: {get: {operationId: third"),
                as: "t"
            )
            #expect(try await names() == ["third", "second"])
            try await server.push(original.replacing("operationId: first", with: "operationId: renamed"), as: "t")
            #expect(try await names() == ["first", "second"])
        }
    }

    @Test func `a deployment that sets and removes one source, or nothing, is refused`() async throws {
        try await TestServer.with { server in
            let source: JSONValue = ["slug": "x", "asset_id": "01a20473-9f79-7130-9f54-4253b5a6b9d1"]
            let both = try await server.post("deployments.evolve", ["upsert": [source], "remove": ["x"]])
            #expect(both.status == 422)
            #expect(both.code == "invalid")
            #expect(try await server.post("deployments.evolve", [:]).status == 422)
        }
    }

    @Test func `an edit made against an older state is refused with 412`() async throws {
        try await TestServer.with { server in
            try await server.push(library, as: "library")
            let made = try await server.post("toolsets.create", ["slug": "books", "tool_urns": urns])
            let etag = try #require(made.headers[.eTag])
            let first = try await server.post(
                "toolsets.update",
                ["slug": "books", "name": "Books"],
                headers: [("If-Match", etag)]
            )
            #expect(first.status == 200)
            let second = try await server.post(
                "toolsets.update",
                ["slug": "books", "name": "Volumes"],
                headers: [("If-Match", etag)]
            )
            #expect(second.status == 412)
            #expect(second.code == "etag_mismatch")
            #expect(try await server.get("toolsets.get", "slug=books").json["toolset"]?["name"] == "Books")
        }
    }

    @Test func `lists are given in parts that join without a gap`() async throws {
        try await TestServer.with { server in
            var seen: [String] = []
            var query = "limit=7"
            while true {
                let answer = try await server.get("tools.list", query)
                seen += (answer.json["tools"]?.array ?? []).compactMap { $0["urn"]?.string }
                guard let cursor = answer.json["next_cursor"]?.string else { break }
                query = "limit=7&cursor=\(cursor)"
            }
            #expect(seen.count == Calls.all.count)
            #expect(Set(seen).count == seen.count)
            let first = try await server.get("tools.list", "limit=7")
            let cursor = try #require(first.json["next_cursor"]?.string)
            #expect(try await server.get("tools.list", "limit=7&q=get&cursor=\(cursor)").code == "invalid")
            #expect(try await server.get("toolsets.list", "cursor=\(cursor)").code == "invalid")
            let wrong = try await server.get("tools.list", "cursor=nonsense")
            #expect(wrong.status == 422)
            #expect(wrong.code == "invalid")
        }
    }

    @Test func `a repeated request with one idempotency key makes one thing`() async throws {
        try await TestServer.with { server in
            let headers = [("Idempotency-Key", "abc")]
            let fields: JSONValue = ["name": "once", "scopes": ["reader"]]
            let first = try await server.post("keys.create", fields, headers: headers)
            let again = try await server.post("keys.create", fields, headers: headers)
            #expect(first.status == 201)
            #expect(again.status == 201)
            #expect(again.json == first.json)
            let keys = try await server.get("keys.list").json["keys"]?.array ?? []
            #expect(keys.count { $0["name"] == "once" } == 1)
            let other = try await server.post("keys.create", ["name": "two", "scopes": ["reader"]], headers: headers)
            #expect(other.status == 409)
            #expect(other.code == "idempotency_conflict")
        }
    }

    @Test(arguments: ["Idempotency-Key", "If-Match"])
    func `a header that a call does not take is refused`(header: String) async throws {
        try await TestServer.with { server in
            var taking = 0
            for call in Calls.all {
                let isTaken = header == "If-Match" ? call.takesEtag : call.creates
                if isTaken { taking += 1 }
                let method = try #require(HTTPRequestMethod[call.method])
                let answer = try await server.send(method, call.path, headers: [(header, "\"one\"")])
                let isRefused = answer.detail == "\(call.name) takes no \(header); send it without. Nothing was done."
                #expect(isRefused != isTaken, "\(call.name) \(answer.json)")
                if isRefused { #expect(answer.status == 422) }
            }
            #expect(taking > 10)
        }
    }

    @Test func `a key may do what its scope includes and nothing more`() async throws {
        try await TestServer.with { server in
            let keys = try await [
                "consumer": server.makeKey("consumer"), "reader": server.makeKey("reader"),
                "producer": server.makeKey("producer"), "publisher": server.makeKey("publisher"),
            ]
            for call in Calls.all {
                for (scope, key) in keys {
                    let allowed = try #require(["consumer", "reader", "producer", "publisher"].firstIndex(of: scope))
                    let needed = ["consumer", "reader", "producer", "publisher", "admin"].firstIndex(
                        of: call.scope.rawValue
                    )
                    guard let needed, allowed < needed else { continue }
                    let method = try #require(HTTPRequestMethod[call.method])
                    let answer = try await server.send(method, call.path, key: key)
                    #expect(answer.status == 403, "\(call.name) with \(scope)")
                    #expect(answer.code == "insufficient_scope")
                }
                let method = try #require(HTTPRequestMethod[call.method])
                #expect(try await server.send(method, call.path, key: nil).status == 401)
            }
        }
    }

    @Test func `a revoked key is refused by the next request`() async throws {
        try await TestServer.with { server in
            let made = try await server.post("keys.create", ["name": "k", "scopes": ["reader"]])
            let secret = try #require(made.json["secret"]?.string)
            #expect(try await server.get("keys.verify", key: secret).status == 200)
            let id = try #require(made.json["key"]?["id"])
            #expect(try await server.post("keys.revoke", ["id": id]).status == 200)
            #expect(try await server.get("keys.verify", key: secret).status == 401)
        }
    }

    @Test func `the flag turned off refuses new staging work and leaves what is live`() async throws {
        try await TestServer.with { server in
            _ = try await server.post("toolsets.switchEditingMode", ["slug": "slipway", "mode": "staging"])
            _ = try await server.post("toolsets.update", ["slug": "slipway", "description": "Other words."])
            _ = try await server.post("features.set", ["name": "toolset_staging", "on": false])
            for call in ["toolsets.createStagingVersion", "toolsets.publishStagingVersion"] {
                let answer = try await server.post(call, ["slug": "slipway"])
                #expect(answer.status == 403)
                #expect(answer.code == "feature_disabled")
            }
            let live = try await server.get("toolsets.get", "slug=slipway&view=live")
            #expect(live.json["toolset"]?["current_release"]?["number"] == 1)
            _ = try await server.post("features.set", ["name": "toolset_staging", "on": true])
            #expect(try await server.post("toolsets.publishStagingVersion", ["slug": "slipway"]).status == 201)
        }
    }
}
