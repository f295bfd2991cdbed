import Accounts

/// One page, or one thing that a form of a page does.
struct PageRoute: Sendable {
    /// Pages know only these: browsers send no others from forms.
    enum Method: Sendable {
        case get
        case post
    }

    let method: Method
    /// `/projects/{project}/toolsets/{toolset}`
    let path: String
    /// What the person must be allowed to see it.
    let scope: Scope
    /// The page that has the form, as `/projects/{project}`; none for the nearest page above its address.
    var page: String?
    let handler: @Sendable (Visit) async throws -> PageAnswer

    static func get(
        _ path: String,
        scope: Scope = .reader,
        _ handler: @escaping @Sendable (Visit) async throws -> PageAnswer
    ) -> PageRoute {
        PageRoute(method: .get, path: path, scope: scope, handler: handler)
    }

    static func post(
        _ path: String,
        scope: Scope,
        page: String? = nil,
        _ handler: @escaping @Sendable (Visit) async throws -> PageAnswer
    ) -> PageRoute {
        PageRoute(method: .post, path: path, scope: scope, page: page, handler: handler)
    }
}

/// The pages of one subject.
protocol PageController: Sendable {
    var routes: [PageRoute] { get }
}
