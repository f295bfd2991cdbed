import Accounts
import Endpoint
import Foundation
import Hummingbird
import JSON
import Logging
import MCP
import Management
import NIOCore
import Persistence
import Projects
import Releases
import ServiceLifecycle
import Storage
import Tools
import UnixSignals
import Upstream
import Vocabulary

/// The server: everything wired together, once.
package struct SlipwayServer {
    private let configuration: ServerConfiguration
    private let logger: Logger

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
        let folder = try DataFolder(path: configuration.dataFolder)
        let vault = Vault(masterKey: try folder.masterKey(given: configuration.masterKey))
        let database = Database(driver: try SQLiteDriver(path: configuration.databasePath))
        let applied = try await database.migrate(Migrations.all)
        if !applied.isEmpty { logger.info("The schema was brought up to date", metadata: ["steps": "\(applied.count)"]) }
        let stores = Self.stores(database: database, vault: vault)
        let abandoned = try await stores.deployments.failAbandonedDeployments()
        if abandoned > 0 { logger.warning("Deployments of a stopped server were ended", metadata: ["count": "\(abandoned)"]) }
        let secrets = try await FirstStart(
            stores: stores,
            storedProjects: StoredProjects(database: database),
            configuration: configuration
        ).run()
        let banner = Banner(configuration: configuration, secrets: secrets).text
        try await serve(stores: stores, database: database, vault: vault) { announce(banner) }
        try database.close()
        withExtendedLifetime(folder) {}
    }

    private func serve(
        stores: ManagementStores,
        database: Database,
        vault: Vault,
        ready: @escaping @Sendable () -> Void
    ) async throws {
        let policy = try EgressPolicy(entries: configuration.allowedUpstreams, own: configuration.ownAuthority)
        let upstream = UpstreamClient(policy: policy)
        let log = ToolCallLogWriter(log: stores.toolCalls)
        let tools = ToolService(
            caller: ToolCaller(
                client: upstream,
                userAgent: "Slipway/\(Version.current)",
                timeout: configuration.callTimeout
            ),
            log: { log.append($0) }
        )
        let serving = StoredServing(database: database)
        let catalog = ServingCatalog(store: serving, environments: stores.environments, vault: vault)
        let keys = KeyRing(store: stores.keys, changes: { serving.changeCount })
        let deployer = Deployer(store: stores.deployments, largestDocument: configuration.largestDocument)
        let management = try ManagementController(
            stores: stores,
            keys: keys,
            settings: ManagementSettings(
                publicURL: configuration.publicURL,
                version: Version.current,
                largestDocument: configuration.largestDocument,
                deployer: deployer,
                invoke: { try await Self.invoke($0, catalog: catalog, tools: tools) }
            )
        )
        let router = Router(context: BasicRequestContext.self)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: AccessMiddleware(configuration))
        HealthController(database: database).addRoutes(to: router)
        management.addRoutes(to: router)
        MCPController(catalog: catalog, keys: keys, tools: tools).addRoutes(to: router)
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(
                address: .hostname(configuration.host, port: configuration.port),
                serverName: "Slipway"
            ),
            onServerRunning: { _ in ready() },
            logger: logger
        )
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(
                services: [
                    .init(service: log), .init(service: DeployerService(deployer: deployer)),
                    .init(service: application),
                ],
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: logger
            )
        )
        let result: Result<Void, any Error> = await withLogger(logger) { _ in
            do {
                return .success(try await group.run())
            } catch {
                return .failure(error)
            }
        }
        await upstream.shutdown()
        try result.mapError { Self.problem(of: $0, address: configuration.ownAuthority) }.get()
    }

    private static func stores(database: Database, vault: Vault) -> ManagementStores {
        ManagementStores(
            projects: StoredProjects(database: database),
            deployments: StoredDeployments(database: database, compilerVersion: ToolCompiler.version),
            prompts: StoredPrompts(database: database),
            environments: StoredEnvironments(database: database),
            toolsets: StoredToolsets(database: database),
            releases: StoredReleases(database: database),
            keys: StoredKeys(database: database),
            toolCalls: StoredToolCalls(database: database),
            idempotency: StoredIdempotency(database: database),
            vault: vault
        )
    }

    /// Calls a tool for the management API.
    private static func invoke(
        _ invocation: ToolInvocation,
        catalog: ServingCatalog,
        tools: ToolService
    ) async throws -> ToolInvocation.Result {
        guard let entry = try await catalog.entry(invocation.mcpSlug, view: invocation.view) else {
            throw Problem(.notFound, "Nothing is served at /mcp/\(invocation.mcpSlug) now; its toolset is turned off.")
        }
        do {
            let result = try await tools.call(
                invocation.tool, arguments: invocation.arguments, at: entry, by: invocation.caller,
                trace: TraceContext()
            )
            return ToolInvocation.Result(json: result.json(in: .newestLegacy))
        } catch CallFailure.unknownTool(let name) {
            throw Problem(.notFound, "The toolset serves no tool \"\(name)\"; toolsets.get names those it serves.")
        }
    }

    private static func problem(of error: any Error, address: String) -> any Error {
        guard let error = error as? IOError else { return error }
        let why = error.errnoCode == EADDRINUSE ? "another program listens there" : "the address cannot be used"
        return Problem(
            .configuration,
            "Slipway cannot listen on \(address): \(why). Choose another one by SLIPWAY_HOST and SLIPWAY_PORT.",
            cause: error
        )
    }
}
