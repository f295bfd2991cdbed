import JSON
import Persistence
import Projects
import Releases
import Storage
import Tools
import Vocabulary

/// What callers of one address get, in bytes.
struct Served: Hashable {
    let manifest: [UInt8]
    let tools: [[UInt8]]
    let calls: [[UInt8]]
    let prompts: [PromptTemplate.Content]
    let resources: [CompiledResource]
    /// What the resources say, read by their digests.
    var bodies: [[UInt8]] = []

    init(_ content: CompiledContent) throws {
        manifest = try content.manifest.canonicalBytes()
        tools = content.tools.map { JSONValue.object($0.tool).bytes }
        calls = content.tools.map { $0.call.json.bytes }
        prompts = content.prompts
        resources = content.resources
    }

    /// The same without the manifest, which also says where it came from.
    var lists: Lists { Lists(tools: tools, calls: calls, prompts: prompts, resources: resources, bodies: bodies) }

    var digest: Digest { Digest(of: manifest) }

    var bodyTexts: [String] { bodies.map { String(decoding: $0, as: UTF8.self) } }

    var toolTexts: [String] { tools.map { String(decoding: $0, as: UTF8.self) } }
}

/// What callers see of a content, and what their calls become.
struct Lists: Hashable {
    let tools: [[UInt8]]
    let calls: [[UInt8]]
    let prompts: [PromptTemplate.Content]
    let resources: [CompiledResource]
    let bodies: [[UInt8]]
}

/// Everything that the table "Rules of behaviour" speaks of.
struct State: Hashable {
    var mode: EditingMode
    var live: Served
    var staging: Served?
    var base: Int?
    var current: Int?
    /// The numbers of all releases, oldest first.
    var releases: [Int]
    /// Oldest first.
    var activations: [Activation]
    /// Oldest first.
    var audit: [String]
}

extension World {
    func served(_ slug: Slug = pets, _ view: Toolset.View = .live) async throws -> Served? {
        guard let state = try await serving.servedToolset(mcpSlug: slug, view: view) else { return nil }
        guard let content = try await serving.content(of: state) else { return nil }
        var served = try Served(content)
        for resource in content.resources {
            served.bodies.append(try await serving.resourceBytes(resource.digest)!)
        }
        return served
    }

    func state(_ slug: Slug = pets) async throws -> State {
        let toolset = try await toolsets.toolset(slug, view: nil, comparing: false, in: project)!
        return State(
            mode: toolset.mode,
            live: try await served(slug)!,
            staging: try await served(slug, .staging),
            base: toolset.staging?.baseRelease,
            current: toolset.currentRelease?.number,
            releases: try await releases.releases(of: slug, in: project, PageRequest(limit: 500)).items.map(\.number)
                .reversed(),
            activations: try await releases.activations(of: slug, in: project, PageRequest(limit: 500)).items
                .reversed(),
            audit: try await projects.auditEvents(in: project, PageRequest(limit: 500)).items.map(\.action).reversed()
        )
    }

    /// How staging differs from live.
    func changes(_ slug: Slug = pets) async throws -> ContentDifference? {
        try await releases.stagingVersion(slug, in: project).staging?.changes
    }

    func count(_ table: String) async throws -> Int {
        try await database.read { try $0.count("SELECT count(*) AS value FROM \(unsafeText: table)") }
    }

    /// How many rows each table has.
    func rowCounts() async throws -> [String: Int] {
        var counts: [String: Int] = [:]
        for table in try await tables() { counts[table] = try await count(table) }
        return counts
    }

    func tables() async throws -> [String] {
        try await database.read { connection in
            try connection.query(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"
            )
            .map { try $0.text("name") }
        }
    }

    /// Every value of every row of a query, as text.
    func dump(_ sql: SQL, _ columns: [String]) async throws -> [String] {
        try await database.read { connection in
            try connection.query(sql).map { row in
                try columns.map { "\($0)=\(try row.value($0))" }.joined(separator: "|")
            }
        }
    }
}
