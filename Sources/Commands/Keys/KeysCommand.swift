import ArgumentParser
import JSON

/// `slipway keys`: lists keys, where no subcommand says otherwise.
struct KeysCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "keys",
        abstract: "Lists, makes and revokes keys. Needs a key of scope admin.",
        subcommands: [KeyListCommand.self, KeyCreateCommand.self, KeyRevokeCommand.self],
        defaultSubcommand: KeyListCommand.self
    )
}

/// `slipway keys list`.
struct KeyListCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists keys, without their secrets."
    )

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let keys = try await session.client.list("keys.list", of: "keys")
        session.show(keys.json) { Table.keys(keys.items).text(on: session.console, orElse: "There are no keys.") }
    }
}

extension Table {
    /// Keys, a line each.
    static func keys(_ keys: [JSONValue]) -> Table {
        Table(
            ["ID", "NAME", "PREFIX", "SCOPES", "PROJECT", "USED BY", "MADE (UTC)", "STATE"],
            rows: keys.map { key in
                [
                    Cell(key["id"]?.string), Cell(key["name"]?.string), Cell(key["prefix"]?.string),
                    Cell(key["scopes"]?.array?.compactMap(\.string).joined(separator: ",")),
                    Cell(key["project_slug"]?.string ?? "all"),
                    Cell(key["automation"]?.bool == true ? "a program" : "people"),
                    Cell(Wording.minute(key["created_at"])),
                    key["revoked_at"]?.string == nil ? Cell("in use", .good) : Cell("revoked", .faint),
                ]
            }
        )
    }
}
