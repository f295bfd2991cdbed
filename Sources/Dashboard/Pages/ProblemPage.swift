import Foundation
import Vocabulary

/// What is wrong, in a sentence, and where to go next.
struct ProblemPage: Sendable {
    struct Link: Sendable {
        let label: String
        let address: String
    }

    let title: String
    let message: String
    /// For whoever runs the server; empty where only the address was wrong.
    let code: String
    let links: [Link]
    /// The page that the person came from; empty where it is none of ours.
    let back: String

    /// `request` is the address with its query; `isRead` tells a page that was opened from a form that was sent.
    init(_ problem: Problem, request: String, isRead: Bool, referer: String?, own: String, mayPublish: Bool = false) {
        let isAddress = isRead && Self.isAboutInput(problem.code)
        title = isAddress ? Self.titles[.notFound] ?? "" : Self.titles[problem.code] ?? problem.code.title
        message = isAddress ? Self.sentence(of: problem) : problem.pageMessage
        code = isAddress || problem.code == .notFound ? "" : problem.code.rawValue
        let path = request.split(separator: "?", omittingEmptySubsequences: false).first.map(String.init) ?? ""
        links = Self.links(from: path, problem, mayPublish: mayPublish)
        let from = referer.flatMap { $0.hasPrefix(own + "/") ? String($0.dropFirst(own.utf8.count)) : nil } ?? ""
        back = from == request ? "" : from
    }

    private static let titles: [ProblemCode: String] = [
        .notFound: "There is nothing here", .invalid: "Not done", .malformed: "Not done", .unknownField: "Not done",
        .insufficientScope: "Your role may not do this", .forbidden: "You may not do this",
        .wrongMode: "Not in this editing mode", .featureDisabled: "Turned off", .tooLarge: "Too large",
        .unexpected: "Something went wrong", .etagMismatch: "Somebody was faster", .nameTaken: "The name is taken",
    ]

    private static func isAboutInput(_ code: ProblemCode) -> Bool {
        [.invalid, .malformed, .unknownField, .unknownURN].contains(code)
    }

    /// What is wrong with an address: its parts were typed, cut off, or are from another time.
    private static func sentence(of problem: Problem) -> String {
        switch problem.errors.first?.pointer {
        case nil: problem.pageMessage
        case "/cursor": "This place in the list is not there any more. Begin at the start of the list."
        case "/urn", "/tool_urn", "/subject": "The address names no tool. Choose one in the list."
        case "/q": "What you search for is too long. Search for a word of it."
        default: "The address is cut off or mistyped: nothing can be called so. Choose it in the list."
        }
    }

    /// The start of a list, the toolset, and the list of such things, as far as the path tells.
    private static func links(from path: String, _ problem: Problem, mayPublish: Bool) -> [Link] {
        var links: [Link] = []
        if problem.errors.first?.pointer == "/cursor" { links.append(Link(label: "Start of the list", address: path)) }
        let parts = path.split(separator: "/").map(String.init)
        guard parts.count > 2, parts[0] == "projects", let section = Section(rawValue: parts[2]),
            !problem.namesNoProject
        else {
            let isMember = parts.first == Section.members.rawValue && parts.count > 1
            return links
                + [
                    isMember
                        ? Link(label: "All members", address: Address.members)
                        : Link(label: "All toolsets", address: "/")
                ]
        }
        let list = "/" + parts.prefix(3).joined(separator: "/")
        let isToolsetThere = section == .toolsets && parts.count > 4 && !problem.message.contains("no toolset")
        if isToolsetThere, !problem.isAboutSlug {
            let toolset = "\(list)/\(parts[3])"
            if problem.code == .wrongMode, mayPublish {
                links.append(Link(label: "Switch the editing mode", address: "\(toolset)/editing-mode"))
            }
            if parts[4] == "releases" { links.append(Link(label: "All releases", address: "\(toolset)/releases")) }
            links.append(Link(label: "Toolset \(parts[3].removingPercentEncoding ?? parts[3])", address: toolset))
        }
        let label = section == .audit ? section.title : "All \(section.title.lowercased())"
        if links.first?.address != list { links.append(Link(label: label, address: list)) }
        return links
    }
}

extension Problem {
    /// Whether the project of the address is not there, so that no page of it is.
    var namesNoProject: Bool { code == .notFound && message.hasPrefix("There is no project") }

    fileprivate var isAboutSlug: Bool { errors.first?.pointer == "/slug" }
}
