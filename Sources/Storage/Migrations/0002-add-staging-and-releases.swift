import Persistence

extension Migrations {
    /// Staging copies, versions of metadata and variations, releases, activations, and the content they serve.
    static let addStagingAndReleases = Migration(
        version: 2,
        name: "add staging and releases",
        script: staging + content + releases
    )

    private static let staging = """
        ALTER TABLE toolsets ADD COLUMN parent_toolset_id TEXT REFERENCES toolsets (id) ON DELETE CASCADE;
        ALTER TABLE toolsets ADD COLUMN editing_mode TEXT NOT NULL DEFAULT 'iteration'
            CHECK (editing_mode IN ('iteration', 'staging'));
        ALTER TABLE toolsets ADD COLUMN predecessor_id TEXT REFERENCES toolsets (id) ON DELETE RESTRICT;
        ALTER TABLE toolsets ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        ALTER TABLE toolsets ADD COLUMN history_id TEXT;
        ALTER TABLE toolsets ADD COLUMN archived_at TEXT;
        ALTER TABLE toolsets ADD COLUMN staging_environment_id TEXT REFERENCES environments (id) ON DELETE RESTRICT;
        ALTER TABLE toolsets ADD COLUMN pinned_deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT;
        ALTER TABLE toolsets ADD COLUMN pinned_addresses INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE toolsets ADD COLUMN grace_seconds INTEGER NOT NULL DEFAULT 0;
        UPDATE toolsets SET history_id = id;

        DROP INDEX toolsets_by_slug;
        DROP INDEX toolsets_by_mcp_slug;
        CREATE UNIQUE INDEX toolsets_by_slug ON toolsets (project_id, slug)
            WHERE deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL;
        CREATE UNIQUE INDEX toolsets_by_mcp_slug ON toolsets (mcp_slug)
            WHERE deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL;
        CREATE UNIQUE INDEX toolsets_by_parent ON toolsets (parent_toolset_id)
            WHERE deleted_at IS NULL AND archived_at IS NULL;
        CREATE UNIQUE INDEX toolsets_by_history ON toolsets (history_id, version);

        -- Whether the deployment had the tool when the version was made: such a tool keeps its name.
        ALTER TABLE toolset_version_tools ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 1;

        ALTER TABLE tool_variations ADD COLUMN predecessor_id TEXT REFERENCES tool_variations (id) ON DELETE RESTRICT;
        ALTER TABLE tool_variations ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
        DROP INDEX tool_variations_by_tool;
        CREATE UNIQUE INDEX tool_variations_by_tool ON tool_variations (group_id, tool_urn, version);

        CREATE TABLE organization_features (
            organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
            feature TEXT NOT NULL,
            is_on INTEGER NOT NULL,
            updated_at TEXT NOT NULL,
            PRIMARY KEY (organization_id, feature)
        ) STRICT;

        """

    private static let content = """
        CREATE TABLE objects (
            digest TEXT NOT NULL PRIMARY KEY,
            format INTEGER NOT NULL,
            content BLOB NOT NULL
        ) STRICT;

        CREATE TABLE object_references (
            object_digest TEXT NOT NULL REFERENCES objects (digest) ON DELETE RESTRICT,
            child_digest TEXT NOT NULL REFERENCES objects (digest) ON DELETE RESTRICT,
            PRIMARY KEY (object_digest, child_digest)
        ) STRICT;

        CREATE TABLE manifests (
            digest TEXT NOT NULL PRIMARY KEY,
            format INTEGER NOT NULL,
            content BLOB NOT NULL,
            created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE manifest_objects (
            manifest_digest TEXT NOT NULL REFERENCES manifests (digest) ON DELETE RESTRICT,
            object_digest TEXT NOT NULL REFERENCES objects (digest) ON DELETE RESTRICT,
            PRIMARY KEY (manifest_digest, object_digest)
        ) STRICT;

        """

    private static let releases = """
        CREATE TABLE system_source_states (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE system_source_state_prompts (
            system_source_state_id TEXT NOT NULL REFERENCES system_source_states (id) ON DELETE RESTRICT,
            prompt_template_id TEXT NOT NULL REFERENCES prompt_templates (id) ON DELETE RESTRICT,
            PRIMARY KEY (system_source_state_id, prompt_template_id)
        ) STRICT;

        CREATE TABLE source_states (
            id TEXT NOT NULL PRIMARY KEY,
            project_id TEXT NOT NULL REFERENCES projects (id) ON DELETE RESTRICT,
            deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT,
            system_source_state_id TEXT NOT NULL REFERENCES system_source_states (id) ON DELETE RESTRICT,
            created_at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE tool_variations_group_versions (
            id TEXT NOT NULL PRIMARY KEY,
            group_id TEXT NOT NULL REFERENCES tool_variations_groups (id) ON DELETE RESTRICT,
            version INTEGER NOT NULL,
            predecessor_id TEXT REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            created_at TEXT NOT NULL,
            UNIQUE (group_id, version)
        ) STRICT;

        -- The variations that a version adds to those of the versions before it.
        CREATE TABLE tool_variations_group_version_changes (
            group_version_id TEXT NOT NULL REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            variation_id TEXT NOT NULL UNIQUE REFERENCES tool_variations (id) ON DELETE RESTRICT,
            PRIMARY KEY (group_version_id, variation_id)
        ) STRICT;

        CREATE TABLE toolset_releases (
            id TEXT NOT NULL PRIMARY KEY,
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE RESTRICT,
            release_number INTEGER NOT NULL,
            label TEXT,
            notes TEXT NOT NULL,
            manifest_digest TEXT NOT NULL REFERENCES manifests (digest) ON DELETE RESTRICT,
            source_state_id TEXT NOT NULL REFERENCES source_states (id) ON DELETE RESTRICT,
            toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE RESTRICT,
            metadata_history_id TEXT NOT NULL,
            metadata_version INTEGER NOT NULL,
            global_variations_version_id TEXT
                REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            own_variations_version_id TEXT
                REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            tool_count INTEGER NOT NULL,
            released_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            UNIQUE (toolset_id, release_number),
            -- The row of a version moves from the head to its archive within a transaction.
            FOREIGN KEY (metadata_history_id, metadata_version) REFERENCES toolsets (history_id, version)
                DEFERRABLE INITIALLY DEFERRED
        ) STRICT;
        CREATE UNIQUE INDEX toolset_releases_by_label ON toolset_releases (toolset_id, label) WHERE label IS NOT NULL;
        CREATE INDEX toolset_releases_by_manifest ON toolset_releases (manifest_digest);

        CREATE TABLE activations (
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE RESTRICT,
            seq INTEGER NOT NULL,
            release_id TEXT NOT NULL REFERENCES toolset_releases (id) ON DELETE RESTRICT,
            previous_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT,
            kind TEXT NOT NULL CHECK (kind IN ('publish', 'rollback', 'roll_forward', 'guard')),
            actor TEXT NOT NULL,
            reason TEXT NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (toolset_id, seq)
        ) STRICT;
        CREATE INDEX activations_by_release ON activations (release_id);

        -- The prompts of a release that was loaded into staging.
        ALTER TABLE toolsets ADD COLUMN pinned_system_source_state_id TEXT
            REFERENCES system_source_states (id) ON DELETE RESTRICT;

        -- A reference needs its table first, for one of the two databases.
        ALTER TABLE toolsets ADD COLUMN current_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT;
        ALTER TABLE toolsets ADD COLUMN base_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT;
        ALTER TABLE tool_calls ADD COLUMN release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT;
        """
}
