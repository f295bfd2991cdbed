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
        router.get(RouterPath("/assets/\(bundle.name)")) { _, _ in
            Response(
                status: .ok,
                headers: [
                    .contentType: type, .cacheControl: "public, max-age=31536000, immutable",
                    .xContentTypeOptions: "nosniff",
                ],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: bundle.bytes))
            )
        }
    }
}
