/// What a start tells the person who started it.
struct Banner {
    let configuration: ServerConfiguration
    let secrets: FirstStart.Secrets

    var text: String {
        let url = configuration.publicURL
        var lines = ["", "Slipway is ready at \(url)"]
        lines.append("  Data folder   \(configuration.dataFolder)")
        if let key = secrets.adminKey {
            lines += [
                "", "Admin key, shown only now. It may do everything; keep it somewhere safe:", "  \(key)", "",
                "Give it to the command line:", "  export SLIPWAY_KEY=\(key)", "  slipway status",
            ]
        }
        let key = secrets.clientKey ?? "YOUR_KEY"
        lines += [
            "",
            secrets.clientKey == nil
                ? "Connect a client (make a key by: slipway keys create NAME --scope consumer):"
                : "Connect a client: this line holds a key that may only call tools, shown only now.",
            "  claude mcp add --transport http slipway \(url)/mcp/slipway --header \"Authorization: Bearer \(key)\"",
            "Any other client: the address \(url)/mcp/slipway with the header Authorization: Bearer \(key)", "",
        ]
        return lines.joined(separator: "\n")
    }
}
