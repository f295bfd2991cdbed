import Persistence

extension Migrations {
    /// Logos, output schemas where they are asked for, and the variables that callers may bring.
    static let addLogosAndSettings = Migration(
        version: 4,
        name: "add logos and settings",
        script: """
            -- Of the asset in logo_asset_id, which they are found by; a release shows them without it.
            ALTER TABLE toolsets ADD COLUMN logo_sha256 TEXT;
            ALTER TABLE toolsets ADD COLUMN logo_media_type TEXT;
            ALTER TABLE toolsets ADD COLUMN serves_output_schemas INTEGER;
            ALTER TABLE toolsets ADD COLUMN mcp_caller_variables TEXT NOT NULL DEFAULT '[]';

            ALTER TABLE tool_variations ADD COLUMN output_schema INTEGER;

            ALTER TABLE deployment_sources ADD COLUMN serves_output_schemas INTEGER NOT NULL DEFAULT 0;

            CREATE INDEX assets_by_content ON assets (sha256, kind);
            """
    )
}
