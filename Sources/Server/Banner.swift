/// What a start tells the person who started it.
struct Banner: Sendable {
    let configuration: ServerConfiguration
    let secrets: FirstStart.Secrets

    var text: String {
        let url = configuration.publicURL
        let key = secrets.clientKey ?? "YOUR_KEY"
        let lines = [
            "", "Slipway is ready at \(url)", "  Data folder   \(configuration.dataFolder)", keys ?? "",
            secrets.clientKey == nil
                ? "Connect a client (slipway keys create NAME --scope consumer makes a key):"
                : "Connect a client: this line holds a key that may only call tools, shown only now.",
            "  claude mcp add --transport http slipway \(url)/mcp/slipway --header \"Authorization: Bearer \(key)\"",
            "Any other client: the address \(url)/mcp/slipway with the header Authorization: Bearer \(key)", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// The program as it was started, so that the line can be pasted.
    private var program: String { CommandLine.arguments.first ?? "slipway" }

    /// The admin key, where this start made one.
    var keys: String? {
        secrets.adminKey.map { key in
            """

            Admin key, shown only now. It may do everything; keep it somewhere safe:
              \(key)

            Give it to the command line:
              export SLIPWAY_KEY=\(key)
              \(program) status

            """
        }
    }
}
