import Persistence

extension Migrations {
    /// People who sign in to the pages: roles, the addresses by which they come in, sessions.
    static let addSignIn = Migration(
        version: 6,
        name: "add sign-in",
        script: """
            ALTER TABLE users ADD COLUMN role TEXT NOT NULL DEFAULT 'reader'
                CHECK (role IN ('reader', 'producer', 'publisher', 'admin'));
            -- The first sign-in; null while somebody is invited only.
            ALTER TABLE users ADD COLUMN joined_at TEXT;
            ALTER TABLE users ADD COLUMN removed_at TEXT;

            -- Addresses by which one person signs in once. The secret is kept as its hash.
            CREATE TABLE sign_in_links (
                hash TEXT NOT NULL PRIMARY KEY,
                -- Null for the first member, who says who they are.
                user_id TEXT REFERENCES users (id) ON DELETE RESTRICT,
                role TEXT NOT NULL,
                created_by TEXT NOT NULL,
                created_at TEXT NOT NULL,
                expires_at TEXT NOT NULL,
                used_at TEXT
            ) STRICT;
            CREATE INDEX sign_in_links_by_user ON sign_in_links (user_id);

            -- Browsers that are signed in. The secret of the cookie is kept as its hash.
            CREATE TABLE sessions (
                id TEXT NOT NULL PRIMARY KEY,
                hash TEXT NOT NULL UNIQUE,
                user_id TEXT REFERENCES users (id) ON DELETE RESTRICT,
                api_key_id TEXT REFERENCES api_keys (id) ON DELETE RESTRICT,
                created_at TEXT NOT NULL,
                expires_at TEXT NOT NULL,
                CHECK ((user_id IS NULL) <> (api_key_id IS NULL))
            ) STRICT;
            CREATE INDEX sessions_by_user ON sessions (user_id);
            CREATE INDEX sessions_by_key ON sessions (api_key_id);
            CREATE INDEX sessions_by_expiry ON sessions (expires_at);
            """
    )
}
