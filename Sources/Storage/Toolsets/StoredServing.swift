package import JSON
package import Persistence
import Projects
package import Releases
package import Vocabulary

/// What the MCP addresses serve, from the database.
package struct StoredServing: ServingStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package var changeCount: Int { database.changes.value }

    package func servedToolset(mcpSlug: Slug, view: Toolset.View) async throws -> ServedToolset? {
        try await database.read { try $0.servedToolset(mcpSlug: mcpSlug, view: view) }
    }

    package func content(of served: ServedToolset) async throws -> CompiledContent? {
        try await database.read { connection in
            let current = try connection.servedToolset(mcpSlug: served.mcpSlug, view: served.view)
            guard current?.fingerprint == served.fingerprint else { return nil }
            let parent = try connection.toolset(served.toolsetID)
            switch (parent.mode, served.view) {
            case (.staging, .live): return try connection.liveContent(of: parent)
            case (.staging, .staging):
                return try CompiledContent(try connection.heads(of: try connection.editedRecord(of: parent)).heads)
            case (.iteration, _): return try CompiledContent(try connection.heads(of: parent).heads)
            }
        }
    }

    package func resourceBytes(_ digest: Digest) async throws -> [UInt8]? {
        try await database.read { try $0.resourceBytes(digest) }
    }
}

extension Connection {
    fileprivate func servedToolset(mcpSlug: Slug, view: Toolset.View) throws -> ServedToolset? {
        guard let id = try toolsetID(atMCPSlug: mcpSlug) else { return nil }
        let parent = try toolset(id)
        guard parent.isEnabled, view == .live || parent.mode == .staging else { return nil }
        let environment =
            view == .staging ? parent.stagingEnvironmentID ?? parent.defaultEnvironmentID : parent.defaultEnvironmentID
        let isFrozen = parent.mode == .staging && view == .live
        let release = isFrozen ? try currentRelease(of: parent) : nil
        let content =
            try release.map { "release:\($0.digest)" }
            ?? headsFingerprint(of: view == .staging ? editedRecord(of: parent) : parent)
        return ServedToolset(
            toolsetID: parent.id,
            projectID: parent.projectID,
            mcpSlug: mcpSlug,
            view: view,
            isPublic: view == .live && parent.isPublic,
            environmentID: environment,
            environmentVersion: try environmentVersion(environment),
            callerVariables: Set(parent.callerVariables),
            releaseID: release?.id,
            releaseNumber: release?.number,
            fingerprint: "\(content):\(parent.id)"
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
