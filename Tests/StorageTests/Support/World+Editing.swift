import JSON
import Persistence
import Projects
import Releases
import Storage
import Tools
import Vocabulary

/// What people do, in few words. All of it acts on the toolset `pets` unless another one is named.
extension World {
    @discardableResult
    func make(
        _ slug: Slug = pets,
        tools: [String],
        prompts: [String] = [],
        resources: [String] = [],
        settings: Toolset.Settings? = nil
    ) async throws -> Toolset {
        try await toolsets.createToolset(
            slug: slug,
            metadata: Toolset.Metadata(name: "Pets", description: "All about pets"),
            selection: Toolset.Selection(
                toolURNs: tools.map { urn($0) },
                promptNames: prompts,
                resourceURNs: resources.map { resourceURN($0) }
            ),
            settings: settings ?? Toolset.Settings(mcpSlug: slug),
            in: project,
            by: actor
        )
    }

    @discardableResult
    func edit(
        _ slug: Slug = pets,
        expecting etag: String? = nil,
        _ change: (inout Toolset.Change) -> Void
    ) async throws -> Toolset {
        var wanted = Toolset.Change()
        change(&wanted)
        return try await toolsets.updateToolset(slug, wanted, expecting: etag, in: project, by: actor).toolset
    }

    @discardableResult
    func select(_ tools: [String], of slug: Slug = pets) async throws -> Toolset {
        try await edit(slug) { $0.toolURNs = tools.map { urn($0) } }
    }

    /// Writes a variation of the toolset's own group; of the global one where `slug` is none.
    @discardableResult
    func vary(
        _ tool: String,
        in slug: Slug? = pets,
        _ change: @escaping @Sendable (inout Variation) -> Void
    ) async throws -> VariationVersion {
        try await toolsets.editVariation(of: urn(tool), toolset: slug, in: project, by: actor) { before in
            var after = before
            change(&after)
            return after
        }
    }

    /// Publishes, and acknowledges whatever has to be.
    @discardableResult
    func publish(_ slug: Slug = pets, notes: String = "") async throws -> Release {
        try await releases.publish(slug, notes: notes, in: project, by: actor)
    }

    @discardableResult
    func rollBack(_ slug: Slug = pets, to number: Int, reason: String = "it was broken") async throws -> Toolset {
        try await releases.rollBack(to: .number(number, toolset: slug), reason: reason, in: project, by: actor)
    }

    @discardableResult
    func discard(_ slug: Slug = pets) async throws -> Toolset {
        try await releases.discard(slug, in: project, by: actor)
    }

    @discardableResult
    func stage(_ slug: Slug = pets) async throws -> Toolset {
        try await releases.switchMode(slug, to: .staging, confirmDigest: nil, in: project, by: actor)
    }

    /// Goes back to iteration mode with the confirmation that the first try asks for.
    @discardableResult
    func iterate(_ slug: Slug = pets) async throws -> Toolset {
        let digest = try await confirmation(slug).confirmDigest
        return try await releases.switchMode(slug, to: .iteration, confirmDigest: digest, in: project, by: actor)
    }

    /// The refusal to leave staging mode without a confirmation.
    func confirmation(_ slug: Slug = pets, digest: String? = nil) async throws -> Problem {
        try await problem {
            _ = try await releases.switchMode(slug, to: .iteration, confirmDigest: digest, in: project, by: actor)
        }
    }

    /// Tools `list` and `get` of `pets` deployed, and the toolset `pets` of both in staging mode with release 1.
    func stagedPets() async throws {
        try await deploy(definition("list"), definition("get"))
        try await make(tools: ["list", "get"])
        try await stage()
    }
}

/// The problem that `body` ends with.
func problem(_ body: () async throws -> Void) async throws -> Problem {
    do {
        try await body()
    } catch let problem as Problem {
        return problem
    }
    throw NothingWasRefused()
}

extension Problem {
    func detail(_ name: String) -> Detail.Value? { details.first { $0.name == name }?.value }

    /// The digest that a confirmation must name.
    var confirmDigest: String? {
        guard case .text(let digest) = detail("confirm_digest") else { return nil }
        return digest
    }
}

struct NothingWasRefused: Error {}
