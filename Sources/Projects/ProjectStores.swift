package import Tools
package import Vocabulary

/// Stores what projects own, apart from toolsets. Each writing call is one transaction and writes its audit event in it.
package protocol ProjectStore: Sendable {
    func createProject(slug: Slug, name: String, by actor: Actor) async throws -> Project
    func projects(_ page: PageRequest) async throws -> Page<Project>
    func project(_ slug: Slug) async throws -> Project?
    func project(_ id: ID<Project>) async throws -> Project?
    /// Whether the flag is on for the organization; flags are on until somebody turns them off.
    func isFeatureOn(_ feature: Feature) async throws -> Bool
    func setFeature(_ feature: Feature, on isOn: Bool, by actor: Actor) async throws
    /// Newest first; with those of the organization where they are asked for.
    func auditEvents(
        in project: ID<Project>,
        includingOrganization: Bool,
        where filter: AuditFilter,
        _ page: PageRequest
    ) async throws -> Page<AuditEvent>
}

/// Which audit events are asked for.
package struct AuditFilter: Sendable, Hashable {
    /// As events name it; everybody's where there is none.
    package let actor: String?
    /// `toolset.update`, or `toolset` for all that was done to toolsets; everything where there is none.
    package let action: String?

    package init(actor: String? = nil, action: String? = nil) {
        self.actor = actor
        self.action = action
    }
}

/// What an organization may turn off.
package enum Feature: String, Sendable, CaseIterable {
    /// Staging mode: off hides and refuses new staging work and never stops what is live.
    case toolsetStaging = "toolset_staging"
}

/// Stores uploaded documents and what deployments make of them.
package protocol DeploymentStore: Sendable {
    func saveAsset(
        name: String,
        kind: String,
        contentType: String,
        content: [UInt8],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Asset
    func asset(_ id: ID<Asset>, in project: ID<Project>) async throws -> Asset?
    func assets(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Asset>

    /// Writes a pending deployment of these sources.
    ///
    /// - Throws: ``Problem`` `not_found` where an asset is unknown.
    func beginDeployment(
        of sources: [DeploymentSource],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Deployment

    /// Writes a pending deployment of the sources of the newest deployment that did not fail, with some of them set or
    /// left out. Deployments are compiled in order, so one that is still pending counts.
    ///
    /// - Throws: ``Problem`` `not_found` where an asset, or a source that is to be left out, is unknown.
    func evolveDeployment(
        setting sources: [DeploymentSource],
        removing slugs: [Slug],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> Deployment

    /// Gives a pending deployment that evolves the active one the sources that follow from what is active now, when its
    /// turn to be compiled comes: an earlier one may have failed since.
    func settleSources(of id: ID<Deployment>, in project: ID<Project>) async throws

    /// The documents of a deployment that are not compiled yet: those whose source had another document before, or none.
    func documentsToCompile(_ id: ID<Deployment>, in project: ID<Project>) async throws -> [SourceDocument]

    /// Completes a deployment in one transaction: from then on it is the active one.
    func complete(
        _ id: ID<Deployment>,
        in project: ID<Project>,
        with compilations: [Compilation],
        logs: [DeploymentLog]
    ) async throws -> Deployment

    /// Ends a deployment that cannot be completed; the active one stays.
    func fail(_ id: ID<Deployment>, in project: ID<Project>, logs: [DeploymentLog]) async throws -> Deployment

    /// Ends deployments that a stopped server left pending, and answers how many there were.
    func failAbandonedDeployments() async throws -> Int

    func deployment(_ id: ID<Deployment>, in project: ID<Project>) async throws -> Deployment?
    func deployments(in project: ID<Project>, _ page: PageRequest) async throws -> Page<Deployment>
    /// The newest completed deployment.
    func activeDeployment(in project: ID<Project>) async throws -> Deployment?
    func logs(of id: ID<Deployment>, in project: ID<Project>, _ page: PageRequest) async throws -> Page<DeploymentLog>

    /// The tools of a deployment, or of the active one, by source and position in its document.
    func tools(
        in project: ID<Project>,
        deployment: ID<Deployment>?,
        source: Slug?,
        query: String?,
        _ page: PageRequest
    ) async throws -> Page<ToolDefinition>
    func tool(_ urn: ToolURN, in project: ID<Project>, deployment: ID<Deployment>?) async throws -> ToolDefinition?
}

/// Stores prompts; every edit is a new row.
package protocol PromptStore: Sendable {
    func createPrompt(
        _ content: PromptTemplate.Content,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> PromptTemplate
    /// Writes the next version of a prompt.
    ///
    /// - Throws: ``Problem`` `not_found`; `etag_mismatch` where `expecting` is not the newest version.
    func updatePrompt(
        _ content: PromptTemplate.Content,
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> PromptTemplate
    /// Takes a prompt away from editors; what releases hold stays.
    ///
    /// - Throws: ``Problem`` `in_use`, naming the toolsets and releases that need it.
    func deletePrompt(_ name: String, expecting version: Int?, in project: ID<Project>, by actor: Actor) async throws
    func prompt(_ name: String, in project: ID<Project>) async throws -> PromptTemplate?
    func prompts(in project: ID<Project>, _ page: PageRequest) async throws -> Page<PromptTemplate>
    /// All versions, newest first.
    func promptHistory(
        _ name: String,
        in project: ID<Project>,
        _ page: PageRequest
    ) async throws -> Page<PromptTemplate>
}

/// Stores environments. Values arrive sealed.
package protocol EnvironmentStore: Sendable {
    func createEnvironment(
        id: ID<CallEnvironment>,
        slug: Slug,
        name: String,
        entries: [CallEnvironment.Entry],
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> CallEnvironment
    /// Changes the name, sets entries and removes entries; what is not named stays.
    ///
    /// - Throws: ``Problem`` `not_found`; `etag_mismatch` where `expecting` is not the newest version.
    func updateEnvironment(
        _ slug: Slug,
        name: String?,
        setting entries: [CallEnvironment.Entry],
        removing names: [String],
        expecting version: Int?,
        in project: ID<Project>,
        by actor: Actor
    ) async throws -> CallEnvironment
    /// - Throws: ``Problem`` `in_use`, naming the toolsets that call with it.
    func deleteEnvironment(_ slug: Slug, expecting version: Int?, in project: ID<Project>, by actor: Actor) async throws
    func environment(_ slug: Slug, in project: ID<Project>) async throws -> CallEnvironment?
    func environment(_ id: ID<CallEnvironment>) async throws -> CallEnvironment?
    func environments(in project: ID<Project>, _ page: PageRequest) async throws -> Page<CallEnvironment>
}

/// Keeps the tool call log.
package protocol ToolCallLog: Sendable {
    func append(_ records: [ToolCallRecord]) async throws
    /// Newest first.
    func toolCalls(_ filter: ToolCallFilter, _ page: PageRequest) async throws -> Page<LoggedToolCall>
    /// By group, in the order of its names.
    func counts(
        _ filter: ToolCallFilter,
        by grouping: ToolCallGrouping
    ) async throws -> [(group: String, counts: CallCounts)]
    /// Of all that the filter lets through.
    func counts(_ filter: ToolCallFilter) async throws -> CallCounts
}
