/// Which handler runs which call.
struct CallTable {
    let handlers: [String: CallHandler]

    init(stores: ManagementStores, settings: ManagementSettings) {
        let present = ToolsetPresentation(publicURL: settings.publicURL)
        let services: [any CallService] = [
            AssetCalls(deployments: stores.deployments, settings: settings),
            DeploymentCalls(deployments: stores.deployments, deployer: settings.deployer),
            ToolCalls(deployments: stores.deployments),
            CallLogCalls(log: stores.toolCalls, toolsets: stores.toolsets),
            ToolsetCalls(toolsets: stores.toolsets, assets: stores.deployments, settings: settings),
            InstanceCalls(toolsets: stores.toolsets, settings: settings),
            ToolsetToolCalls(toolsets: stores.toolsets),
            ReleaseCalls(releases: stores.releases, present: present),
            ReviewCalls(reviews: stores.reviews, present: present),
            InspectionCalls(inspection: stores.reviews),
            StagingCalls(staging: stores.staging, present: present),
            RetentionCalls(retention: stores.retention, present: present),
            VariationCalls(toolsets: stores.toolsets),
            TemplateCalls(prompts: stores.prompts),
            ResourceCalls(resources: stores.resources),
            EnvironmentCalls(environments: stores.environments, vault: stores.vault),
            KeyCalls(keys: stores.keys, projects: stores.projects),
            ProjectCalls(projects: stores.projects),
            SourceCalls(sources: stores.sources),
            VariableCalls(toolsets: stores.toolsets, environments: stores.environments),
            MemberCalls(members: stores.members, publicURL: settings.publicURL),
        ]
        var handlers: [String: CallHandler] = [:]
        for service in services { handlers.merge(service.handlers) { first, _ in first } }
        self.handlers = handlers
    }
}

/// The calls of one subject.
protocol CallService: Sendable {
    /// By the name of the call.
    var handlers: [String: CallHandler] { get }
}
