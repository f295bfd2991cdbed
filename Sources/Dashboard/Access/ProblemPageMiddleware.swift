import HTTPTypes
import Hummingbird
import Vocabulary

/// Gives browsers a page where nothing is, and leaves programs the answer that they can read.
struct ProblemPageMiddleware<Context: RequestContext>: RouterMiddleware {
    let server: PageServer

    func handle(
        _ request: Request,
        context: Context,
        next: (Request, Context) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as any HTTPResponseError where error.status == .notFound && Self.isRead(request) {
            let problem = Problem(.notFound, "There is no page at \(request.uri.path.prefix(100)).")
            let signedIn = try await server.session(of: request)
            let visit = try await signedIn.asyncMap {
                try await server.visit(request, session: $0.0, secret: $0.1, parameters: [:])
            }
            return try server.problemPage(problem, to: request, visit: visit)
        }
    }

    /// Whether a person reads pages with it.
    private static func isRead(_ request: Request) -> Bool {
        request.method == .get && request.headers[.accept]?.contains("text/html") == true
    }
}

extension Optional {
    fileprivate func asyncMap<Value>(_ transform: (Wrapped) async throws -> Value) async rethrows -> Value? {
        guard let self else { return nil }
        return try await transform(self)
    }
}
