import Persistence

extension Migrations {
    /// What reviews, holds, merges, undo, retention and redaction keep.
    static let addReviewAndRetention = Migration(
        version: 5,
        name: "add review and retention",
        script: review + staging + retention
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
        -- States of a toolset's own edits that can be gone back to: before a discard, a load or a merge of its staging
        -- copy (kind 'discard', 'load', 'merge'), and after each edit in iteration mode (kind 'checkpoint').
        CREATE TABLE kept_edits (
            id TEXT NOT NULL PRIMARY KEY,
            toolset_id TEXT NOT NULL REFERENCES toolsets (id) ON DELETE CASCADE,
            kind TEXT NOT NULL CHECK (kind IN ('discard', 'load', 'merge', 'checkpoint')),
            -- Versions of the row's own histories.
            toolset_version_id TEXT NOT NULL REFERENCES toolset_versions (id) ON DELETE CASCADE,
            metadata_version INTEGER NOT NULL,
            own_variations_version_id TEXT REFERENCES tool_variations_group_versions (id) ON DELETE RESTRICT,
            pinned_deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT,
            pinned_system_source_state_id TEXT REFERENCES system_source_states (id) ON DELETE RESTRICT,
            base_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT,
            -- What was served, for a checkpoint.
            manifest_digest TEXT REFERENCES manifests (digest) ON DELETE RESTRICT,
            created_by TEXT NOT NULL,
            created_at TEXT NOT NULL,
            undone_at TEXT
        ) STRICT;
        CREATE INDEX kept_edits_by_toolset ON kept_edits (toolset_id, kind, id);

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

        -- What clients of each protocol revision get of a manifest: the digests of the lists' bytes.
        CREATE TABLE manifest_lists (
            manifest_digest TEXT NOT NULL REFERENCES manifests (digest) ON DELETE RESTRICT,
            revision TEXT NOT NULL,
            list TEXT NOT NULL CHECK (list IN ('tools', 'prompts', 'resources')),
            digest TEXT NOT NULL,
            PRIMARY KEY (manifest_digest, revision, list)
        ) STRICT;

        """
}
