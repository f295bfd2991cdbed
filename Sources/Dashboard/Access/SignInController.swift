import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore
import Vocabulary

/// Signing in: by a one-time address, or with a key.
struct SignInController: Sendable {
    let members: any MemberStore
    let keys: KeyRing
    let server: PageServer
    let isSecure: Bool

    /// Forms before a session need a token as well, so that nobody is signed in as somebody else without noticing.
    private static let visitorCookie = "slipway_visitor"

    func addRoutes(to router: Router<some RequestContext>) {
        router.get("/sign-in") { request, _ in
            try form(SignInPage(next: Self.next(request.uri.queryParameters["next"].map(String.init))), to: request)
        }
        router.post("/sign-in") { request, _ in try await page(for: request) { try await signInWithKey(request) } }
        router.get("/sign-in/{secret}") { request, context in
            try await showLink(request, secret: KeySecret(try context.parameters.require("secret")))
        }
        router.post("/sign-in/{secret}") { request, context in
            let secret = KeySecret(try context.parameters.require("secret"))
            return try await page(for: request) { try await signInByLink(request, secret: secret) }
        }
        router.post("/sign-out") { request, _ in try await page(for: request) { try await signOut(request) } }
    }

    /// What was refused as a page, since a person reads it: a form that stayed open for too long, above all.
    private func page(for request: Request, _ work: () async throws -> Response) async throws -> Response {
        do {
            return try await work()
        } catch let problem as Problem {
            return try server.problemPage(problem, to: request, visit: nil)
        }
    }

    private func signInWithKey(_ request: Request) async throws -> Response {
        let form = try await checkedForm(request)
        let next = Self.next(form["next"])
        guard let text = form.text("key"), let key = try await keys.key(for: KeySecret(text)) else {
            let fault =
                form.text("key") == nil
                ? "Write a key." : "This key is not valid; it may have been revoked, or a character is missing."
            return try self.form(SignInPage(next: next, fault: fault), to: request, status: .unprocessableContent)
        }
        guard key.allows(.reader) else {
            let fault = "This key may only call tools; the pages need one of scope reader or more."
            return try self.form(SignInPage(next: next, fault: fault), to: request, status: .unprocessableContent)
        }
        let session = newSession()
        _ = try await members.signIn(with: key, session: session)
        return begin(session, next: next)
    }

    private func showLink(_ request: Request, secret: KeySecret) async throws -> Response {
        guard let link = try await members.signInLink(withHash: secret.hash), link.usedAt == nil,
            link.expiresAt > .now()
        else {
            let page = SignInLinkPage.used
            return try form(page, to: request, status: .notFound)
        }
        return try form(SignInLinkPage(link, secret: secret), to: request)
    }

    private func signInByLink(_ request: Request, secret: KeySecret) async throws -> Response {
        let form = try await checkedForm(request)
        guard let link = try await members.signInLink(withHash: secret.hash) else {
            return try self.form(SignInLinkPage.used, to: request, status: .notFound)
        }
        do {
            let name = try Member.checkedName(form.text("name") ?? "")
            let email = link.member == nil ? try Member.checkedEmail(form.text("email") ?? "") : nil
            let session = newSession()
            _ = try await members.signIn(withHash: secret.hash, name: name, email: email, session: session)
            return begin(session, next: Address.home)
        } catch let problem as Problem where problem.code == .notFound {
            return try self.form(SignInLinkPage.used, to: request, status: .notFound)
        } catch let problem as Problem {
            let page = SignInLinkPage(link, secret: secret, typed: form, problem: problem)
            return try self.form(page, to: request, status: .unprocessableContent)
        }
    }

    private func signOut(_ request: Request) async throws -> Response {
        if let (session, secret) = try await server.session(of: request) {
            guard FormToken(of: secret).matches(try await sentForm(request)["form_token"]) else {
                return try server.problemPage(PageServer.foreignForm, to: request, visit: nil)
            }
            try await members.endSession(session.id)
        }
        var response = server.writer.redirect(to: Address.signIn, Notice(text: "You are signed out of this browser."))
        response.setCookie(server.writer.cookie(server.writer.sessionCookie, "", seconds: 0))
        return response
    }

    private func newSession() -> NewSession {
        NewSession(secret: .make(prefix: "sls_"), expiresAt: Timestamp.now().advanced(by: Session.lifetime))
    }

    private func begin(_ session: NewSession, next: String) -> Response {
        var response = server.writer.redirect(to: next, nil)
        let seconds = Int(Session.lifetime.components.seconds)
        response.setCookie(server.writer.cookie(server.writer.sessionCookie, session.secret.text, seconds: seconds))
        return response
    }

    /// A page with a form for somebody who is not signed in.
    private func form(
        _ page: some SignInView,
        to request: Request,
        status: HTTPResponse.Status = .ok
    ) throws -> Response {
        let known = request.cookies[Self.visitorCookie]?.value
        let visitor = known.flatMap { $0.hasPrefix("slv_") ? KeySecret($0) : nil } ?? .make(prefix: "slv_")
        var page = page
        page.visitorToken = FormToken(of: visitor).text
        let answer = PageAnswer.page("Sign in", page, by: page.template, status: status)
        var response = try server.writer.response(to: request, answer, visit: nil)
        response.setCookie(server.writer.cookie(Self.visitorCookie, visitor.text, seconds: 3600))
        return response
    }

    private func checkedForm(_ request: Request) async throws -> FormFields {
        let form = try await sentForm(request)
        guard let visitor = request.cookies[Self.visitorCookie]?.value,
            FormToken(of: KeySecret(visitor)).matches(form["visitor_token"])
        else { throw PageServer.foreignForm }
        return form
    }

    /// What was sent, unless it is far larger than any form of these pages.
    private func sentForm(_ request: Request) async throws -> FormFields {
        do {
            return FormFields(urlEncoded: String(buffer: try await request.body.collect(upTo: 1 << 16)))
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "The form is larger than 64 KiB; nothing was done.")
        }
    }

    /// Where to go after signing in: only a page of ours.
    private static func next(_ text: String?) -> String {
        guard let text = text?.removingPercentEncoding ?? text, text.hasPrefix("/"), !text.hasPrefix("//"),
            !text.contains("\\"), !text.unicodeScalars.contains(where: { $0.value < 0x21 })
        else { return Address.home }
        return text
    }
}
