extension ManagementAPITests {
    /// Reads by call and query, whose answers are compared with what the API's own document says of them.
    static let reads = [
        ("assets.list", ""), ("deployments.list", ""), ("deployments.active", ""), ("tools.list", "q=book"),
        ("tools.get", "urn=tools:http:library:addBook"), ("toolsets.list", ""), ("toolsets.get", "slug=books"),
        ("toolsets.get", "slug=books&view=live"), ("toolsets.checkMCPSlugAvailability", "mcp_slug=free"),
        ("mcpMetadata.get", "toolset_slug=books"), ("toolsets.listReleases", "slug=books"),
        ("toolsets.getReleaseDetails", "slug=books&number=2"), ("toolsets.listActivations", "slug=books"),
        ("toolsets.reviewStagingVersion", "slug=books"),
        ("toolsets.compareReleases", "slug=books&from=1&to=staging"),
        ("toolsets.compareReleases", "slug=books&from=live&to=2"),
        ("variations.list", "toolset_slug=books"), ("variations.listGlobal", ""),
        ("variations.history", "tool_urn=tools:http:library:listBooks"), ("templates.list", ""),
        ("templates.get", "name=greet"), ("templates.history", "name=greet"), ("resources.list", ""),
        ("resources.get", "slug=guide"), ("resources.get", "slug=guide&content=true"),
        ("resources.history", "slug=guide"), ("environments.list", ""),
        ("environments.get", "slug=prod"), ("keys.list", ""), ("keys.verify", ""), ("projects.list", ""),
        ("projects.get", "slug=other"), ("features.list", ""), ("auditLogs.list", ""), ("toolCalls.list", ""),
        ("auditLogs.list", "actor=key:admin&action=toolset"), ("sources.list", ""),
        ("tools.uses", "urn=tools:http:library:addBook"), ("toolsets.listVariables", "slug=books"),
        ("toolsets.listVariables", "slug=books&view=live"), ("members.list", ""),
        ("toolCalls.list", "toolset_slug=books&release=1&outcome=refused&since=2026-01-01T00:00:00Z"),
        ("toolCalls.stats", ""), ("toolCalls.stats", "toolset_slug=books&tool=addBook"),
        ("instances.listTools", "toolset_slug=books&q=add"),
        ("instances.listTools", "toolset_slug=books&release=1&limit=1"),
        ("instances.getTool", "toolset_slug=books&tool=addBook&view=staging"),
        ("instances.listPrompts", "toolset_slug=books&view=staging"),
    ]
}
