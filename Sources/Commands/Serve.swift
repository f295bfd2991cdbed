package import ArgumentParser
import Foundation
import Server
import Vocabulary

/// `slipway serve`: runs the server.
package struct ServeCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "serve",
        abstract: "Run the server.",
        discussion: """
            Settings come from these flags, then from the environment (SLIPWAY_HOST, SLIPWAY_PORT, …), then from \
            slipway.yaml, then from defaults. docs/reference/configuration.md lists all of them.
            """
    )

    @Option(help: "The address to listen on (127.0.0.1).")
    var host: String?

    @Option(help: "The port to listen on (8080).")
    var port: String?

    @Option(help: "The folder for database, master key and lock (data).")
    var dataDir: String?

    @Option(help: "The database: sqlite:///path.")
    var databaseUrl: String?

    @Option(help: "The address that clients use, where it is another than host and port.")
    var publicUrl: String?

    @Option(help: "Private hosts that tools may call, separated by commas.")
    var allowedUpstreams: String?

    @Option(help: "trace, debug, info, notice, warning, error or critical (notice).")
    var logLevel: String?

    @Option(help: "The configuration file (slipway.yaml).")
    var config: String?

    package init() {}

    /// Runs the server until it is told to stop.
    package func run() async throws {
        let flags = [
            "host": host, "port": port, "data_dir": dataDir, "database_url": databaseUrl, "public_url": publicUrl,
            "allowed_upstreams": allowedUpstreams, "log_level": logLevel, "config": config,
        ].compactMapValues(\.self)
        let configuration = try await ServerConfiguration.load(
            flags: flags,
            environment: ProcessInfo.processInfo.environment
        )
        try await SlipwayServer(configuration: configuration).run { banner in
            // Straight to the file: a program that starts the server reads this through a pipe, without delay.
            FileHandle.standardOutput.write(Data("\(banner)\n".utf8))
        }
    }
}
