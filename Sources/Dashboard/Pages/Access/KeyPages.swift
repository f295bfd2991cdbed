import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Keys of the API and of MCP addresses.
struct KeyPages: PageController {
    private static let path = "/projects/{project}/keys"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .post(Self.path, scope: .admin, create),
            .get("\(Self.path)/{key}/revoke", scope: .admin, confirmRevocation),
            .post("\(Self.path)/{key}/revoke", scope: .admin, revoke),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        .page("Keys", try await page(visit), by: "access/keys", in: .keys)
    }

    /// The secret stands in this answer and nowhere else, so it is no redirect.
    private func create(_ visit: Visit) async throws -> PageAnswer {
        let form = visit.form
        do {
            var input: JSONObject = [
                "name": .string(form.text("name") ?? ""), "scopes": [.string(form.text("scope") ?? "")],
                "automation": .bool(form.has("automation")),
            ]
            if form.text("reach") != "all" { input["project_slug"] = JSONValue(visit.project?.text) }
            let answer = try await visit.call("keys.create", input).body
            let page = SecretPage(key: answer, visit: visit)
            return .page("Key created", page, by: "access/secret", in: .keys, status: .created)
        } catch let problem as Problem where problem.isAboutInput {
            return .page(
                "Keys",
                try await page(visit, problem),
                by: "access/keys",
                in: .keys,
                status: problem.pageStatus
            )
        }
    }

    private func confirmRevocation(_ visit: Visit) async throws -> PageAnswer {
        .page("Revoke key", try await revocation(visit), by: "confirm", in: .keys)
    }

    private func revoke(_ visit: Visit) async throws -> PageAnswer {
        do {
            let key = try await visit.call("keys.revoke", ["id": .string(visit["key"])]).body["key"]
            let text = "The key \(key?["name"]?.string ?? "") is revoked; it opens nothing any more."
            return .redirect(to: Address.section(.keys, in: visit.project), Notice(text: text))
        } catch let problem as Problem where problem.isAboutInput {
            var page = try await revocation(visit)
            page.fault = problem.pageMessage
            return .page("Revoke key", page, by: "confirm", in: .keys, status: problem.pageStatus)
        }
    }

    private func revocation(_ visit: Visit) async throws -> ConfirmPage {
        let keys = try await visit.all("keys.list", "keys")
        guard let key = keys.first(where: { $0["id"]?.string == visit["key"] }) else {
            throw Problem(.notFound, "There is no key with this id.")
        }
        let name = key["name"]?.string ?? ""
        let list = Address.section(.keys, in: visit.project)
        return ConfirmPage(
            title: "Revoke the key \(name)",
            sentences: [
                "Whoever uses \(key["prefix"]?.string ?? "")… is refused at once: programs, agents, and browsers that signed in with it.",
                "It cannot be taken back. What was done with the key stays signed with its name.",
            ],
            button: "Revoke key \(name)",
            action: "\(list)/\(visit["key"])/revoke",
            back: list
        )
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> KeyListPage {
        guard visit.caller.allows(.admin) else { return KeyListPage([:], visit: visit) }
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        return KeyListPage(try await visit.call("keys.list", input).body, visit: visit, problem: problem)
    }
}

/// What somebody with a scope may do, to choose from.
struct ScopeOption: Sendable {
    let value: String
    let label: String
    let meaning: String
    let isChosen: Bool

    init(_ scope: Scope, chosen: String?) {
        value = scope.rawValue
        label = scope.rawValue.prefix(1).uppercased() + scope.rawValue.dropFirst()
        meaning = scope.sentence
        isChosen = scope.rawValue == chosen
    }
}

extension Scope {
    /// What somebody with this scope may do, as a sentence of its own.
    fileprivate var sentence: String {
        switch self {
        case .consumer: "Calls tools of live toolsets, and nothing else. For agents."
        case .reader: "Looks at everything and opens staging addresses; changes nothing."
        case .producer: "Looks and edits: documents, toolsets, prompts, environments."
        case .publisher: "Looks, edits, publishes, rolls back and switches modes."
        case .admin: "Does everything; manages keys, members, projects and flags too."
        }
    }
}

/// Keys, and a form for another one.
struct KeyListPage: Sendable {
    struct Item: Sendable {
        let name: String
        let prefix: String
        let scopes: String
        let project: String
        let isAutomation: Bool
        let isRevoked: Bool
        let created: Moment?
        let lastUsed: Moment?
        let revoked: Moment?
        let revokeAddress: String
    }

    let keys: [Item]
    let hasKeys: Bool
    let mayManage: Bool
    let address: String
    let name: FormField
    let scopes: [ScopeOption]
    let scopeError: String
    let project: String
    let reachesAll: Bool
    let isAutomation: Bool
    let more: String
    let fault: String

    init(_ answer: JSONObject, visit: Visit, problem: Problem? = nil, now: Timestamp = .now()) {
        address = Address.section(.keys, in: visit.project)
        let list = address
        keys = (answer["keys"]?.array ?? []).map { Item($0, list: list, now: now) }
        hasKeys = !keys.isEmpty
        mayManage = visit.caller.allows(.admin)
        let form = visit.form
        name = FormField(
            "name",
            "What the key is for",
            value: form["name"] ?? "",
            hint: "claude-desktop, github-actions. Events and releases are signed with it.",
            problem: problem
        )
        scopes = Scope.allCases.map { ScopeOption($0, chosen: form.text("scope") ?? Scope.consumer.rawValue) }
        scopeError = problem?.errors.contains { $0.pointer.hasPrefix("/scopes") } == true ? "Choose one." : ""
        project = visit.project?.text ?? ""
        reachesAll = form.text("reach") == "all"
        isAutomation = form.has("automation")
        more = answer["next_cursor"]?.string.map { Address.query(list, ["cursor": $0]) } ?? ""
        fault = name.error.isEmpty && scopeError.isEmpty ? problem?.pageMessage ?? "" : ""
    }
}

extension KeyListPage.Item {
    init(_ key: JSONValue, list: String, now: Timestamp) {
        name = key["name"]?.string ?? ""
        let start = key["prefix"]?.string ?? ""
        prefix = start.hasPrefix("slw_") ? "\(start)…" : start
        scopes = (key["scopes"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
        project = key["project_slug"]?.string ?? "all projects"
        isAutomation = key["automation"]?.bool == true
        revoked = Moment(key["revoked_at"]?.string, now: now)
        isRevoked = revoked != nil
        created = Moment(key["created_at"]?.string, now: now)
        lastUsed = Moment(key["last_used_at"]?.string, now: now)
        revokeAddress = "\(list)/\(key["id"]?.string ?? "")/revoke"
    }
}

/// A secret that is shown this once, and how to use it.
struct SecretPage: Sendable {
    let title: String
    let sentence: String
    let secretLabel: String
    let secret: String
    let usage: String
    let command: String
    let expires: Moment?
    let back: String
    let backLabel: String

    /// The answer of `keys.create`.
    init(key answer: JSONObject, visit: Visit) {
        let name = answer["key"]?["name"]?.string ?? ""
        secret = answer["secret"]?.string ?? ""
        title = "The key \(name)"
        sentence = "Copy it now: it is shown this once, and cannot be read again."
        secretLabel = "the key"
        usage = "Clients send it as a header. For the command line, set it as SLIPWAY_KEY."
        command = "Authorization: Bearer \(secret)"
        expires = nil
        back = Address.section(.keys, in: visit.project)
        backLabel = "All keys"
    }

    /// The answer of `members.invite` or `members.createSignInLink`.
    init(member answer: JSONObject, isNew: Bool, now: Timestamp = .now()) {
        let name = answer["member"]?["name"]?.string ?? ""
        let role = answer["member"]?["role"]?.string ?? ""
        secret = answer["sign_in_url"]?.string ?? ""
        title = isNew ? "\(name) is invited" : "A new sign-in address for \(name)"
        sentence =
            "Send \(name) this address: it signs them in once, as \(role). It is shown this once; nothing was sent."
        secretLabel = "the address"
        usage = isNew ? "" : "An address made before does not work any more."
        command = ""
        expires = Moment(answer["expires_at"]?.string, now: now)
        back = Address.members
        backLabel = "All members"
    }
}
