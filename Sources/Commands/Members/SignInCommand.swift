import ArgumentParser
import JSON

/// `slipway sign-in`.
struct SignInCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "sign-in",
        abstract: "Prints an address by which a member signs in to the pages once; lists members without an e-mail.",
        discussion: """
            An address made before for the same member ends. Whoever is no member yet is invited under Members, or by \
            members.invite. Needs a key of scope admin, and the list one of scope reader.
            """
    )

    @Argument(help: "The member's e-mail.")
    var email: String?

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        guard let email else { return try await MemberList.show(in: session) }
        let answer = try await session.client.perform("members.createSignInLink", ["email": .string(email)])
        session.show(answer) { answer["sign_in_url"]?.string ?? "" }
        let name = answer["member"]?["name"]?.string?.printable ?? email.printable
        let role = answer["member"]?["role"]?.string ?? ""
        let end = Wording.minute(answer["expires_at"]) ?? "it is used"
        session.hint("Signs \(name) in once, as \(role), until \(end) UTC.")
    }
}

/// `slipway members`.
struct MembersCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "members",
        abstract: "Lists the people who may sign in to the pages."
    )

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        try await MemberList.show(in: session)
    }
}

/// The members of a server, a line each.
private enum MemberList {
    static func show(in session: Session) async throws {
        let members = try await session.client.list("members.list", of: "members")
        session.show(members.json) {
            let orElse = "There are no members yet: the address that the first start printed makes the first one."
            return Table.members(members.items).text(on: session.console, orElse: orElse)
        }
        if !members.items.isEmpty { session.hint("An address to sign in by: \(session.command("sign-in", "EMAIL"))") }
    }
}

extension Table {
    /// Members, a line each.
    static func members(_ members: [JSONValue]) -> Table {
        Table(
            ["E-MAIL", "NAME", "ROLE", "INVITED (UTC)", "SIGNED IN FIRST (UTC)"],
            rows: members.map { member in
                [
                    Cell(member["email"]?.string), Cell(member["name"]?.string), Cell(member["role"]?.string),
                    Cell(Wording.minute(member["created_at"])),
                    member["joined_at"]?.string == nil
                        ? Cell("not yet", .faint) : Cell(Wording.minute(member["joined_at"])),
                ]
            }
        )
    }
}
