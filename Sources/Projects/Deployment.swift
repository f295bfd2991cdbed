package import JSON
package import Tools
package import Vocabulary

/// An immutable set of sources with the tools that were compiled from them.
package struct Deployment: Sendable, Hashable {
    /// How far a deployment is.
    package enum Status: String, Sendable {
        case pending, completed, failed
    }

    package let id: ID<Deployment>
    /// Rises in the project; never reused.
    package let seq: Int
    package let status: Status
    package let sources: [DeploymentSource]
    package let toolCount: Int
    /// How many diagnostics of severity `error` its documents have.
    package let errorCount: Int
    package let warningCount: Int
    package let createdAt: Timestamp
    package let completedAt: Timestamp?

    package init(
        id: ID<Deployment>,
        seq: Int,
        status: Status,
        sources: [DeploymentSource],
        toolCount: Int,
        errorCount: Int,
        warningCount: Int,
        createdAt: Timestamp,
        completedAt: Timestamp?
    ) {
        self.id = id
        self.seq = seq
        self.status = status
        self.sources = sources
        self.toolCount = toolCount
        self.errorCount = errorCount
        self.warningCount = warningCount
        self.createdAt = createdAt
        self.completedAt = completedAt
    }
}

/// Which document a source has in a deployment.
package struct DeploymentSource: Sendable, Hashable {
    package let slug: Slug
    /// `openapi`.
    package let kind: String
    package let assetID: ID<Asset>
    /// Whether clients get output schemas of its tools, where neither a variation nor a toolset says it. Where it is
    /// left out of what is to be deployed, it stays as the source had it, and is false for a new one.
    package let servesOutputSchemas: Bool?

    package init(slug: Slug, kind: String = "openapi", assetID: ID<Asset>, servesOutputSchemas: Bool? = nil) {
        self.slug = slug
        self.kind = kind
        self.assetID = assetID
        self.servesOutputSchemas = servesOutputSchemas
    }
}

/// One line of what happened while a deployment was made.
package struct DeploymentLog: Sendable, Hashable {
    /// How much a line matters.
    package enum Level: String, Sendable {
        case info, warning, error
    }

    package let level: Level
    package let message: String
    /// The diagnostic behind the line, where it comes from a document.
    package let diagnostic: Diagnostic?

    package init(level: Level, message: String, diagnostic: Diagnostic? = nil) {
        self.level = level
        self.message = message
        self.diagnostic = diagnostic
    }
}

/// A document of a source, to be compiled or compiled already.
package struct SourceDocument: Sendable {
    package let source: DeploymentSource
    package let asset: Asset
    package let content: [UInt8]
    /// The names that the source's operations had so far, by `METHOD /path`; they stay where they can.
    package let previousNames: [String: String]

    package init(source: DeploymentSource, asset: Asset, content: [UInt8], previousNames: [String: String]) {
        self.source = source
        self.asset = asset
        self.content = content
        self.previousNames = previousNames
    }
}

/// What compiling a source's document gave.
package struct Compilation: Sendable {
    package let slug: Slug
    package let assetID: ID<Asset>
    package let tools: [CompiledOperation]
    /// The name of every operation by `METHOD /path`, also of those that are no tools for now.
    package let names: [String: String]
    package let diagnostics: [Diagnostic]

    package init(
        slug: Slug,
        assetID: ID<Asset>,
        tools: [CompiledOperation],
        names: [String: String],
        diagnostics: [Diagnostic]
    ) {
        self.slug = slug
        self.assetID = assetID
        self.tools = tools
        self.names = names
        self.diagnostics = diagnostics
    }

    /// A tool, the operation it was made of (`GET /pets`), and the stored form with its digest.
    package struct CompiledOperation: Sendable {
        package let operation: String
        package let urn: ToolURN
        package let digest: Digest
        package let content: [UInt8]

        package init(operation: String, definition: ToolDefinition) {
            self.operation = operation
            urn = definition.urn
            content = definition.json.bytes
            digest = Digest(of: content)
        }
    }
}
