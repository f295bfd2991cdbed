package import Projects
package import Vocabulary

/// Who makes a call: a program with a key, or a person who signed in.
package enum Caller: Sendable, Hashable {
    case key(APIKey)
    case person(Member)

    /// Whether they may do what needs `scope`.
    package func allows(_ scope: Scope) -> Bool {
        switch self {
        case .key(let key): key.allows(scope)
        case .person(let member): member.removedAt == nil && member.role >= scope
        }
    }

    /// The project that they are bound to; none for who may use all of the organization's.
    package var projectID: ID<Project>? {
        switch self {
        case .key(let key): key.projectID
        case .person: nil
        }
    }

    /// As audit events name them.
    package var actor: Actor {
        switch self {
        case .key(let key): key.actor
        case .person(let member): member.actor
        }
    }

    /// What tells callers apart, also those of one name.
    package var id: String {
        switch self {
        case .key(let key): key.id.text
        case .person(let member): member.id.text
        }
    }

    /// For sentences: `the key "ci"`.
    package var description: String {
        switch self {
        case .key(let key): "the key \"\(key.name)\""
        case .person(let member): "\(member.name) (\(member.role.rawValue))"
        }
    }
}
