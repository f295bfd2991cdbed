import Persistence

extension Migrations {
    /// Resources: their history, which of them a toolset has, and what a release holds of them.
    static let addResources = Migration(
        version: 3,
        name: "add resources",
        script: """
            CREATE TABLE resources (
                id TEXT NOT NULL PRIMARY KEY,
                project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
                history_id TEXT NOT NULL,
                version INTEGER NOT NULL,
                predecessor_id TEXT REFERENCES resources (id) ON DELETE RESTRICT,
                slug TEXT NOT NULL,
                name TEXT NOT NULL,
                title TEXT,
                description TEXT,
                mime_type TEXT NOT NULL,
                asset_id TEXT NOT NULL REFERENCES assets (id) ON DELETE RESTRICT,
                is_utf8 INTEGER NOT NULL,
                is_deleted INTEGER NOT NULL,
                created_by TEXT NOT NULL,
                created_at TEXT NOT NULL,
                UNIQUE (project_id, slug, version)
            ) STRICT;

            CREATE TABLE toolset_version_resources (
                toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE CASCADE,
                position INTEGER NOT NULL,
                resource_urn TEXT NOT NULL,
                PRIMARY KEY (toolset_version_id, position),
                UNIQUE (toolset_version_id, resource_urn)
            ) STRICT;

            CREATE TABLE system_source_state_resources (
                system_source_state_id TEXT NOT NULL REFERENCES system_source_states (id) ON DELETE RESTRICT,
                resource_id TEXT NOT NULL REFERENCES resources (id) ON DELETE RESTRICT,
                PRIMARY KEY (system_source_state_id, resource_id)
            ) STRICT;

            -- The bytes that an object refers to: what a resource says. They are stored once, as the asset's.
            CREATE TABLE object_contents (
                object_digest TEXT NOT NULL REFERENCES objects (digest) ON DELETE RESTRICT,
                sha256 TEXT NOT NULL REFERENCES asset_contents (sha256) ON DELETE RESTRICT,
                PRIMARY KEY (object_digest, sha256)
            ) STRICT;
            """
    )
}
