import Endpoint
import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals
import Vocabulary

/// The server as a process: listens, serves, and stops when it is told to.
package struct SlipwayServer {
    private let configuration: ServerConfiguration
    private let logger: Logger

    /// A server that writes its log to standard error.
    package init(configuration: ServerConfiguration) {
        self.configuration = configuration
        var logger = Logger(label: "slipway") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = configuration.logLevel
        self.logger = logger
    }

    /// Serves until the process is told to stop (SIGTERM or SIGINT). `announce` gets the texts for the person who
    /// started it: a new admin key, and then that the server answers.
    ///
    /// - Throws: ``Problem`` where it cannot start, in one sentence.
    package func run(announce: @escaping @Sendable (String) -> Void) async throws {
        try await withLogger(logger) { _ in
            let assembly = try await Assembly(configuration, announce: announce)
            let banner = assembly.banner
            let result = await serve(assembly) { announce(banner) }
            do {
                try await assembly.close()
            } catch {
                logger.error("The server did not close cleanly", metadata: ["error": "\(String(reflecting: error))"])
            }
            try result.get()
        }
    }

    private func serve(_ assembly: Assembly, ready: @escaping @Sendable () -> Void) async -> Result<Void, any Error> {
        let connections = assembly.connections
        let application = Application(
            router: assembly.router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [connections.handler()],
                    idleTimeout: .seconds(75)
                )
            ),
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "Slipway"
            ),
            onServerRunning: { _ in ready() },
            logger: logger
        )
        let services: [any Service] = assembly.services + [application, assembly.announcements]
        var group = ServiceGroupConfiguration(
            services: services.map { .init(service: $0) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        // Calls that run may end; a client that holds a half-sent request does not keep the server.
        group.maximumGracefulShutdownDuration = configuration.callTimeout + .seconds(5)
        do {
            return .success(try await ServiceGroup(configuration: group).run())
        } catch {
            return .failure(problem(of: error))
        }
    }

    private func problem(of error: any Error) -> any Error {
        let why: String
        switch error {
        case let error as IOError where error.errnoCode == EADDRINUSE: why = "another program listens there"
        case is IOError, is SocketAddressError: why = "this machine has no such address"
        default: return error
        }
        return Problem(
            .configuration,
            "Slipway cannot listen on \(configuration.ownAuthority): \(why). Choose another address by SLIPWAY_HOST and SLIPWAY_PORT.",
            cause: error
        )
    }
}
