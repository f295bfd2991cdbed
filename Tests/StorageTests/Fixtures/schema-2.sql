-- A database of schema 2, the last one without resources, with rows in every table: a toolset in staging mode with three
-- releases, of which the second is live, and one in iteration mode. The tables are what migrations 1 and 2 made when they
-- were released; this file is never edited. Rows refer to each other in circles, so their keys are checked at the end.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE schema_migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
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
CREATE TABLE server_state (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;
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
, predecessor_id TEXT REFERENCES tool_variations (id) ON DELETE RESTRICT, version INTEGER NOT NULL DEFAULT 1) STRICT;
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
, parent_toolset_id TEXT REFERENCES toolsets (id) ON DELETE CASCADE, editing_mode TEXT NOT NULL DEFAULT 'iteration'
    CHECK (editing_mode IN ('iteration', 'staging')), predecessor_id TEXT REFERENCES toolsets (id) ON DELETE RESTRICT, version INTEGER NOT NULL DEFAULT 1, history_id TEXT, archived_at TEXT, staging_environment_id TEXT REFERENCES environments (id) ON DELETE RESTRICT, pinned_deployment_id TEXT REFERENCES deployments (id) ON DELETE RESTRICT, pinned_addresses INTEGER NOT NULL DEFAULT 0, grace_seconds INTEGER NOT NULL DEFAULT 0, pinned_system_source_state_id TEXT
    REFERENCES system_source_states (id) ON DELETE RESTRICT, current_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT, base_release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT) STRICT;
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
    tool_urn TEXT NOT NULL, is_settled INTEGER NOT NULL DEFAULT 1,
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
, release_id TEXT REFERENCES toolset_releases (id) ON DELETE RESTRICT) STRICT;
CREATE TABLE organization_features (
    organization_id TEXT NOT NULL REFERENCES organizations (id) ON DELETE RESTRICT,
    feature TEXT NOT NULL,
    is_on INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (organization_id, feature)
) STRICT;
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
CREATE INDEX idempotency_keys_by_time ON idempotency_keys (created_at);
CREATE INDEX assets_by_project ON assets (project_id, id);
CREATE INDEX deployments_by_status ON deployments (project_id, status, seq);
CREATE INDEX source_compilations_by_source ON source_compilations (source_id, id);
CREATE UNIQUE INDEX tool_variations_groups_global ON tool_variations_groups (project_id)
    WHERE kind = 'global';
CREATE INDEX audit_events_by_project ON audit_events (project_id, id);
CREATE INDEX tool_calls_by_project ON tool_calls (project_id, id);
CREATE INDEX tool_calls_by_time ON tool_calls (created_at);
CREATE UNIQUE INDEX toolsets_by_slug ON toolsets (project_id, slug)
    WHERE deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL;
CREATE UNIQUE INDEX toolsets_by_mcp_slug ON toolsets (mcp_slug)
    WHERE deleted_at IS NULL AND archived_at IS NULL AND parent_toolset_id IS NULL;
CREATE UNIQUE INDEX toolsets_by_parent ON toolsets (parent_toolset_id)
    WHERE deleted_at IS NULL AND archived_at IS NULL;
CREATE UNIQUE INDEX toolsets_by_history ON toolsets (history_id, version);
CREATE UNIQUE INDEX tool_variations_by_tool ON tool_variations (group_id, tool_urn, version);
CREATE UNIQUE INDEX toolset_releases_by_label ON toolset_releases (toolset_id, label) WHERE label IS NOT NULL;
CREATE INDEX toolset_releases_by_manifest ON toolset_releases (manifest_digest);
CREATE INDEX activations_by_release ON activations (release_id);

INSERT INTO schema_migrations (version, name, applied_at) VALUES
(1, 'create projects and toolsets', '2026-11-22T20:30:16.884Z'),
(2, 'add staging and releases', '2026-11-22T20:30:16.898Z');
INSERT INTO organizations (id, slug, name, created_at) VALUES
('01a204f3-cf45-7266-bf7d-40d5226d9d5d', 'default', 'Default', '2026-11-22T20:30:16.901Z');
INSERT INTO users (id, organization_id, email, name, created_at) VALUES
('019a0000-0000-7000-8000-000000000001', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', 'anna@example.com', 'Anna', '2026-11-22T20:30:16.901Z');
INSERT INTO projects (id, organization_id, slug, name, created_at) VALUES
('01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', 'acme', 'Acme', '2026-11-22T20:30:16.901Z');
INSERT INTO api_keys (id, organization_id, project_id, name, prefix, hash, scopes, automation, created_by, created_at, revoked_at) VALUES
('019a0000-0000-7000-8000-000000000002', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', NULL, 'admin', 'slw_exam', 'not a hash of any key', 'admin', 0, 'system', '2026-11-22T20:30:16.901Z', NULL);
INSERT INTO idempotency_keys (scope, key, request_digest, state, response, created_at) VALUES
('scope', 'key', 'digest', 'done', X'7b7d', '2026-11-22T20:30:16.901Z');
INSERT INTO server_state (name, value) VALUES
('first_start', '0.1.0');
INSERT INTO asset_contents (sha256, content) VALUES
('8c9e0e086472a820ec74bda518638f7fcacc57f60d1083759dcec95de97ed683', X'5b7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a226c6973743a206669727374222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d2c7b2275726e223a22746f6f6c733a687474703a706574733a676574222c226465736372697074696f6e223a226765743a206669727374222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d5d'),
('4fa1c43e7bd79662d0231a68bf5a8624421e34bcb6b0edcfda567eb3f398b15f', X'5b7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a226c6973743a207365636f6e64222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d2c7b2275726e223a22746f6f6c733a687474703a706574733a676574222c226465736372697074696f6e223a226765743a207365636f6e64222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d5d');
INSERT INTO assets (id, project_id, name, kind, sha256, content_type, content_length, created_by, created_at) VALUES
('01a204f3-cf4a-7219-a219-5f44bb4be918', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets.json', 'openapi', '8c9e0e086472a820ec74bda518638f7fcacc57f60d1083759dcec95de97ed683', 'application/json', 736, 'key:anna', '2026-11-22T20:30:16.905Z'),
('01a204f3-cf66-721e-82a8-e197fa52a42e', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets.json', 'openapi', '4fa1c43e7bd79662d0231a68bf5a8624421e34bcb6b0edcfda567eb3f398b15f', 'application/json', 738, 'key:anna', '2026-11-22T20:30:16.934Z');
INSERT INTO sources (id, project_id, slug, kind, created_at) VALUES
('01a204f3-cf4b-70c1-b7af-6d1014cf6527', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets', 'openapi', '2026-11-22T20:30:16.907Z');
INSERT INTO deployments (id, project_id, seq, status, change, created_by, created_at, completed_at) VALUES
('01a204f3-cf4b-70c0-aade-11846f5c4c16', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 1, 'completed', NULL, 'key:anna', '2026-11-22T20:30:16.907Z', '2026-11-22T20:30:16.911Z'),
('01a204f3-cf67-7101-bc9d-1bc8747166b5', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 2, 'completed', NULL, 'key:anna', '2026-11-22T20:30:16.934Z', '2026-11-22T20:30:16.937Z');
INSERT INTO tool_definitions (digest, content) VALUES
('cf81b8cc496db83e93f2d7a7b8cd1f4a55f697791f6c5bced554078e36e04996', X'7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a226c6973743a206669727374222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d'),
('7132d3e92255abb4f162ccfcd9371e458fb63b9bb5d844a6ec3a588c78c6a5a2', X'7b2275726e223a22746f6f6c733a687474703a706574733a676574222c226465736372697074696f6e223a226765743a206669727374222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d'),
('2ec775ce5bcb0d4f1e53ab55cc9b1aa721d1fbab39ac1cb97fb4b14ed463b52c', X'7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a226c6973743a207365636f6e64222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d'),
('eda510e55d31f8c3e91cd7213069ac59404c06397600338d6948418cbf99d608', X'7b2275726e223a22746f6f6c733a687474703a706574733a676574222c226465736372697074696f6e223a226765743a207365636f6e64222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d');
INSERT INTO source_compilations (id, source_id, sha256, compiler_version, tool_count, error_count, warning_count, created_at) VALUES
('01a204f3-cf4f-71b8-bc06-4adf210a49a2', '01a204f3-cf4b-70c1-b7af-6d1014cf6527', '8c9e0e086472a820ec74bda518638f7fcacc57f60d1083759dcec95de97ed683', 1, 2, 0, 1, '2026-11-22T20:30:16.911Z'),
('01a204f3-cf69-720c-bec7-bb219c6119ab', '01a204f3-cf4b-70c1-b7af-6d1014cf6527', '4fa1c43e7bd79662d0231a68bf5a8624421e34bcb6b0edcfda567eb3f398b15f', 1, 2, 0, 0, '2026-11-22T20:30:16.937Z');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest) VALUES
('01a204f3-cf4f-71b8-bc06-4adf210a49a2', 0, 'tools:http:pets:list', 'GET /list', 'cf81b8cc496db83e93f2d7a7b8cd1f4a55f697791f6c5bced554078e36e04996'),
('01a204f3-cf4f-71b8-bc06-4adf210a49a2', 1, 'tools:http:pets:get', 'GET /get', '7132d3e92255abb4f162ccfcd9371e458fb63b9bb5d844a6ec3a588c78c6a5a2'),
('01a204f3-cf69-720c-bec7-bb219c6119ab', 0, 'tools:http:pets:list', 'GET /list', '2ec775ce5bcb0d4f1e53ab55cc9b1aa721d1fbab39ac1cb97fb4b14ed463b52c'),
('01a204f3-cf69-720c-bec7-bb219c6119ab', 1, 'tools:http:pets:get', 'GET /get', 'eda510e55d31f8c3e91cd7213069ac59404c06397600338d6948418cbf99d608');
INSERT INTO compilation_diagnostics (compilation_id, position, severity, code, message, pointer, line, column_number) VALUES
('01a204f3-cf4f-71b8-bc06-4adf210a49a2', 0, 'warning', 'w', 'look', '/paths', NULL, NULL);
INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, compilation_id) VALUES
('01a204f3-cf4b-70c0-aade-11846f5c4c16', '01a204f3-cf4b-70c1-b7af-6d1014cf6527', 0, '01a204f3-cf4a-7219-a219-5f44bb4be918', '01a204f3-cf4f-71b8-bc06-4adf210a49a2'),
('01a204f3-cf67-7101-bc9d-1bc8747166b5', '01a204f3-cf4b-70c1-b7af-6d1014cf6527', 0, '01a204f3-cf66-721e-82a8-e197fa52a42e', '01a204f3-cf69-720c-bec7-bb219c6119ab');
INSERT INTO deployment_logs (deployment_id, position, level, message, code, source_slug, line, column_number, created_at) VALUES
('01a204f3-cf4b-70c0-aade-11846f5c4c16', 0, 'info', '1 compiled', NULL, NULL, NULL, NULL, '2026-11-22T20:30:16.911Z'),
('01a204f3-cf67-7101-bc9d-1bc8747166b5', 0, 'info', '1 compiled', NULL, NULL, NULL, NULL, '2026-11-22T20:30:16.937Z');
INSERT INTO environments (id, project_id, slug, name, version, created_at, updated_at) VALUES
('01a204f3-cf46-7194-b9b1-b123d0f21b51', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'production', 'Production', 1, '2026-11-22T20:30:16.901Z', '2026-11-22T20:30:16.901Z');
INSERT INTO environment_entries (environment_id, name, sealed_value, is_secret, updated_at) VALUES
('01a204f3-cf46-7194-b9b1-b123d0f21b51', 'PETS_KEY', X'010203', 1, '2026-11-22T20:30:16.901Z');
INSERT INTO prompt_templates (id, project_id, history_id, version, predecessor_id, name, description, arguments, template, is_deleted, created_by, created_at) VALUES
('01a204f3-cf48-7368-80d5-117036d95800', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf48-7368-80d5-117036d95800', 1, NULL, 'greet', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}', 0, 'key:anna', '2026-11-22T20:30:16.904Z'),
('01a204f3-cf49-725c-8122-567059c7688c', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf49-725c-8122-567059c7688c', 1, NULL, 'part', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}', 0, 'key:anna', '2026-11-22T20:30:16.904Z'),
('01a204f3-cf65-72d7-bad5-ee4be66b748e', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf48-7368-80d5-117036d95800', 2, '01a204f3-cf48-7368-80d5-117036d95800', 'greet', 'Says something', '[{"name":"who","description":"","required":true}]', 'Good day {{who}}', 0, 'key:anna', '2026-11-22T20:30:16.933Z');
INSERT INTO tool_variations_groups (id, project_id, kind, created_at) VALUES
('01a204f3-cf50-7318-87b3-acd0f6480cc5', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'toolset', '2026-11-22T20:30:16.911Z'),
('01a204f3-cf54-7111-b9b4-900cf3f582cb', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'toolset', '2026-11-22T20:30:16.915Z'),
('01a204f3-cf56-712d-bded-9d82a3ce95ea', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'global', '2026-11-22T20:30:16.917Z'),
('01a204f3-cf5a-70ed-aba3-a7f889c1c60c', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'toolset', '2026-11-22T20:30:16.923Z');
INSERT INTO tool_variations (id, group_id, tool_urn, name, title, summary, description, tags, read_only_hint, destructive_hint, idempotent_hint, open_world_hint, confirm, confirm_prompt, created_by, created_at, predecessor_id, version) VALUES
('01a204f3-cf55-7125-b103-966dd9774ded', '01a204f3-cf50-7318-87b3-acd0f6480cc5', 'tools:http:pets:list', NULL, 'own', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'key:anna', '2026-11-22T20:30:16.917Z', NULL, 1),
('01a204f3-cf56-712e-bb67-04771f7e6d0f', '01a204f3-cf56-712d-bded-9d82a3ce95ea', 'tools:http:pets:get', NULL, 'global', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'key:anna', '2026-11-22T20:30:16.917Z', NULL, 1),
('01a204f3-cf5b-717d-9665-d9eafba4e56d', '01a204f3-cf5a-70ed-aba3-a7f889c1c60c', 'tools:http:pets:list', NULL, 'own', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'key:anna', '2026-11-22T20:30:16.923Z', NULL, 1),
('01a204f3-cf65-72d9-bc8d-d672e467aa47', '01a204f3-cf56-712d-bded-9d82a3ce95ea', 'tools:http:pets:get', NULL, 'global again', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 'key:anna', '2026-11-22T20:30:16.933Z', '01a204f3-cf56-712e-bb67-04771f7e6d0f', 2);
INSERT INTO toolsets (id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id, tool_selection_mode, variations_group_id, default_environment_id, mcp_slug, mcp_enabled, mcp_is_public, created_by, created_at, updated_at, deleted_at, parent_toolset_id, editing_mode, predecessor_id, version, history_id, archived_at, staging_environment_id, pinned_deployment_id, pinned_addresses, grace_seconds, pinned_system_source_state_id, current_release_id, base_release_id) VALUES
('01a204f3-cf50-7317-8ed5-b666dd82bfd0', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets', 'Animals', 'All about pets', '', NULL, NULL, 'static', '01a204f3-cf50-7318-87b3-acd0f6480cc5', '01a204f3-cf46-7194-b9b1-b123d0f21b51', 'pets', 1, 0, 'key:anna', '2026-11-22T20:30:16.911Z', '2026-11-22T20:30:16.930Z', NULL, NULL, 'staging', '01a204f3-cf63-71ca-ab33-b0b0ee7b8274', 2, '01a204f3-cf50-7317-8ed5-b666dd82bfd0', NULL, NULL, NULL, 0, 0, NULL, '01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8', NULL),
('01a204f3-cf54-7110-baa8-e643d58102ff', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'shop', 'Pets', 'All about pets', '', NULL, NULL, 'static', '01a204f3-cf54-7111-b9b4-900cf3f582cb', NULL, 'shop', 1, 0, 'key:anna', '2026-11-22T20:30:16.915Z', '2026-11-22T20:30:16.915Z', NULL, NULL, 'iteration', NULL, 1, '01a204f3-cf54-7110-baa8-e643d58102ff', NULL, NULL, NULL, 0, 0, NULL, NULL, NULL),
('01a204f3-cf5a-70ec-b77d-547216082b1e', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets', 'Animals', 'All about pets', '', NULL, NULL, 'static', '01a204f3-cf5a-70ed-aba3-a7f889c1c60c', NULL, NULL, 0, 0, 'key:anna', '2026-11-22T20:30:16.921Z', '2026-11-22T20:30:16.927Z', NULL, '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 'staging', '01a204f3-cf5f-7019-9c71-4ef2b433d718', 2, '01a204f3-cf5a-70ec-b77d-547216082b1e', NULL, NULL, NULL, 0, 0, NULL, NULL, '01a204f3-cf6c-716a-8e95-f703c33bb54b'),
('01a204f3-cf5f-7019-9c71-4ef2b433d718', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets', 'Pets', 'All about pets', '', NULL, NULL, 'static', '01a204f3-cf5a-70ed-aba3-a7f889c1c60c', NULL, NULL, 0, 0, 'key:anna', '2026-11-22T20:30:16.921Z', '2026-11-22T20:30:16.921Z', NULL, NULL, 'staging', NULL, 1, '01a204f3-cf5a-70ec-b77d-547216082b1e', '2026-11-22T20:30:16.927Z', NULL, NULL, 0, 0, NULL, NULL, NULL),
('01a204f3-cf63-71ca-ab33-b0b0ee7b8274', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'pets', 'Pets', 'All about pets', '', NULL, NULL, 'static', '01a204f3-cf50-7318-87b3-acd0f6480cc5', NULL, NULL, 0, 0, 'key:anna', '2026-11-22T20:30:16.911Z', '2026-11-22T20:30:16.921Z', NULL, NULL, 'staging', NULL, 1, '01a204f3-cf50-7317-8ed5-b666dd82bfd0', '2026-11-22T20:30:16.930Z', NULL, NULL, 0, 0, NULL, NULL, NULL);
INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at) VALUES
('01a204f3-cf51-7145-ba5a-eec025cca674', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 1, NULL, 'key:anna', '2026-11-22T20:30:16.913Z'),
('01a204f3-cf54-7112-96ad-f6311055f058', '01a204f3-cf54-7110-baa8-e643d58102ff', 1, NULL, 'key:anna', '2026-11-22T20:30:16.915Z'),
('01a204f3-cf5b-717c-913f-f2ce59c28f18', '01a204f3-cf5a-70ec-b77d-547216082b1e', 1, NULL, 'key:anna', '2026-11-22T20:30:16.923Z'),
('01a204f3-cf70-7388-923a-e5cee55ea3c2', '01a204f3-cf5a-70ec-b77d-547216082b1e', 2, '01a204f3-cf5b-717c-913f-f2ce59c28f18', 'key:anna', '2026-11-22T20:30:16.944Z');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn, is_settled) VALUES
('01a204f3-cf51-7145-ba5a-eec025cca674', 0, 'tools:http:pets:list', 1),
('01a204f3-cf51-7145-ba5a-eec025cca674', 1, 'tools:http:pets:get', 1),
('01a204f3-cf54-7112-96ad-f6311055f058', 0, 'tools:http:pets:get', 1),
('01a204f3-cf5b-717c-913f-f2ce59c28f18', 0, 'tools:http:pets:list', 1),
('01a204f3-cf5b-717c-913f-f2ce59c28f18', 1, 'tools:http:pets:get', 1),
('01a204f3-cf70-7388-923a-e5cee55ea3c2', 0, 'tools:http:pets:list', 1),
('01a204f3-cf70-7388-923a-e5cee55ea3c2', 1, 'tools:http:pets:get', 1);
INSERT INTO toolset_version_prompts (toolset_version_id, position, prompt_name) VALUES
('01a204f3-cf51-7145-ba5a-eec025cca674', 0, 'greet'),
('01a204f3-cf5b-717c-913f-f2ce59c28f18', 0, 'greet'),
('01a204f3-cf70-7388-923a-e5cee55ea3c2', 0, 'part'),
('01a204f3-cf70-7388-923a-e5cee55ea3c2', 1, 'greet');
INSERT INTO audit_events (id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at) VALUES
('01a204f3-cf46-7193-903f-4307f36de2f2', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'system', 'project.create', 'project', 'acme', 'created', '2026-11-22T20:30:16.901Z'),
('01a204f3-cf47-70c5-bb12-b7512ce30947', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'environment.create', 'environment', 'production', 'created with PETS_KEY', '2026-11-22T20:30:16.903Z'),
('01a204f3-cf48-7369-90a1-2e6170ee0b33', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'prompt.create', 'prompt', 'greet', 'created', '2026-11-22T20:30:16.904Z'),
('01a204f3-cf49-725d-ac0f-4f09b8fa9f28', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'prompt.create', 'prompt', 'part', 'created', '2026-11-22T20:30:16.904Z'),
('01a204f3-cf4a-721a-970f-2e2127756204', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'asset.upload', 'asset', 'pets.json', 'sha256 8c9e0e086472a820ec74bda518638f7fcacc57f60d1083759dcec95de97ed683', '2026-11-22T20:30:16.905Z'),
('01a204f3-cf4b-70c2-be6d-728cfbbe6c57', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'deployment.create', 'deployment', '1', 'of pets', '2026-11-22T20:30:16.907Z'),
('01a204f3-cf52-7159-8173-d31e245f372e', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.create', 'toolset', 'pets', 'created with 2 tools', '2026-11-22T20:30:16.914Z'),
('01a204f3-cf54-7113-9cf0-4238dd74d2d5', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.create', 'toolset', 'shop', 'created with 1 tools', '2026-11-22T20:30:16.915Z'),
('01a204f3-cf55-7126-9ca5-8ce38bf3a461', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'variation.upsert', 'variation', 'tools:http:pets:list', 'in the toolset pets', '2026-11-22T20:30:16.917Z'),
('01a204f3-cf56-712f-9880-f269edf5b9cb', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'variation.upsert', 'variation', 'tools:http:pets:get', 'in the whole project', '2026-11-22T20:30:16.917Z'),
('01a204f3-cf5b-717e-bef5-1f9eeab687dd', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.switch_mode', 'toolset', 'pets', 'switched from iteration to staging mode', '2026-11-22T20:30:16.923Z'),
('01a204f3-cf60-7387-b59a-5f32bd17fa34', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.update', 'toolset', 'pets', 'set metadata in staging', '2026-11-22T20:30:16.927Z'),
('01a204f3-cf64-70f6-a86b-23681e41408c', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.publish', 'toolset', 'pets', 'published release 2', '2026-11-22T20:30:16.931Z'),
('01a204f3-cf65-72d8-978f-ba4134d9179e', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'prompt.update', 'prompt', 'greet', 'version 2', '2026-11-22T20:30:16.933Z'),
('01a204f3-cf66-721d-a1d5-7eed217fe387', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'variation.upsert', 'variation', 'tools:http:pets:get', 'in the whole project', '2026-11-22T20:30:16.934Z'),
('01a204f3-cf66-721f-a2c9-0fadfad21f14', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'asset.upload', 'asset', 'pets.json', 'sha256 4fa1c43e7bd79662d0231a68bf5a8624421e34bcb6b0edcfda567eb3f398b15f', '2026-11-22T20:30:16.934Z'),
('01a204f3-cf67-7102-898b-4598d4571eab', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'deployment.create', 'deployment', '2', 'of pets', '2026-11-22T20:30:16.934Z'),
('01a204f3-cf6c-716e-8257-0160f28bb459', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.publish', 'toolset', 'pets', 'published release 3', '2026-11-22T20:30:16.940Z'),
('01a204f3-cf6e-7389-8ad7-283c6945fc83', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.rollback', 'toolset', 'pets', 'rolled back from release 3 to release 2', '2026-11-22T20:30:16.941Z'),
('01a204f3-cf71-7136-bc68-62a703dd3e01', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', '01a204f3-cf45-7267-aa52-bce955ba8b2a', 'key:anna', 'toolset.update', 'toolset', 'pets', 'set 2 prompts in staging', '2026-11-22T20:30:16.944Z'),
('01a204f3-cf72-70e0-bbfa-cbae31056a7a', '01a204f3-cf45-7266-bf7d-40d5226d9d5d', NULL, 'key:anna', 'feature.set', 'feature', 'toolset_staging', 'turned on', '2026-11-22T20:30:16.946Z');
INSERT INTO tool_calls (id, project_id, toolset_id, view, tool_name, tool_urn, outcome, status, milliseconds, caller, created_at, release_id) VALUES
('019a0000-0000-7000-8000-000000000003', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 'live', 'list', 'tools:http:pets:list', 'ok', 200, 12, 'anna', '2026-11-22T20:30:16.911Z', '01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8');
INSERT INTO organization_features (organization_id, feature, is_on, updated_at) VALUES
('01a204f3-cf45-7266-bf7d-40d5226d9d5d', 'toolset_staging', 1, '2026-11-22T20:30:16.946Z');
INSERT INTO objects (digest, format, content) VALUES
('d6807f8cda6c6fb8ce62418f25ae2858a2f43a8a2471d364f7b6f1c38debca32', 1, X'7b22666f726d6174223a312c226b696e64223a22746f6f6c222c2275726e223a22746f6f6c733a687474703a706574733a6c697374222c22746f6f6c223a7b226e616d65223a226c697374222c227469746c65223a226f776e222c226465736372697074696f6e223a226c6973743a206669727374222c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d7d2c2274616773223a5b2270657473225d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d'),
('0051108508e5067b76501e710da93242b9f147805e3e6271054583956a9aea6d', 1, X'7b22666f726d6174223a312c226b696e64223a22746f6f6c222c2275726e223a22746f6f6c733a687474703a706574733a676574222c22746f6f6c223a7b226e616d65223a22676574222c227469746c65223a22676c6f62616c222c226465736372697074696f6e223a226765743a206669727374222c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d7d2c2274616773223a5b2270657473225d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d'),
('4afbdd3f21826b67ad51994cb9c1ea44c06f92ab51badabedcb85508147ca1c9', 1, X'7b22666f726d6174223a312c226b696e64223a2270726f6d7074222c226e616d65223a226772656574222c226465736372697074696f6e223a225361797320736f6d657468696e67222c22617267756d656e7473223a5b7b226e616d65223a2277686f222c226465736372697074696f6e223a22222c227265717569726564223a747275657d5d2c2274656d706c617465223a2248656c6c6f207b7b77686f7d7d227d'),
('33f8fadc9a73b7bcbe9808657db0a2fe305b3c9cac84bf2d97ebf18138bb2fc7', 1, X'7b22666f726d6174223a312c226b696e64223a2270616765222c22656e7472696573223a5b7b226e616d65223a226c697374222c2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226f626a656374223a2264363830376638636461366336666238636536323431386632356165323835386132663433613861323437316433363466376236663163333864656263613332227d2c7b226e616d65223a22676574222c2275726e223a22746f6f6c733a687474703a706574733a676574222c226f626a656374223a2230303531313038353038653530363762373635303165373130646139333234326239663134373830356533653632373130353435383339353661396165613664227d5d7d'),
('fd825b098d4c7adc4719213ff1acf8cefa722743ba06d2171a803718a822f16b', 1, X'7b22666f726d6174223a312c226b696e64223a2270616765222c22656e7472696573223a5b7b226e616d65223a226772656574222c2275726e223a22746f6f6c733a70726f6d70743a6772656574222c226f626a656374223a2234616662646433663231383236623637616435313939346362396331656134346330366639326162353162616461626564636238353530383134376361316339227d5d7d'),
('7624fd56614b394381b272d8c47d5b6abec715c424bcfedd7ebb78b676ed407b', 1, X'7b22666f726d6174223a312c226b696e64223a22746f6f6c222c2275726e223a22746f6f6c733a687474703a706574733a6c697374222c22746f6f6c223a7b226e616d65223a226c697374222c227469746c65223a226f776e222c226465736372697074696f6e223a226c6973743a207365636f6e64222c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d7d2c2274616773223a5b2270657473225d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d'),
('063925caa7e8e23bbabb59a731c8ee2cb66273f3cdbd9921ea582885624484c0', 1, X'7b22666f726d6174223a312c226b696e64223a22746f6f6c222c2275726e223a22746f6f6c733a687474703a706574733a676574222c22746f6f6c223a7b226e616d65223a22676574222c227469746c65223a22676c6f62616c20616761696e222c226465736372697074696f6e223a226765743a207365636f6e64222c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b227a223a7b226d6178696d756d223a312e35302c2274797065223a226e756d626572227d2c2261223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d7d2c2274616773223a5b2270657473225d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d'),
('f11bd11992e4aa33f62106de961627f4d2383da2a2cae69c398f8d4498224d6f', 1, X'7b22666f726d6174223a312c226b696e64223a2270726f6d7074222c226e616d65223a226772656574222c226465736372697074696f6e223a225361797320736f6d657468696e67222c22617267756d656e7473223a5b7b226e616d65223a2277686f222c226465736372697074696f6e223a22222c227265717569726564223a747275657d5d2c2274656d706c617465223a22476f6f6420646179207b7b77686f7d7d227d'),
('d650522111d09f7ac5d76a92db9cd43568730cf73b4ee05eff5b5b0d3c84b30b', 1, X'7b22666f726d6174223a312c226b696e64223a2270616765222c22656e7472696573223a5b7b226e616d65223a226c697374222c2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226f626a656374223a2237363234666435363631346233393433383162323732643863343764356236616265633731356334323462636665646437656262373862363736656434303762227d2c7b226e616d65223a22676574222c2275726e223a22746f6f6c733a687474703a706574733a676574222c226f626a656374223a2230363339323563616137653865323362626162623539613733316338656532636236363237336633636462643939323165613538323838353632343438346330227d5d7d'),
('84c78fb5efb6eced8173111bbb89c6759d45d7549fca770b5446e0c10e991f79', 1, X'7b22666f726d6174223a312c226b696e64223a2270616765222c22656e7472696573223a5b7b226e616d65223a226772656574222c2275726e223a22746f6f6c733a70726f6d70743a6772656574222c226f626a656374223a2266313162643131393932653461613333663632313036646539363136323766346432333833646132613263616536396333393866386434343938323234643666227d5d7d');
INSERT INTO object_references (object_digest, child_digest) VALUES
('33f8fadc9a73b7bcbe9808657db0a2fe305b3c9cac84bf2d97ebf18138bb2fc7', '0051108508e5067b76501e710da93242b9f147805e3e6271054583956a9aea6d'),
('33f8fadc9a73b7bcbe9808657db0a2fe305b3c9cac84bf2d97ebf18138bb2fc7', 'd6807f8cda6c6fb8ce62418f25ae2858a2f43a8a2471d364f7b6f1c38debca32'),
('fd825b098d4c7adc4719213ff1acf8cefa722743ba06d2171a803718a822f16b', '4afbdd3f21826b67ad51994cb9c1ea44c06f92ab51badabedcb85508147ca1c9'),
('d650522111d09f7ac5d76a92db9cd43568730cf73b4ee05eff5b5b0d3c84b30b', '063925caa7e8e23bbabb59a731c8ee2cb66273f3cdbd9921ea582885624484c0'),
('d650522111d09f7ac5d76a92db9cd43568730cf73b4ee05eff5b5b0d3c84b30b', '7624fd56614b394381b272d8c47d5b6abec715c424bcfedd7ebb78b676ed407b'),
('84c78fb5efb6eced8173111bbb89c6759d45d7549fca770b5446e0c10e991f79', 'f11bd11992e4aa33f62106de961627f4d2383da2a2cae69c398f8d4498224d6f');
INSERT INTO manifests (digest, format, content, created_at) VALUES
('0da27a7c9f71aa9bf91eb91d2699aea909883e23cb37a35947c35ea2c80c48e2', 1, X'7b22666f726d6174223a312c226d65746164617461223a7b226465736372697074696f6e223a22416c6c2061626f75742070657473222c22696e737472756374696f6e73223a22222c226e616d65223a2250657473227d2c2270726f6d70745f7061676573223a5b2266643832356230393864346337616463343731393231336666316163663863656661373232373433626130366432313731613830333731386138323266313662225d2c22746f6f6c5f636f756e74223a322c22746f6f6c5f7061676573223a5b2233336638666164633961373362376263626539383038363537646230613266653330356233633963616338346266326439376562663138313338626232666337225d2c227661726961626c6573223a5b5d7d', '2026-11-22T20:30:16.921Z'),
('3493674ccd914d7ac097a3fc15b53d166598d432622756dcdf38761848326872', 1, X'7b22666f726d6174223a312c226d65746164617461223a7b226465736372697074696f6e223a22416c6c2061626f75742070657473222c22696e737472756374696f6e73223a22222c226e616d65223a22416e696d616c73227d2c2270726f6d70745f7061676573223a5b2266643832356230393864346337616463343731393231336666316163663863656661373232373433626130366432313731613830333731386138323266313662225d2c22746f6f6c5f636f756e74223a322c22746f6f6c5f7061676573223a5b2233336638666164633961373362376263626539383038363537646230613266653330356233633963616338346266326439376562663138313338626232666337225d2c227661726961626c6573223a5b5d7d', '2026-11-22T20:30:16.930Z'),
('e97bcc0df285100f361f2c449d1abe54313f195be64cdbbecf938d062f0d266b', 1, X'7b22666f726d6174223a312c226d65746164617461223a7b226465736372697074696f6e223a22416c6c2061626f75742070657473222c22696e737472756374696f6e73223a22222c226e616d65223a22416e696d616c73227d2c2270726f6d70745f7061676573223a5b2238346337386662356566623665636564383137333131316262623839633637353964343564373534396663613737306235343436653063313065393931663739225d2c22746f6f6c5f636f756e74223a322c22746f6f6c5f7061676573223a5b2264363530353232313131643039663761633564373661393264623963643433353638373330636637336234656530356566663562356230643363383462333062225d2c227661726961626c6573223a5b5d7d', '2026-11-22T20:30:16.940Z');
INSERT INTO manifest_objects (manifest_digest, object_digest) VALUES
('0da27a7c9f71aa9bf91eb91d2699aea909883e23cb37a35947c35ea2c80c48e2', '33f8fadc9a73b7bcbe9808657db0a2fe305b3c9cac84bf2d97ebf18138bb2fc7'),
('0da27a7c9f71aa9bf91eb91d2699aea909883e23cb37a35947c35ea2c80c48e2', 'fd825b098d4c7adc4719213ff1acf8cefa722743ba06d2171a803718a822f16b'),
('3493674ccd914d7ac097a3fc15b53d166598d432622756dcdf38761848326872', '33f8fadc9a73b7bcbe9808657db0a2fe305b3c9cac84bf2d97ebf18138bb2fc7'),
('3493674ccd914d7ac097a3fc15b53d166598d432622756dcdf38761848326872', 'fd825b098d4c7adc4719213ff1acf8cefa722743ba06d2171a803718a822f16b'),
('e97bcc0df285100f361f2c449d1abe54313f195be64cdbbecf938d062f0d266b', '84c78fb5efb6eced8173111bbb89c6759d45d7549fca770b5446e0c10e991f79'),
('e97bcc0df285100f361f2c449d1abe54313f195be64cdbbecf938d062f0d266b', 'd650522111d09f7ac5d76a92db9cd43568730cf73b4ee05eff5b5b0d3c84b30b');
INSERT INTO system_source_states (id, project_id, created_at) VALUES
('01a204f3-cf59-72be-9c09-a7fc350d1bcd', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '2026-11-22T20:30:16.921Z'),
('01a204f3-cf6c-716b-adc1-31d454c98813', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '2026-11-22T20:30:16.940Z');
INSERT INTO system_source_state_prompts (system_source_state_id, prompt_template_id) VALUES
('01a204f3-cf59-72be-9c09-a7fc350d1bcd', '01a204f3-cf48-7368-80d5-117036d95800'),
('01a204f3-cf6c-716b-adc1-31d454c98813', '01a204f3-cf65-72d7-bad5-ee4be66b748e');
INSERT INTO source_states (id, project_id, deployment_id, system_source_state_id, created_at) VALUES
('01a204f3-cf59-72bf-8b2d-b5af22072ad9', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf4b-70c0-aade-11846f5c4c16', '01a204f3-cf59-72be-9c09-a7fc350d1bcd', '2026-11-22T20:30:16.921Z'),
('01a204f3-cf6c-716c-87ad-1ee166d9ca3a', '01a204f3-cf45-7267-aa52-bce955ba8b2a', '01a204f3-cf67-7101-bc9d-1bc8747166b5', '01a204f3-cf6c-716b-adc1-31d454c98813', '2026-11-22T20:30:16.940Z');
INSERT INTO tool_variations_group_versions (id, group_id, version, predecessor_id, created_at) VALUES
('01a204f3-cf5a-70ea-a8c5-7f4ae9b6f3ec', '01a204f3-cf56-712d-bded-9d82a3ce95ea', 1, NULL, '2026-11-22T20:30:16.921Z'),
('01a204f3-cf5a-70eb-811b-f54d7f9e3ec1', '01a204f3-cf50-7318-87b3-acd0f6480cc5', 1, NULL, '2026-11-22T20:30:16.921Z'),
('01a204f3-cf6c-716d-8d22-7753d27d4d32', '01a204f3-cf56-712d-bded-9d82a3ce95ea', 2, '01a204f3-cf5a-70ea-a8c5-7f4ae9b6f3ec', '2026-11-22T20:30:16.940Z');
INSERT INTO tool_variations_group_version_changes (group_version_id, variation_id) VALUES
('01a204f3-cf5a-70ea-a8c5-7f4ae9b6f3ec', '01a204f3-cf56-712e-bb67-04771f7e6d0f'),
('01a204f3-cf5a-70eb-811b-f54d7f9e3ec1', '01a204f3-cf55-7125-b103-966dd9774ded'),
('01a204f3-cf6c-716d-8d22-7753d27d4d32', '01a204f3-cf65-72d9-bc8d-d672e467aa47');
INSERT INTO toolset_releases (id, toolset_id, release_number, label, notes, manifest_digest, source_state_id, toolset_version_id, metadata_history_id, metadata_version, global_variations_version_id, own_variations_version_id, tool_count, released_by, created_at) VALUES
('01a204f3-cf59-72bd-a62c-a15636c7e4fe', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 1, NULL, 'Start of staging mode', '0da27a7c9f71aa9bf91eb91d2699aea909883e23cb37a35947c35ea2c80c48e2', '01a204f3-cf59-72bf-8b2d-b5af22072ad9', '01a204f3-cf51-7145-ba5a-eec025cca674', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 1, '01a204f3-cf5a-70ea-a8c5-7f4ae9b6f3ec', '01a204f3-cf5a-70eb-811b-f54d7f9e3ec1', 2, 'key:anna', '2026-11-22T20:30:16.921Z'),
('01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 2, NULL, 'second', '3493674ccd914d7ac097a3fc15b53d166598d432622756dcdf38761848326872', '01a204f3-cf59-72bf-8b2d-b5af22072ad9', '01a204f3-cf51-7145-ba5a-eec025cca674', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 2, '01a204f3-cf5a-70ea-a8c5-7f4ae9b6f3ec', '01a204f3-cf5a-70eb-811b-f54d7f9e3ec1', 2, 'key:anna', '2026-11-22T20:30:16.931Z'),
('01a204f3-cf6c-716a-8e95-f703c33bb54b', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 3, NULL, 'third', 'e97bcc0df285100f361f2c449d1abe54313f195be64cdbbecf938d062f0d266b', '01a204f3-cf6c-716c-87ad-1ee166d9ca3a', '01a204f3-cf51-7145-ba5a-eec025cca674', '01a204f3-cf50-7317-8ed5-b666dd82bfd0', 2, '01a204f3-cf6c-716d-8d22-7753d27d4d32', '01a204f3-cf5a-70eb-811b-f54d7f9e3ec1', 2, 'key:anna', '2026-11-22T20:30:16.940Z');
INSERT INTO activations (toolset_id, seq, release_id, previous_release_id, kind, actor, reason, created_at) VALUES
('01a204f3-cf50-7317-8ed5-b666dd82bfd0', 1, '01a204f3-cf59-72bd-a62c-a15636c7e4fe', NULL, 'publish', 'key:anna', 'Start of staging mode', '2026-11-22T20:30:16.921Z'),
('01a204f3-cf50-7317-8ed5-b666dd82bfd0', 2, '01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8', '01a204f3-cf59-72bd-a62c-a15636c7e4fe', 'publish', 'key:anna', 'second', '2026-11-22T20:30:16.931Z'),
('01a204f3-cf50-7317-8ed5-b666dd82bfd0', 3, '01a204f3-cf6c-716a-8e95-f703c33bb54b', '01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8', 'publish', 'key:anna', 'third', '2026-11-22T20:30:16.940Z'),
('01a204f3-cf50-7317-8ed5-b666dd82bfd0', 4, '01a204f3-cf63-71cb-bd6c-25d3f2a2f9b8', '01a204f3-cf6c-716a-8e95-f703c33bb54b', 'rollback', 'key:anna', 'it was broken', '2026-11-22T20:30:16.941Z');
