import ArgumentParser
import JSON

/// `slipway keys revoke`.
struct KeyRevokeCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke",
        abstract: "Ends a key at once."
    )

    @Argument(help: "The key's id, as `slipway keys` lists it.")
    var id: String

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform("keys.revoke", ["id": .string(id)])
        session.show(answer) {
            "Revoked the key \(answer["key"]?["name"]?.string?.printable ?? id.printable). It opens nothing any more."
        }
    }
}
