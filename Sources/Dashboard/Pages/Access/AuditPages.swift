import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// Who changed what.
struct AuditPages: PageController {
    var routes: [PageRoute] { [.get("/projects/{project}/audit", list)] }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 50]
        for name in ["cursor", "actor", "action"] {
            if let text = visit.query.text(name) { input[name] = .string(text) }
        }
        let page = AuditPage(
            try await visit.call("auditLogs.list", input).body,
            people: try await visit.all("members.list", "members", limit: 500).compactMap { $0["name"]?.string },
            visit: visit
        )
        return .page("Audit log", page, by: "access/audit", in: .audit)
    }
}

/// Events of the project and of the organization, newest first.
struct AuditPage: Sendable {
    struct Event: Sendable {
        /// `key ci` of `key:ci`
        let who: String
        let actor: String
        let actorAddress: String
        let what: AuditSentence
        let when: Moment?
    }

    let events: [Event]
    let isEmpty: Bool
    let isFiltered: Bool
    let address: String
    let actor: String
    /// Who may have done something: members, and whoever stands on the page.
    let actors: [String]
    let actions: [FormOption]
    let more: String
    let newest: String

    /// What events are about; `toolset` stands for all that was done to toolsets.
    private static let subjects = [
        ("", "everything"), ("toolset", "toolsets"), ("deployment", "deployments"), ("asset", "uploads"),
        ("environment", "environments"), ("prompt", "prompts"), ("resource", "resources"), ("variation", "variations"),
        ("key", "keys"), ("member", "members"), ("project", "projects"), ("feature", "flags"),
    ]

    init(_ answer: JSONObject, people: [String] = [], visit: Visit, now: Timestamp = .now()) {
        let own = Address.section(.audit, in: visit.project)
        address = own
        let actor = visit.query.text("actor") ?? ""
        let action = visit.query.text("action") ?? ""
        self.actor = actor
        events = (answer["audit_logs"]?.array ?? []).map { Event($0, address: own, project: visit.project, now: now) }
        actors = Set(people + events.map(\.actor)).sorted()
        isEmpty = events.isEmpty
        isFiltered = !actor.isEmpty || !action.isEmpty
        let isListed = Self.subjects.contains { $0.0 == action }
        let listed = Self.subjects.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == action) }
        actions = isListed ? listed : listed + [FormOption(value: action, label: action, isChosen: true)]
        more =
            answer["next_cursor"]?.string.map {
                Address.query(own, ["actor": actor, "action": action, "cursor": $0])
            } ?? ""
        newest = visit.query.text("cursor") == nil ? "" : Address.query(own, ["actor": actor, "action": action])
    }
}

extension AuditPage.Event {
    init(_ event: JSONValue, address: String, project: Slug?, now: Timestamp) {
        actor = event["actor"]?.string ?? ""
        who = ActorName.text(event["actor"])
        actorAddress = Address.query(address, ["actor": actor])
        what = AuditSentence(event, project: project)
        when = Moment(event["at"]?.string, now: now)
    }
}
