import Accounts
import JSON
import Persistence
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// Taking something out of a release, and giving a release away whole.
struct RedactionTests {
    private static let secret = "token-12345"

    /// Release 1; release 2 with a secret in a description; release 3 with another tool and the same secret; release 4
    /// without it, live.
    private func makeReleases(_ world: World) async throws {
        _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
        try await world.addResource("guide", "Read me")
        try await world.deploy(definition("list"), definition("get"), definition("feed"))
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.stage()
        try await world.vary("list") { $0.description = Self.secret }
        try await world.publish()
        try await world.select(["list", "get", "feed"])
        try await world.publish()
        try await world.vary("list") { $0.description = nil }
        try await world.edit {
            $0.promptNames = []
            $0.resourceURNs = []
        }
        try await world.publish()
    }

    private func redact(
        _ world: World,
        _ item: ReleaseItem,
        _ number: Int,
        saying text: String? = nil
    ) async throws -> RedactionReport {
        try await world.retention().redact(
            RedactionOrder(item, text: text, reason: "a token got in"),
            from: .number(number, toolset: pets),
            in: world.project,
            by: world.actor
        )
    }

    @Test func `what else the release says it in is named`() async throws {
        try await World.with { world in
            _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
            try await world.deploy(definition("list"), definition("get"))
            try await world.make(tools: ["list", "get"], prompts: ["greet"])
            try await world.stage()
            // A mark that joins the last letter makes another character of it, and no other secret.
            try await world.vary("list") { $0.description = "\(Self.secret)\u{FE0F} it is" }
            try await world.vary("get") { $0.title = Self.secret }
            try await world.edit { $0.instructions = "Use \(Self.secret)." }
            let notes = "with \(Self.secret)"
            _ = try await world.releases.publish(pets, notes: notes, in: world.project, by: world.actor)
            try await world.vary("list") { $0.description = nil }
            try await world.vary("get") { $0.title = nil }
            try await world.edit { $0.instructions = "" }
            try await world.publish()
            let report = try await redact(world, .tool(urn("list")), 2, saying: Self.secret)
            for place in [
                "tool \(urn("get")) of pets release 2", "the instructions in the manifest of pets release 2",
                "the notes of pets release 2", "the reason of activation 2 of pets release 2",
            ] {
                #expect(report.remains.contains(place), "\(report.remains)")
            }
        }
    }

    @Test func `an answer that was kept for a repeated request is not given again`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let store = StoredIdempotency(database: world.database)
            _ = try await store.begin("k", scope: "a", digest: "d")
            try await store.finish("k", scope: "a", sealedAnswer: Array(Self.secret.utf8))
            _ = try await store.begin("running", scope: "a", digest: "d")
            _ = try await redact(world, .tool(urn("list")), 2)
            #expect(try await store.begin("k", scope: "a", digest: "d") == .carriedOut)
            #expect(try await store.begin("k", scope: "a", digest: "other") == .different)
            #expect(try await store.begin("running", scope: "a", digest: "d") == .running)
            let left = try await world.database.read { connection in
                try connection.query("SELECT response FROM idempotency_keys").map { try $0.bytes("response") }
            }
            #expect(left == [[], []])
        }
    }

    @Test func `every release that holds the object is marked, and the content is gone from it`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let live = try await world.served()
            let digest = try await world.exported(2).json["release"]?["digest"]
            let report = try await redact(world, .tool(urn("list")), 2)
            #expect(report.releases == ["pets release 2", "pets release 3"])
            #expect(report.release.redaction?.reason == "a token got in")
            #expect(report.release.redaction?.actor == "key:anna")
            #expect(
                report.remains == [
                    "the definition of tools:http:pets:list in deployment 1",
                    report.remains.last ?? "",
                ]
            )
            let text = String(decoding: try await world.exported(2).canonicalBytes(), as: UTF8.self)
            #expect(!text.contains(Self.secret))
            #expect(text.contains("tombstone"))
            #expect(try await world.exported(2).json["release"]?["digest"] == digest)
            let objects = try await world.dump("SELECT content FROM objects", ["content"]).joined()
            #expect(!objects.contains(Self.secret))
            let histories = try await world.dump("SELECT description FROM tool_variations", ["description"])
            #expect(!histories.joined().contains(Self.secret))

            let details = try await world.releases.releaseDetails(.number(2, toolset: pets), in: world.project)
            #expect(details?.tools.map(\.name) == ["list", "get"])
            #expect(details?.release.redaction != nil)
            let first = try await world.releases.releaseDetails(.number(1, toolset: pets), in: world.project)
            #expect(first?.release.redaction == nil)
            #expect(try await world.served() == live)
            #expect(try await world.verified() == [])
            #expect(try await world.state().audit.last == "toolset.redact")

            for number in [2, 3] {
                let refusal = try await problem { try await world.rollBack(to: number) }
                #expect(refusal.code == .redacted)
            }
            #expect(try await world.served() == live)
            try await world.rollBack(to: 1)
        }
    }

    @Test func `what is live, or the same in what is live, is not redacted`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let before = try await world.releaseRows()
            let isLive = try await problem { _ = try await redact(world, .tool(urn("list")), 4) }
            #expect(isLive.code == .releaseIsLive)
            let shared = try await problem { _ = try await redact(world, .tool(urn("get")), 1) }
            #expect(shared.code == .releaseIsLive)
            #expect(shared.detail("releases") == .texts(["pets release 4"]))
            #expect(try await world.releaseRows() == before)
        }
    }

    @Test func `prompts and resources are redacted too, and the answer says what remains`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let prompt = try await redact(world, .prompt("greet"), 1)
            #expect(prompt.releases == ["pets release 1", "pets release 2", "pets release 3"])
            #expect(prompt.remains == ["version 1 of prompt greet"])
            let resource = try await redact(world, .resource(resourceURN("guide")), 1)
            #expect(resource.remains.first == "version 1 of resource guide")
            #expect(resource.remains.last?.hasPrefix("the bytes of asset ") == true)
            #expect(try await world.verified() == [])
        }
    }

    @Test func `where the text is named, only what holds it remains`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let absent = try await problem { _ = try await redact(world, .tool(urn("list")), 2, saying: "token-99999") }
            #expect(absent.code == .invalid)
            #expect(absent.errors.map(\.pointer) == ["/text"])
            #expect(try await world.release(2)?.release.redaction == nil)
            // The secret stood in a variation alone, which is blanked.
            #expect(try await redact(world, .tool(urn("list")), 2, saying: Self.secret).remains == [])
            let audit = try await world.dump("SELECT summary FROM audit_events", ["summary"]).joined()
            #expect(!audit.contains(Self.secret))
            // A prompt that is the newest version still says it; bytes that do not say it are not told.
            let prompt = try await redact(world, .prompt("greet"), 1, saying: "Hello {{who}}")
            #expect(prompt.remains == ["version 1 of prompt greet"])
            let resource = try await redact(world, .resource(resourceURN("guide")), 1, saying: "guide")
            #expect(resource.remains == ["version 1 of resource guide"])
        }
    }

    @Test func `a text of the document is told with the definition, in whatever lines it stands`() async throws {
        try await World.with { world in
            try await world.deploy(definition("list", "a \"quoted\" secret"), definition("get"))
            try await world.make(tools: ["list", "get"])
            try await world.stage()
            try await world.select(["get"])
            try await world.publish()
            let report = try await redact(world, .tool(urn("list")), 1, saying: "a \"quoted\"\n  secret")
            #expect(report.remains.count == 2)
            #expect(report.remains.first == "the definition of tools:http:pets:list in deployment 1")
            #expect(report.remains.last?.hasPrefix("the document ") == true)
            #expect(try await world.verified() == [])
        }
    }

    @Test func `what was redacted is not kept again: a review says so, and nothing is published`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            _ = try await redact(world, .tool(urn("list")), 2)
            let live = try await world.served()
            try await world.vary("list") { $0.description = Self.secret }
            let check = try await world.review().checks.first { $0.aspect == .redacted }
            #expect(check?.status == .failed)
            #expect(check?.details == ["list"])
            let refusal = try await problem { try await world.publish() }
            #expect(refusal.code == .redacted)
            #expect(refusal.detail("items") == .texts(["list"]))
            #expect(try await world.served() == live)
            #expect(try await world.verified() == [])
        }
    }

    @Test func `an item that is not there, or was redacted before, is refused`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let unknown = try await problem { _ = try await redact(world, .tool(urn("feed")), 2) }
            #expect(unknown.code == .notFound)
            _ = try await redact(world, .tool(urn("list")), 2)
            let twice = try await problem { _ = try await redact(world, .tool(urn("list")), 3) }
            #expect(twice.code == .redacted)
        }
    }

    @Test func `a tombstone that is changed is a difference`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let object = try await redact(world, .tool(urn("list")), 2).object
            _ = try await world.database.write {
                try $0.execute("UPDATE objects SET content = \(Array("{}".utf8)) WHERE digest = \(object)")
            }
            #expect(try await world.verified().isEmpty == false)
        }
    }

    @Test func `an export is canonical, whole, and verified offline`() async throws {
        try await World.with { world in
            try await makeReleases(world)
            let export = try await world.exported(2)
            #expect(try export.differences() == [])
            let bytes = try export.canonicalBytes()
            #expect(try JSONValue(parsing: bytes).canonicalBytes == bytes)
            #expect(try await world.exported(2).canonicalBytes() == bytes)
            #expect(export.json["bytes"]?.object?.count == 2)
            #expect(try await world.exported(2, documents: false).json["bytes"] == nil)
            #expect(export.json["activations"]?.array?.count == 1)
            #expect(export.json["sources"]?.array?.first?["slug"] == "pets")
            for (path, text) in [("manifest", "x"), ("objects", "x"), ("bytes", "x")] {
                var json = export.json
                if path == "manifest" {
                    json["manifest"] = .string((json["manifest"]?.string ?? "") + " ")
                } else {
                    var members = try #require(json[path]?.object)
                    members[Array(members.keys)[0]] = .string(text)
                    json[path] = .object(members)
                }
                #expect(try !ReleaseExport(json: json).differences().isEmpty, "\(path)")
            }
            #expect(throws: ManifestError.self) { try ReleaseExport(json: ["kind": "other"]).differences() }
        }
    }
}
