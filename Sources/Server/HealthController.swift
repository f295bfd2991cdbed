import HTTPTypes
import Hummingbird
import NIOCore
import Persistence

/// `/healthz`: the process answers. `/readyz`: its database does.
struct HealthController: Sendable {
    let database: Database

    func addRoutes(to router: Router<some RequestContext>) {
        router.get("/healthz") { _, _ in Self.ok }
        router.get("/readyz") { _, _ in
            _ = try await database.read { try $0.count("SELECT max(version) AS value FROM schema_migrations") }
            return Self.ok
        }
    }

    private static var ok: Response {
        Response(
            status: .ok,
            headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "ok\n"))
        )
    }
}
