import Foundation
import JSON
import Persistence
import Projects
import Releases
import Storage
import Tools
import Vocabulary

/// All stores on a SQLite file of their own, with one project in it. The file goes away with the test.
final class World: Sendable {
    let path: String
    let database: Database
    let projects: StoredProjects
    let deployments: StoredDeployments
    let prompts: StoredPrompts
    let resources: StoredResources
    let environments: StoredEnvironments
    let toolsets: StoredToolsets
    let releases: StoredReleases
    /// Stands for what a protocol makes of a content: digests that follow every served byte.
    let served: ServedEncoding = { content in
        ["2025-11-25", "2026-07-28"].flatMap { revision in
            let tools = content.tools.flatMap { JSONValue.object($0.tool).bytes }
            let prompts = content.prompts.flatMap { Array($0.template.utf8) }
            let resources = content.resources.flatMap { Array($0.uri.utf8) }
            return [(ServedList.Kind.tools, tools), (.prompts, prompts), (.resources, resources)].map {
                ServedList(revision: revision, kind: $0, digest: Digest(of: Array(revision.utf8) + $1))
            }
        }
    }
    let serving: StoredServing
    let keys: StoredKeys
    let project: ID<Project>
    let actor = Actor(name: "key:anna")

    private init(database: Database, path: String, project: ID<Project>) {
        self.path = path
        self.database = database
        self.project = project
        projects = StoredProjects(database: database)
        deployments = StoredDeployments(database: database, compilerVersion: 1)
        prompts = StoredPrompts(database: database)
        resources = StoredResources(database: database)
        environments = StoredEnvironments(database: database)
        toolsets = StoredToolsets(database: database)
        releases = StoredReleases(database: database, served: served)
        serving = StoredServing(database: database)
        keys = StoredKeys(database: database)
    }

    static func with(_ body: (World) async throws -> Void) async throws {
        try await Folder.with { folder in
            let path = folder + "/slipway.sqlite"
            let database = Database(driver: try SQLiteDriver(path: path))
            _ = try await database.migrate(Migrations.all)
            let projects = StoredProjects(database: database)
            try await projects.ensureOrganization()
            let project = try await projects.createProject(slug: slug("acme"), name: "Acme", by: .system)
            try await body(World(database: database, path: path, project: project.id))
            try database.close()
        }
    }
}

/// A folder of a test's own.
enum Folder {
    static func with(_ body: (String) async throws -> Void) async throws {
        let folder = NSTemporaryDirectory() + "slipway-storage-tests-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try await body(folder)
    }
}

func slug(_ text: String) -> Slug { Slug(text)! }

let pets = slug("pets")

/// The URN of a tool of the source `pets`, or of another one: `shop/list`.
func urn(_ text: String) -> ToolURN {
    let parts = text.split(separator: "/").map(String.init)
    return ToolURN(source: Slug(parts.count == 2 ? parts[0] : "pets")!, name: parts.last ?? "")
}

/// A tool whose members stand in an order that nothing sorts, and with a number that must keep its text.
func definition(_ text: String, _ description: String = "first") -> ToolDefinition {
    let urn = urn(text)
    return ToolDefinition(
        urn: urn,
        title: nil,
        description: "\(urn.name): \(description)",
        tags: ["pets"],
        inputSchema: try! JSONValue(
            parsing: #"{"type":"object","properties":{"z":{"maximum":1.50,"type":"number"},"a":{"type":"string"}}}"#
        ).object!,
        annotations: ToolAnnotations(method: "GET"),
        call: CallRecipe(
            method: "GET",
            server: "https://api.example.com",
            serverVariable: "PETS_SERVER_URL",
            path: "/\(urn.name)"
        )
    )
}

/// A prompt with one argument.
func template(_ name: String, _ template: String = "Hello {{who}}") -> PromptTemplate.Content {
    PromptTemplate.Content(
        name: name,
        description: "Says something",
        arguments: [.init(name: "who", description: "", isRequired: true)],
        template: template
    )
}

extension World {
    /// Makes a document of each source whose compiler is ``compile(_:)``, and deploys them.
    @discardableResult
    func deploy(_ tools: ToolDefinition..., diagnostics: [Diagnostic] = []) async throws -> Deployment {
        try await deploy(tools, diagnostics: diagnostics)
    }

    @discardableResult
    func deploy(_ tools: [ToolDefinition], diagnostics: [Diagnostic] = []) async throws -> Deployment {
        let deployment = try await begin(tools)
        return try await finish(deployment, diagnostics: diagnostics)
    }

    /// A pending deployment of these tools.
    func begin(_ tools: [ToolDefinition]) async throws -> Deployment {
        var sources: [DeploymentSource] = []
        for slug in Set(tools.compactMap(\.urn.source)).sorted() {
            let document = JSONValue.array(tools.filter { $0.urn.source == slug }.map(\.json)).bytes
            let asset = try await deployments.saveAsset(
                name: "\(slug).json",
                kind: "openapi",
                contentType: "application/json",
                content: document,
                in: project,
                by: actor
            )
            sources.append(DeploymentSource(slug: slug, assetID: asset.id))
        }
        return try await deployments.beginDeployment(of: sources, in: project, by: actor)
    }

    /// Compiles what has to be compiled, and completes a pending deployment.
    @discardableResult
    func finish(_ deployment: Deployment, diagnostics: [Diagnostic] = []) async throws -> Deployment {
        let compilations = try await deployments.documentsToCompile(deployment.id, in: project)
            .map { try Self.compile($0, diagnostics: diagnostics) }
        let log = DeploymentLog(level: .info, message: "\(compilations.count) compiled")
        return try await deployments.complete(deployment.id, in: project, with: compilations, logs: [log])
    }

    /// What a document says: it is the definitions themselves.
    static func compile(_ document: SourceDocument, diagnostics: [Diagnostic] = []) throws -> Compilation {
        let tools = try JSONValue(parsing: document.content).array!.map { ToolDefinition(json: $0)! }
        return Compilation(
            slug: document.source.slug,
            assetID: document.source.assetID,
            tools: tools.map { Compilation.CompiledOperation(operation: "GET /\($0.name)", definition: $0) },
            names: Dictionary(uniqueKeysWithValues: tools.map { ("GET /\($0.name)", $0.name) }),
            diagnostics: diagnostics
        )
    }
}
