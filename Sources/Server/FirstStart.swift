import Accounts
import JSON
import Management
import ManagementAPI
import OpenAPI
import Projects
import Releases
import Storage
import Tools
import Vocabulary

/// What a start finds or makes: the organization, the admin key, and at the first start a project whose toolset calls
/// the server itself, so that a client has something to list and call before anything else was set up.
///
/// Every step looks whether it was done, so that a first start that was stopped is finished by the next one.
struct FirstStart {
    let stores: ManagementStores
    let storedProjects: StoredProjects
    let configuration: ServerConfiguration
    /// Shows text to the person who started the server, at once.
    let announce: @Sendable (String) -> Void

    private static let doneMark = "first_start"
    private static let readerKeyName = "slipway toolset (calls this server)"
    private static let clientKeyName = "first client"
    private static let givenKeyName = "admin (SLIPWAY_ADMIN_KEY)"

    /// What a start made that is shown only now.
    struct Outcome: Sendable {
        /// The secret of a key for a first client.
        let clientKey: String?
        /// The secret of the address by which the first member signs in.
        let signInSecret: String?
    }

    func run() async throws -> Outcome {
        try await storedProjects.ensureOrganization()
        try await ensureAdminKey()
        var clientKey: String?
        if try await storedProjects.mark(Self.doneMark) == nil {
            clientKey = try await makeFirstProject()
            try await storedProjects.setMark(Self.doneMark, to: Version.current)
        }
        try await checkMasterKey()
        try await followOwnAddress()
        return Outcome(clientKey: clientKey, signInSecret: try await makeSignInLink())
    }

    /// A new sign-in address at each start until somebody used one; none where an admin key was given, since whoever has
    /// that signs in with it.
    private func makeSignInLink() async throws -> String? {
        guard configuration.adminKey == nil, try await !stores.members.hasJoinedMembers() else { return nil }
        let secret = KeySecret.make(prefix: "sli_")
        try await stores.members.createSignInLink(
            secret,
            for: nil,
            role: .admin,
            expiresAt: Timestamp.now().advanced(by: SignInLink.lifetime),
            by: .system
        )
        return secret.text
    }

    private func ensureAdminKey() async throws {
        if let given = configuration.adminKey {
            try await takeAdminKey(KeySecret(given))
        } else if try await !stores.keys.hasAdminKey() {
            let secret = KeySecret.make()
            // Shown before it is stored: a start that is stopped in between shows another one the next time, and no
            // key is ever lost.
            announce(Banner.adminKey(secret.text))
            try await store(secret, named: "admin", scope: .admin, project: nil)
        }
    }

    /// Makes the given secret the one admin key of its kind: another one that was given before ends.
    private func takeAdminKey(_ secret: KeySecret) async throws {
        let current = try await stores.keys.key(withHash: secret.hash)
        if current == nil {
            try await store(secret, named: Self.givenKeyName, scope: .admin, project: nil)
        } else if current?.revokedAt != nil {
            throw Problem(
                .configuration,
                "The setting SLIPWAY_ADMIN_KEY names a key that was revoked; give another one."
            )
        }
        for old in try await stores.keys.validKeys(named: Self.givenKeyName) {
            let isGiven = try await stores.keys.key(withHash: secret.hash)?.id == old.id
            if !isGiven { _ = try await stores.keys.revokeKey(old.id, by: .system) }
        }
    }

    private func store(_ secret: KeySecret, named name: String, scope: Scope, project: ID<Project>?) async throws {
        _ = try await stores.keys.createKey(
            name: name,
            secret: secret,
            scopes: [scope],
            project: project,
            isAutomation: false,
            by: .system
        )
    }

    /// A new key of that name; one that an interrupted start made, and that nobody has seen, ends.
    private func makeKey(_ name: String, scope: Scope, project: ID<Project>) async throws -> String {
        for unseen in try await stores.keys.validKeys(named: name) {
            _ = try await stores.keys.revokeKey(unseen.id, by: .system)
        }
        let secret = KeySecret.make()
        try await store(secret, named: name, scope: scope, project: project)
        return secret.text
    }

    /// A project with a source `slipway` (the server's own API) and a toolset of its read-only calls. Answers a key
    /// for a client of it.
    private func makeFirstProject() async throws -> String {
        let source = Slug.slipway
        let known = try await stores.projects.project(.firstProject)
        let project: Project
        if let known {
            project = known
        } else {
            project = try await stores.projects.createProject(slug: .firstProject, name: "Default", by: .system)
        }
        let active = try await stores.deployments.activeDeployment(in: project.id)
        if active?.sources.contains(where: { $0.slug == source }) != true {
            try await deployOwnDocument(as: source, in: project.id)
        }
        if try await stores.environments.environment(source, in: project.id) == nil {
            let reader = try await makeKey(Self.readerKeyName, scope: .reader, project: project.id)
            try await makeEnvironment(source, reader: reader, in: project.id)
        }
        if try await stores.toolsets.toolset(source, view: nil, comparing: false, in: project.id) == nil {
            try await makeToolset(source, in: project.id)
        }
        return try await makeKey(Self.clientKeyName, scope: .consumer, project: project.id)
    }

    private func makeToolset(_ source: Slug, in project: ID<Project>) async throws {
        let readable = Set(
            Calls.all.filter { $0.method == .get && $0.scope <= .reader }.map { "\($0.method.rawValue) \($0.path)" }
        )
        let tools = try await stores.deployments.tools(
            in: project,
            deployment: nil,
            source: source,
            query: nil,
            PageRequest(limit: PageRequest.largest)
        ).items.filter { readable.contains("\($0.call.method) \($0.call.path)") }
        _ = try await stores.toolsets.createToolset(
            slug: source,
            metadata: Toolset.Metadata(
                name: "Slipway",
                description: "Reads what this Slipway server holds: projects, toolsets, tools, releases.",
                instructions:
                    "These tools read the management API of the Slipway server that serves them. Start with toolsets_list."
            ),
            selection: Toolset.Selection(toolURNs: tools.map(\.urn)),
            settings: Toolset.Settings(mcpSlug: source, defaultEnvironment: source),
            in: project,
            by: .system
        )
    }

    private func deployOwnDocument(as source: Slug, in project: ID<Project>) async throws {
        let document = Calls.openAPI(server: configuration.ownURL, version: Version.current)
        let asset = try await stores.deployments.saveAsset(
            name: "openapi.json",
            kind: "openapi",
            contentType: "application/json",
            content: document.bytes,
            in: project,
            by: .system
        )
        let pending = try await stores.deployments.beginDeployment(
            of: [DeploymentSource(slug: source, assetID: asset.id)],
            in: project,
            by: .system
        )
        let deployer = Deployer(store: stores.deployments, largestDocument: configuration.largestDocument)
        async let running: Void = deployer.run()
        let deployment = try await deployer.finish(pending.id, in: project)
        deployer.stop()
        await running
        guard deployment.status == .completed else {
            throw Problem(.unexpected, "The server's own document could not be deployed.")
        }
    }

    private func makeEnvironment(_ slug: Slug, reader: String, in project: ID<Project>) async throws {
        let id = ID<CallEnvironment>.make()
        _ = try await stores.environments.createEnvironment(
            id: id,
            slug: slug,
            name: "Slipway itself",
            entries: [
                try entry(Self.keyVariable, reader, isSecret: true, in: id),
                try entry(Self.serverVariable, configuration.ownURL, isSecret: false, in: id),
            ],
            in: project,
            by: .system
        )
    }

    /// The names follow from the source `slipway` and the scheme `key` of the document.
    private static let keyVariable = "SLIPWAY_KEY"
    private static let serverVariable = "SLIPWAY_SERVER_URL"

    private func entry(
        _ name: String,
        _ value: String,
        isSecret: Bool,
        in environment: ID<CallEnvironment>
    ) throws -> CallEnvironment.Entry {
        let place = CallEnvironment.place(of: name, in: environment)
        return CallEnvironment.Entry(
            name: name,
            sealedValue: try stores.vault.seal(value, for: place),
            isSecret: isSecret
        )
    }

    /// Stops the start where the secrets of the database were sealed under another master key.
    private func checkMasterKey() async throws {
        for project in try await stores.projects.projects(PageRequest(limit: PageRequest.largest)).items {
            let environments = try await stores.environments.environments(in: project.id, PageRequest(limit: 1)).items
            guard let environment = environments.first, let entry = environment.entries.first else { continue }
            do {
                _ = try stores.vault.open(
                    entry.sealedValue,
                    for: CallEnvironment.place(of: entry.name, in: environment.id)
                )
                return
            } catch {
                throw Problem(
                    .configuration,
                    "The setting SLIPWAY_MASTER_KEY (or master.key in the data folder) is not the key that the database's secrets were sealed with; start with that key.",
                    cause: error
                )
            }
        }
    }

    /// Tells the toolset that calls the server itself where the server listens now.
    private func followOwnAddress() async throws {
        let slug = Slug.slipway
        guard let project = try await stores.projects.project(.firstProject),
            let environment = try await stores.environments.environment(slug, in: project.id),
            let current = environment.entries.first(where: { $0.name == Self.serverVariable })
        else { return }
        let place = CallEnvironment.place(of: Self.serverVariable, in: environment.id)
        guard try stores.vault.open(current.sealedValue, for: place) != configuration.ownURL else { return }
        _ = try await stores.environments.updateEnvironment(
            slug,
            name: nil,
            setting: [try entry(Self.serverVariable, configuration.ownURL, isSecret: false, in: environment.id)],
            removing: [],
            expecting: nil,
            in: project.id,
            by: .system
        )
    }
}
