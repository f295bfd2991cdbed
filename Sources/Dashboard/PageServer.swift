import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import ManagementAPI
import NIOCore
import Vocabulary

/// Runs page handlers: finds out who asks, reads what they sent, and writes what is answered.
struct PageServer: Sendable {
    let desk: any ManagementDesk
    let sessions: SessionRing
    let writer: PageWriter
    let settings: DashboardSettings

    /// How large a form may be, in bytes.
    private static let largestForm = 4 << 20

    func add(_ route: PageRoute, to router: Router<some RequestContext>) {
        router.on(RouterPath(route.path), method: route.method == .get ? .get : .post) { request, context in
            let parameters = Dictionary(
                context.parameters.map { (String($0.key), $0.value.removingPercentEncoding ?? String($0.value)) },
                uniquingKeysWith: { first, _ in first }
            )
            return try await answer(request, parameters: parameters, by: route)
        }
    }

    private func answer(_ request: Request, parameters: [String: String], by route: PageRoute) async throws -> Response
    {
        guard let (session, secret) = try await session(of: request) else {
            return writer.toSignIn(from: request)
        }
        var visit = try await visit(request, session: session, secret: secret, parameters: parameters)
        do {
            guard session.caller.allows(route.scope) else {
                throw Problem(
                    .insufficientScope,
                    "This page needs the role \(route.scope.rawValue); yours is lower. An admin can change it under Members."
                )
            }
            if route.method == .post {
                visit = try await sent(by: request, as: visit)
            }
            return try writer.response(to: request, try await route.handler(visit), visit: visit)
        } catch let problem as Problem {
            return try problemPage(problem, to: request, visit: visit)
        }
    }

    /// The session of a browser, with its secret; none where it is not signed in.
    func session(of request: Request) async throws -> (Session, KeySecret)? {
        guard let value = request.cookies[writer.sessionCookie]?.value, value.utf8.count < 200 else { return nil }
        let secret = KeySecret(value)
        return try await sessions.session(for: secret).map { ($0, secret) }
    }

    /// A page that says what is wrong, where to find it, and how to go on.
    func problemPage(_ problem: Problem, to request: Request, visit: Visit?) throws -> Response {
        if let cause = problem.cause {
            Logger.current.error("\(problem)", metadata: ["cause": "\(String(reflecting: cause))"])
        }
        let page = ProblemPage(
            problem,
            request: request.uri.string,
            isRead: request.method == .get,
            referer: request.headers[.referer],
            own: settings.publicURL,
            mayPublish: visit?.caller.allows(.publisher) == true
        )
        let status = HTTPResponse.Status(code: problem.code.httpStatus)
        let answer = PageAnswer.page(page.title, page, by: "problem", status: status)
        // Links into a project that is not there lead nowhere.
        let visit = problem.namesNoProject ? visit?.outsideProjects() : visit
        return try writer.response(to: request, answer, visit: visit)
    }

    func visit(
        _ request: Request,
        session: Session,
        secret: KeySecret,
        parameters: [String: String]
    ) async throws -> Visit {
        Visit(
            session: session,
            formToken: FormToken(of: secret),
            address: request.uri.string,
            query: FormFields(urlEncoded: request.uri.query ?? ""),
            form: .empty,
            parameters: parameters,
            desk: desk
        )
    }

    /// The visit with what a form or a script sent, after a look whether one of our own pages sent it.
    private func sent(by request: Request, as visit: Visit) async throws -> Visit {
        let type = request.headers[.contentType] ?? ""
        let isForm = type.hasPrefix("application/x-www-form-urlencoded")
        let isMultipart = type.hasPrefix("multipart/form-data")
        let header = request.headers[Self.formTokenHeader]
        if !isForm, !isMultipart, !visit.formToken.matches(header) { throw Self.foreignForm }
        let body = try await body(of: request, upTo: isForm ? Self.largestForm : settings.largestDocument + 64 << 10)
        var form = FormFields.empty
        var files: [FormFile] = []
        if isForm { form = FormFields(urlEncoded: String(decoding: body, as: UTF8.self)) }
        if isMultipart {
            do throws(MultipartForm.Fault) {
                let multipart = try MultipartForm(body, contentType: type)
                (form, files) = (multipart.fields, multipart.files)
            } catch {
                throw Problem(.malformed, "\(error.message) Nothing was changed.")
            }
        }
        if isForm || isMultipart, !visit.formToken.matches(form["form_token"] ?? header) { throw Self.foreignForm }
        return Visit(
            session: visit.session,
            formToken: visit.formToken,
            address: visit.address,
            query: visit.query,
            form: form,
            files: files,
            parameters: visit.parameters,
            document: isForm || isMultipart ? [] : body,
            contentType: type,
            desk: desk
        )
    }

    private func body(of request: Request, upTo limit: Int) async throws -> [UInt8] {
        do {
            return Array(buffer: try await request.body.collect(upTo: limit))
        } catch is NIOTooManyBytesError {
            throw Problem(.tooLarge, "What was sent is larger than \(limit >> 20) MiB; nothing was changed.")
        }
    }

    static let formTokenHeader = HTTPField.Name("X-Form-Token").unsafelyUnwrapped

    static let foreignForm = Problem(
        .forbidden,
        "The form is of another session, or was not sent by one of our pages; load the page again and send it once more. Nothing was changed."
    )
}
