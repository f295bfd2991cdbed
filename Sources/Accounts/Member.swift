package import Projects
package import Vocabulary

/// A person of the organization, who signs in to the pages.
package struct Member: Sendable, Hashable {
    package let id: ID<Member>
    package let organizationID: ID<Organization>
    /// What invitations go by; unique in the organization, and never used to send anything.
    package let email: String
    /// What changes are signed with.
    package let name: String
    /// What the person may do: what a key of that scope may.
    package let role: Scope
    package let createdAt: Timestamp
    /// The first time they signed in; none while they are invited only.
    package let joinedAt: Timestamp?
    package let removedAt: Timestamp?

    package init(
        id: ID<Member>,
        organizationID: ID<Organization>,
        email: String,
        name: String,
        role: Scope,
        createdAt: Timestamp,
        joinedAt: Timestamp?,
        removedAt: Timestamp?
    ) {
        self.id = id
        self.organizationID = organizationID
        self.email = email
        self.name = name
        self.role = role
        self.createdAt = createdAt
        self.joinedAt = joinedAt
        self.removedAt = removedAt
    }

    /// The person as audit events and releases name them.
    package var actor: Actor { Actor(name: name) }

    /// The roles that a person may have: a caller of tools alone has no pages to open.
    package static let roles = Scope.allCases.filter { $0 >= .reader }
}

extension Member {
    /// A name that changes may be signed with: 1 to 80 characters, none of them a control character, and none that could be
    /// taken for a key or for the server itself.
    ///
    /// - Throws: ``Problem`` `invalid` at `/name`.
    package static func checkedName(_ text: String) throws -> String {
        let name = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        let isPlain = !name.unicodeScalars.contains { $0.properties.generalCategory == .control }
        let isReserved = name.lowercased().hasPrefix("key:") || name.lowercased() == Actor.system.name
        guard (1...80).contains(name.count), isPlain, !isReserved else {
            let rule = "must have 1 to 80 characters, and neither be \"system\" nor begin with \"key:\""
            throw Problem(.invalid, "The name \(rule).", errors: [.init(pointer: "/name", message: rule)])
        }
        return name
    }

    /// An address of e-mail, in lower case. Only its shape is looked at: nothing is ever sent to it.
    ///
    /// - Throws: ``Problem`` `invalid` at `/email`.
    package static func checkedEmail(_ text: String) throws -> String {
        let email = text.lowercased().filter { !$0.isWhitespace }
        let parts = email.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }), (3...254).contains(email.utf8.count) else {
            let rule = "must be an address of e-mail, such as ada@example.com"
            throw Problem(.invalid, "The e-mail \(rule).", errors: [.init(pointer: "/email", message: rule)])
        }
        return email
    }
}
