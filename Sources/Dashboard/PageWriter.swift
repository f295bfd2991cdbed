import Accounts
import Foundation
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Vocabulary

/// Writes answers of pages, each with the headers that keep a page to itself.
struct PageWriter: Sendable {
    let renderer: Renderer
    let assets: AssetNames
    let isSecure: Bool

    /// The cookie of a session; with the prefix that binds it to the host where TLS allows that (RFC 6265bis, 4.1.3.2).
    var sessionCookie: String { isSecure ? "__Host-slipway_session" : "slipway_session" }

    private static let projectCookie = "slipway_project"

    func response(to request: Request, _ answer: PageAnswer, visit: Visit?) throws -> Response {
        switch answer {
        case .page(let content): return try page(content, to: request, visit: visit)
        case .redirect(let address, let notice): return redirect(to: address, notice, from: request)
        case .json(let body, let status):
            return plain(JSONValue.object(body).bytes, type: "application/json", status: .init(code: status))
        case .download(let bytes, let name, let type):
            var response = plain(bytes, type: type, status: .ok)
            response.headers[.contentDisposition] =
                "attachment; filename=\"\(name.filter { $0 != "\"" && $0.isASCII })\""
            return response
        }
    }

    func toSignIn(from request: Request) -> Response {
        let isRead = request.method == .get || request.method == .head
        // The address of a form leads to its page.
        let next = request.uri.path != "/" ? request.uri.string : nil
        let query = next.map { "?next=\($0.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? "")" } ?? ""
        let notice = Notice(
            kind: .warning,
            text:
                "You are not signed in any more, so nothing was saved. Sign in to come back to the form; the browser’s way back may still have what you wrote."
        )
        return redirect(to: Address.signIn + query, isRead ? nil : notice, from: request)
    }

    /// Leads on to another page. A dialog that sent a form is told where to, and opens the page itself: what a script follows
    /// would spend the notice unseen.
    func redirect(to address: String, _ notice: Notice?, from request: Request? = nil) -> Response {
        let isDialog = request?.headers[Self.dialogHeader] != nil
        var response = Response(status: isDialog ? .noContent : .seeOther, headers: Self.headers)
        response.headers[isDialog ? Self.dialogHeader : .location] = address
        if let notice {
            response.setCookie(cookie(Notice.cookieName, notice.cookieValue, seconds: 60))
        }
        return response
    }

    /// A cookie that only our own pages send back.
    func cookie(_ name: String, _ value: String, seconds: Int) -> Cookie {
        Cookie(
            name: name,
            value: value,
            maxAge: seconds,
            path: "/",
            secure: isSecure,
            httpOnly: true,
            sameSite: .lax
        )
    }

    private func page(_ content: PageContent, to request: Request, visit: Visit?) throws -> Response {
        let notice = request.cookies[Notice.cookieName].flatMap { Notice(cookieValue: $0.value) }
        let project =
            visit?.project ?? request.cookies[Self.projectCookie].flatMap { Slug($0.value) } ?? Slug("default")
        let summary = content.status.code >= 400 ? ErrorSummary(of: content.view) : nil
        let view = PageView(of: content.view, formToken: visit?.formToken.text, hasSummary: summary != nil)
        let layout = Layout(
            content,
            html: try renderer.html(view, by: content.template),
            assets: assets,
            visit: visit,
            project: project,
            notice: notice,
            summary: summary
        )
        let html = try renderer.html(layout, by: content.layout)
        var response = plain(Array(html.utf8), type: "text/html; charset=utf-8", status: content.status)
        if notice != nil { response.setCookie(cookie(Notice.cookieName, "", seconds: 0)) }
        if let own = visit?.project { response.setCookie(cookie(Self.projectCookie, own.text, seconds: 365 * 86_400)) }
        return response
    }

    private func plain(_ bytes: [UInt8], type: String, status: HTTPResponse.Status) -> Response {
        var headers = Self.headers
        headers[.contentType] = type
        return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
    }

    /// What a dialog sends with its form, and where the answer to it leads.
    private static let dialogHeader = HTTPField.Name("X-Dialog").unsafelyUnwrapped

    private static let headers: HTTPFields = {
        var headers: HTTPFields = [
            .cacheControl: "no-store",
            .xContentTypeOptions: "nosniff",
            .contentSecurityPolicy:
                "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        ]
        headers[HTTPField.Name("Referrer-Policy").unsafelyUnwrapped] = "same-origin"
        headers[HTTPField.Name("Cross-Origin-Opener-Policy").unsafelyUnwrapped] = "same-origin"
        return headers
    }()
}
