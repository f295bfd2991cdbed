package import Accounts
package import Persistence
package import Projects
package import Vocabulary

/// Members of the organization in the database, in the table `users`.
package struct StoredMembers: MemberStore {
    let database: Database

    package init(database: Database) {
        self.database = database
    }

    package func members(_ page: PageRequest) async throws -> Page<Member> {
        try await database.read { connection in
            let rows = try connection.query(
                """
                SELECT * FROM users WHERE removed_at IS NULL AND id > \(page.cursor ?? "")
                ORDER BY id LIMIT \(page.limit + 1)
                """
            ).map(Member.init)
            return Page(fetched: rows, request: page, cursor: \.id.text)
        }
    }

    package func member(_ id: ID<Member>) async throws -> Member? {
        try await database.read { try $0.first("SELECT * FROM users WHERE id = \(id)").map(Member.init) }
    }

    package func hasJoinedMembers() async throws -> Bool {
        try await database.read { try $0.first("SELECT id FROM users WHERE joined_at IS NOT NULL LIMIT 1") != nil }
    }

    package func invite(email: String, name: String, role: Scope, by actor: Actor) async throws -> Member {
        try await database.write { connection in
            let id = try connection.makeMember(email: email, name: name, role: role)
            try connection.audit(
                actor,
                "member.invite",
                "member",
                named: name,
                in: nil,
                "invited as \(role.rawValue)"
            )
            return try connection.member(id)
        }
    }

    package func updateMember(_ id: ID<Member>, name: String?, role: Scope?, by actor: Actor) async throws -> Member {
        try await database.write { connection in
            let old = try connection.member(id)
            let name = name ?? old.name
            let role = role ?? old.role
            try connection.requireFreeName(name, otherThan: id)
            if role != .admin { try connection.requireAnotherAdmin(than: old) }
            try connection.execute("UPDATE users SET name = \(name), role = \(role.rawValue) WHERE id = \(id)")
            let said = [
                name == old.name ? nil : "renamed from \(old.name)",
                role == old.role ? nil : "made \(role.rawValue), was \(old.role.rawValue)",
            ].compactMap(\.self)
            if !said.isEmpty {
                let summary = said.joined(separator: ", ")
                try connection.audit(actor, "member.update", "member", named: name, in: nil, summary)
            }
            return try connection.member(id)
        }
    }

    package func removeMember(_ id: ID<Member>, by actor: Actor) async throws -> Member {
        try await database.write { connection in
            let member = try connection.member(id)
            try connection.requireAnotherAdmin(than: member)
            let now = Timestamp.now()
            try connection.execute("UPDATE users SET removed_at = \(now) WHERE id = \(id)")
            try connection.execute("DELETE FROM sessions WHERE user_id = \(id)")
            try connection.execute(
                "UPDATE sign_in_links SET used_at = \(now) WHERE user_id = \(id) AND used_at IS NULL"
            )
            try connection.audit(
                actor,
                "member.remove",
                "member",
                named: member.name,
                in: nil,
                "removed, and signed out everywhere"
            )
            return member
        }
    }
}

extension Connection {
    /// A new member, or one who was removed and comes back.
    func makeMember(email: String, name: String, role: Scope) throws -> ID<Member> {
        let known = try first("SELECT * FROM users WHERE email = \(email)").map(Member.init)
        if let known, known.removedAt == nil {
            throw Problem(
                .nameTaken,
                "\(email) is a member already, as \(known.name); give them a new sign-in address instead.",
                errors: [.init(pointer: "/email", message: "belongs to \(known.name)")]
            )
        }
        try requireFreeName(name, otherThan: known?.id)
        if let known {
            try execute(
                """
                UPDATE users SET name = \(name), role = \(role.rawValue), removed_at = NULL, joined_at = NULL
                WHERE id = \(known.id)
                """
            )
            return known.id
        }
        let id = ID<Member>.make()
        try execute(
            """
            INSERT INTO users (id, organization_id, email, name, role, created_at)
            SELECT \(id), id, \(email), \(name), \(role.rawValue), \(Timestamp.now())
            FROM organizations ORDER BY created_at LIMIT 1
            """
        )
        return id
    }

    /// Changes are signed with names, so no two members have the same.
    func requireFreeName(_ name: String, otherThan id: ID<Member>?) throws {
        let others = try query("SELECT * FROM users WHERE removed_at IS NULL").map(Member.init)
        guard !others.contains(where: { $0.id != id && $0.name.lowercased() == name.lowercased() }) else {
            throw Problem(
                .nameTaken,
                "Another member is called \"\(name)\" already; changes are signed with names, so choose another one.",
                errors: [.init(pointer: "/name", message: "is taken")]
            )
        }
    }

    /// Refuses what would leave nobody who can sign in as an admin. Who was only invited does not count yet.
    fileprivate func requireAnotherAdmin(than member: Member) throws {
        guard member.role == .admin, member.joinedAt != nil else { return }
        let others = try query(
            "SELECT * FROM users WHERE removed_at IS NULL AND joined_at IS NOT NULL AND role = \(Scope.admin.rawValue)"
        ).map(Member.init)
        guard others.contains(where: { $0.id != member.id }) else {
            throw Problem(
                .lastAdmin,
                "\(member.name) is the only admin who has signed in; make somebody else an admin first, and let them sign in."
            )
        }
    }

    /// The member, unless they were removed.
    func member(_ id: ID<Member>) throws -> Member {
        guard let row = try first("SELECT * FROM users WHERE id = \(id) AND removed_at IS NULL") else {
            throw Problem(.notFound, "There is no member with the id \(id); members.list names those there are.")
        }
        return try Member(row: row)
    }
}

extension Member {
    init(row: Row) throws {
        self.init(
            id: try row.id("id"),
            organizationID: try row.id("organization_id"),
            email: try row.text("email"),
            name: try row.text("name"),
            role: try row.parsed("role") { Scope(rawValue: $0) },
            createdAt: try row.timestamp("created_at"),
            joinedAt: try row.optionalTimestamp("joined_at"),
            removedAt: try row.optionalTimestamp("removed_at")
        )
    }
}
