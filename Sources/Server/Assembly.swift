import Accounts
import Assets
import AsyncHTTPClient
import Dashboard
package import Endpoint
import Foundation
package import Hummingbird
import JSON
import Logging
import MCP
import Management
import NIOCore
import Persistence
import Projects
import Releases
package import ServiceLifecycle
import Storage
import Tools
import Upstream
import Vocabulary

/// Everything that a server is made of, wired together once: what answers requests, and what runs beside it.
package struct Assembly {
    package let router: Router<ConnectionContext>
    /// Which clients are there; its handler belongs into the pipeline of each connection.
    package let connections = ClientConnections()
    /// What runs as long as the server does, in the order in which it starts; it stops after the server.
    package let services: [any Service]
    /// What stops before the server does: clients that listen for changes would keep it from stopping.
    package let announcements: any Service
    /// What the person who started the server is told.
    let banner: String
    private let folder: DataFolder
    private let database: Database
    private let upstream: UpstreamClient
    /// Fetches documents, which may be larger than what tools answer.
    private let documents: UpstreamClient
    /// Speaks to the model of the playground.
    private let chats: HTTPClient

    /// Opens the data folder, brings the database up to date, makes what a first start needs, and wires the rest.
    ///
    /// `announce` shows what must be shown at once: a new admin key.
    ///
    /// - Throws: ``Problem`` where the server cannot start, in one sentence.
    package init(
        _ configuration: ServerConfiguration,
        announce: @escaping @Sendable (String) -> Void
    ) async throws {
        folder = try DataFolder(path: configuration.dataFolder, databasePath: configuration.databasePath)
        let vault = Vault(masterKey: try folder.masterKey(given: configuration.masterKey))
        database = Database(driver: try SQLiteDriver(path: configuration.databasePath))
        let applied = try await database.migrate(Migrations.all)
        if !applied.isEmpty {
            Logger.current.info("The schema was brought up to date", metadata: ["steps": "\(applied.count)"])
        }
        let policy = try EgressPolicy(entries: configuration.allowedUpstreams, own: configuration.ownAuthority)
        let compiled = CompiledTools()
        let checkpoints = CheckpointWriter(store: StoredCheckpoints(database: database, compiled: compiled))
        let stores = Self.stores(database: database, compiled: compiled, vault: vault, policy: policy) {
            checkpoints.append($0, by: $1)
        }
        let abandoned = try await stores.deployments.failAbandonedDeployments()
        if abandoned > 0 {
            Logger.current.warning("Deployments of a stopped server were ended", metadata: ["count": "\(abandoned)"])
        }
        try await stores.idempotency.forgetUnfinished()
        let start = FirstStart(
            stores: stores,
            storedProjects: StoredProjects(database: database),
            configuration: configuration,
            announce: announce
        )
        banner = Banner.ready(configuration, try await start.run())

        upstream = UpstreamClient(policy: policy)
        documents = UpstreamClient(policy: policy, limits: .init(answerBytes: configuration.largestDocument))
        let fetcher = DocumentFetcher(client: documents, userAgent: "Slipway/\(Version.current)")
        let log = ToolCallLogWriter(log: stores.toolCalls)
        let caller = ToolCaller(
            client: upstream,
            userAgent: "Slipway/\(Version.current)",
            timeout: configuration.callTimeout
        )
        let tools = ToolService(caller: caller, log: { log.append($0) })
        let serving = StoredServing(database: database, compiled: compiled)
        let catalog = ServingCatalog(
            store: serving,
            environments: stores.environments,
            vault: vault,
            publicURL: configuration.publicURL
        )
        let keyUses = KeyUseWriter(keys: stores.keys)
        let keys = KeyRing(store: stores.keys, used: { keyUses.note($0) }, changes: { serving.changeCount })
        let deployer = Deployer(store: stores.deployments, largestDocument: configuration.largestDocument)
        let instances = ServedInstances(catalog: catalog, tools: tools)
        let settings = ManagementSettings(
            publicURL: configuration.publicURL,
            version: Version.current,
            largestDocument: configuration.largestDocument,
            deployer: deployer,
            fetch: { try await FetchedDocument(at: $0, by: fetcher, largest: configuration.largestDocument) },
            invoke: { try await instances.invoke($0) },
            content: { try await instances.entry(at: $0, $1).image.content }
        )
        let desk = try CallDesk(stores: stores, settings: settings)
        router = Router(context: ConnectionContext.self)
        router.add(middleware: ProblemMiddleware())
        router.add(middleware: AccessMiddleware(configuration))
        chats = HTTPClient(eventLoopGroupProvider: .singleton)
        let dashboard = try Self.dashboard(
            configuration,
            chats: chats,
            desk: desk,
            keys: keys,
            members: stores.members,
            installations: ServedInstallations(
                catalog: catalog,
                projects: stores.projects,
                publicURL: configuration.publicURL
            )
        ) { serving.changeCount }
        router.add(middleware: dashboard.problemPages())
        HealthController(database: database).addRoutes(to: router)
        ManagementController(desk: desk, keys: keys, settings: settings).addRoutes(to: router)
        ImageController(store: StoredDeployments(database: database, compilerVersion: ToolCompiler.version))
            .addRoutes(to: router)
        let contents = ResourceContents(store: serving)
        let admission = Admission(catalog: catalog, keys: keys)
        let subscriptions = ChangeSubscriptions()
        let announcer = ChangeAnnouncer(store: serving, admission: admission, subscriptions: subscriptions)
        MCPController(
            admission: admission,
            tools: tools,
            contents: contents,
            connections: connections,
            listeners: MCPController.Listeners(
                sessions: LegacySessions(vault: vault),
                subscriptions: subscriptions,
                announcer: announcer
            )
        )
        .addRoutes(to: router)
        dashboard.addRoutes(to: router)
        services = [log, keyUses, checkpoints, DeployerService(deployer: deployer)]
        announcements = AnnouncerService(announcer: announcer)
    }

    /// Lets go of everything, after the last request.
    package func close() async throws {
        await upstream.shutdown()
        await documents.shutdown()
        try await chats.shutdown()
        try database.close()
        withExtendedLifetime(folder) {}
    }

    /// `edited` is told which toolset in iteration mode somebody edited.
    private static func stores(
        database: Database,
        compiled: CompiledTools,
        vault: Vault,
        policy: EgressPolicy,
        edited: @escaping @Sendable (ID<Toolset>, Actor) -> Void
    ) -> ManagementStores {
        let lists = ServedLists()
        let releases = StoredReleases(
            database: database,
            compiled: compiled,
            served: { lists.digests(of: $0) },
            allowsHost: { policy.allows($0) },
            edited: edited
        )
        return ManagementStores(
            projects: StoredProjects(database: database),
            deployments: StoredDeployments(database: database, compilerVersion: ToolCompiler.version),
            sources: StoredSources(database: database),
            prompts: StoredPrompts(database: database),
            resources: StoredResources(database: database),
            environments: StoredEnvironments(database: database),
            toolsets: StoredToolsets(
                database: database,
                compiled: compiled,
                edited: edited,
                allowsHost: { policy.allows($0) }
            ),
            releases: releases,
            reviews: releases,
            staging: releases,
            retention: StoredRetention(database: database),
            keys: StoredKeys(database: database),
            members: StoredMembers(database: database),
            toolCalls: StoredToolCalls(database: database),
            idempotency: StoredIdempotency(database: database),
            vault: vault
        )
    }

    /// The pages; their files come from the folder of SLIPWAY_ASSETS_DIR while somebody works on them.
    private static func dashboard(
        _ configuration: ServerConfiguration,
        chats: HTTPClient,
        desk: CallDesk,
        keys: KeyRing,
        members: any MemberStore,
        installations: any InstallationSource,
        changes: @escaping @Sendable () -> Int
    ) throws -> Dashboard {
        #if DEBUG
        let isStrict = true
        #else
        let isStrict = false
        #endif
        return try Dashboard(
            desk: desk,
            members: members,
            keys: keys,
            sessions: SessionRing(store: members, changes: changes),
            installations: installations,
            chat: configuration.languageModel.map {
                CompletionsModel(client: chats, url: $0.url, key: $0.key, model: $0.model)
            },
            assets: try configuration.assetsFolder.map { try AssetLibrary(folder: $0) } ?? .embedded,
            settings: DashboardSettings(
                publicURL: configuration.publicURL,
                largestDocument: configuration.largestDocument,
                isStrict: isStrict
            )
        )
    }
}
