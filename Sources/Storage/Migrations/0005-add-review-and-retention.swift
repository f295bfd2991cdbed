import Persistence

extension Migrations {
    /// What reviews, holds, merges, undo, retention and redaction keep.
    static let addReviewAndRetention = Migration(
        version: 5,
        name: "add review and retention",
        script: review + staging + retention + variations
    )

    private static let review = """
        -- The release that was live when this one was made.
        ALTER TABLE toolset_releases ADD COLUMN base_release_id TEXT
            REFERENCES toolset_releases (id) ON DELETE RESTRICT;
        -- What it changed for callers of that release.
        ALTER TABLE toolset_releases ADD COLUMN breaking_count INTEGER;
        ALTER TABLE toolset_releases ADD COLUMN risky_count INTEGER;
        ALTER TABLE toolset_releases ADD COLUMN safe_count INTEGER;

        -- Numbers are never reused, also where the newest release was pruned.
        ALTER TABLE toolsets ADD COLUMN last_release_number INTEGER NOT NULL DEFAULT 0;
        UPDATE toolsets SET last_release_number = (
            SELECT coalesce(max(r.release_number), 0) FROM toolset_releases r WHERE r.toolset_id = toolsets.id
        );
        -- The rollback after which automations are stopped: the seq of its activation.
        ALTER TABLE toolsets ADD COLUMN hold_seq INTEGER;
        -- JSON: profile, overrides, deprecation_days.
        ALTER TABLE toolsets ADD COLUMN change_rules TEXT NOT NULL DEFAULT '{}';

        -- The changes that a rollback took back, so that a review can tell what would bring them back.
        CREATE TABLE rolled_back_changes (
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE RESTRICT,
            activation_seq INTEGER NOT NULL,
            fingerprint TEXT NOT NULL,
            PRIMARY KEY (toolset_id, fingerprint, activation_seq)
        ) STRICT;

        -- Who acknowledged which breaking change of a release, and why.
        CREATE TABLE release_acknowledgements (
            release_id TEXT NOT NULL REFERENCES toolset_releases (id) ON DELETE CASCADE,
            fingerprint TEXT NOT NULL,
            rule TEXT NOT NULL,
            subject TEXT NOT NULL,
            actor TEXT NOT NULL,
            created_at TEXT NOT NULL,
            PRIMARY KEY (release_id, fingerprint)
        ) STRICT;

        """

    private static let staging = """
        -- States of a toolset's own edits that can be gone back to: before a discard, a load, a merge or an undo of its
        -- staging copy, and after each edit in iteration mode (kind 'checkpoint').
        CREATE TABLE kept_edits (
            id TEXT NOT NULL PRIMARY KEY,
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('discard', 'load', 'merge', 'undo', 'checkpoint')),
            -- Versions of the row's own histories.
            toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE CASCADE,
            metadata_version INTEGER NOT NULL,
            own_variations_version_id TEXT REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            pinned_deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT,
            pinned_system_source_state_id TEXT REFERENCES system_source_states (id) ON DELETE RESTRICT,
            base_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT,
            -- Of the edits themselves, and of those that took their place.
            edits_digest TEXT NOT NULL,
            successor_digest TEXT,
            -- What was served, for a checkpoint.
            manifest_digest TEXT REFERENCES manifests (digest) ON DELETE RESTRICT,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            undone_at TEXT
        ) STRICT;
        CREATE INDEX kept_edits_by_toolset ON kept_edits (toolset_id, kind, id);
        CREATE INDEX kept_edits_by_manifest ON kept_edits (manifest_digest);

        -- What a release was pinned to when it was made: it shows whether two of them differ in what they stay on.
        CREATE TABLE toolset_release_pins (
            release_id TEXT NOT NULL PRIMARY KEY REFERENCES toolset_releases (id) ON DELETE CASCADE,
            deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT,
            system_source_state_id TEXT REFERENCES system_source_states (id) ON DELETE RESTRICT
        ) STRICT;

        """

    private static let retention = """
        -- Of the release's own row and of what it refers to, so that a changed byte is found; none in older releases.
        ALTER TABLE toolset_releases ADD COLUMN record_digest TEXT;
        ALTER TABLE toolset_releases ADD COLUMN redacted_at TEXT;
        ALTER TABLE toolset_releases ADD COLUMN redacted_by TEXT;
        ALTER TABLE toolset_releases ADD COLUMN redaction_reason TEXT;
        -- Of the activation and the one before it: a chain; none in older activations.
        ALTER TABLE activations ADD COLUMN record_digest TEXT;
        -- The same of what releases refer to, made with the row and never changed; none in older rows.
        ALTER TABLE source_compilations ADD COLUMN record_digest TEXT;
        ALTER TABLE deployments ADD COLUMN record_digest TEXT;
        ALTER TABLE tool_variations_group_versions ADD COLUMN record_digest TEXT;
        -- An object whose content was taken out keeps its digest.
        ALTER TABLE objects ADD COLUMN redacted_at TEXT;
        CREATE INDEX objects_redacted ON objects (digest) WHERE redacted_at IS NOT NULL;

        -- What clients of each protocol revision get of a manifest: the digests of the lists' bytes.
        CREATE TABLE manifest_lists (
            manifest_digest TEXT NOT NULL REFERENCES manifests (digest) ON DELETE RESTRICT,
            revision TEXT NOT NULL,
            list TEXT NOT NULL CHECK (list IN ('tools', 'prompts', 'resources')),
            digest TEXT NOT NULL,
            PRIMARY KEY (manifest_digest, revision, list)
        ) STRICT;

        """

    private static let variations = """
        -- The newest row for each tool of a group, so that neither a list nor a snapshot reads the history behind it.
        CREATE TABLE tool_variation_heads (
            group_id TEXT NOT NULL REFERENCES tool_variations_groups (id) ON DELETE RESTRICT,
            tool_urn TEXT NOT NULL,
            variation_id TEXT NOT NULL REFERENCES tool_variations (id) ON DELETE RESTRICT,
            version INTEGER NOT NULL,
            -- Whether a version of the group has the row.
            is_kept INTEGER NOT NULL,
            PRIMARY KEY (group_id, tool_urn)
        ) STRICT;
        INSERT INTO tool_variation_heads (group_id, tool_urn, variation_id, version, is_kept)
        SELECT v.group_id, v.tool_urn, v.id, v.version, CASE WHEN EXISTS (
            SELECT 1 FROM tool_variations_group_version_changes c WHERE c.variation_id = v.id
        ) THEN 1 ELSE 0 END
        FROM tool_variations v WHERE v.version = (
            SELECT max(w.version) FROM tool_variations w WHERE w.group_id = v.group_id AND w.tool_urn = v.tool_urn
        );

        """
}
