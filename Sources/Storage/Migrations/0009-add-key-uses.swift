import Persistence

extension Migrations {
    /// When each key was last used: a table of its own, since it is written behind the requests and no cache holds it.
    static let addKeyUses = Migration(
        version: 9,
        name: "add key uses",
        script: """
            CREATE TABLE key_uses (
                key_id TEXT NOT NULL PRIMARY KEY REFERENCES api_keys (id) ON DELETE CASCADE,
                used_at TEXT NOT NULL
            ) STRICT;

            """
    )
}
