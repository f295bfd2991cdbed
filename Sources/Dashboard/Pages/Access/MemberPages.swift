import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The people who may sign in.
struct MemberPages: PageController {
    var routes: [PageRoute] {
        [
            .get(Address.members, list), .post(Address.members, scope: .admin, invite),
            .get("\(Address.members)/{member}", scope: .admin, edit),
            .post("\(Address.members)/{member}", scope: .admin, update),
            .post("\(Address.members)/{member}/sign-in-address", scope: .admin, createAddress),
            .get("\(Address.members)/{member}/remove", scope: .admin, confirmRemoval),
            .post("\(Address.members)/{member}/remove", scope: .admin, remove),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        .page("Members", try await page(visit), by: "access/members", in: .members)
    }

    /// The address stands in this answer and nowhere else, so it is no redirect.
    private func invite(_ visit: Visit) async throws -> PageAnswer {
        do {
            let input: JSONObject = [
                "email": .string(visit.form.text("email") ?? ""), "name": .string(visit.form.text("name") ?? ""),
                "role": .string(visit.form.text("role") ?? ""),
            ]
            let page = SecretPage(member: try await visit.call("members.invite", input).body, isNew: true)
            return .page(page.title, page, by: "access/secret", in: .members, status: .created)
        } catch let problem as Problem where problem.isAboutInput {
            let page = try await page(visit, problem)
            return .page("Members", page, by: "access/members", in: .members, status: problem.pageStatus)
        }
    }

    private func edit(_ visit: Visit) async throws -> PageAnswer {
        let page = try await memberPage(visit)
        return .page(page.heading, page, by: "access/member", in: .members)
    }

    private func update(_ visit: Visit) async throws -> PageAnswer {
        do {
            let input: JSONObject = [
                "id": .string(visit["member"]), "name": .string(visit.form.text("name") ?? ""),
                "role": .string(visit.form.text("role") ?? ""),
            ]
            let member = try await visit.call("members.update", input).body["member"]
            let text =
                "\(member?["name"]?.string ?? "") is \(member?["role"]?.string ?? "") from now on, in every browser."
            return .redirect(to: Address.members, Notice(text: text))
        } catch let problem as Problem where problem.isAboutInput {
            let page = try await memberPage(visit, problem)
            return .page(page.heading, page, by: "access/member", in: .members, status: problem.pageStatus)
        }
    }

    private func createAddress(_ visit: Visit) async throws -> PageAnswer {
        let answer = try await visit.call("members.createSignInLink", ["id": .string(visit["member"])]).body
        let page = SecretPage(member: answer, isNew: false)
        return .page(page.title, page, by: "access/secret", in: .members, status: .created)
    }

    private func confirmRemoval(_ visit: Visit) async throws -> PageAnswer {
        .page("Remove member", try await removal(visit), by: "confirm", in: .members)
    }

    private func remove(_ visit: Visit) async throws -> PageAnswer {
        do {
            let member = try await visit.call("members.remove", ["id": .string(visit["member"])]).body["member"]
            let text = "\(member?["name"]?.string ?? "") is removed and signed out everywhere."
            return .redirect(to: Address.members, Notice(text: text))
        } catch let problem as Problem where problem.isAboutInput {
            var page = try await removal(visit)
            page.fault = problem.pageMessage
            return .page("Remove member", page, by: "confirm", in: .members, status: problem.pageStatus)
        }
    }

    private func removal(_ visit: Visit) async throws -> ConfirmPage {
        let name = try await member(visit)["name"]?.string ?? ""
        return ConfirmPage(
            title: "Remove \(name)",
            sentences: [
                "\(name) is signed out everywhere and cannot come in again until somebody invites them.",
                "What they did stays signed with their name.",
            ],
            button: "Remove \(name)",
            action: "\(Address.members)/\(visit["member"])/remove",
            back: Address.members
        )
    }

    private func memberPage(_ visit: Visit, _ problem: Problem? = nil) async throws -> MemberPage {
        let members = try await visit.all("members.list", "members")
        return MemberPage(try Self.member(visit["member"], of: members), among: members, visit: visit, problem: problem)
    }

    private func member(_ visit: Visit) async throws -> JSONValue {
        try Self.member(visit["member"], of: try await visit.all("members.list", "members"))
    }

    private static func member(_ id: String, of members: [JSONValue]) throws -> JSONValue {
        guard let member = members.first(where: { $0["id"]?.string == id }) else {
            throw Problem(.notFound, "There is no such member; they may have been removed.")
        }
        return member
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> MemberListPage {
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        return MemberListPage(try await visit.call("members.list", input).body, visit: visit, problem: problem)
    }
}

/// Members, and a form to invite another one.
struct MemberListPage: Sendable {
    struct Item: Sendable {
        let name: String
        let email: String
        let role: String
        let joined: Moment?
        let isInvited: Bool
        let isYou: Bool
        let address: String
    }

    let members: [Item]
    let isEmpty: Bool
    let mayManage: Bool
    let address: String
    let name: FormField
    let email: FormField
    let roles: [ScopeOption]
    let more: String
    let fault: String

    init(_ answer: JSONObject, visit: Visit, problem: Problem? = nil, now: Timestamp = .now()) {
        address = Address.members
        members = (answer["members"]?.array ?? []).map { member in
            let joined = Moment(member["joined_at"]?.string, now: now)
            return Item(
                name: member["name"]?.string ?? "",
                email: member["email"]?.string ?? "",
                role: member["role"]?.string ?? "",
                joined: joined,
                isInvited: joined == nil,
                isYou: member["id"]?.string == visit.caller.id,
                address: "\(Address.members)/\(member["id"]?.string ?? "")"
            )
        }
        isEmpty = members.isEmpty
        mayManage = visit.caller.allows(.admin)
        let form = visit.form
        name = FormField(
            "name",
            "Name",
            value: form["name"] ?? "",
            hint: "What their changes are signed with; they can correct it.",
            problem: problem
        )
        let taken = problem?.code == .nameTaken ? problem?.at("/email", from: [""]) : problem
        email = FormField(
            "email",
            "E-mail",
            value: form["email"] ?? "",
            hint: "Nothing is sent to it: you get an address to pass on.",
            problem: taken
        )
        roles = Member.roles.map { ScopeOption($0, chosen: form.text("role") ?? Scope.reader.rawValue) }
        more = answer["next_cursor"]?.string.map { Address.query(Address.members, ["cursor": $0]) } ?? ""
        fault = name.error.isEmpty && email.error.isEmpty ? problem?.pageMessage ?? "" : ""
    }
}

/// One member: name, role, another sign-in address.
struct MemberPage: Sendable {
    let heading: String
    let email: String
    let isYou: Bool
    let listAddress: String
    let address: String
    let signInAddress: String
    let removeAddress: String
    let name: FormField
    let roles: [ScopeOption]
    /// Whether nobody else who has signed in is an admin, so that the role must stay.
    let isLastAdmin: Bool
    let fault: String

    init(_ member: JSONValue, among members: [JSONValue] = [], visit: Visit, problem: Problem? = nil) {
        heading = member["name"]?.string ?? ""
        email = member["email"]?.string ?? ""
        isYou = member["id"]?.string == visit.caller.id
        listAddress = Address.members
        address = "\(Address.members)/\(member["id"]?.string ?? "")"
        signInAddress = "\(address)/sign-in-address"
        removeAddress = "\(address)/remove"
        name = FormField("name", "Name", value: visit.form["name"] ?? heading, problem: problem)
        let admins = members.filter { $0["role"]?.string == Scope.admin.rawValue && $0["joined_at"]?.string != nil }
        isLastAdmin = admins.count == 1 && admins[0]["id"]?.string == member["id"]?.string
        let chosen = isLastAdmin ? Scope.admin.rawValue : visit.form.text("role") ?? member["role"]?.string
        roles = Member.roles.map { ScopeOption($0, chosen: chosen) }
        fault = name.error.isEmpty ? problem?.pageMessage ?? "" : ""
    }
}
