import ArgumentParser
import JSON

/// `slipway keys create`.
struct KeyCreateCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "create",
        abstract: "Makes a key and prints its secret, alone on standard output, this once."
    )

    @Argument(help: "What the key is for.")
    var name: String

    @Option(
        help: ArgumentHelp(
            "What it may do; may be repeated. Each includes those before it: consumer, reader, producer, publisher, admin.",
            valueName: "scope"
        )
    )
    var scope: [String]

    @Option(help: ArgumentHelp("The one project that it is for; all where left out.", valueName: "slug"))
    var projectSlug: String?

    @Flag(help: "A program uses it, not a person; such keys are told apart in keys and events.")
    var automation = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["name": .string(name), "scopes": JSONValue(scope)]
        fields["project_slug"] = projectSlug.map(JSONValue.string)
        if automation { fields["automation"] = true }
        let answer = try await session.client.perform("keys.create", fields)
        session.show(answer) { answer["secret"]?.string ?? "" }
        session.hint("This is the only time that the secret is shown. Clients send it as Authorization: Bearer.")
        if let id = answer["key"]?["id"]?.string {
            session.hint("To end it: \(session.command("keys", "revoke", id))")
        }
    }
}
