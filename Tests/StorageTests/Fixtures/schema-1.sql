-- A database of schema 1, the last one without staging and releases, with rows in every table. The tables are what
-- migration 1 made when it was released; this file is never edited.
CREATE TABLE schema_migrations (
    version INTEGER NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    applied_at TEXT NOT NULL
) STRICT;
INSERT INTO schema_migrations (version, name, applied_at)
VALUES (1, 'create projects and toolsets', '2026-09-01T08:00:00.000Z');

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

INSERT INTO organizations (id, slug, name, created_at)
VALUES ('019a8c00-03e8-7001-8001-000000001eef', 'default', 'Default', '2026-09-01T09:00:12.345Z');
INSERT INTO users (id, organization_id, email, name, created_at)
VALUES ('019a8c00-07d0-7002-8002-000000003dde', '019a8c00-03e8-7001-8001-000000001eef', 'anna@example.com', 'Anna Müller', '2026-09-01T09:00:12.345Z');
INSERT INTO projects (id, organization_id, slug, name, created_at)
VALUES ('019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-03e8-7001-8001-000000001eef', 'acme', 'Acme', '2026-09-01T09:00:12.345Z');
INSERT INTO projects (id, organization_id, slug, name, created_at)
VALUES ('019a8c00-0fa0-7004-8003-000000007bbc', '019a8c00-03e8-7001-8001-000000001eef', 'zoo', 'The Zoo''s project', '2026-09-02T09:00:12.345Z');
INSERT INTO api_keys (id, organization_id, project_id, name, prefix, hash, scopes, automation, created_by, created_at, revoked_at)
VALUES ('019a8c00-1388-7005-8004-000000009aab', '019a8c00-03e8-7001-8001-000000001eef', NULL, 'root', 'slw_root', '4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2', 'admin', 0, 'system', '2026-09-01T09:00:12.345Z', NULL);
INSERT INTO api_keys (id, organization_id, project_id, name, prefix, hash, scopes, automation, created_by, created_at, revoked_at)
VALUES ('019a8c00-1770-7006-8004-00000000b99a', '019a8c00-03e8-7001-8001-000000001eef', '019a8c00-0bb8-7003-8003-000000005ccd', 'ci', 'slw_ci', '1b158839f8aa339e89bb50b1603e90ec68e0fd5565fe10a7cb32729fddf7070a', 'publisher', 1, 'system', '2026-09-01T09:00:12.345Z', NULL);
INSERT INTO api_keys (id, organization_id, project_id, name, prefix, hash, scopes, automation, created_by, created_at, revoked_at)
VALUES ('019a8c00-1b58-7007-8004-00000000d889', '019a8c00-03e8-7001-8001-000000001eef', '019a8c00-0bb8-7003-8003-000000005ccd', 'old', 'slw_old', 'cba06b5736faf67e54b07b561eae94395e774c517a7d910a54369e1263ccfbd4', 'reader', 0, 'system', '2026-09-01T09:00:12.345Z', '2026-09-03T09:00:12.345Z');
INSERT INTO idempotency_keys (scope, key, request_digest, state, response, created_at)
VALUES ('key:ci/toolsets.create', '7f3a', '1f58b9145b24d108d7ac38887338b3ea3229833b9c1e418250343f907bfd1047', 'done', X'017365616c656400616e73776572', '2026-09-04T09:00:12.345Z');
INSERT INTO server_state (name, value)
VALUES ('public_url', 'https://tools.example.com');
INSERT INTO asset_contents (sha256, content)
VALUES ('ae9e47cb9fca28b10157c4c01074f1956a2e9728a0757e81787f073abe6ac4e3', X'7b226f70656e617069223a22332e312e30222c22696e666f223a7b227469746c65223a2250657473222c2276657273696f6e223a2231227d7d');
INSERT INTO assets (id, project_id, name, kind, sha256, content_type, content_length, created_by, created_at)
VALUES ('019a8c00-1f40-7008-8005-00000000f778', '019a8c00-0bb8-7003-8003-000000005ccd', 'pets-1.json', 'openapi', 'ae9e47cb9fca28b10157c4c01074f1956a2e9728a0757e81787f073abe6ac4e3', 'application/json', 57, 'key:ci', '2026-09-03T09:00:12.345Z');
INSERT INTO asset_contents (sha256, content)
VALUES ('ecf1f9da7c56968180839cecb05370b798ca60fbff46959e934c532dac886fed', X'7b226f70656e617069223a22332e312e30222c22696e666f223a7b227469746c65223a2250657473222c2276657273696f6e223a2232227d7d');
INSERT INTO assets (id, project_id, name, kind, sha256, content_type, content_length, created_by, created_at)
VALUES ('019a8c00-2328-7009-8005-000000011667', '019a8c00-0bb8-7003-8003-000000005ccd', 'pets-2.json', 'openapi', 'ecf1f9da7c56968180839cecb05370b798ca60fbff46959e934c532dac886fed', 'application/json', 57, 'key:ci', '2026-09-04T09:00:12.345Z');
INSERT INTO sources (id, project_id, slug, kind, created_at)
VALUES ('019a8c00-2710-700a-8006-000000013556', '019a8c00-0bb8-7003-8003-000000005ccd', 'pets', 'openapi', '2026-09-03T09:00:12.345Z');
INSERT INTO tool_definitions (digest, content)
VALUES ('3bfe92b5314874627b3c055b8fc6d4c2dddf1ac515e0c4609e0be8ca56d51b5b', X'7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a224c697374732074686520706574732e222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b226c696d6974223a7b2274797065223a22696e7465676572222c226d6178696d756d223a3130307d2c226166746572223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d2f7631222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d');
INSERT INTO tool_definitions (digest, content)
VALUES ('f8b0dbdcb6c690115ed1c068ef73a6f96acbc0a64e42f67c26b6eaf6203fd56e', X'7b2275726e223a22746f6f6c733a687474703a706574733a676574222c226465736372697074696f6e223a2247657473206f6e65207065742e222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b226c696d6974223a7b2274797065223a22696e7465676572222c226d6178696d756d223a3130307d2c226166746572223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d2f7631222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f676574227d7d');
INSERT INTO tool_definitions (digest, content)
VALUES ('f323120a04beb820760a6316ab4eb0fcbca5d611e4a6326a31aed4b4b54c298b', X'7b2275726e223a22746f6f6c733a687474703a706574733a6c697374222c226465736372697074696f6e223a224c6973747320616c6c20706574732e222c2274616773223a5b2270657473225d2c22696e707574536368656d61223a7b2274797065223a226f626a656374222c2270726f70657274696573223a7b226c696d6974223a7b2274797065223a22696e7465676572222c226d6178696d756d223a3130307d2c226166746572223a7b2274797065223a22737472696e67227d7d7d2c22616e6e6f746174696f6e73223a7b22726561644f6e6c7948696e74223a747275652c226964656d706f74656e7448696e74223a747275652c226f70656e576f726c6448696e74223a747275657d2c2263616c6c223a7b226d6574686f64223a22474554222c22736572766572223a2268747470733a2f2f6170692e6578616d706c652e636f6d2f7631222c227365727665725661726961626c65223a22504554535f5345525645525f55524c222c2270617468223a222f6c697374227d7d');
INSERT INTO source_compilations (id, source_id, sha256, compiler_version, tool_count, error_count, warning_count, created_at)
VALUES ('019a8c00-2af8-700b-8007-000000015445', '019a8c00-2710-700a-8006-000000013556', 'ae9e47cb9fca28b10157c4c01074f1956a2e9728a0757e81787f073abe6ac4e3', 1, 2, 0, 1, '2026-09-03T09:00:12.345Z');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
VALUES ('019a8c00-2af8-700b-8007-000000015445', 0, 'tools:http:pets:list', 'GET /list', '3bfe92b5314874627b3c055b8fc6d4c2dddf1ac515e0c4609e0be8ca56d51b5b');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
VALUES ('019a8c00-2af8-700b-8007-000000015445', 1, 'tools:http:pets:get', 'GET /get', 'f8b0dbdcb6c690115ed1c068ef73a6f96acbc0a64e42f67c26b6eaf6203fd56e');
INSERT INTO compilation_diagnostics (compilation_id, position, severity, code, message, pointer, line, column_number)
VALUES ('019a8c00-2af8-700b-8007-000000015445', 0, 'warning', 'no_description', 'The operation has no description.', '/paths/~1list/get', 12, 5);
INSERT INTO source_compilations (id, source_id, sha256, compiler_version, tool_count, error_count, warning_count, created_at)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', '019a8c00-2710-700a-8006-000000013556', 'ecf1f9da7c56968180839cecb05370b798ca60fbff46959e934c532dac886fed', 1, 2, 1, 1, '2026-09-04T09:00:12.345Z');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', 0, 'tools:http:pets:list', 'GET /list', 'f323120a04beb820760a6316ab4eb0fcbca5d611e4a6326a31aed4b4b54c298b');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', 1, 'tools:http:pets:get', 'GET /get', 'f8b0dbdcb6c690115ed1c068ef73a6f96acbc0a64e42f67c26b6eaf6203fd56e');
INSERT INTO compilation_tools (compilation_id, position, urn, operation, definition_digest)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', 2, 'tools:http:pets:feed', 'POST /feed', NULL);
INSERT INTO compilation_diagnostics (compilation_id, position, severity, code, message, pointer, line, column_number)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', 0, 'warning', 'no_description', 'The operation has no description.', '/paths/~1list/get', 12, 5);
INSERT INTO compilation_diagnostics (compilation_id, position, severity, code, message, pointer, line, column_number)
VALUES ('019a8c00-2ee0-700c-8007-000000017334', 1, 'error', 'unresolved_reference', 'Nothing stands at #/components/x.', '/paths/~1feed/post', NULL, NULL);
INSERT INTO deployments (id, project_id, seq, status, created_by, created_at, completed_at)
VALUES ('019a8c00-32c8-700d-8008-000000019223', '019a8c00-0bb8-7003-8003-000000005ccd', 1, 'completed', 'key:ci', '2026-09-03T09:01:12.345Z', '2026-09-03T10:00:12.345Z');
INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, compilation_id)
VALUES ('019a8c00-32c8-700d-8008-000000019223', '019a8c00-2710-700a-8006-000000013556', 0, '019a8c00-1f40-7008-8005-00000000f778', '019a8c00-2af8-700b-8007-000000015445');
INSERT INTO deployment_logs (deployment_id, position, level, message, created_at)
VALUES ('019a8c00-32c8-700d-8008-000000019223', 0, 'info', 'pets: 2 tools', '2026-09-03T10:00:12.345Z');
INSERT INTO deployments (id, project_id, seq, status, created_by, created_at, completed_at)
VALUES ('019a8c00-36b0-700e-8008-00000001b112', '019a8c00-0bb8-7003-8003-000000005ccd', 2, 'failed', 'key:ci', '2026-09-03T09:02:12.345Z', '2026-09-04T10:00:12.345Z');
INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, compilation_id)
VALUES ('019a8c00-36b0-700e-8008-00000001b112', '019a8c00-2710-700a-8006-000000013556', 0, '019a8c00-2328-7009-8005-000000011667', NULL);
INSERT INTO deployment_logs (deployment_id, position, level, message, code, source_slug, line, column_number, created_at)
VALUES ('019a8c00-36b0-700e-8008-00000001b112', 0, 'error', 'pets: the document is cut off', 'malformed', 'pets', 4, 1, '2026-09-04T10:00:12.345Z');
INSERT INTO deployments (id, project_id, seq, status, created_by, created_at, completed_at)
VALUES ('019a8c00-3a98-700f-8008-00000001d001', '019a8c00-0bb8-7003-8003-000000005ccd', 3, 'completed', 'key:ci', '2026-09-04T09:03:12.345Z', '2026-09-04T11:00:12.345Z');
INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, compilation_id)
VALUES ('019a8c00-3a98-700f-8008-00000001d001', '019a8c00-2710-700a-8006-000000013556', 0, '019a8c00-2328-7009-8005-000000011667', '019a8c00-2ee0-700c-8007-000000017334');
INSERT INTO deployment_logs (deployment_id, position, level, message, created_at)
VALUES ('019a8c00-3a98-700f-8008-00000001d001', 0, 'info', 'pets: 2 tools', '2026-09-04T11:00:12.345Z');
INSERT INTO deployments (id, project_id, seq, status, created_by, created_at, completed_at)
VALUES ('019a8c00-3e80-7010-8008-00000001eef0', '019a8c00-0bb8-7003-8003-000000005ccd', 4, 'pending', 'key:ci', '2026-09-04T09:04:12.345Z', NULL);
INSERT INTO deployment_sources (deployment_id, source_id, position, asset_id, compilation_id)
VALUES ('019a8c00-3e80-7010-8008-00000001eef0', '019a8c00-2710-700a-8006-000000013556', 0, '019a8c00-1f40-7008-8005-00000000f778', NULL);
INSERT INTO environments (id, project_id, slug, name, version, created_at, updated_at)
VALUES ('019a8c00-4268-7011-8009-000000020ddf', '019a8c00-0bb8-7003-8003-000000005ccd', 'production', 'Production', 2, '2026-09-05T09:00:12.345Z', '2026-09-06T09:00:12.345Z');
INSERT INTO environment_entries (environment_id, name, sealed_value, is_secret, updated_at)
VALUES ('019a8c00-4268-7011-8009-000000020ddf', 'PETS_TOKEN', X'01ab8e18ef4ebebeddc0b3152ce9c9006e14fc05242e3fc9ce32246ea6a9543074', 1, '2026-09-06T09:00:12.345Z');
INSERT INTO environments (id, project_id, slug, name, version, created_at, updated_at)
VALUES ('019a8c00-4650-7012-8009-000000022cce', '019a8c00-0bb8-7003-8003-000000005ccd', 'trial', 'Trial', 2, '2026-09-05T09:00:12.345Z', '2026-09-06T09:00:12.345Z');
INSERT INTO environment_entries (environment_id, name, sealed_value, is_secret, updated_at)
VALUES ('019a8c00-4650-7012-8009-000000022cce', 'PETS_TOKEN', X'0179891e980747ffbd21e690297394efe764fa56d7e37750f800879fbb2d34571a', 1, '2026-09-06T09:00:12.345Z');
INSERT INTO environment_entries (environment_id, name, sealed_value, is_secret, updated_at)
VALUES ('019a8c00-4268-7011-8009-000000020ddf', 'PETS_SERVER_URL', X'0175726c', 0, '2026-09-05T09:00:12.345Z');
INSERT INTO prompt_templates (id, project_id, history_id, version, predecessor_id, name, description, arguments, template, is_deleted, created_by, created_at)
VALUES ('019a8c00-4a38-7013-800a-000000024bbd', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-4a38-7013-800a-000000024bbd', 1, NULL, 'greet', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}, version 1', 0, 'key:root', '2026-09-06T09:00:12.345Z');
INSERT INTO prompt_templates (id, project_id, history_id, version, predecessor_id, name, description, arguments, template, is_deleted, created_by, created_at)
VALUES ('019a8c00-5208-7015-800a-00000002899b', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-4a38-7013-800a-000000024bbd', 2, '019a8c00-4a38-7013-800a-000000024bbd', 'greet', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}, version 2', 0, 'key:root', '2026-09-07T09:00:12.345Z');
INSERT INTO prompt_templates (id, project_id, history_id, version, predecessor_id, name, description, arguments, template, is_deleted, created_by, created_at)
VALUES ('019a8c00-4e20-7014-800a-000000026aac', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-4e20-7014-800a-000000026aac', 1, NULL, 'farewell', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}, version 1', 0, 'key:root', '2026-09-06T09:00:12.345Z');
INSERT INTO prompt_templates (id, project_id, history_id, version, predecessor_id, name, description, arguments, template, is_deleted, created_by, created_at)
VALUES ('019a8c00-55f0-7016-800a-00000002a88a', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-4e20-7014-800a-000000026aac', 2, '019a8c00-4e20-7014-800a-000000026aac', 'farewell', 'Says something', '[{"name":"who","description":"","required":true}]', 'Hello {{who}}, version 2', 1, 'key:root', '2026-09-07T09:00:12.345Z');
INSERT INTO tool_variations_groups (id, project_id, kind, created_at)
VALUES ('019a8c00-59d8-7017-800b-00000002c779', '019a8c00-0bb8-7003-8003-000000005ccd', 'global', '2026-09-06T09:00:12.345Z');
INSERT INTO tool_variations_groups (id, project_id, kind, created_at)
VALUES ('019a8c00-5dc0-7018-800b-00000002e668', '019a8c00-0bb8-7003-8003-000000005ccd', 'toolset', '2026-09-06T09:00:12.345Z');
INSERT INTO tool_variations_groups (id, project_id, kind, created_at)
VALUES ('019a8c00-61a8-7019-800b-000000030557', '019a8c00-0bb8-7003-8003-000000005ccd', 'toolset', '2026-09-06T09:00:12.345Z');
INSERT INTO tool_variations (id, group_id, tool_urn, name, title, summary, description, tags, read_only_hint, destructive_hint, idempotent_hint, open_world_hint, confirm, confirm_prompt, created_by, created_at)
VALUES ('019a8c00-6590-701a-800c-000000032446', '019a8c00-59d8-7017-800b-00000002c779', 'tools:http:pets:list', NULL, NULL, 'All of them', NULL, '["animals","pets"]', NULL, NULL, NULL, NULL, NULL, NULL, 'key:root', '2026-09-07T09:00:12.345Z');
INSERT INTO tool_variations (id, group_id, tool_urn, name, title, summary, description, tags, read_only_hint, destructive_hint, idempotent_hint, open_world_hint, confirm, confirm_prompt, created_by, created_at)
VALUES ('019a8c00-6978-701b-800c-000000034335', '019a8c00-59d8-7017-800b-00000002c779', 'tools:http:pets:get', NULL, NULL, NULL, NULL, NULL, 1, NULL, NULL, 0, NULL, NULL, 'key:root', '2026-09-07T09:00:12.345Z');
INSERT INTO tool_variations (id, group_id, tool_urn, name, title, summary, description, tags, read_only_hint, destructive_hint, idempotent_hint, open_world_hint, confirm, confirm_prompt, created_by, created_at)
VALUES ('019a8c00-6d60-701c-800c-000000036224', '019a8c00-5dc0-7018-800b-00000002e668', 'tools:http:pets:list', 'list_pets', 'List the pets', NULL, 'Lists them.', NULL, NULL, 0, 1, NULL, 'always', 'Really?', 'key:root', '2026-09-07T09:00:12.345Z');
INSERT INTO toolsets (id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id, tool_selection_mode, variations_group_id, default_environment_id, mcp_slug, mcp_enabled, mcp_is_public, created_by, created_at, updated_at, deleted_at)
VALUES ('019a8c00-7148-701d-800d-000000038113', '019a8c00-0bb8-7003-8003-000000005ccd', 'pets', 'Pets', 'All about pets', 'Ask first.', 'https://example.com/docs', '019a8c00-1f40-7008-8005-00000000f778', 'static', '019a8c00-5dc0-7018-800b-00000002e668', '019a8c00-4268-7011-8009-000000020ddf', 'pets', 1, 1, 'key:root', '2026-09-07T09:00:12.345Z', '2026-09-08T09:00:12.345Z', NULL);
INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at)
VALUES ('019a8c00-7530-701e-800e-00000003a002', '019a8c00-7148-701d-800d-000000038113', 1, NULL, 'key:root', '2026-09-08T09:00:12.345Z');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-7530-701e-800e-00000003a002', 0, 'tools:http:pets:get');
INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at)
VALUES ('019a8c00-7918-701f-800e-00000003bef1', '019a8c00-7148-701d-800d-000000038113', 2, '019a8c00-7530-701e-800e-00000003a002', 'key:root', '2026-09-09T09:00:12.345Z');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-7918-701f-800e-00000003bef1', 0, 'tools:http:pets:list');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-7918-701f-800e-00000003bef1', 1, 'tools:http:pets:get');
INSERT INTO toolset_version_prompts (toolset_version_id, position, prompt_name)
VALUES ('019a8c00-7918-701f-800e-00000003bef1', 0, 'greet');
INSERT INTO toolsets (id, project_id, slug, name, description, instructions, documentation_url, logo_asset_id, tool_selection_mode, variations_group_id, default_environment_id, mcp_slug, mcp_enabled, mcp_is_public, created_by, created_at, updated_at, deleted_at)
VALUES ('019a8c00-7d00-7020-800d-00000003dde0', '019a8c00-0bb8-7003-8003-000000005ccd', 'gone', 'Gone', 'All about pets', 'Ask first.', NULL, NULL, 'static', '019a8c00-61a8-7019-800b-000000030557', NULL, 'gone', 1, 0, 'key:root', '2026-09-07T09:00:12.345Z', '2026-09-08T09:00:12.345Z', '2026-09-09T09:00:12.345Z');
INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at)
VALUES ('019a8c00-80e8-7021-800e-00000003fccf', '019a8c00-7d00-7020-800d-00000003dde0', 1, NULL, 'key:root', '2026-09-08T09:00:12.345Z');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-80e8-7021-800e-00000003fccf', 0, 'tools:http:pets:get');
INSERT INTO toolset_versions (id, toolset_id, version, predecessor_id, created_by, created_at)
VALUES ('019a8c00-84d0-7022-800e-000000041bbe', '019a8c00-7d00-7020-800d-00000003dde0', 2, '019a8c00-80e8-7021-800e-00000003fccf', 'key:root', '2026-09-09T09:00:12.345Z');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-84d0-7022-800e-000000041bbe', 0, 'tools:http:pets:list');
INSERT INTO toolset_version_tools (toolset_version_id, position, tool_urn)
VALUES ('019a8c00-84d0-7022-800e-000000041bbe', 1, 'tools:http:pets:get');
INSERT INTO toolset_version_prompts (toolset_version_id, position, prompt_name)
VALUES ('019a8c00-84d0-7022-800e-000000041bbe', 0, 'greet');
INSERT INTO audit_events (id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at)
VALUES ('019a8c00-88b8-7023-800f-000000043aad', '019a8c00-03e8-7001-8001-000000001eef', '019a8c00-0bb8-7003-8003-000000005ccd', 'key:root', 'toolset.create', 'toolset', 'pets', 'created with 1 tools', '2026-09-07T09:00:12.345Z');
INSERT INTO audit_events (id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at)
VALUES ('019a8c00-8ca0-7024-800f-00000004599c', '019a8c00-03e8-7001-8001-000000001eef', '019a8c00-0bb8-7003-8003-000000005ccd', 'key:root', 'variation.upsert', 'variation', 'pets', 'created with 1 tools', '2026-09-07T09:00:12.345Z');
INSERT INTO audit_events (id, organization_id, project_id, actor, action, subject, subject_name, summary, created_at)
VALUES ('019a8c00-9088-7025-800f-00000004788b', '019a8c00-03e8-7001-8001-000000001eef', NULL, 'system', 'key.create', 'key', 'root', 'created', '2026-09-01T09:00:12.345Z');
INSERT INTO tool_calls (id, project_id, toolset_id, view, tool_name, tool_urn, outcome, status, milliseconds, caller, created_at)
VALUES ('019a8c00-9470-7026-8010-00000004977a', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-7148-701d-800d-000000038113', 'live', 'list_pets', 'tools:http:pets:list', 'ok', 200, 41, 'ci', '2026-09-10T09:00:12.345Z');
INSERT INTO tool_calls (id, project_id, toolset_id, view, tool_name, tool_urn, outcome, status, milliseconds, caller, created_at)
VALUES ('019a8c00-9858-7027-8010-00000004b669', '019a8c00-0bb8-7003-8003-000000005ccd', '019a8c00-7148-701d-800d-000000038113', 'live', 'list_pets', 'tools:http:pets:list', 'refused', NULL, 41, NULL, '2026-09-10T09:00:12.345Z');
