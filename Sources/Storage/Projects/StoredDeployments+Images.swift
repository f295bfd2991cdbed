import Persistence
import Projects

extension StoredDeployments: ImageStore {
    package func image(sha256: String) async throws -> [UInt8]? {
        try await database.read { connection in
            try connection.first(
                """
                SELECT c.content FROM asset_contents c
                WHERE c.sha256 = \(sha256) AND EXISTS (
                    SELECT 1 FROM assets a WHERE a.sha256 = c.sha256 AND a.kind = \(Asset.imageKind)
                )
                """
            )?.bytes("content")
        }
    }
}
