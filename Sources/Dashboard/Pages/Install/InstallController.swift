import Accounts
import HTTPTypes
import Hummingbird
import Vocabulary

/// The pages that tell how clients are told of a toolset. Those of public toolsets are for everybody, so they are no pages of
/// somebody who is signed in.
struct InstallController: Sendable {
    let installations: any InstallationSource
    let keys: KeyRing
    let server: PageServer

    func addRoutes(to router: Router<some RequestContext>) {
        router.get("/install/{slug}") { request, context in
            try await live(request, slug: context.parameters.get("slug"))
        }
        router.get("/install/{slug}/staging") { request, context in
            try await staging(request, slug: context.parameters.get("slug"))
        }
    }

    /// Strangers are shown a private toolset's name, and nothing of what it serves.
    private func live(_ request: Request, slug: String?) async throws -> Response {
        let reader = try await caller(of: request)
        guard let found = try await installation(slug, staging: false) else { return try await nothing(request, slug) }
        let mayLook = found.isPublic || reader.map { may($0, use: found, as: .consumer) } == true
        return try await page(found, to: request, reader: mayLook ? reader : nil, mayLook: mayLook, isStaging: false)
    }

    /// Staging never leaks: without signing in nobody learns whether it is there.
    private func staging(_ request: Request, slug: String?) async throws -> Response {
        guard let reader = try await caller(of: request) else { return server.writer.toSignIn(from: request) }
        guard let found = try await installation(slug, staging: true), may(reader, use: found, as: .reader) else {
            return try await nothing(request, slug)
        }
        return try await page(found, to: request, reader: reader, mayLook: true, isStaging: true)
    }

    private func installation(_ text: String?, staging: Bool) async throws -> ServedInstallation? {
        guard let slug = text.flatMap({ Slug($0) }) else { return nil }
        return try await installations.installation(at: slug, staging: staging)
    }

    /// Who is signed in, or whose key the request brings.
    private func caller(of request: Request) async throws -> Caller? {
        if let (session, _) = try await server.session(of: request) { return session.caller }
        guard let secret = KeyRing.secret(inAuthorization: request.headers[.authorization]) else { return nil }
        return try await keys.key(for: secret).map(Caller.key)
    }

    private func may(_ caller: Caller, use installation: ServedInstallation, as scope: Scope) -> Bool {
        caller.allows(scope) && (caller.projectID == nil || caller.projectID == installation.projectID)
    }

    private func page(
        _ found: ServedInstallation,
        to request: Request,
        reader: Caller?,
        mayLook: Bool,
        isStaging: Bool
    ) async throws -> Response {
        let page = InstallPage(
            found,
            mayLook: mayLook,
            isMember: reader.map { may($0, use: found, as: .reader) } == true,
            isStaging: isStaging,
            query: FormFields(urlEncoded: request.uri.query ?? "")
        )
        let content = PageContent(
            title: isStaging ? "Staging of \(found.name): install" : "Install \(found.name)",
            view: page,
            template: "install/page",
            section: nil,
            status: .ok,
            layout: "install/layout"
        )
        return try await write(content, to: request)
    }

    private func nothing(_ request: Request, _ slug: String?) async throws -> Response {
        let content = PageContent(
            title: "Nothing to install",
            view: InstallAbsence(slug: slug ?? ""),
            template: "install/absent",
            section: nil,
            status: .notFound,
            layout: "install/layout"
        )
        return try await write(content, to: request)
    }

    /// The foot of the page names whoever is signed in, so that nobody is asked to do it again.
    private func write(_ content: PageContent, to request: Request) async throws -> Response {
        var visit: Visit?
        if let (session, secret) = try await server.session(of: request) {
            visit = try await server.visit(request, session: session, secret: secret, parameters: [:])
        }
        return try server.writer.response(to: request, .page(content), visit: visit)
    }
}

/// What stands where nothing is served.
struct InstallAbsence: Sendable {
    let slug: String
}
