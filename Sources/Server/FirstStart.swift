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
struct FirstStart {
    let stores: ManagementStores
    let storedProjects: StoredProjects
    let configuration: ServerConfiguration

    /// What must be shown now because it is shown only once.
    struct Secrets: Sendable {
        /// The admin key, where this start made one.
        var adminKey: String?
        /// A key for a first client, where this start made one.
        var clientKey: String?
    }

    private static let project = "default"
    private static let source = "slipway"
    private static let environmentAdminKey = "admin (SLIPWAY_ADMIN_KEY)"

    func run() async throws -> Secrets {
        try await storedProjects.ensureOrganization()
        var secrets = Secrets()
        let keys = try await stores.keys.keys(PageRequest(limit: PageRequest.largest)).items
        if let given = configuration.adminKey {
            try await takeAdminKey(KeySecret(given), keys: keys)
        } else if !keys.contains(where: { $0.allows(.admin) }) {
            secrets.adminKey = try await makeKey("admin", scope: .admin, project: nil).text
        }
        if try await stores.projects.projects(PageRequest(limit: 1)).items.isEmpty {
            secrets.clientKey = try await makeFirstProject()
        }
        try await checkMasterKey()
        try await followOwnAddress()
        return secrets
    }

    /// Makes the given secret the one admin key of its kind: another one that was given before ends.
    private func takeAdminKey(_ secret: KeySecret, keys: [APIKey]) async throws {
        let current = try await stores.keys.key(withHash: secret.hash)
        if current == nil {
            _ = try await stores.keys.createKey(
                name: Self.environmentAdminKey, secret: secret, scopes: [.admin], project: nil, isAutomation: false,
                by: .system
            )
        } else if current?.revokedAt != nil {
            throw Problem(.configuration, "The setting SLIPWAY_ADMIN_KEY names a key that was revoked; give another one.")
        }
        for old in keys where old.name == Self.environmentAdminKey && old.revokedAt == nil && old.id != current?.id {
            _ = try await stores.keys.revokeKey(old.id, by: .system)
        }
    }

    private func makeKey(_ name: String, scope: Scope, project: ID<Project>?) async throws -> KeySecret {
        let secret = KeySecret.make()
        _ = try await stores.keys.createKey(
            name: name, secret: secret, scopes: [scope], project: project, isAutomation: false, by: .system
        )
        return secret
    }

    /// A project with a source `slipway` (the server's own API) and a toolset of its read-only calls. Answers a key
    /// for a client of it.
    private func makeFirstProject() async throws -> String {
        guard let projectSlug = Slug(Self.project), let source = Slug(Self.source) else {
            throw Problem(.unexpected, "The names of the first project are no slugs.")
        }
        let project = try await stores.projects.createProject(slug: projectSlug, name: "Default", by: .system)
        try await deployOwnDocument(as: source, in: project.id)
        let reader = try await makeKey("slipway toolset (calls this server)", scope: .reader, project: project.id)
        try await makeEnvironment(source, reader: reader, in: project.id)
        let readable = Set(
            Calls.all.filter { $0.method == .get && $0.scope <= .reader }.map { "\($0.method.rawValue) \($0.path)" }
        )
        let tools = try await stores.deployments.tools(
            in: project.id, deployment: nil, source: source, query: nil, PageRequest(limit: PageRequest.largest)
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
            in: project.id,
            by: .system
        )
        return try await makeKey("first client", scope: .consumer, project: project.id).text
    }

    private func deployOwnDocument(as source: Slug, in project: ID<Project>) async throws {
        let document = Calls.openAPI(server: configuration.ownURL, version: Version.current)
        let asset = try await stores.deployments.saveAsset(
            name: "openapi.json", kind: "openapi", contentType: "application/json", content: document.bytes,
            in: project, by: .system
        )
        let pending = try await stores.deployments.beginDeployment(
            of: [DeploymentSource(slug: source, assetID: asset.id)], in: project, by: .system
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

    private func makeEnvironment(_ slug: Slug, reader: KeySecret, in project: ID<Project>) async throws {
        let id = ID<CallEnvironment>.make()
        _ = try await stores.environments.createEnvironment(
            id: id,
            slug: slug,
            name: "Slipway itself",
            entries: [
                try entry(Self.keyVariable, reader.text, isSecret: true, in: id),
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
                    entry.sealedValue, for: CallEnvironment.place(of: entry.name, in: environment.id)
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
        guard let projectSlug = Slug(Self.project), let slug = Slug(Self.source),
            let project = try await stores.projects.project(projectSlug),
            let environment = try await stores.environments.environment(slug, in: project.id),
            let current = environment.entries.first(where: { $0.name == Self.serverVariable })
        else { return }
        let place = CallEnvironment.place(of: Self.serverVariable, in: environment.id)
        guard try stores.vault.open(current.sealedValue, for: place) != configuration.ownURL else { return }
        _ = try await stores.environments.updateEnvironment(
            slug, name: nil,
            setting: [try entry(Self.serverVariable, configuration.ownURL, isSecret: false, in: environment.id)],
            removing: [], expecting: nil, in: project.id, by: .system
        )
    }
}
