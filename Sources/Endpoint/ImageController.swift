import HTTPTypes
package import Hummingbird
import NIOCore
package import Projects
import Vocabulary

/// The addresses of images: `/images/{sha256}`. Clients fetch them without a key, so only images are here, and nobody
/// finds one without knowing its SHA-256.
package struct ImageController: Sendable {
    private let store: any ImageStore

    package init(store: any ImageStore) {
        self.store = store
    }

    /// Adds the addresses of images to a router.
    package func addRoutes(to router: Router<some RequestContext>) {
        for method in [HTTPRequest.Method.get, .head] {
            router.on("/images/{sha256}", method: method) { request, context in
                try await answer(request, sha256: try context.parameters.require("sha256"))
            }
        }
    }

    private func answer(_ request: Request, sha256: String) async throws -> Response {
        guard sha256.utf8.count == 64, let bytes = try await store.image(sha256: sha256.lowercased()),
            let type = ImageType(of: bytes)
        else { throw Problem(.notFound, "There is no image at \(request.uri.path.prefix(100)).") }
        let etag = "\"\(sha256.lowercased())\""
        var headers: HTTPFields = [
            .contentType: type.mimeType, .eTag: etag,
            // Bytes that are named by their digest never change.
            .cacheControl: "public, max-age=31536000, immutable",
            .xContentTypeOptions: "nosniff",
            // An SVG that is opened as a page runs no script and fetches nothing.
            .contentSecurityPolicy: "default-src 'none'; style-src 'unsafe-inline'; sandbox",
        ]
        headers[.crossOriginResourcePolicy] = "cross-origin"
        if request.headers[.ifNoneMatch]?.contains(etag) == true {
            headers[.contentType] = nil
            return Response(status: .notModified, headers: headers)
        }
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }
}
