import Persistence

extension Migrations {
    /// Everything but staging and releases.
    ///
    /// Times are RFC 3339 in UTC, ids UUIDv7, Booleans 0 and 1.
    static let createProjectsAndToolsets = Migration(
        version: 1,
        name: "create projects and toolsets",
        script: tenants + documents + heads + logs
    )

    private static let tenants = """
        CREATE TABLE organizations (
            id TEXT NOT NULL PRIMARY KEY,
            slug TEXT NOT NULL UNIQUE,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE users (
            id TEXT NOT NULL PRIMARY KEY,
            organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
            email TEXT NOT NULL,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (organization_id, email)
        ) STRICT;

        CREATE TABLE projects (
            id TEXT NOT NULL PRIMARY KEY,
            organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
            slug TEXT NOT NULL,
            name TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (organization_id, slug)
        ) STRICT;

        CREATE TABLE api_keys (
            id TEXT NOT NULL PRIMARY KEY,
            organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
            project_id TEXT REFERENCES projects (id) ON DELETE RESTRICT,
            name TEXT NOT NULL,
            prefix TEXT NOT NULL,
            hash TEXT NOT NULL UNIQUE,
            scopes TEXT NOT NULL,
            automation INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            revoked_at TEXT
        ) STRICT;

        CREATE TABLE idempotency_keys (
            scope TEXT NOT NULL,
            key TEXT NOT NULL,
            request_digest TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('begun', 'carried_out', 'done')),
            response BLOB NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (scope, key)
        ) STRICT;
        CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);

        CREATE TABLE server_state (
            name TEXT NOT NULL PRIMARY KEY,
            value TEXT NOT NULL
        ) STRICT;

        """

    private static let documents = """
        CREATE TABLE asset_contents (
            sha256 TEXT NOT NULL PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT;

        CREATE TABLE assets (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            name TEXT NOT NULL,
            kind TEXT NOT NULL,
            sha256 TEXT NOT NULL REFERENCES asset_contents (sha256) ON DELETE RESTRICT,
            content_type TEXT NOT NULL,
            content_length INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX assets_by_project ON assets (project_id, id);

        CREATE TABLE sources (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            slug TEXT NOT NULL,
            kind TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (project_id, slug)
        ) STRICT;

        CREATE TABLE deployments (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            seq INTEGER NOT NULL,
            status TEXT NOT NULL CHECK (status IN ('pending', 'completed', 'failed')),
            -- For a deployment that evolves the active one: what it sets and removes.
            change TEXT,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            completed_at TEXT,
            UNIQUE (project_id, seq)
        ) STRICT;
        CREATE INDEX deployments_by_status ON deployments (project_id, status, seq);

        CREATE TABLE tool_definitions (
            digest TEXT NOT NULL PRIMARY KEY,
            content BLOB NOT NULL
        ) STRICT;

        CREATE TABLE source_compilations (
            id TEXT NOT NULL PRIMARY KEY,
            source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE RESTRICT,
            sha256 TEXT NOT NULL REFERENCES asset_contents (sha256) ON DELETE RESTRICT,
            compiler_version INTEGER NOT NULL,
            tool_count INTEGER NOT NULL,
            error_count INTEGER NOT NULL,
            warning_count INTEGER NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX source_compilations_by_source ON source_compilations (source_id, id);

        CREATE TABLE compilation_tools (
            compilation_id TEXT NOT NULL REFERENCES source_compilations (id) ON DELETE RESTRICT,
            position INTEGER NOT NULL,
            urn TEXT NOT NULL,
            operation TEXT NOT NULL,
            -- None for an operation that is no tool for now; its name stays reserved.
            definition_digest TEXT REFERENCES tool_definitions (digest) ON DELETE RESTRICT,
            PRIMARY KEY (compilation_id, position),
            UNIQUE (compilation_id, urn)
        ) STRICT;

        CREATE TABLE compilation_diagnostics (
            compilation_id TEXT NOT NULL REFERENCES source_compilations (id) ON DELETE RESTRICT,
            position INTEGER NOT NULL,
            severity TEXT NOT NULL,
            code TEXT NOT NULL,
            message TEXT NOT NULL,
            pointer TEXT NOT NULL,
            line INTEGER,
            column_number INTEGER,
            PRIMARY KEY (compilation_id, position)
        ) STRICT;

        CREATE TABLE deployment_sources (
            deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT,
            source_id TEXT NOT NULL REFERENCES sources (id) ON DELETE RESTRICT,
            position INTEGER NOT NULL,
            asset_id TEXT NOT NULL REFERENCES assets (id) ON DELETE RESTRICT,
            compilation_id TEXT REFERENCES source_compilations (id) ON DELETE RESTRICT,
            PRIMARY KEY (deployment_id, source_id)
        ) STRICT;

        CREATE TABLE deployment_logs (
            deployment_id TEXT NOT NULL REFERENCES deployments (id) ON DELETE RESTRICT,
            position INTEGER NOT NULL,
            level TEXT NOT NULL,
            message TEXT NOT NULL,
            code TEXT,
            source_slug TEXT,
            line INTEGER,
            column_number INTEGER,
            created_at TEXT NOT NULL,
            PRIMARY KEY (deployment_id, position)
        ) STRICT;

        """

    private static let heads = """
        CREATE TABLE environments (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            slug TEXT NOT NULL,
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            UNIQUE (project_id, slug)
        ) STRICT;

        CREATE TABLE environment_entries (
            environment_id TEXT NOT NULL REFERENCES environments (id) ON DELETE CASCADE,
            name TEXT NOT NULL,
            sealed_value BLOB NOT NULL,
            is_secret INTEGER NOT NULL,
            updated_at TEXT NOT NULL,
            PRIMARY KEY (environment_id, name)
        ) STRICT;

        CREATE TABLE prompt_templates (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            history_id TEXT NOT NULL,
            version INTEGER NOT NULL,
            predecessor_id TEXT REFERENCES prompt_templates (id) ON DELETE RESTRICT,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            arguments TEXT NOT NULL,
            template TEXT NOT NULL,
            is_deleted INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (project_id, name, version)
        ) STRICT;

        CREATE TABLE tool_variations_groups (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            kind TEXT NOT NULL CHECK (kind IN ('global', 'toolset')),
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX tool_variations_groups_global ON tool_variations_groups (project_id)
            WHERE kind = 'global';

        CREATE TABLE tool_variations (
            id TEXT NOT NULL PRIMARY KEY,
            group_id TEXT NOT NULL REFERENCES tool_variations_groups (id) ON DELETE RESTRICT,
            tool_urn TEXT NOT NULL,
            name TEXT,
            title TEXT,
            summary TEXT,
            description TEXT,
            tags TEXT,
            read_only_hint INTEGER,
            destructive_hint INTEGER,
            idempotent_hint INTEGER,
            open_world_hint INTEGER,
            confirm TEXT,
            confirm_prompt TEXT,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE UNIQUE INDEX tool_variations_by_tool ON tool_variations (group_id, tool_urn);

        CREATE TABLE toolsets (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            slug TEXT NOT NULL,
            name TEXT NOT NULL,
            description TEXT NOT NULL,
            instructions TEXT NOT NULL,
            documentation_url TEXT,
            logo_asset_id TEXT REFERENCES assets (id) ON DELETE RESTRICT,
            tool_selection_mode TEXT NOT NULL,
            variations_group_id TEXT NOT NULL REFERENCES tool_variations_groups (id) ON DELETE RESTRICT,
            default_environment_id TEXT REFERENCES environments (id) ON DELETE RESTRICT,
            mcp_slug TEXT,
            mcp_enabled INTEGER NOT NULL,
            mcp_is_public INTEGER NOT NULL,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            updated_at TEXT NOT NULL,
            deleted_at TEXT
        ) STRICT;
        CREATE UNIQUE INDEX toolsets_by_slug ON toolsets (project_id, slug) WHERE deleted_at IS NULL;
        CREATE UNIQUE INDEX toolsets_by_mcp_slug ON toolsets (mcp_slug) WHERE deleted_at IS NULL;

        -- Goes with its toolset, which only a staging copy can: a release needs its versions, and they its toolset.
        CREATE TABLE toolset_versions (
            id TEXT NOT NULL PRIMARY KEY,
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            predecessor_id TEXT REFERENCES toolset_versions (id),
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (toolset_id, version)
        ) STRICT;

        CREATE TABLE toolset_version_tools (
            toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            tool_urn TEXT NOT NULL,
            PRIMARY KEY (toolset_version_id, position),
            UNIQUE (toolset_version_id, tool_urn)
        ) STRICT;

        CREATE TABLE toolset_version_prompts (
            toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE CASCADE,
            position INTEGER NOT NULL,
            prompt_name TEXT NOT NULL,
            PRIMARY KEY (toolset_version_id, position),
            UNIQUE (toolset_version_id, prompt_name)
        ) STRICT;

        """

    private static let logs = """
        CREATE TABLE audit_events (
            id TEXT NOT NULL PRIMARY KEY,
            organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
            project_id TEXT REFERENCES projects (id) ON DELETE RESTRICT,
            actor TEXT NOT NULL,
            action TEXT NOT NULL,
            subject TEXT NOT NULL,
            subject_name TEXT NOT NULL,
            summary TEXT NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX audit_events_by_project ON audit_events (project_id, id);

        CREATE TABLE tool_calls (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE RESTRICT,
            view TEXT NOT NULL,
            tool_name TEXT NOT NULL,
            tool_urn TEXT NOT NULL,
            outcome TEXT NOT NULL,
            status INTEGER,
            milliseconds INTEGER NOT NULL,
            caller TEXT,
            created_at TEXT NOT NULL
        ) STRICT;
        CREATE INDEX tool_calls_by_project ON tool_calls (project_id, id);
        CREATE INDEX tool_calls_by_time ON tool_calls (created_at);

        """
}
