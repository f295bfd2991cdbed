import HTTPTypes
import JSON
import Vocabulary

/// What a page handler answers.
enum PageAnswer: Sendable {
    case page(PageContent)
    /// To another page, by GET (RFC 9110, section 15.4.4), with something to say there.
    case redirect(to: String, Notice?)
    /// For scripts.
    case json(JSONObject, status: Int)
    /// A file to keep.
    case download([UInt8], name: String, type: String)

    /// A page with a view that fills its template.
    static func page(
        _ title: String,
        _ view: any Sendable,
        by template: String,
        in section: Section? = nil,
        status: HTTPResponse.Status = .ok
    ) -> PageAnswer {
        .page(PageContent(title: title, view: view, template: template, section: section, status: status))
    }
}

/// The content of a page, inside of what all pages share.
struct PageContent: Sendable {
    let title: String
    let view: any Sendable
    let template: String
    let section: Section?
    let status: HTTPResponse.Status
    /// The template of what stands around it.
    var layout = "layout"
}

/// The entries of the navigation.
enum Section: String, Sendable, CaseIterable {
    case toolsets, sources, prompts, resources, variations, environments, calls, keys, members, audit

    var title: String {
        switch self {
        case .toolsets: "Toolsets"
        case .sources: "Sources"
        case .prompts: "Prompts"
        case .resources: "Resources"
        case .variations: "Variations"
        case .environments: "Environments"
        case .calls: "Calls"
        case .keys: "Keys"
        case .members: "Members"
        case .audit: "Audit log"
        }
    }
}
