import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Toolset.Metadata {
    /// The metadata of a row of `toolsets`.
    init(row: Row) throws {
        self.init(
            name: try row.text("name"),
            description: try row.text("description"),
            instructions: try row.text("instructions"),
            documentationURL: try row.optionalText("documentation_url"),
            logo: try Toolset.Logo(row: row),
            servesOutputSchemas: try row.optionalBool("serves_output_schemas")
        )
    }
}

extension Toolset.Logo {
    /// The logo of a row of `toolsets`; nothing where it has none.
    fileprivate init?(row: Row) throws {
        guard let digest = try row.optionalText("logo_sha256").flatMap({ Digest($0) }) else { return nil }
        self.init(digest: digest, mimeType: try row.text("logo_media_type"))
    }
}

extension Connection {
    /// The image behind a logo, which rows refer to so that it stays.
    ///
    /// - Throws: ``Problem`` `not_found` where the project has no image of these bytes.
    func logoAssetID(_ logo: Toolset.Logo?, in project: ID<Project>) throws -> ID<Asset>? {
        guard let logo else { return nil }
        let row = try first(
            """
            SELECT id FROM assets
            WHERE project_id = \(project) AND sha256 = \(logo.digest.hex) AND kind = \(Asset.imageKind)
            ORDER BY id LIMIT 1
            """
        )
        guard let row else {
            throw Problem(
                .notFound,
                "The project has no image \(logo.digest); upload it by assets.uploadImage.",
                errors: [.init(pointer: "/logo_asset_id", message: "is not known")]
            )
        }
        return try row.id("id")
    }

    /// Refuses names that no caller may bring: those that say where a call goes.
    ///
    /// A source's variables begin with its name: `GAME_SERVER_TOKEN` is a place of a source `game`, and a credential of
    /// a source `game-server`.
    func requireBringable(_ names: [String], in project: ID<Project>) throws {
        let prefixes = try query("SELECT slug FROM sources WHERE project_id = \(project)").map {
            try $0.text("slug").uppercased().replacing("-", with: "_") + "_"
        }
        for (position, name) in names.enumerated() where name.contains("_SERVER_") || name.hasPrefix("SERVER_") {
            let owner = prefixes.filter { name.hasPrefix($0) }.max { $0.utf8.count < $1.utf8.count }
            if let owner, !name.dropFirst(owner.utf8.count).hasPrefix("SERVER_") { continue }
            throw Problem(
                .invalid,
                "Nothing was changed: \(name) says to which server calls go, which no caller may change; leave it out of mcp_caller_variables and set it in an environment.",
                errors: [
                    .init(pointer: "/mcp_caller_variables/\(position)", message: "says to which server calls go")
                ]
            )
        }
    }
}
