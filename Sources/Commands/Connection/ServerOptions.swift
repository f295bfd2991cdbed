import ArgumentParser

/// What every command that speaks to a server takes.
struct ServerOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The server's address.", discussion: "Default: http://127.0.0.1:8080", valueName: "url"))
    var server: String?

    @Option(help: ArgumentHelp("The key; better in SLIPWAY_KEY, where nobody else sees it.", valueName: "key"))
    var key: String?

    @Option(help: ArgumentHelp("The project, where the key may use several.", valueName: "slug"))
    var project: String?

    @Flag(help: "Print the server's answer as JSON, and nothing else, to standard output.")
    var json = false
}
