package import JSON
package import Projects
package import Tools
package import Vocabulary

/// Stores toolsets and their variations. Edits of a toolset in staging mode act on its staging copy.
///
/// Each writing call is one transaction with its audit event in it. Those that take an etag refuse, with `etag_mismatch`,
/// to act on another state than the one it belongs to. All throw ``Problem``: `not_found`, `name_taken`,
/// `unknown_urn`, `duplicate_tool_name`, `etag_mismatch`, `in_use`.
package protocol ToolsetStore: Sendable {
    func createToolset(
        slug: Slug,
        metadata: Toolset.Metadata,
        selection: Toolset.Selection,
        settings: Toolset.Settings,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Makes a toolset in iteration mode of what live serves of another one: its selection, its own variations, its
    /// metadata and its settings, as far as `change` gives no others. No release comes along, and the new toolset
    /// follows the project from then on.
    func cloneToolset(
        _ slug: Slug,
        as newSlug: Slug,
        _ change: Toolset.Change,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// A side of a toolset; with its staging's ``Toolset/Staging/changes`` where `comparing` asks for them.
    func toolset(_ slug: Slug, view: Toolset.View?, comparing: Bool, in project: ID<Project>) async throws -> Toolset?
    func toolsets(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Toolset>
    func updateToolset(
        _ slug: Slug,
        _ change: Toolset.Change,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> ToolsetUpdate
    /// Takes a toolset away: its addresses answer 404, its slug is free, its releases stay.
    func deleteToolset(_ slug: Slug, expecting etag: String?, in project: ID<Project>, by actor: Actor) async throws
    func isMCPSlugFree(_ slug: Slug) async throws -> Bool
    /// What a side of a toolset serves, with what editors should know about it.
    func content(_ slug: Slug, view: Toolset.View?, in project: ID<Project>) async throws -> ToolsetContent?
    /// The estimated cost, for a model, of the tool list that a side of a toolset serves; remembered as long as that
    /// stays the same.
    func tokens(_ slug: Slug, view: Toolset.View?, in project: ID<Project>) async throws -> Int?
    /// How many changes a review of the staging side tells, as long as nothing moves remembered; none in iteration mode.
    func changeCount(_ slug: Slug, in project: ID<Project>) async throws -> Int?

    /// Writes the next version of a variation: `change` turns the newest one into it. Where no toolset is named, the
    /// project's global group is meant.
    func editVariation(
        of urn: ToolURN,
        toolset: Slug?,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor,
        _ change: @escaping @Sendable (Variation) throws -> Variation
    ) async throws -> VariationVersion
    /// The newest variation of each tool that has one.
    func variations(toolset: Slug?, in project: ID<Project>, _ page: PageRequest) async throws -> Page<VariationVersion>
    /// All versions for one tool, newest first.
    func variationHistory(
        of urn: ToolURN,
        toolset: Slug?,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<VariationVersion>
}

/// What a side of a toolset serves.
package struct ToolsetContent: Sendable {
    package let toolset: Toolset
    package let content: CompiledContent
    /// What the content was made of; none where a release is served, which says it all by itself.
    package let heads: Heads?
    /// The estimated cost of each tool as it is served.
    package let tokens: [ToolURN: Int]
    /// Tools of the selection that the deployment no longer has.
    package let orphans: [ToolURN]
    package let diagnostics: [Diagnostic]

    package init(
        toolset: Toolset,
        content: CompiledContent,
        heads: Heads?,
        tokens: [ToolURN: Int],
        orphans: [ToolURN],
        diagnostics: [Diagnostic]
    ) {
        self.toolset = toolset
        self.content = content
        self.heads = heads
        self.tokens = tokens
        self.orphans = orphans
        self.diagnostics = diagnostics
    }
}

/// One row of a variation's history.
package struct VariationVersion: Sendable, Hashable {
    package let urn: ToolURN
    package let version: Int
    package let variation: Variation
    package let createdBy: String
    package let createdAt: Timestamp

    package init(urn: ToolURN, version: Int, variation: Variation, createdBy: String, createdAt: Timestamp) {
        self.urn = urn
        self.version = version
        self.variation = variation
        self.createdBy = createdBy
        self.createdAt = createdAt
    }
}

/// Stages, publishes, rolls back. Each call is one transaction. An etag is that of the side that edits act on; another
/// state than its own is refused with `etag_mismatch`.
package protocol ReleaseStore: Sendable {
    /// The staging side. It stands as long as the toolset is in staging mode.
    ///
    /// - Throws: `wrong_mode` in iteration mode.
    func stagingVersion(_ slug: Slug, in project: ID<Project>) async throws -> Toolset

    /// Freezes the staging side as the next release and, where `publication` says so, makes it live.
    ///
    /// What somebody has seen of the two sides is checked as far as it is sent; breaking changes, and those that a
    /// rollback took back, must be acknowledged in any case.
    ///
    /// - Throws: `wrong_mode`; `nothing_to_publish` where live serves the same content already; `live_moved`,
    ///   `staging_moved`, `review_stale`; `held_after_rollback`; `unacknowledged`; `preflight_failed`; `name_taken` for
    ///   the label; `invalid` for an acknowledgement that matches no change.
    func publish(
        _ slug: Slug,
        _ publication: Publication,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Release

    /// Makes a release live again that was live before. Staging stays as it is, or is made to show that release where
    /// `rollback` says so; edits that it held are then no longer its newest.
    ///
    /// Going back to an older release holds automations until somebody lifts it.
    ///
    /// - Throws: `not_found`; `wrong_mode`; `already_live`; `live_moved`; `redacted`; `preflight_failed`;
    ///   `held_after_rollback` where an automation would return to a newer release; `invalid` where going back to an
    ///   older release has no reason, and for a release that was never live.
    func rollBack(
        to reference: ReleaseReference,
        _ rollback: Rollback,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> RollbackOutcome

    /// Makes the staging side equal to live.
    func discard(
        _ slug: Slug,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Changes the editing mode. Going to staging publishes what is served as the next release.
    ///
    /// - Throws: `confirm_required` on the way to iteration where `confirmDigest` is not the digest of the difference.
    func switchMode(
        _ slug: Slug,
        to mode: EditingMode,
        confirmDigest: String?,
        expecting etag: String?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Toolset

    /// Newest first.
    func releases(of slug: Slug, in project: ID<Project>, _ page: PageRequest) async throws -> Page<Release>
    func releaseDetails(_ reference: ReleaseReference, in project: ID<Project>) async throws -> ReleaseDetails?
    /// Newest first.
    func activations(of slug: Slug, in project: ID<Project>, _ page: PageRequest) async throws -> Page<Activation>
}

/// Answers what the MCP addresses serve.
package protocol ServingStore: Sendable {
    /// Rises with every committed change; while it stays, nothing that was loaded can be out of date.
    var changeCount: Int { get }

    /// Returns as soon as ``changeCount`` is another one than `known`, and where the task is cancelled.
    func change(from known: Int) async

    /// What decides how an address answers, without its content.
    func servedToolset(mcpSlug: Slug, side: ServedSide) async throws -> ServedToolset?

    /// The content behind a state that was just read, or nothing where the state has moved on.
    func content(of served: ServedToolset) async throws -> CompiledContent?

    /// The content of the release that was live before.
    func content(of former: FormerRelease) async throws -> CompiledContent

    /// The bytes that a resource of a content has.
    func resourceBytes(_ digest: Digest) async throws -> [UInt8]?
}

extension ServingStore {
    /// What decides how the address of a side answers, without its content.
    package func servedToolset(mcpSlug: Slug, view: Toolset.View) async throws -> ServedToolset? {
        try await servedToolset(mcpSlug: mcpSlug, side: ServedSide(view))
    }
}
