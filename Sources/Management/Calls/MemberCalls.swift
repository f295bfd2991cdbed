import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// `members.*`
struct MemberCalls: CallService {
    let members: any MemberStore
    let publicURL: String

    var handlers: [String: CallHandler] {
        [
            "members.list": list, "members.invite": invite, "members.update": update, "members.remove": remove,
            "members.createSignInLink": createSignInLink,
        ]
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("members", try await members.members(request.page), \.json)
    }

    private func invite(_ request: CallRequest) async throws -> CallAnswer {
        try requireOrganization(request)
        let member = try await members.invite(
            email: try Member.checkedEmail(request.input.text("email") ?? ""),
            name: try Member.checkedName(request.input.text("name") ?? ""),
            role: request.input.text("role").flatMap { Scope(rawValue: $0) } ?? .reader,
            by: request.actor
        )
        return try await answer(withAddressFor: member, request)
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        try requireOrganization(request)
        let member = try await members.updateMember(
            try request.input.id("id"),
            name: try request.input.text("name").map(Member.checkedName),
            role: request.input.text("role").flatMap { Scope(rawValue: $0) },
            by: request.actor
        )
        return CallAnswer(["member": .object(member.json)])
    }

    private func remove(_ request: CallRequest) async throws -> CallAnswer {
        try requireOrganization(request)
        let id: ID<Member> = try request.input.id("id")
        if case .person(let own) = request.caller, own.id == id {
            throw Problem(.inUse, "You cannot remove yourself; another admin can.")
        }
        return CallAnswer(["member": .object(try await members.removeMember(id, by: request.actor).json)])
    }

    private func createSignInLink(_ request: CallRequest) async throws -> CallAnswer {
        try requireOrganization(request)
        return try await answer(withAddressFor: try await member(of: request), request)
    }

    private func member(of request: CallRequest) async throws -> Member {
        if let id: ID<Member> = try request.input.optionalID("id") {
            guard let member = try await members.member(id), member.removedAt == nil else {
                throw Problem(.notFound, "There is no member with the id \(id); members.list names those there are.")
            }
            return member
        }
        guard let email = request.input.text("email") else { throw Problem.missing("id") }
        var page = PageRequest(limit: PageRequest.largest)
        while true {
            let part = try await members.members(page)
            if let found = part.items.first(where: { $0.email == email.lowercased() }) { return found }
            guard let next = part.nextCursor else { break }
            page = PageRequest(cursor: next, limit: PageRequest.largest)
        }
        throw Problem(.notFound, "There is no member \(email); members.invite invites one.")
    }

    private func answer(withAddressFor member: Member, _ request: CallRequest) async throws -> CallAnswer {
        let secret = KeySecret.make(prefix: "sli_")
        let expiresAt = Timestamp.now().advanced(by: SignInLink.lifetime)
        try await members.createSignInLink(
            secret,
            for: member.id,
            role: member.role,
            expiresAt: expiresAt,
            by: request.actor
        )
        return CallAnswer([
            "member": .object(member.json), "sign_in_url": .string("\(publicURL)/sign-in/\(secret.text)"),
            "expires_at": .string(expiresAt.description),
        ])
    }

    private func requireOrganization(_ request: CallRequest) throws {
        guard request.caller.projectID == nil else {
            throw Problem(.forbidden, "Members belong to the organization; use a key of the organization.")
        }
    }
}

extension Member {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "email": .string(email), "name": .string(name), "role": .string(role.rawValue),
            "created_at": .string(createdAt.description), "joined_at": JSONValue(joinedAt?.description),
        ]
    }
}
