import Dashboard
import Endpoint
import JSON
import Projects
import Releases
import Vocabulary

/// What the install pages show, read where clients are served from, so that both say the same.
struct ServedInstallations: InstallationSource {
    let catalog: ServingCatalog
    let projects: any ProjectStore
    let publicURL: String

    func installation(at mcpSlug: Slug, staging: Bool) async throws -> ServedInstallation? {
        let address = ServingAddress(slug: mcpSlug, side: staging ? .staging : .live)
        guard let entry = try await catalog.entry(address), entry.served.answersClients else { return nil }
        let metadata = entry.image.content.manifest.metadata
        return ServedInstallation(
            projectID: entry.served.projectID,
            project: try await projects.project(entry.served.projectID)?.slug,
            toolset: entry.served.slug,
            mcpSlug: mcpSlug,
            url: "\(publicURL)/mcp/\(mcpSlug)\(staging ? "/staging" : "")",
            name: metadata.name,
            description: metadata.description,
            documentationURL: metadata.documentationURL ?? "",
            logo: metadata.logo.map { "/images/\($0.digest.hex)" } ?? "",
            isPublic: entry.served.isPublic,
            hasStaging: entry.served.mode == .staging,
            release: entry.served.releaseNumber,
            tools: entry.image.content.tools.map(ServedInstallation.Tool.init),
            promptNames: entry.image.content.prompts.map(\.name)
        )
    }
}

extension ServedInstallation.Tool {
    fileprivate init(_ tool: CompiledTool) {
        self.init(
            name: tool.name,
            title: tool.tool["title"]?.string ?? "",
            description: tool.tool["description"]?.string ?? "",
            annotations: tool.tool["annotations"] ?? .null
        )
    }
}
