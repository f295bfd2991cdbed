import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

extension World {
    /// An uploaded image of these bytes.
    func saveImage(_ bytes: [UInt8]) async throws -> Toolset.Logo {
        let asset = try await deployments.saveAsset(
            name: "logo.png",
            kind: Asset.imageKind,
            contentType: "image/png",
            content: bytes,
            in: project,
            by: actor
        )
        return Toolset.Logo(digest: asset.digest, mimeType: asset.contentType)
    }

    fileprivate func logo(_ slug: Slug = pets, _ view: Toolset.View? = nil) async throws -> Toolset.Logo? {
        try await toolsets.toolset(slug, view: view, comparing: false, in: project)?.metadata.logo
    }

    fileprivate func serves(outputSchemaOf tool: String, _ view: Toolset.View = .live) async throws -> Bool {
        let content = try await toolsets.content(pets, view: view, in: project)?.content
        return content?.tools.first { $0.name == tool }?.tool["outputSchema"] != nil
    }
}

/// A tool whose document says what comes back.
private func answering(_ text: String) -> ToolDefinition {
    var tool = definition(text)
    tool.outputSchema = ["type": "object"]
    return tool
}

/// Output schemas where somebody asks for them: versioned, staged and released like a description.
struct OutputSchemaTests {
    @Test func `a toolset's wish is staged, released and rolled back`() async throws {
        try await World.with { world in
            try await world.deploy(answering("list"), answering("get"))
            try await world.make(tools: ["list", "get"])
            try await world.stage()
            let first = try await world.served()
            try await world.edit { $0.servesOutputSchemas = true }
            #expect(try await world.served() == first)
            #expect(try await world.serves(outputSchemaOf: "list", .staging))
            #expect(try await world.changes()?.changedTools == ["list", "get"])
            try await world.vary("get") { $0.outputSchema = false }
            try await world.publish()
            #expect(try await world.serves(outputSchemaOf: "list"))
            #expect(try await !world.serves(outputSchemaOf: "get"))
            try await world.rollBack(to: 1)
            #expect(try await world.served() == first)
            try await world.discard()
            #expect(try await !world.serves(outputSchemaOf: "list", .staging))
            let left = try await world.toolsets.toolset(pets, view: .staging, comparing: false, in: world.project)
            #expect(left?.metadata.servesOutputSchemas == nil)
        }
    }

    @Test func `a source's wish is kept by later deployments until another one is given`() async throws {
        try await World.with { world in
            let asset = try await world.begin([answering("list")]).sources[0].assetID
            func deploy(_ wish: Bool?, evolving: Bool = true) async throws -> Bool? {
                let source = DeploymentSource(slug: pets, assetID: asset, servesOutputSchemas: wish)
                let pending =
                    evolving
                    ? try await world.deployments.evolveDeployment(
                        setting: [source],
                        removing: [],
                        in: world.project,
                        by: world.actor
                    )
                    : try await world.deployments.beginDeployment(of: [source], in: world.project, by: world.actor)
                try await world.deployments.settleSources(of: pending.id, in: world.project)
                let done = try await world.finish(pending)
                return done.sources[0].servesOutputSchemas
            }
            #expect(try await deploy(nil, evolving: false) == false)
            try await world.make(tools: ["list"])
            #expect(try await !world.serves(outputSchemaOf: "list"))
            // No document changed, and nothing is compiled again.
            let compilations = try await world.count("source_compilations")
            #expect(try await deploy(true) == true)
            #expect(try await world.serves(outputSchemaOf: "list"))
            #expect(try await deploy(nil) == true)
            #expect(try await deploy(nil, evolving: false) == true)
            #expect(try await world.serves(outputSchemaOf: "list"))
            #expect(try await deploy(false, evolving: false) == false)
            #expect(try await !world.serves(outputSchemaOf: "list"))
            #expect(try await world.count("source_compilations") == compilations)
        }
    }

    @Test func `loading a release brings back what it served, whatever the project says by now`() async throws {
        try await World.with { world in
            try await world.deploy(answering("list"))
            try await world.make(tools: ["list"])
            try await world.stage()
            try await world.vary("list", in: nil) { $0.outputSchema = true }
            try await world.publish()
            #expect(try await world.serves(outputSchemaOf: "list"))
            _ = try await world.releases.rollBack(
                to: .number(1, toolset: pets),
                reason: "too long",
                loadingIntoStaging: true,
                in: world.project,
                by: world.actor
            )
            #expect(try await !world.serves(outputSchemaOf: "list", .staging))
        }
    }
}

/// Variables that callers may bring: a setting, which no release knows.
struct CallerVariableTests {
    @Test func `they act at once in both modes, and are in the audit log`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let before = try await world.served()
            try await world.edit { $0.callerVariables = ["PETS_TOKEN"] }
            #expect(
                try await world.serving.servedToolset(mcpSlug: pets, view: .live)?.callerVariables == ["PETS_TOKEN"]
            )
            let staging = try await world.serving.servedToolset(mcpSlug: pets, view: .staging)
            #expect(staging?.callerVariables == ["PETS_TOKEN"])
            #expect(try await world.served() == before)
            let event = try await world.projects.auditEvents(in: world.project, PageRequest()).items[0]
            #expect(event.summary == "mcp_caller_variables from none to PETS_TOKEN")
            try await world.publishAndRollBack()
            let after = try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project)
            #expect(after?.settings.callerVariables == ["PETS_TOKEN"])
        }
    }

    @Test func `a change of them is another state`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let etag = try await world.toolsets.toolset(pets, view: nil, comparing: false, in: world.project)?.etag
            try await world.edit { $0.callerVariables = ["PETS_TOKEN"] }
            let refusal = try await problem { try await world.edit(expecting: etag) { $0.isPublic = true } }
            #expect(refusal.code == .etagMismatch)
        }
    }

    @Test(arguments: ["PETS_SERVER_URL", "PETS_SERVER_REGION", "SERVER_URL", "OTHER_SERVER_URL"])
    func `what says where calls go is refused`(name: String) async throws {
        try await World.with { world in
            try await world.stagedPets()
            let refusal = try await problem { try await world.edit { $0.callerVariables = ["PETS_TOKEN", name] } }
            #expect(refusal.code == .invalid)
            #expect(refusal.errors.map(\.pointer) == ["/mcp_caller_variables/1"])
            #expect(refusal.message.contains("no caller may change"))
            let settings = Toolset.Settings(mcpSlug: slug("other"), callerVariables: [name])
            let creation = try await problem { try await world.make(slug("other"), tools: [], settings: settings) }
            #expect(creation.code == .invalid)
        }
    }

    @Test func `a credential of a source that is called a server is no place`() async throws {
        try await World.with { world in
            try await world.deploy(definition("game-server/list"))
            try await world.make(tools: ["game-server/list"])
            try await world.edit { $0.callerVariables = ["GAME_SERVER_API_KEY"] }
            let refusal = try await problem {
                try await world.edit { $0.callerVariables = ["GAME_SERVER_SERVER_URL"] }
            }
            #expect(refusal.code == .invalid)
        }
    }
}

extension World {
    fileprivate func publishAndRollBack() async throws {
        try await edit { $0.name = "Animals" }
        try await publish()
        try await rollBack(to: 1)
    }
}

/// Logos: metadata like a description, and bytes that stay as long as a release shows them.
struct LogoTests {
    @Test func `a logo is staged, published, rolled back and discarded`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let logo = try await world.saveImage([1, 2, 3])
            try await world.edit { $0.logo = logo }
            #expect(try await world.logo() == logo)
            #expect(try await world.logo(pets, .live) == nil)
            #expect(try await world.changes()?.metadataChanged == true)
            try await world.discard()
            #expect(try await world.logo() == nil)
            try await world.edit { $0.logo = logo }
            try await world.publish()
            #expect(try await world.logo(pets, .live) == logo)
            try await world.rollBack(to: 1)
            #expect(try await world.logo(pets, .live) == nil)
            try await world.rollBack(to: 2)
            try await world.edit { $0.logo = .some(nil) }
            try await world.publish()
            #expect(try await world.logo(pets, .live) == nil)
            _ = try await world.releases.rollBack(
                to: .number(2, toolset: pets),
                reason: "the logo is missed",
                loadingIntoStaging: true,
                in: world.project,
                by: world.actor
            )
            #expect(try await world.logo() == logo)
            try await world.iterate()
            #expect(try await world.logo() == logo)
        }
    }

    @Test func `the database keeps the image of a release, also when its toolset is gone`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let logo = try await world.saveImage([1, 2, 3])
            try await world.edit { $0.logo = logo }
            try await world.publish()
            try await world.edit { $0.logo = .some(nil) }
            try await world.publish()
            try await world.toolsets.deleteToolset(pets, expecting: nil, in: world.project, by: world.actor)
            for sql: SQL in [
                "DELETE FROM assets WHERE sha256 = \(logo.digest.hex)",
                "DELETE FROM asset_contents WHERE sha256 = \(logo.digest.hex)",
            ] {
                await #expect(throws: ConstraintViolation.foreignKey) {
                    _ = try await world.database.write { try $0.execute(sql) }
                }
            }
            #expect(try await world.deployments.image(sha256: logo.digest.hex) == [1, 2, 3])
        }
    }

    @Test func `only what was uploaded as an image is one`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list"))
            let document = try await world.deployments.assets(in: world.project, PageRequest()).items[0]
            #expect(try await world.deployments.image(sha256: document.digest.hex) == nil)
            #expect(try await world.deployments.image(sha256: "") == nil)
            try await world.make(tools: ["list"])
            let refusal = try await problem {
                try await world.edit { $0.logo = Toolset.Logo(digest: document.digest, mimeType: "image/png") }
            }
            #expect(refusal.code == .notFound)
            #expect(try await world.logo() == nil)
        }
    }
}

/// Copies of toolsets, and what their lists cost.
struct CloningTests {
    private let copy = slug("copy")

    private func clone(
        _ world: World,
        _ change: (inout Toolset.Change) -> Void = { _ in }
    ) async throws -> Toolset {
        var wanted = Toolset.Change()
        wanted.mcpSlug = copy
        change(&wanted)
        return try await world.toolsets.cloneToolset(pets, as: copy, wanted, in: world.project, by: world.actor)
    }

    @Test func `a clone serves what live serves, at an address of its own`() async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list", "get"], prompts: ["greet"])
            try await world.vary("list") { $0.name = "listAll" }
            let logo = try await world.saveImage([1])
            try await world.edit {
                $0.logo = logo
                $0.callerVariables = ["PETS_TOKEN"]
                $0.servesOutputSchemas = true
            }
            let made = try await clone(world) { $0.isPublic = true }
            #expect(made.mode == .iteration)
            #expect(made.settings.callerVariables == ["PETS_TOKEN"])
            #expect(made.settings.isPublic)
            #expect(made.version == 1)
            #expect(try await world.served(copy) == world.served())
            try await world.vary("list", in: copy) { $0.name = "other" }
            #expect(try await world.served(copy) != world.served())
            #expect(
                try await world.toolsets.variations(toolset: pets, in: world.project, PageRequest()).items
                    .map(\.variation.name) == ["listAll"]
            )
        }
    }

    @Test func `of a toolset in staging mode the live release is cloned, without its releases`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            try await world.vary("list", in: nil) { $0.description = "global" }
            try await world.publish()
            try await world.vary("list", in: nil) { $0.description = "newer" }
            try await world.select(["get"])
            try await world.edit { $0.name = "Staged" }
            let made = try await clone(world)
            #expect(made.metadata.name == "Pets")
            #expect(made.mode == .iteration)
            #expect(made.staging == nil)
            #expect(made.currentRelease == nil)
            #expect(try await world.served(copy)?.lists == world.served()?.lists)
            #expect(try await world.releases.releases(of: copy, in: world.project, PageRequest()).items == [])
            // A clone is a toolset like any other.
            try await world.stage(copy)
            #expect(try await world.served(copy)?.toolTexts == world.served()?.toolTexts)
        }
    }

    @Test func `a taken slug or address is refused, and nothing is left behind`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            let counts = try await world.rowCounts()
            var change = Toolset.Change()
            change.mcpSlug = copy
            let sameSlug = try await problem {
                _ = try await world.toolsets.cloneToolset(pets, as: pets, change, in: world.project, by: world.actor)
            }
            #expect(sameSlug.code == .nameTaken)
            change.mcpSlug = pets
            let sameAddress = try await problem {
                _ = try await world.toolsets.cloneToolset(pets, as: copy, change, in: world.project, by: world.actor)
            }
            #expect(sameAddress.code == .nameTaken)
            #expect(try await world.rowCounts() == counts)
        }
    }

    @Test func `tokens are those of the side that is asked for, and follow its changes`() async throws {
        try await World.with { world in
            try await world.stagedPets()
            func tokens(_ view: Toolset.View?) async throws -> Int? {
                let counted = try await world.toolsets.tokens(pets, view: view, in: world.project)
                let content = try await world.toolsets.content(pets, view: view, in: world.project)
                #expect(counted == content?.content.tokens)
                return counted
            }
            let both = try await tokens(.live)
            #expect(try await tokens(.staging) == both)
            try await world.select(["list"])
            #expect(try await tokens(nil) ?? 0 < both ?? 0)
            #expect(try await tokens(.live) == both)
            let details = try await world.releases.releaseDetails(.number(1, toolset: pets), in: world.project)
            #expect(details?.tokens == both)
            try await world.publish()
            #expect(try await tokens(.live) ?? 0 < both ?? 0)
            #expect(try await world.toolsets.tokens(slug("none"), view: nil, in: world.project) == nil)
        }
    }
}
