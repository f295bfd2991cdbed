import HTTPTypes
import JSON
import ManagementAPI
import Testing

/// What the flag `toolset_staging` stops, call by call and address by address.
struct StagingFeatureTests {
    /// A request of a call, and what it answers where staging is on.
    private struct Request {
        let call: String
        let input: JSONObject
        let status: Int

        init(_ call: String, _ input: JSONObject = [:], _ status: Int = 200) {
            self.call = call
            self.input = input
            self.status = status
        }
    }

    /// Ids of what a server has.
    private struct Made {
        let asset: JSONValue
        let deployment: JSONValue
        let key: JSONValue
    }

    private static let urns: JSONValue = ["tools:http:library:listBooks", "tools:http:library:addBook"]
    private static let tool: JSONValue = "tools:http:library:listBooks"

    // MARK: - The table

    @Test(arguments: [true, false])
    func `every call goes on or is refused as the list says`(isOn: Bool) async throws {
        try await TestServer.with { server in
            let made = try await prepare(server)
            if !isOn { try await turn(server, on: false) }
            let goingOn = Self.goingOn(made, isOn: isOn)
            for request in goingOn {
                let answer = try await send(request, to: server)
                #expect(answer.status == request.status, "\(request.call) \(answer.json)")
                #expect(answer.code != "feature_disabled", "\(request.call)")
            }
            let before = try await state(server)
            for request in Self.refused {
                let answer = try await send(request, to: server)
                #expect(answer.status == (isOn ? request.status : 403), "\(request.call) \(answer.json)")
                if !isOn {
                    #expect(answer.code == "feature_disabled", "\(request.call)")
                    #expect(answer.detail?.contains("Staging is turned off for the organization") == true)
                }
            }
            if !isOn { #expect(try await state(server) == before) }
            let listed = Set((goingOn + Self.refused).map(\.call))
            #expect(listed == Set(Calls.all.map(\.name)), "a call says whether the flag stops it")
        }
    }

    /// What makes staging work, in an order in which it succeeds where staging is on.
    private static let refused: [Request] = [
        Request("toolsets.createStagingVersion", ["slug": "books"]),
        Request("toolsets.update", ["slug": "books", "name": "Another"]),
        Request("toolsets.update", ["slug": "books", "tool_urns": urns]),
        Request("toolsets.update", ["slug": "books", "prompt_names": ["greet"], "grace_seconds": 5]),
        Request("toolsets.update", ["slug": "books", "resource_urns": ["resources:asset:guide"]]),
        Request("toolsets.update", ["slug": "books", "output_schemas": nil]),
        Request("mcpMetadata.set", ["toolset_slug": "books", "instructions": "Be quick."]),
        Request("variations.upsert", ["toolset_slug": "books", "tool_urn": tool, "title": "All books"]),
        Request("variations.delete", ["toolset_slug": "books", "tool_urn": tool]),
        Request("toolsets.reviewStagingVersion", ["slug": "books"]),
        Request("toolsets.compareReleases", ["slug": "books", "from": "live", "to": "staging"]),
        Request("toolsets.compareReleases", ["slug": "books", "from": "staging", "to": "1"]),
        Request("toolsets.compareItem", ["slug": "books", "from": "live", "to": "staging", "subject": "toolset"]),
        Request("instances.listTools", ["toolset_slug": "books", "view": "staging"]),
        Request("instances.getTool", ["toolset_slug": "books", "view": "staging", "tool": "listBooks"]),
        Request("instances.listPrompts", ["toolset_slug": "books", "view": "staging"]),
        Request("toolsets.setReleaseLabel", ["slug": "books", "number": 1, "label": "first"]),
        Request("instances.invokeTool", ["toolset_slug": "books", "tool": "nope", "view": "staging"], 404),
        Request("toolsets.activateRelease", ["slug": "books", "number": 3]),
        Request("toolsets.mergeLiveIntoStaging", ["slug": "books"]),
        Request("toolsets.publishStagingVersion", ["slug": "books", "activate": false], 201),
        Request("toolsets.publishStagingVersion", ["slug": "books"], 201),
        Request("toolsets.loadReleaseIntoStaging", ["slug": "books", "number": 1]),
        Request("toolsets.undoDiscard", ["slug": "books", "replace": true]),
        Request("toolsets.pinDeployment", ["slug": "books", "prompts": "live"]),
        Request("toolsets.rollbackToRelease", ["slug": "books", "number": 1, "reason": "r", "staging": "load"]),
        Request("toolsets.switchEditingMode", ["slug": "plain", "mode": "staging"]),
    ]

    private static func goingOn(_ made: Made, isOn: Bool) -> [Request] {
        live + wayOut + settings + reads(made) + project(made) + organization(made, isOn: isOn)
    }

    /// What makes live what was live before, and what is told of releases.
    private static let live: [Request] = [
        Request("toolsets.listReleases", ["slug": "books"]),
        Request("toolsets.getReleaseDetails", ["slug": "books", "number": 1]),
        Request("toolsets.exportRelease", ["slug": "books", "number": 1]),
        Request("toolsets.listActivations", ["slug": "books"]),
        Request("toolsets.compareReleases", ["slug": "books", "from": "1", "to": "live"]),
        Request("toolsets.compareItem", ["slug": "books", "from": "1", "to": "live", "subject": "toolset"]),
        Request("toolsets.preflightRelease", ["slug": "books", "number": 1]),
        Request("toolsets.rollbackToRelease", ["slug": "books", "number": 1, "reason": "It was better"]),
        Request("toolsets.liftHold", ["slug": "books"]),
        Request("toolsets.rollbackToRelease", ["slug": "books", "number": 2]),
        Request("toolsets.redactRelease", ["slug": "films", "number": 9, "tool_urn": tool, "reason": "r"], 404),
        Request("releases.prune"),
        Request("instances.invokeTool", ["toolset_slug": "books", "tool": "nope", "view": "live"], 404),
        Request("instances.invokeTool", ["toolset_slug": "books", "tool": "nope", "release": 1], 404),
    ]

    /// What leads out of staging. The switch answers with what has to be confirmed.
    private static let wayOut: [Request] = [
        Request("toolsets.discardStagingVersion", ["slug": "films"]),
        Request("toolsets.switchEditingMode", ["slug": "films", "mode": "iteration"], 422),
    ]

    /// What acts at once, and what toolsets in iteration mode do.
    private static let settings: [Request] = [
        Request(
            "toolsets.update",
            [
                "slug": "books", "mcp_slug": "books", "mcp_enabled": true, "mcp_is_public": false,
                "default_environment_slug": "prod", "staging_environment_slug": "prod", "pinned_addresses": true,
                "grace_seconds": 0,
            ]
        ),
        Request("toolsets.setChangeRules", ["slug": "books", "profile": "agent"]),
        Request("toolsets.create", ["slug": "new", "tool_urns": urns], 201),
        Request("toolsets.update", ["slug": "new", "name": "New", "tool_urns": urns]),
        Request("mcpMetadata.set", ["toolset_slug": "new", "instructions": "Be quick."]),
        Request("variations.upsert", ["toolset_slug": "new", "tool_urn": tool, "title": "All books"]),
        Request("variations.delete", ["toolset_slug": "new", "tool_urn": tool]),
        Request("toolsets.undoLastChange", ["slug": "books"], 409),
        Request("toolsets.clone", ["slug": "books", "new_slug": "copy"], 201),
        Request("toolsets.delete", ["slug": "copy"]),
    ]

    private static func reads(_ made: Made) -> [Request] {
        [
            Request("toolsets.list"), Request("toolsets.get", ["slug": "books"]),
            Request("toolsets.get", ["slug": "books", "view": "staging"]),
            Request("mcpMetadata.get", ["toolset_slug": "books"]),
            Request("toolsets.checkMCPSlugAvailability", ["mcp_slug": "free"]),
            Request("toolsets.listCheckpoints", ["slug": "new"]),
            Request("variations.list", ["toolset_slug": "books"]),
            Request("variations.history", ["toolset_slug": "books", "tool_urn": tool]),
            Request("variations.listGlobal"), Request("templates.list"), Request("templates.get", ["name": "greet"]),
            Request("templates.history", ["name": "greet"]), Request("templates.render", ["name": "greet"]),
            Request("resources.list"), Request("resources.get", ["slug": "guide"]),
            Request("resources.history", ["slug": "guide"]), Request("environments.list"),
            Request("environments.get", ["slug": "prod"]), Request("assets.get", ["id": made.asset]),
            Request("assets.list"), Request("deployments.get", ["id": made.deployment]),
            Request("deployments.list"), Request("deployments.active"),
            Request("deployments.logs", ["id": made.deployment]), Request("tools.list"),
            Request("tools.get", ["urn": tool]), Request("auditLogs.list"), Request("toolCalls.list"),
            Request("toolCalls.stats"), Request("sources.list"), Request("tools.uses", ["urn": tool]),
            Request("assets.inspect", ["id": made.asset]), Request("deployments.effects", ["id": made.deployment]),
            Request("toolsets.listChangeRules"), Request("templates.preview", ["prompt": "Hello"]),
            Request("toolsets.listTools", ["slug": "books"]),
            Request("toolsets.getTool", ["slug": "books", "urn": tool]),
            Request("toolsets.listVariables", ["slug": "books"]),
            Request("instances.listTools", ["toolset_slug": "books"]),
            Request("instances.getTool", ["toolset_slug": "books", "tool": "listBooks"]),
            Request("instances.listPrompts", ["toolset_slug": "books"]),
            Request("instances.getPrompt", ["toolset_slug": "books", "prompt": "nope"], 404),
        ]
    }

    /// What the project has, which toolsets in iteration mode serve at once.
    private static func project(_ made: Made) -> [Request] {
        let source: JSONValue = ["slug": "library", "kind": "openapi", "asset_id": made.asset]
        return [
            Request("assets.uploadOpenAPI", ["name": "b.yaml"], 201),
            Request("assets.uploadImage", ["name": "b.png"], 201),
            Request("assets.importOpenAPI", ["url": "http://127.0.0.1:1/openapi.yaml"], 502),
            Request("deployments.create", ["sources": [source]], 201),
            Request("deployments.evolve", ["upsert": [source]], 201),
            Request("deployments.redeploy", ["id": made.deployment], 201),
            Request("variations.upsertGlobal", ["tool_urn": tool, "summary": "Books"]),
            Request("variations.deleteGlobal", ["tool_urn": tool]),
            Request("templates.create", ["name": "bye", "prompt": "Bye"], 201),
            Request("templates.update", ["name": "bye", "prompt": "Good bye"]),
            Request("templates.delete", ["name": "bye"]),
            Request("resources.create", ["slug": "notes", "mime_type": "text/plain", "text": "a"], 201),
            Request("resources.update", ["slug": "notes", "text": "b"]),
            Request("resources.delete", ["slug": "notes"]),
            Request("environments.create", ["slug": "test"], 201),
            Request("environments.update", ["slug": "test", "name": "Test"]),
            Request("environments.clone", ["slug": "test", "new_slug": "test-copy"], 201),
            Request("environments.delete", ["slug": "test-copy"]),
        ]
    }

    private static func organization(_ made: Made, isOn: Bool) -> [Request] {
        [
            Request("keys.create", ["name": "k", "scopes": ["reader"]], 201), Request("keys.list"),
            Request("keys.revoke", ["id": made.key]), Request("keys.verify"),
            Request("projects.list"), Request("projects.get", ["slug": "default"]), Request("members.list"),
            Request("members.invite", ["email": "ada@example.com", "name": "Ada", "role": "reader"], 201),
            Request("members.createSignInLink", ["email": "ada@example.com"], 201),
            Request("members.update", ["id": "01a21e06-0000-7000-8000-000000000000"], 404),
            Request("members.remove", ["id": "01a21e06-0000-7000-8000-000000000000"], 404),
            Request("features.list"),
            Request("features.set", ["name": "toolset_staging", "on": .bool(isOn)]),
            Request("projects.create", ["slug": "other"], 201),
        ]
    }

    // MARK: - The way out, and the addresses

    @Test func `a toolset goes back to iteration mode, and discards what it does not want live`() async throws {
        try await TestServer.with { server in
            _ = try await prepare(server)
            try await turn(server, on: false)
            let discarded = try await server.send(.delete, "/rpc/toolsets.discardStagingVersion?slug=books")
            #expect(discarded.json["toolset"]?["name"] == "Two")
            let asked = try await server.post("toolsets.switchEditingMode", ["slug": "books", "mode": "iteration"])
            let digest = try #require(asked.json["confirm_digest"])
            let back = try await server.post(
                "toolsets.switchEditingMode",
                ["slug": "books", "mode": "iteration", "confirm_digest": digest]
            )
            #expect(back.json["toolset"]?["editing_mode"] == "iteration", "\(back.json)")
            #expect(try await server.post("toolsets.update", ["slug": "books", "name": "Live"]).status == 200)
            let again = try await server.post("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"])
            #expect(again.code == "feature_disabled")
        }
    }

    @Test func `the staging address is refused, and those of live and releases go on`() async throws {
        try await TestServer.with { server in
            _ = try await prepare(server)
            let reader = try await server.makeKey("reader", project: "default")
            let consumer = try await server.makeKey("consumer", project: "default")
            try await turn(server, on: false)
            for path in ["/mcp/books/staging", "/mcp/plain/staging", "/mcp/nothing/staging"] {
                let refused = try await list(path, of: server, key: reader)
                #expect(refused.status == 403, "\(path) tells whether it is there")
                #expect(refused.code == "feature_disabled")
                #expect(try await list(path, of: server, key: nil).status == 401)
                #expect(try await list(path, of: server, key: consumer).code == "insufficient_scope")
            }
            #expect(try await list("/mcp/books", of: server, key: consumer).status == 200)
            #expect(try await list("/mcp/books/releases/1", of: server, key: reader).status == 200)
            try await turn(server, on: true)
            #expect(try await list("/mcp/books/staging", of: server, key: reader).status == 200)
        }
    }

    // MARK: - How

    /// The toolset `books`: live serves release 2, release 3 was never live, staging was edited and has something to put
    /// back. `films` is in staging mode too, `plain` in iteration mode.
    private func prepare(_ server: TestServer) async throws -> Made {
        let deployment = try await server.push(library, as: "library")
        let steps = [
            Request("templates.create", ["name": "greet", "prompt": "Hello"], 201),
            Request("resources.create", ["slug": "guide", "mime_type": "text/plain", "text": "Read."], 201),
            Request("environments.create", ["slug": "prod"], 201),
            Request("toolsets.create", ["slug": "books", "tool_urns": Self.urns, "pinned_addresses": true], 201),
            Request("toolsets.create", ["slug": "films", "tool_urns": Self.urns], 201),
            Request("toolsets.create", ["slug": "plain", "tool_urns": Self.urns], 201),
            Request("toolsets.switchEditingMode", ["slug": "books", "mode": "staging"]),
            Request("toolsets.switchEditingMode", ["slug": "films", "mode": "staging"]),
            Request("toolsets.update", ["slug": "films", "name": "Unwanted"]),
            Request("toolsets.update", ["slug": "books", "name": "Two"]),
            Request("toolsets.publishStagingVersion", ["slug": "books"], 201),
            Request("toolsets.update", ["slug": "books", "description": "Three"]),
            Request("toolsets.publishStagingVersion", ["slug": "books", "activate": false], 201),
            Request("toolsets.discardStagingVersion", ["slug": "books"]),
            Request("toolsets.update", ["slug": "books", "name": "Staged"]),
        ]
        for step in steps {
            let answer = try await send(step, to: server)
            try #require(answer.status == step.status, "\(step.call) \(answer.json)")
        }
        let assets = try await server.get("assets.list").json["assets"]?.array
        let asset = assets?.first { $0["kind"] == "openapi" }?["id"]
        let key = try await server.post("keys.create", ["name": "to go", "scopes": ["reader"]])
        return Made(
            asset: try #require(asset),
            deployment: try #require(deployment["id"]),
            key: try #require(key.json["key"]?["id"])
        )
    }

    private func turn(_ server: TestServer, on isOn: Bool) async throws {
        let answer = try await server.post("features.set", ["name": "toolset_staging", "on": .bool(isOn)])
        try #require(answer.status == 200)
    }

    private func send(_ request: Request, to server: TestServer) async throws -> TestServer.Answer {
        let call = try #require(Calls.named(request.call))
        let method = try #require(HTTPRequestMethod[call.method])
        let project = call.needsProject ? [("Slipway-Project", "default")] : []
        guard call.takesQuery else {
            return try await server.post(request.call, .object(request.input), headers: project)
        }
        let query = request.input.map { "\($0.key)=\($0.value.string ?? $0.value.text)" }.joined(separator: "&")
        var body: [UInt8]?
        if call.takesDocument { body = call.name == "assets.uploadImage" ? Self.pixel : Array(library.utf8) }
        return try await server.send(method, "\(call.path)?\(query)", headers: project, body: body)
    }

    /// A picture of one pixel: a GIF.
    private static let pixel: [UInt8] =
        Array("GIF89a".utf8) + [1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0x2C, 0, 0, 0, 0, 1, 0, 1, 0, 0]
        + [2, 2, 0x44, 1, 0, 0x3B]

    /// What the flag must not let anybody change.
    private func state(_ server: TestServer) async throws -> [JSONValue?] {
        let books = try await send(Request("toolsets.get", ["slug": "books"]), to: server).json["toolset"]
        let plain = try await send(Request("toolsets.get", ["slug": "plain"]), to: server).json["toolset"]
        return [
            books?["etag"], books?["activation_seq"], books?["staging"], plain?["etag"], plain?["editing_mode"],
            try await send(Request("toolsets.listReleases", ["slug": "books"]), to: server).json,
            try await send(Request("toolsets.listReleases", ["slug": "plain"]), to: server).json,
        ]
    }

    private func list(_ path: String, of server: TestServer, key: String?) async throws -> TestServer.Answer {
        try await server.send(
            .post,
            path,
            key: key,
            headers: [("Content-Type", "application/json"), ("Accept", "application/json, text/event-stream")],
            body: Array(#"{"jsonrpc":"2.0","id":1,"method":"tools/list"}"#.utf8)
        )
    }
}
