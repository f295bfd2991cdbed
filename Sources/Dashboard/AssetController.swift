import Assets
import HTTPTypes
import Hummingbird
import NIOCore

/// The styles and scripts of the pages, at addresses that change with their content.
struct AssetController: Sendable {
    private let styles: AssetLibrary.Bundle
    private let scripts: AssetLibrary.Bundle

    init(library: AssetLibrary) {
        styles = library.styles
        scripts = library.scripts
    }

    var names: AssetNames { AssetNames(styles: styles.name, scripts: scripts.name) }

    func addRoutes(to router: Router<some RequestContext>) {
        add(styles, type: "text/css; charset=utf-8", to: router)
        add(scripts, type: "text/javascript; charset=utf-8", to: router)
        router.get("/favicon.ico") { _, _ in Response(status: .noContent, headers: [.cacheControl: "max-age=86400"]) }
    }

    private func add(_ bundle: AssetLibrary.Bundle, type: String, to router: Router<some RequestContext>) {
        router.get(RouterPath("/assets/\(bundle.name)")) { request, _ in
            var headers: HTTPFields = [
                .contentType: type, .cacheControl: "public, max-age=31536000, immutable",
                .xContentTypeOptions: "nosniff", .vary: "Accept-Encoding",
            ]
            guard let compressed = bundle.compressed, request.takesGzip else {
                return Response(
                    status: .ok,
                    headers: headers,
                    body: ResponseBody(byteBuffer: ByteBuffer(bytes: bundle.bytes))
                )
            }
            headers[.contentEncoding] = "gzip"
            return Response(
                status: .ok,
                headers: headers,
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed))
            )
        }
    }
}

extension Request {
    /// Whether the answer may be sent in the form of gzip (RFC 9110, section 12.5.3). A weight of 0 says no.
    ///
    /// Only files that are the same for everybody are sent so: of a page, compression could tell its secrets by its size.
    fileprivate var takesGzip: Bool {
        (headers[.acceptEncoding] ?? "").split(separator: ",").contains { entry in
            let parts = entry.split(separator: ";").map { $0.filter { $0 != " " }.lowercased() }
            guard parts.first == "gzip" || parts.first == "x-gzip" else { return false }
            return !parts.dropFirst().contains { $0.hasPrefix("q=") && (Double($0.dropFirst(2)) ?? 1) == 0 }
        }
    }
}
