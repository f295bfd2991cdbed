package import JSON
package import Projects
package import Vocabulary

/// Where the pages learn what is served at an MCP address.
package protocol InstallationSource: Sendable {
    /// What is served to clients there now; none where nothing is, also where the toolset is turned off.
    func installation(at mcpSlug: Slug, staging: Bool) async throws -> ServedInstallation?
}

/// What is served at an MCP address, as far as people choose by it.
package struct ServedInstallation: Sendable {
    /// A tool as clients list it.
    package struct Tool: Sendable {
        package let name: String
        package let title: String
        package let description: String
        /// What it says about its calls, by the names of ``ToolHint``; null where nothing.
        package let annotations: JSONValue

        package init(name: String, title: String, description: String, annotations: JSONValue) {
            self.name = name
            self.title = title
            self.description = description
            self.annotations = annotations
        }
    }

    package let projectID: ID<Project>
    /// The short names by which members find its page.
    package let project: Slug?
    package let toolset: Slug
    package let mcpSlug: Slug
    package let url: String
    package let name: String
    package let description: String
    package let documentationURL: String
    /// The path of its logo; empty where it has none.
    package let logo: String
    package let isPublic: Bool
    /// Whether it has a staging side.
    package let hasStaging: Bool
    /// The release that is served; none in iteration mode and on the staging side.
    package let release: Int?
    package let tools: [Tool]
    package let promptNames: [String]

    package init(
        projectID: ID<Project>,
        project: Slug?,
        toolset: Slug,
        mcpSlug: Slug,
        url: String,
        name: String,
        description: String,
        documentationURL: String,
        logo: String,
        isPublic: Bool,
        hasStaging: Bool,
        release: Int?,
        tools: [Tool],
        promptNames: [String]
    ) {
        self.projectID = projectID
        self.project = project
        self.toolset = toolset
        self.mcpSlug = mcpSlug
        self.url = url
        self.name = name
        self.description = description
        self.documentationURL = documentationURL
        self.logo = logo
        self.isPublic = isPublic
        self.hasStaging = hasStaging
        self.release = release
        self.tools = tools
        self.promptNames = promptNames
    }
}
