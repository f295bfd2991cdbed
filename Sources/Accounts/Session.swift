package import Vocabulary

/// That somebody is signed in to the pages with one browser.
package struct Session: Sendable, Hashable {
    package let id: ID<Session>
    package let caller: Caller
    package let createdAt: Timestamp
    package let expiresAt: Timestamp

    package init(id: ID<Session>, caller: Caller, createdAt: Timestamp, expiresAt: Timestamp) {
        self.id = id
        self.caller = caller
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// How long a session lasts, from sign-in.
    package static let lifetime = Duration.seconds(30 * 24 * 3600)
}

/// A session that is about to begin.
package struct NewSession: Sendable {
    /// What the browser keeps in its cookie; stored as a hash.
    package let secret: KeySecret
    package let expiresAt: Timestamp

    package init(secret: KeySecret, expiresAt: Timestamp) {
        self.secret = secret
        self.expiresAt = expiresAt
    }
}

/// An address by which one person signs in once.
package struct SignInLink: Sendable, Hashable {
    /// The member it is for; none for the first one, who says who they are.
    package let member: Member?
    /// The role that a new member gets.
    package let role: Scope
    package let expiresAt: Timestamp
    package let usedAt: Timestamp?

    package init(member: Member?, role: Scope, expiresAt: Timestamp, usedAt: Timestamp?) {
        self.member = member
        self.role = role
        self.expiresAt = expiresAt
        self.usedAt = usedAt
    }

    /// How long an invitation waits to be used.
    package static let lifetime = Duration.seconds(7 * 24 * 3600)
}
