import Foundation
import Vocabulary

/// The addresses of pages, for routes and links alike.
enum Address {
    static let home = "/"
    static let signIn = "/sign-in"
    static let signOut = "/sign-out"
    static let account = "/account"
    static let members = "/members"

    /// `/projects/default`
    static func project(_ project: Slug?) -> String { "/projects/\(project?.text ?? "")" }

    static func section(_ section: Section, in project: Slug?) -> String {
        switch section {
        case .members: members
        case .toolsets: "\(self.project(project))/toolsets"
        default: "\(self.project(project))/\(section.rawValue)"
        }
    }

    /// `/projects/default/toolsets/library`
    static func toolset(_ slug: String, in project: Slug?) -> String { "\(section(.toolsets, in: project))/\(slug)" }

    /// A toolset's page below its own: `review`, `releases/3`; seen from one of its sides, where that is said.
    static func toolset(_ slug: String, _ page: String, view: String? = nil, in project: Slug?) -> String {
        "\(toolset(slug, in: project))\(page.isEmpty ? "" : "/\(page)")\(view.map { "?view=\($0)" } ?? "")"
    }

    /// A value as it stands in the query of an address (RFC 3986, section 2.3).
    static func queryValue(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    private static let unreserved = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
