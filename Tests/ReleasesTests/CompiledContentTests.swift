import JSON
import Projects
import Releases
import Testing
import Tools
import Vocabulary

/// What heads freeze to, and that nothing is lost on the way there and back.
struct CompiledContentTests {
    private let base = heads(
        [head("list"), head("get")],
        prompts: [template("Hello")],
        resources: [resource("guide", "Read me"), resource("note", "Read me")]
    )

    @Test func `the same heads give the same digest and objects`() throws {
        let first = try CompiledContent(base)
        let second = try CompiledContent(base)
        #expect(first.digest == second.digest)
        #expect(first.objects == second.objects)
    }

    @Test func `the digest is the SHA-256 of the canonical JSON`() throws {
        let content = try CompiledContent(base)
        let bytes = try content.manifest.json.canonicalBytes
        #expect(content.digest == Digest(of: bytes))
        #expect(String(decoding: bytes, as: UTF8.self).hasPrefix(#"{"format":2,"metadata":{"description":"","#))
        #expect(content.objects.allSatisfy { $0.digest == Digest(of: $0.content) })
    }

    @Test func `a definition and the tool that is served of it cost the same`() throws {
        let tools = try CompiledContent(base).tools
        #expect(tools.map { TokenEstimate.tokens(ofTool: $0.tool) } == base.tools.compactMap(\.definition?.tokens))
    }

    /// Changes that a client or a caller would see.
    private static let changes: [(String, @Sendable (inout Heads) -> Void)] = [
        ("a tool more", { $0.tools.append(head("feed")) }),
        ("a tool less", { $0.tools.removeLast() }),
        ("an orphan in place of a tool", { $0.tools[1].definition = nil }),
        ("another order", { $0.tools.swapAt(0, 1) }),
        ("a name", { $0.tools[0].variation.name = "all" }),
        ("a title", { $0.tools[0].variation.title = "All" }),
        ("a description", { $0.tools[0].variation.description = "All of them" }),
        ("tags", { $0.tools[0].variation.tags = [] }),
        ("an annotation", { $0.tools[0].variation.annotations.isOpenWorld = false }),
        ("a confirm mode", { $0.tools[0].variation.confirm = .always }),
        ("an input schema", { $0.tools[0].definition?.inputSchema["required"] = ["id"] }),
        ("a call", { $0.tools[0].definition?.call.path = "/v2/list" }),
        (
            "a security requirement",
            {
                $0.tools[0].definition?.call.security = [[.init(name: "key", kind: .bearer, variables: ["PETS_KEY"])]]
            }
        ),
        ("the name of the toolset", { $0.metadata.name = "Animals" }),
        ("the description of the toolset", { $0.metadata.description = "new" }),
        ("the instructions", { $0.metadata.instructions = "new" }),
        ("the documentation link", { $0.metadata.documentationURL = "https://example.com" }),
        ("a prompt less", { $0.prompts = [] }),
        ("the name of a prompt", { $0.prompts[0].name = "bye" }),
        ("the description of a prompt", { $0.prompts[0].description = "new" }),
        ("the template of a prompt", { $0.prompts[0].template = "Bye" }),
        ("a resource less", { $0.resources.removeLast() }),
        ("another order of resources", { $0.resources.swapAt(0, 1) }),
        ("another resource", { $0.resources[0] = resource("atlas", "Read me") }),
        ("the name of a resource", { $0.resources[0].name = "new" }),
        ("the title of a resource", { $0.resources[0].title = "new" }),
        ("the description of a resource", { $0.resources[0].description = "new" }),
        ("the type of a resource", { $0.resources[0].mimeType = "text/plain" }),
        ("how a resource is sent", { $0.resources[0].isText = false }),
        ("what a resource says", { $0.resources[0].digest = Digest(of: "other".utf8) }),
        (
            "an argument of a prompt",
            {
                $0.prompts[0].arguments = [.init(name: "who", description: "", isRequired: false)]
            }
        ),
    ]

    @Test(arguments: changes.indices) func `every change gives another digest`(index: Int) throws {
        let (name, change) = Self.changes[index]
        var changed = base
        change(&changed)
        #expect(try CompiledContent(changed).digest != CompiledContent(base).digest, "\(name)")
        let digests = try Self.changes.map { _, change in
            var other = base
            change(&other)
            return try CompiledContent(other).digest
        }
        #expect(digests.filter { $0 == digests[index] }.count <= 2, "\(name)")
    }

    @Test func `a manifest and its objects read back to the same content`() throws {
        var heads = base
        heads.tools[0].variation = Variation(title: "T", tags: ["a", "b"], confirm: .session, confirmPrompt: "Sure?")
        heads.prompts[0].arguments = [.init(name: "who", description: "Whom", isRequired: true)]
        heads.resources[1].title = "Note"
        heads.resources[1].description = "Says little"
        heads.resources[1].isText = false
        let content = try CompiledContent(heads)
        let stored = Dictionary(content.objects.map { ($0.digest, $0.content) }, uniquingKeysWith: { $1 })
        let bytes = try content.manifest.canonicalBytes()
        let manifest = try Manifest(json: try JSONValue(parsing: bytes))
        #expect(manifest == content.manifest)
        let read = try CompiledContent(manifest: manifest, digest: Digest(of: bytes)) { try #require(stored[$0]) }
        #expect(read.digest == content.digest)
        #expect(read.toolEntries == content.toolEntries)
        #expect(read.promptEntries == content.promptEntries)
        #expect(read.prompts == content.prompts)
        #expect(read.resourceEntries == content.resourceEntries)
        #expect(read.resources == heads.resources)
        #expect(read.tools.map(\.urn) == content.tools.map(\.urn))
        #expect(read.tools.map(\.tags) == content.tools.map(\.tags))
        #expect(read.tools.map(\.call) == content.tools.map(\.call))
        // Bytes, not only values: what a client gets stays the same to the last comma.
        #expect(
            read.tools.map { JSONValue.object($0.tool).bytes } == content.tools.map { JSONValue.object($0.tool).bytes }
        )
    }

    @Test func `the order of members and the text of numbers survive freezing`() throws {
        let schema = #"{"type":"object","properties":{"z":{"maximum":1.50},"a":{"minimum":1e2,"enum":[0.10,-0]}}}"#
        var heads = base
        heads.tools[0].definition = definition("list", schema: schema)
        let content = try CompiledContent(heads)
        let object = try #require(content.objects.first { $0.digest == content.toolEntries[0].object })
        let read = try JSONValue(parsing: object.content)
        #expect(read["tool"]?["inputSchema"]?.text == schema)
    }

    @Test func `a missing object and an object of another kind are refused with a sentence`() throws {
        let content = try CompiledContent(base)
        #expect(throws: ManifestError.self) {
            try CompiledContent(manifest: content.manifest, digest: content.digest) { _ in
                throw ManifestError(reason: "gone")
            }
        }
        let error = #expect(throws: ManifestError.self) {
            try CompiledContent(manifest: content.manifest, digest: content.digest) { _ in
                Array(#"{"format":1,"kind":"tool"}"#.utf8)
            }
        }
        #expect(error?.description == "the stored manifest cannot be read: an object is no page of format 1")
    }

    @Test func `the variables that calls need are named once, sorted`() throws {
        var heads = base
        let bearer = CallRecipe.SecurityScheme(name: "b", kind: .bearer, variables: ["PETS_TOKEN"])
        heads.tools[0].definition?.call.security = [[bearer]]
        heads.tools[1].definition?.call.security = [[bearer]]
        heads.tools[1].definition?.call.server = "/v1"
        #expect(try CompiledContent(heads).manifest.requiredVariables == ["PETS_SERVER_URL", "PETS_TOKEN"])
    }
}
