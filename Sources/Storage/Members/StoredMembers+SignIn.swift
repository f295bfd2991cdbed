package import Accounts
import Persistence
package import Projects
package import Vocabulary

extension StoredMembers {
    package func createSignInLink(
        _ secret: KeySecret,
        for member: ID<Member>?,
        role: Scope,
        expiresAt: Timestamp,
        by actor: Actor
    ) async throws {
        try await database.write { connection in
            let name = try member.map { try connection.member($0).name } ?? "the first member"
            let now = Timestamp.now()
            // The newest address of somebody is the only one that works.
            if let member {
                try connection.execute(
                    "UPDATE sign_in_links SET used_at = \(now) WHERE user_id = \(member) AND used_at IS NULL"
                )
            } else {
                try connection.execute("DELETE FROM sign_in_links WHERE user_id IS NULL AND used_at IS NULL")
            }
            try connection.execute(
                """
                INSERT INTO sign_in_links (hash, user_id, role, created_by, created_at, expires_at)
                VALUES (\(secret.hash), \(member), \(role.rawValue), \(actor.name), \(now), \(expiresAt))
                """
            )
            try connection.audit(
                actor,
                "member.create_sign_in_link",
                "member",
                named: name,
                in: nil,
                "made an address to sign in by once"
            )
        }
    }

    package func signInLink(withHash hash: String) async throws -> SignInLink? {
        try await database.read { try $0.signInLink(withHash: hash) }
    }

    package func signIn(
        withHash hash: String,
        name: String?,
        email: String?,
        session: NewSession
    ) async throws -> Session {
        try await database.write { connection in
            let now = Timestamp.now()
            guard let link = try connection.signInLink(withHash: hash), link.usedAt == nil, link.expiresAt > now else {
                throw Problem(
                    .notFound,
                    "This sign-in address was used before or has expired; ask an admin for a new one (slipway sign-in)."
                )
            }
            let id: ID<Member>
            if let member = link.member {
                id = member.id
                if let name {
                    try connection.requireFreeName(name, otherThan: id)
                    try connection.execute("UPDATE users SET name = \(name) WHERE id = \(id)")
                }
            } else {
                id = try connection.makeMember(email: email ?? "", name: name ?? "", role: link.role)
            }
            try connection.execute("UPDATE sign_in_links SET used_at = \(now) WHERE hash = \(hash)")
            try connection.execute(
                "UPDATE users SET joined_at = \(now) WHERE id = \(id) AND joined_at IS NULL"
            )
            let member = try connection.member(id)
            return try connection.beginSession(session, of: .person(member))
        }
    }

    package func signIn(with key: APIKey, session: NewSession) async throws -> Session {
        try await database.write { try $0.beginSession(session, of: .key(key)) }
    }

    package func session(withHash hash: String) async throws -> Session? {
        try await database.read { connection in
            guard let row = try connection.first("SELECT * FROM sessions WHERE hash = \(hash)"),
                let caller = try connection.caller(of: row)
            else { return nil }
            return try Session(row: row, caller: caller)
        }
    }

    package func endSession(_ id: ID<Session>) async throws {
        try await database.write { connection in
            guard let row = try connection.first("SELECT * FROM sessions WHERE id = \(id)") else { return }
            try connection.execute("DELETE FROM sessions WHERE id = \(id)")
            guard let caller = try connection.caller(of: row) else { return }
            try connection.audit(
                caller.actor,
                "member.sign_out",
                "member",
                named: caller.actor.name,
                in: nil,
                "signed out"
            )
        }
    }

    package func endSessions(of caller: Caller) async throws -> Int {
        try await database.write { connection in
            let ended =
                switch caller {
                case .key(let key): try connection.execute("DELETE FROM sessions WHERE api_key_id = \(key.id)")
                case .person(let member): try connection.execute("DELETE FROM sessions WHERE user_id = \(member.id)")
                }
            try connection.audit(
                caller.actor,
                "member.sign_out_everywhere",
                "member",
                named: caller.actor.name,
                in: nil,
                "signed out of \(ended) \(ended == 1 ? "browser" : "browsers")"
            )
            return ended
        }
    }
}

extension Connection {
    fileprivate func signInLink(withHash hash: String) throws -> SignInLink? {
        guard let row = try first("SELECT * FROM sign_in_links WHERE hash = \(hash)") else { return nil }
        let member: ID<Member>? = try row.optionalID("user_id")
        return SignInLink(
            member: try member.flatMap { id in try first("SELECT * FROM users WHERE id = \(id)").map(Member.init) },
            role: try row.parsed("role") { Scope(rawValue: $0) },
            expiresAt: try row.timestamp("expires_at"),
            usedAt: try row.optionalTimestamp("used_at")
        )
    }

    /// Begins a session, and forgets those that have expired.
    fileprivate func beginSession(_ session: NewSession, of caller: Caller) throws -> Session {
        let now = Timestamp.now()
        let id = ID<Session>.make()
        var member: ID<Member>?
        var key: ID<APIKey>?
        switch caller {
        case .person(let person): member = person.id
        case .key(let apiKey): key = apiKey.id
        }
        try execute("DELETE FROM sessions WHERE expires_at < \(now)")
        try execute(
            """
            INSERT INTO sessions (id, hash, user_id, api_key_id, created_at, expires_at)
            VALUES (\(id), \(session.secret.hash), \(member), \(key), \(now), \(session.expiresAt))
            """
        )
        try audit(caller.actor, "member.sign_in", "member", named: caller.actor.name, in: nil, "signed in")
        return Session(id: id, caller: caller, createdAt: now, expiresAt: session.expiresAt)
    }

    /// Whose session a row is; none where the member was removed or the key revoked.
    fileprivate func caller(of row: Row) throws -> Caller? {
        if let member: ID<Member> = try row.optionalID("user_id") {
            return try first("SELECT * FROM users WHERE id = \(member) AND removed_at IS NULL")
                .map { .person(try Member(row: $0)) }
        }
        let key: ID<APIKey> = try row.id("api_key_id")
        return try first("SELECT * FROM api_keys WHERE id = \(key) AND revoked_at IS NULL")
            .map { .key(try APIKey(row: $0)) }
    }
}

extension Session {
    init(row: Row, caller: Caller) throws {
        self.init(
            id: try row.id("id"),
            caller: caller,
            createdAt: try row.timestamp("created_at"),
            expiresAt: try row.timestamp("expires_at")
        )
    }
}
