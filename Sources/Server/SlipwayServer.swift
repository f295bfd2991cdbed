import Foundation
import Hummingbird
import Logging
import NIOCore
import ServiceLifecycle
import Synchronization
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

    /// Serves until the process is told to stop (SIGTERM or SIGINT). `announce` gets the text for the person who
    /// started it, when the server answers.
    ///
    /// - Throws: ``Problem`` where it cannot start, in one sentence.
    package func run(announce: @escaping @Sendable (String) -> Void) async throws {
        try await withLogger(logger) { _ in
            let assembly = try await Assembly(configuration)
            let isReady = Atomic(false)
            let banner = assembly.banner
            let result = await serve(assembly) {
                isReady.store(true, ordering: .releasing)
                announce(banner.text)
            }
            // Keys that a first start made are shown once, also where it could not go on.
            if !isReady.load(ordering: .acquiring), let keys = banner.keys { announce(keys) }
            try await assembly.close()
            try result.get()
        }
    }

    private func serve(_ assembly: Assembly, ready: @escaping @Sendable () -> Void) async -> Result<Void, any Error> {
        let application = Application(
            router: assembly.router,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "Slipway"
            ),
            onServerRunning: { _ in ready() },
            logger: logger
        )
        let services: [any Service] = assembly.services + [application]
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: services.map { .init(service: $0) },
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        do {
            return .success(try await group.run())
        } catch {
            return .failure(problem(of: error))
        }
    }

    private func problem(of error: any Error) -> any Error {
        guard let error = error as? IOError else { return error }
        let why = error.errnoCode == EADDRINUSE ? "another program listens there" : "the address cannot be used"
        return Problem(
            .configuration,
            "Slipway cannot listen on \(configuration.ownAuthority): \(why). Choose another address by SLIPWAY_HOST and SLIPWAY_PORT.",
            cause: error
        )
    }
}
