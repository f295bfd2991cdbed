package import Accounts
package import Projects
package import Releases
package import Vocabulary

/// What the management API reads and writes.
package struct ManagementStores: Sendable {
    package let projects: any ProjectStore
    package let deployments: any DeploymentStore
    package let sources: any SourceStore
    package let prompts: any PromptStore
    package let resources: any ResourceStore
    package let environments: any EnvironmentStore
    package let toolsets: any ToolsetStore
    package let releases: any ReleaseStore
    package let reviews: any ReviewStore
    package let staging: any StagingStore
    package let retention: any RetentionStore
    package let keys: any KeyStore
    package let members: any MemberStore
    package let toolCalls: any ToolCallLog
    package let idempotency: any IdempotencyStore
    package let vault: Vault

    package init(
        projects: any ProjectStore,
        deployments: any DeploymentStore,
        sources: any SourceStore,
        prompts: any PromptStore,
        resources: any ResourceStore,
        environments: any EnvironmentStore,
        toolsets: any ToolsetStore,
        releases: any ReleaseStore,
        reviews: any ReviewStore,
        staging: any StagingStore,
        retention: any RetentionStore,
        keys: any KeyStore,
        members: any MemberStore,
        toolCalls: any ToolCallLog,
        idempotency: any IdempotencyStore,
        vault: Vault
    ) {
        self.projects = projects
        self.deployments = deployments
        self.sources = sources
        self.prompts = prompts
        self.resources = resources
        self.environments = environments
        self.toolsets = toolsets
        self.releases = releases
        self.reviews = reviews
        self.staging = staging
        self.retention = retention
        self.keys = keys
        self.members = members
        self.toolCalls = toolCalls
        self.idempotency = idempotency
        self.vault = vault
    }
}

/// What the management API is told about the server around it.
package struct ManagementSettings: Sendable {
    /// The address that clients use, without a `/` at the end.
    package let publicURL: String
    package let version: String
    /// How large an uploaded document may be, in bytes.
    package let largestDocument: Int
    /// Compiles documents.
    package let deployer: Deployer
    /// Fetches a document from an address that the server may call.
    ///
    /// Throws ``Problem``: `invalid`, `upstream_refused`, `upstream_failed`, `upstream_timeout`, `too_large`.
    package let fetch: @Sendable (_ url: String) async throws -> FetchedDocument
    /// Calls a tool of an address for somebody, and answers the MCP result.
    package let invoke: @Sendable (ToolInvocation) async throws -> ToolInvocation.Result
    /// What an address serves now; throws ``Problem`` `not_found` where nothing is served there.
    package let content: @Sendable (_ mcpSlug: Slug, _ side: ServedSide) async throws -> CompiledContent

    package init(
        publicURL: String,
        version: String,
        largestDocument: Int,
        deployer: Deployer,
        fetch: @escaping @Sendable (_ url: String) async throws -> FetchedDocument,
        invoke: @escaping @Sendable (ToolInvocation) async throws -> ToolInvocation.Result,
        content: @escaping @Sendable (_ mcpSlug: Slug, _ side: ServedSide) async throws -> CompiledContent
    ) {
        self.publicURL = publicURL
        self.version = version
        self.largestDocument = largestDocument
        self.deployer = deployer
        self.fetch = fetch
        self.invoke = invoke
        self.content = content
    }
}

/// What an address answered.
package struct FetchedDocument: Sendable {
    package let content: [UInt8]
    /// What the answer said about itself, which nobody relies on; empty where it said nothing.
    package let contentType: String

    package init(content: [UInt8], contentType: String) {
        self.content = content
        self.contentType = contentType
    }
}
