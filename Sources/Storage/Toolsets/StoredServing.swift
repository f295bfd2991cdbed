package import JSON
package import Persistence
import Projects
package import Releases
package import Vocabulary

/// What the MCP addresses serve, from the database.
package struct StoredServing: ServingStore {
    private let database: Database
    private let compiled: CompiledTools

    /// `compiled` remembers tools for all who read contents of one database, so that a call after an edit in iteration
    /// mode compiles one tool.
    package init(database: Database, compiled: CompiledTools = CompiledTools()) {
        self.database = database
        self.compiled = compiled
    }

    package var changeCount: Int { database.changes.value }

    package func change(from known: Int) async {
        await database.changes.change(from: known)
    }

    package func servedToolset(mcpSlug: Slug, side: ServedSide) async throws -> ServedToolset? {
        try await database.read { try $0.servedToolset(mcpSlug: mcpSlug, side: side) }
    }

    package func content(of served: ServedToolset) async throws -> CompiledContent? {
        try await database.read { [compiled] connection in
            let current = try connection.servedToolset(mcpSlug: served.mcpSlug, side: served.side)
            guard let current, current.fingerprint == served.fingerprint else { return nil }
            if let id = current.releaseID, let release = try connection.release(id) {
                return try connection.content(ofManifest: release.digest)
            }
            let parent = try connection.toolset(served.toolsetID)
            let edited = try connection.editedRecord(of: parent)
            return try CompiledContent(try connection.heads(of: edited, compiled: compiled).heads, compiled: compiled)
        }
    }

    package func content(of former: FormerRelease) async throws -> CompiledContent {
        try await database.read { try $0.content(ofManifest: former.digest) }
    }

    package func resourceBytes(_ digest: Digest) async throws -> [UInt8]? {
        try await database.read { try $0.resourceBytes(digest) }
    }
}

extension Connection {
    fileprivate func servedToolset(mcpSlug: Slug, side: ServedSide) throws -> ServedToolset? {
        // Before anything is looked up, so that the refusal tells nothing about a toolset.
        if side == .staging { try requireStagingFeature() }
        guard let id = try toolsetID(atMCPSlug: mcpSlug) else { return nil }
        let parent = try toolset(id)
        guard parent.isEnabled, side != .staging || parent.mode == .staging else { return nil }
        let release = try servedRelease(of: parent, side)
        if case .release = side, release == nil { return nil }
        let content = try release.map { "release:\($0.digest)" } ?? headsFingerprint(of: editedRecord(of: parent))
        let environment =
            side == .staging ? parent.stagingEnvironmentID ?? parent.defaultEnvironmentID : parent.defaultEnvironmentID
        return ServedToolset(
            toolsetID: parent.id,
            projectID: parent.projectID,
            mcpSlug: mcpSlug,
            slug: parent.slug,
            side: side,
            mode: parent.mode,
            // What was never live was never shown to everybody.
            isPublic: parent.isPublic && side != .staging && release?.state != .neverLive,
            answersClients: side == .live || side == .staging || parent.hasPinnedAddresses,
            environmentID: environment,
            environmentVersion: try environmentVersion(environment),
            callerVariables: Set(parent.callerVariables),
            releaseID: release?.id,
            releaseNumber: release?.number,
            activation: side == .live && release != nil ? try servedActivation(of: parent) : nil,
            fingerprint: "\(content):\(parent.id)"
        )
    }

    /// The release that an address serves; none where it serves heads, or the release cannot be served.
    private func servedRelease(of parent: ToolsetRecord, _ side: ServedSide) throws -> Release? {
        switch side {
        case .live where parent.mode == .iteration: return nil
        case .live:
            guard let release = try currentRelease(of: parent) else {
                throw Problem(
                    .unexpected,
                    "The toolset \"\(parent.slug)\" is in staging mode and no release of it is live."
                )
            }
            return release
        case .staging: return nil
        case .release(let number):
            let found = try releases(where: "r.toolset_id = \(parent.id) AND r.release_number = \(number)", limit: 1)
            return found.first { $0.redaction == nil }
        }
    }

    /// The last activation of a toolset in staging mode.
    private func servedActivation(of parent: ToolsetRecord) throws -> ServedActivation? {
        let row = try first(
            """
            SELECT a.kind, a.created_at, t.hold_seq, p.id AS former_id, p.release_number AS former_number,
                p.manifest_digest AS former_digest, p.redacted_at AS former_redacted_at
            FROM activations a
            JOIN toolsets t ON t.id = a.toolset_id
            LEFT JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(parent.id) ORDER BY a.seq DESC LIMIT 1
            """
        )
        guard let row else { return nil }
        let at = try row.timestamp("created_at")
        return ServedActivation(
            at: at,
            isHeld: try row.optionalInteger("hold_seq") != nil,
            former: try FormerRelease(row: row, activatedAt: at, graceSeconds: parent.graceSeconds)
        )
    }

    private func environmentVersion(_ id: ID<CallEnvironment>?) throws -> Int {
        guard let id else { return 0 }
        return try count("SELECT version AS value FROM environments WHERE id = \(id)")
    }

    /// Two states of a row with one fingerprint have the same heads: every head is the newest row of histories that
    /// only grow.
    func headsFingerprint(of record: ToolsetRecord) throws -> String {
        let deployment = try record.pinnedDeploymentID ?? activeDeploymentID(in: record.projectID)
        let global = try variationCount(in: globalVariationsGroup(in: record.projectID))
        let prompts = try count(
            "SELECT count(*) AS value FROM prompt_templates WHERE project_id = \(record.projectID)"
        )
        let resources = try count("SELECT count(*) AS value FROM resources WHERE project_id = \(record.projectID)")
        return "heads:\(try etag(of: record)):\(deployment?.text ?? ""):\(global):\(prompts):\(resources)"
    }
}

extension FormerRelease {
    /// The release before, of the row of an activation; none where no grace time is allowed.
    fileprivate init?(row: Row, activatedAt: Timestamp, graceSeconds: Int) throws {
        guard graceSeconds > 0, try row.text("kind") == Activation.Kind.publish.rawValue,
            let id: ID<Release> = try row.optionalID("former_id"), try row.optionalText("former_redacted_at") == nil
        else { return nil }
        self.init(
            id: id,
            number: try row.integer("former_number"),
            digest: try row.parsed("former_digest") { Digest($0) },
            until: Timestamp(milliseconds: activatedAt.milliseconds + Int64(graceSeconds) * 1000)
        )
    }
}
