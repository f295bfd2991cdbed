package import Accounts
package import Assets
package import Hummingbird
package import ManagementAPI

/// The pages: what people do in a browser. Everything they change goes by the calls of the management API, so that a page
/// can do nothing that a program cannot, and no rule holds for one of them only.
package struct Dashboard: Sendable {
    private let server: PageServer
    private let assets: AssetController
    private let signIn: SignInController
    private let install: InstallController
    private let controllers: [any PageController]

    /// - Throws: ``Problem`` where a template has a fault: a fault of the program, found at the start.
    package init(
        desk: any ManagementDesk,
        members: any MemberStore,
        keys: KeyRing,
        sessions: SessionRing,
        installations: any InstallationSource,
        chat: (any ChatModel)?,
        assets library: AssetLibrary,
        settings: DashboardSettings
    ) throws {
        assets = AssetController(library: library)
        let renderer = try Renderer(templates: library.templates, isStrict: settings.isStrict)
        server = PageServer(
            desk: desk,
            sessions: sessions,
            writer: PageWriter(renderer: renderer, assets: assets.names, isSecure: settings.isSecure),
            settings: settings
        )
        signIn = SignInController(members: members, keys: keys, server: server, isSecure: settings.isSecure)
        install = InstallController(installations: installations, keys: keys, server: server)
        controllers =
            [AccountPages(members: members), ToolsetListPages()] + Self.toolsetPages + Self.publishingPages
            + Self.projectPages + [PlaygroundPages(hasChat: chat != nil), ChatPages(model: chat), CallsPages()]
    }

    private static var toolsetPages: [any PageController] {
        [
            NewToolsetPages(), ToolsetToolsPages(), ToolEditPages(), ToolsetAddToolsPages(), ToolsetEnvironmentPages(),
            ToolsetSettingsPages(), ChangeRulePages(), EditingModePages(),
        ] + ToolsetPartsPages.all
    }

    private static let publishingPages: [any PageController] = [
        ReviewPages(), ItemComparisonPages(), ReleasePages(), ReleaseItemPages(), RollBackPages(), DiscardPages(),
        MergePages(),
    ]

    private static let projectPages: [any PageController] = [
        SourcePages(), UploadPages(), DeploymentPages(), EnvironmentPages(), PromptPages(), ResourcePages(),
        VariationPages(), KeyPages(), MemberPages(), AuditPages(),
    ]

    /// Adds every page to a router.
    package func addRoutes(to router: Router<some RequestContext>) {
        assets.addRoutes(to: router)
        signIn.addRoutes(to: router)
        install.addRoutes(to: router)
        let routes = controllers.flatMap(\.routes)
        for route in routes + FormReturn.routes(for: routes) { server.add(route, to: router) }
    }

    /// What gives people who follow a wrong link a page to read. It belongs behind what answers programs.
    package func problemPages<Context: RequestContext>(
        for: Context.Type = Context.self
    ) -> some RouterMiddleware<Context> {
        ProblemPageMiddleware<Context>(server: server)
    }
}

/// What the pages are told about the server around them.
package struct DashboardSettings: Sendable {
    /// The address that people use, without a `/` at the end.
    package let publicURL: String
    /// How large an uploaded document may be, in bytes.
    package let largestDocument: Int
    /// Whether a template that uses an unknown name is an error: so in debug builds.
    package let isStrict: Bool

    package init(publicURL: String, largestDocument: Int, isStrict: Bool) {
        self.publicURL = publicURL
        self.largestDocument = largestDocument
        self.isStrict = isStrict
    }

    /// Whether people come by TLS, so that cookies may ask for it.
    var isSecure: Bool { publicURL.hasPrefix("https://") }
}
