import JSON
import ManagementAPI
import Vocabulary

/// The tab Tools of a toolset.
struct ToolsetToolsPages: PageController {
    var routes: [PageRoute] { [.get("/projects/{project}/toolsets/{toolset}", show)] }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        return .page(
            place.toolset["name"]?.string ?? "",
            ToolsetToolsPage(header: ToolsetHeader(place, page: .tools)),
            by: "toolset/tools",
            in: .toolsets
        )
    }
}

/// The tools of a toolset.
struct ToolsetToolsPage: Sendable {
    let header: ToolsetHeader
}
