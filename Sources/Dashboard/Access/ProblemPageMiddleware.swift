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
            var visit: Visit?
            if let (session, secret) = try await server.session(of: request) {
                visit = try await server.visit(request, session: session, secret: secret, parameters: [:])
            }
            return try server.problemPage(problem, to: request, visit: visit)
        }
    }

    /// Whether a person reads pages with it.
    private static func isRead(_ request: Request) -> Bool {
        request.method == .get && request.headers[.accept]?.contains("text/html") == true
    }
}
