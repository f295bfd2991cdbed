/// Which handler runs which call.
struct CallTable {
    let handlers: [String: CallHandler]

    init(stores: ManagementStores, settings: ManagementSettings) {
        let services: [any CallService] = [
            AssetCalls(deployments: stores.deployments, settings: settings),
            DeploymentCalls(deployments: stores.deployments, deployer: settings.deployer),
            ToolCalls(deployments: stores.deployments),
            CallLogCalls(log: stores.toolCalls, toolsets: stores.toolsets),
            ToolsetCalls(toolsets: stores.toolsets, assets: stores.deployments, settings: settings),
            InstanceCalls(toolsets: stores.toolsets, settings: settings),
            ReleaseCalls(
                releases: stores.releases,
                projects: stores.projects,
                present: ToolsetPresentation(publicURL: settings.publicURL)
            ),
            ReviewCalls(
                reviews: stores.reviews,
                projects: stores.projects,
                present: ToolsetPresentation(publicURL: settings.publicURL)
            ),
            StagingCalls(
                staging: stores.staging,
                projects: stores.projects,
                present: ToolsetPresentation(publicURL: settings.publicURL)
            ),
            RetentionCalls(
                retention: stores.retention,
                present: ToolsetPresentation(publicURL: settings.publicURL)
            ),
            VariationCalls(toolsets: stores.toolsets),
            TemplateCalls(prompts: stores.prompts),
            ResourceCalls(resources: stores.resources),
            EnvironmentCalls(environments: stores.environments, vault: stores.vault),
            KeyCalls(keys: stores.keys, projects: stores.projects),
            ProjectCalls(projects: stores.projects),
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
