/// What a start tells the person who started it.
enum Banner {
    /// The admin key that this start makes.
    static func adminKey(_ key: String) -> String {
        """

        Admin key, shown only now. It may do everything; keep it somewhere safe:
          \(key)

        Give it to the command line:
          export SLIPWAY_KEY=\(key)
          \(program) status
        """
    }

    /// That the server answers, how a person signs in, and how a client connects: with what this start made for them.
    static func ready(_ configuration: ServerConfiguration, _ made: FirstStart.Outcome) -> String {
        let clientKey = made.clientKey
        let url = configuration.publicURL
        let key = clientKey ?? "YOUR_KEY"
        let lines = [
            "", "Slipway is ready at \(url)", "  Data folder   \(configuration.dataFolder)",
            made.signInSecret.map { "  Sign in       \(url)/sign-in/\($0)   (works once)" }
                ?? "  Pages         \(url)/",
            "",
            clientKey == nil
                ? "Connect a client (slipway keys create NAME --scope consumer makes a key):"
                : "Connect a client: this line holds a key that may only call tools, shown only now.",
            "  claude mcp add --transport http slipway \(url)/mcp/slipway --header \"Authorization: Bearer \(key)\"",
            "Any other client: the address \(url)/mcp/slipway with the header Authorization: Bearer \(key)", "",
        ]
        return lines.joined(separator: "\n")
    }

    /// The program as it was started, so that the line can be pasted.
    private static var program: String { CommandLine.arguments.first ?? "slipway" }
}
