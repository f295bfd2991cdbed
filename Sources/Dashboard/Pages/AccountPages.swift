import Accounts
import JSON
import Projects
import Vocabulary

/// The page of the person who is signed in.
struct AccountPages: PageController {
    let members: any MemberStore

    var routes: [PageRoute] {
        [
            .get(Address.account, show),
            .post("\(Address.account)/sign-out-everywhere", scope: .reader, signOutEverywhere),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        .page("Your account", AccountPage(visit.session), by: "account")
    }

    private func signOutEverywhere(_ visit: Visit) async throws -> PageAnswer {
        let count = try await members.endSessions(of: visit.caller)
        return .redirect(
            to: Address.signIn,
            Notice(text: count == 1 ? "You are signed out." : "You are signed out of \(count) browsers.")
        )
    }
}

/// Who is signed in, and as what.
struct AccountPage: Sendable {
    let name: String
    let email: String
    let role: String
    let roleMeaning: String
    let since: Moment

    init(_ session: Session, now: Timestamp = .now()) {
        name = ActorName.text(.string(session.caller.actor.name))
        let scope: Scope
        switch session.caller {
        case .person(let member):
            email = member.email
            scope = member.role
        case .key(let key):
            email = ""
            scope = key.scopes.max() ?? .consumer
        }
        role = scope.rawValue
        roleMeaning = scope.meaning
        since = Moment(session.createdAt, now: now)
    }
}

extension Scope {
    /// What somebody with this scope may do, in a few words.
    var meaning: String {
        switch self {
        case .consumer: "calls tools"
        case .reader: "looks at everything, opens staging addresses"
        case .producer: "edits"
        case .publisher: "publishes, rolls back, switches modes"
        case .admin: "manages keys, members and flags"
        }
    }
}
