import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Assets, deployments and what they compile to.
struct DeploymentTests {
    @Test func `an unchanged document again stores no definition, compilation or content`() async throws {
        try await World.with { world in
            let first = try await world.deploy(definition("list"), definition("get"))
            let before = try await world.rowCounts()
            let second = try await world.deploy(definition("list"), definition("get"))
            let after = try await world.rowCounts()
            var expected = before
            for table in ["assets", "deployments", "deployment_sources", "deployment_logs"] {
                expected[table, default: 0] += 1
            }
            expected["audit_events", default: 0] += 2
            #expect(after == expected)
            #expect(second.seq == first.seq + 1)
            #expect(second.toolCount == 2)
            let active = try await world.deployments.activeDeployment(in: world.project)
            #expect(active?.id == second.id)
        }
    }

    @Test func `a document that changes one tool stores one definition`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"), definition("get"), definition("feed"))
            let before = try await world.count("tool_definitions")
            try await world.deploy(definition("list"), definition("get", "second"), definition("feed"))
            #expect(try await world.count("tool_definitions") == before + 1)
            // Back to the first document: nothing new but the compilation.
            try await world.deploy(definition("list"), definition("get"), definition("feed"))
            #expect(try await world.count("tool_definitions") == before + 1)
        }
    }

    @Test func `the names of operations are offered to the next compilation, also of those that are no tools`()
        async throws
    {
        try await World.with { world in
            let pending = try await world.begin([definition("list")])
            let document = try #require(
                try await world.deployments.documentsToCompile(pending.id, in: world.project).first
            )
            #expect(document.previousNames == [:])
            let made = try World.compile(document)
            let compilation = Compilation(
                slug: made.slug,
                assetID: made.assetID,
                tools: made.tools,
                names: ["GET /list": "list", "POST /broken": "make"],
                diagnostics: []
            )
            _ = try await world.deployments.complete(
                pending.id,
                in: world.project,
                with: [compilation],
                logs: []
            )
            #expect(try await world.tools().map(\.name) == ["list"])
            let next = try await world.begin([definition("list", "second")])
            let asked = try await world.deployments.documentsToCompile(next.id, in: world.project).first
            #expect(asked?.previousNames == ["GET /list": "list", "POST /broken": "make"])
            // A reserved name is no tool that a toolset could have.
            let refusal = try await problem { try await world.make(tools: ["make"]) }
            #expect(refusal.code == .unknownURN)
        }
    }

    @Test func `a failed deployment keeps the active one`() async throws {
        try await World.with { world in
            let active = try await world.deploy(definition("list"))
            try await world.make(tools: ["list"])
            let before = try await world.state().live
            let pending = try await world.begin([definition("list", "second")])
            let log = DeploymentLog(level: .error, message: "pets: line 3 is no YAML")
            let failed = try await world.deployments.fail(pending.id, in: world.project, logs: [log])
            #expect(failed.status == .failed)
            #expect(try await world.deployments.activeDeployment(in: world.project)?.id == active.id)
            #expect(try await world.state().live == before)
            let logs = try await world.deployments.logs(of: pending.id, in: world.project, PageRequest())
            #expect(logs.items.map(\.message) == ["pets: line 3 is no YAML"])
        }
    }

    @Test func `deployments that a stopped server left pending are failed`() async throws {
        try await World.with { world in
            let active = try await world.deploy(definition("list"))
            let pending = try await world.begin([definition("list", "second")])
            #expect(try await world.deployments.failAbandonedDeployments() == 1)
            #expect(try await world.deployments.failAbandonedDeployments() == 0)
            let failed = try await world.deployments.deployment(pending.id, in: world.project)
            #expect(failed?.status == .failed)
            let logs = try await world.deployments.logs(of: pending.id, in: world.project, PageRequest())
            #expect(logs.items.map(\.level) == [.error])
            #expect(try await world.deployments.activeDeployment(in: world.project)?.id == active.id)
        }
    }

    @Test func `a deployment whose document was not compiled is not completed`() async throws {
        try await World.with { world in
            let pending = try await world.begin([definition("list")])
            let refusal = try await problem {
                _ = try await world.deployments.complete(pending.id, in: world.project, with: [], logs: [])
            }
            #expect(refusal.code == .unexpected)
            #expect(try await world.deployments.deployment(pending.id, in: world.project)?.status == .pending)
            #expect(try await world.count("deployment_logs") == 0)
        }
    }

    @Test func `an asset of another project is not known`() async throws {
        try await World.with { world in
            let other = try await world.projects.createProject(slug: slug("other"), name: "", by: world.actor)
            let asset = try await world.deployments.saveAsset(
                name: "a",
                kind: "openapi",
                contentType: "application/json",
                content: [1],
                in: other.id,
                by: world.actor
            )
            let refusal = try await problem {
                _ = try await world.deployments.beginDeployment(
                    of: [DeploymentSource(slug: pets, assetID: asset.id)],
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(refusal.code == .notFound)
            #expect(try await world.count("deployments") == 0)
            #expect(try await world.count("sources") == 0)
        }
    }

    @Test func `the same bytes are stored once`() async throws {
        try await World.with { world in
            for name in ["a", "b"] {
                _ = try await world.deployments.saveAsset(
                    name: name,
                    kind: "openapi",
                    contentType: "application/json",
                    content: [1, 2, 3],
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(try await world.count("assets") == 2)
            #expect(try await world.count("asset_contents") == 1)
        }
    }

    @Test(
        arguments: [
            ("list_pets", ["list_pets"]), ("LIST", ["list_pets", "listings"]), ("get /list_", ["list_pets"]),
            ("%", []), ("t_p", ["list_pets"]), ("", ["list_pets", "listings", "get"]),
        ]
    )
    func `tools are found by any part of their name`(query: String, names: [String]) async throws {
        try await World.with { world in
            try await world.deploy(definition("list_pets"), definition("listings"), definition("get"))
            #expect(try await world.tools(query).map(\.name) == names)
        }
    }

    @Test func `logs hold the diagnostics of the documents with their place`() async throws {
        try await World.with { world in
            let diagnostic = Diagnostic(
                .error,
                code: "unresolved_reference",
                message: "nothing at #/x",
                source: pets,
                pointer: "/paths/~1x",
                line: 7,
                column: 3
            )
            let deployment = try await world.deploy([definition("list")], diagnostics: [diagnostic])
            #expect(deployment.errorCount == 1)
            let page = try await world.deployments.logs(of: deployment.id, in: world.project, PageRequest(limit: 1))
            #expect(page.items.map(\.message) == ["1 compiled"])
            let rest = try await world.deployments.logs(
                of: deployment.id,
                in: world.project,
                PageRequest(cursor: page.nextCursor)
            )
            #expect(rest.items.map(\.diagnostic) == [diagnostic])
            #expect(rest.nextCursor == nil)
        }
    }
}

extension World {
    fileprivate func tools(_ query: String? = nil) async throws -> [ToolDefinition] {
        try await deployments.tools(in: project, deployment: nil, source: nil, query: query, PageRequest()).items
    }
}
