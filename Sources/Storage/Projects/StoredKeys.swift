package import Accounts
package import Persistence
package import Projects
package import Vocabulary

/// API keys in the database, by the hash of their secret.
package struct StoredKeys: KeyStore {
    private let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func createKey(
        name: String,
        secret: KeySecret,
        scopes: [Scope],
        project: ID<Project>?,
        isAutomation: Bool,
        by actor: Actor
    ) async throws -> APIKey {
        try await database.write { connection in
            let id = ID<APIKey>.make()
            try connection.execute(
                """
                INSERT INTO api_keys (
                    id, organization_id, project_id, name, prefix, hash, scopes, automation, created_by, created_at
                )
                SELECT \(id), id, \(project), \(name), \(secret.prefix), \(secret.hash),
                    \(scopes.map(\.rawValue).joined(separator: " ")), \(isAutomation), \(actor.name), \(Timestamp.now())
                FROM organizations ORDER BY created_at LIMIT 1
                """
            )
            try connection.audit(
                actor,
                "key.create",
                "key",
                named: name,
                in: project,
                "created with the scopes \(scopes.map(\.rawValue).joined(separator: ", "))"
            )
            return try connection.key(id)
        }
    }

    package func key(withHash hash: String) async throws -> APIKey? {
        try await database.read { connection in
            try connection.first("SELECT * FROM api_keys WHERE hash = \(hash)").map(APIKey.init)
        }
    }

    package func key(_ id: ID<APIKey>) async throws -> APIKey? {
        try await database.read { try $0.first("SELECT * FROM api_keys WHERE id = \(id)").map(APIKey.init) }
    }

    package func noteUses(_ uses: [ID<APIKey>: Timestamp]) async throws {
        try await database.append { connection in
            for (key, time) in uses {
                try connection.execute(
                    """
                    INSERT INTO key_uses (key_id, used_at) SELECT id, \(time) FROM api_keys WHERE id = \(key)
                    ON CONFLICT (key_id) DO UPDATE SET used_at = excluded.used_at WHERE used_at < excluded.used_at
                    """
                )
            }
        }
    }

    package func keys(of project: ID<Project>?, _ page: PageRequest) async throws -> Page<APIKey> {
        let own: SQL = project.map { "AND k.project_id = \($0)" } ?? ""
        return try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT k.*, u.used_at FROM api_keys k LEFT JOIN key_uses u ON u.key_id = k.id
                WHERE k.id > \(page.cursor ?? "") \(own)
                ORDER BY k.id LIMIT \(page.limit + 1)
                """
            ).map { try APIKey(row: $0, lastUsedAt: try $0.optionalTimestamp("used_at")) }
            return Page(fetched: rows, request: page, cursor: \.id.text)
        }
    }

    package func hasAdminKey() async throws -> Bool {
        try await database.read { try !$0.adminKeys().isEmpty }
    }

    package func validKeys(named name: String) async throws -> [APIKey] {
        try await database.read { connection in
            try connection.query("SELECT * FROM api_keys WHERE name = \(name) AND revoked_at IS NULL").map(APIKey.init)
        }
    }

    package func revokeKey(_ id: ID<APIKey>, by actor: Actor) async throws -> APIKey {
        try await database.write { connection in
            let key = try connection.key(id)
            guard key.revokedAt == nil else { return key }
            if key.allows(.admin), key.projectID == nil {
                guard try connection.adminKeys().contains(where: { $0.id != id }) else {
                    throw Problem(
                        .inUse,
                        "\"\(key.name)\" is the last admin key; make another one before you revoke it."
                    )
                }
            }
            try connection.execute("UPDATE api_keys SET revoked_at = \(Timestamp.now()) WHERE id = \(id)")
            try connection.audit(actor, "key.revoke", "key", named: key.name, in: key.projectID, "revoked")
            return try connection.key(id)
        }
    }
}

extension Connection {
    /// The valid admin keys of the whole organization.
    fileprivate func adminKeys() throws -> [APIKey] {
        try query("SELECT * FROM api_keys WHERE revoked_at IS NULL AND project_id IS NULL")
            .map(APIKey.init).filter { $0.allows(.admin) }
    }

    fileprivate func key(_ id: ID<APIKey>) throws -> APIKey {
        guard let row = try first("SELECT * FROM api_keys WHERE id = \(id)") else {
            throw Problem(.notFound, "There is no key with the id \(id); keys.list names those there are.")
        }
        return try APIKey(row: row)
    }
}

extension APIKey {
    init(row: Row) throws { try self.init(row: row, lastUsedAt: nil) }

    fileprivate init(row: Row, lastUsedAt: Timestamp?) throws {
        self.init(
            id: try row.id("id"),
            organizationID: try row.id("organization_id"),
            projectID: try row.optionalID("project_id"),
            name: try row.text("name"),
            prefix: try row.text("prefix"),
            scopes: try row.text("scopes").split(separator: " ").compactMap { Scope(rawValue: String($0)) },
            isAutomation: try row.bool("automation"),
            createdAt: try row.timestamp("created_at"),
            revokedAt: try row.optionalTimestamp("revoked_at"),
            lastUsedAt: lastUsedAt
        )
    }
}
