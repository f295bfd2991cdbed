package import Projects
package import Tools
package import Vocabulary

/// Tells about sources, and what deployments and tools mean for toolsets. It only reads.
package protocol SourceStore: Sendable {
    /// The sources of the active deployment, in its order.
    func sources(in project: ID<Project>) async throws -> [SourceSummary]
    /// A document with its bytes; none where the project has no such asset.
    func document(_ id: ID<Asset>, in project: ID<Project>) async throws -> (asset: Asset, content: [UInt8])?
    /// What a deployment changed; nothing where it did not complete.
    ///
    /// - Throws: ``Problem`` `not_found`.
    func effects(of deployment: ID<Deployment>, in project: ID<Project>) async throws -> DeploymentEffects
    /// The toolsets that have a tool on the side that edits act on, by slug.
    func uses(of tool: ToolURN, in project: ID<Project>) async throws -> [ToolUse]
}

/// A source of the active deployment.
package struct SourceSummary: Sendable {
    package let source: DeploymentSource
    package let asset: Asset
    package let toolCount: Int
    package let errorCount: Int
    package let warningCount: Int
    package let compiledAt: Timestamp
    /// The first deployment that had what the source has now.
    package let deploymentSeq: Int
    /// Whether it came with the server.
    package let isBuiltIn: Bool

    package init(
        source: DeploymentSource,
        asset: Asset,
        counts: (tools: Int, errors: Int, warnings: Int),
        compiledAt: Timestamp,
        deploymentSeq: Int,
        isBuiltIn: Bool
    ) {
        self.source = source
        self.asset = asset
        toolCount = counts.tools
        errorCount = counts.errors
        warningCount = counts.warnings
        self.compiledAt = compiledAt
        self.deploymentSeq = deploymentSeq
        self.isBuiltIn = isBuiltIn
    }
}

/// A toolset that has a tool.
package struct ToolUse: Sendable, Hashable {
    package let slug: Slug
    package let name: String
    package let mode: EditingMode
    /// Whether the toolset overrides the tool itself, which wins over the project.
    package let hasOwnVariation: Bool

    package init(slug: Slug, name: String, mode: EditingMode, hasOwnVariation: Bool) {
        self.slug = slug
        self.name = name
        self.mode = mode
        self.hasOwnVariation = hasOwnVariation
    }
}

/// What a completed deployment changed against the completed one before it.
package struct DeploymentEffects: Sendable {
    /// A toolset that has tools which the deployment touched.
    package struct TouchedToolset: Sendable {
        /// What became of the changes there.
        package enum State: String, Sendable {
            /// Callers get them: iteration mode.
            case live
            /// They wait for a publish: staging mode.
            case waiting
            /// Staging stays on another deployment.
            case pinned
        }

        package let slug: Slug
        package let name: String
        package let state: State
        /// Its tools that are another than before.
        package let changed: [ToolURN]
        /// Its tools that the deployment no longer has.
        package let orphans: [ToolURN]

        package init(slug: Slug, name: String, state: State, changed: [ToolURN], orphans: [ToolURN]) {
            self.slug = slug
            self.name = name
            self.state = state
            self.changed = changed
            self.orphans = orphans
        }
    }

    /// A name that a tool would have if it were new; it keeps the one it was released with.
    package struct OfferedName: Sendable {
        package let urn: ToolURN
        package let name: String

        package init(urn: ToolURN, name: String) {
            self.urn = urn
            self.name = name
        }
    }

    package let deployment: ID<Deployment>
    package let previous: ID<Deployment>?
    package let isActive: Bool
    package var added: [ToolURN] = []
    package var removed: [ToolURN] = []
    package var changed: [ToolURN] = []
    package var offeredNames: [OfferedName] = []
    package var toolsets: [TouchedToolset] = []

    package init(deployment: ID<Deployment>, previous: ID<Deployment>?, isActive: Bool) {
        self.deployment = deployment
        self.previous = previous
        self.isActive = isActive
    }
}
