import JSON
import MCP
import NIOCore
import NIOPosix
import Projects
import Synchronization
import Testing
import Tools
import Upstream
import Vocabulary

@testable import Endpoint
@testable import Releases

/// An API on loopback that gives every request the same answer, and notes what it is sent.
private final class API: Sendable {
    let port: Int
    private let channel: any Channel
    private let log: Log

    private final class Log: Sendable {
        let requests = Mutex<[String]>([])
    }

    private final class Handler: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        let log: Log
        let answer: String

        init(_ log: Log, _ answer: String) { (self.log, self.answer) = (log, answer) }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            let text = String(buffer: unwrapInboundIn(data))
            log.requests.withLock { $0.append(text) }
            let head =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: \(answer.utf8.count)\r\n\r\n"
            context.writeAndFlush(wrapOutboundOut(ByteBuffer(string: head + answer)), promise: nil)
        }
    }

    init(answer: String) async throws {
        let log = Log()
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(Handler(log, answer))
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
        port = try #require(channel.localAddress?.port)
    }

    var requests: [String] { log.requests.withLock { $0 } }
    func close() async throws { try await channel.close() }
}

/// A store in which there is nothing: what a call needs is in its entry.
private struct NoStore: ServingStore {
    var changeCount: Int { 0 }
    func change(from known: Int) async {}
    func servedToolset(mcpSlug: Slug, side: ServedSide) async throws -> ServedToolset? { nil }
    func content(of served: ServedToolset) async throws -> CompiledContent? { nil }
    func content(of former: FormerRelease) async throws -> CompiledContent { throw Nothing() }
    func resourceBytes(_ digest: Digest) async throws -> [UInt8]? { nil }
}

private struct Nothing: Error {}

struct ToolServiceTests {
    private static let scheme = CallRecipe.SecurityScheme(name: "t", kind: .bearer, variables: ["PETS_TOKEN"])

    /// One tool, `getPet`, in an address that takes `PETS_TOKEN` from callers.
    private func entry(_ port: Int, output: JSONValue?) throws -> ServingCatalog.Entry {
        var tool: JSONObject = [
            "name": "getPet", "description": "Gets a pet",
            "inputSchema": [
                "type": "object", "properties": ["region": ["type": "string", "x-mcp-header": "Region"]],
            ],
        ]
        tool["outputSchema"] = output
        let recipe = CallRecipe(
            method: "GET",
            server: "http://127.0.0.1:\(port)",
            serverVariable: "PETS_SERVER_URL",
            path: "/pets",
            parameters: [
                .init(
                    argument: "region",
                    name: "region",
                    location: .query,
                    style: .form,
                    explode: true,
                    isRequired: false
                )
            ],
            security: [[], [Self.scheme]]
        )
        let urn = try #require(ToolURN("tools:http:pets:getPet"))
        let content: JSONValue = [
            "format": 1, "kind": "tool", "urn": .string(urn.description), "tool": .object(tool), "call": recipe.json,
        ]
        let object = ManifestObject(content: content.bytes)
        let pages = ManifestPage.pages(of: [ManifestEntry(name: "getPet", urn: urn, object: object.digest)])
        let manifest = Manifest(
            metadata: Toolset.Metadata(name: "Pets"),
            toolPages: pages.map(\.digest),
            promptPages: [],
            toolCount: 1,
            requiredVariables: []
        )
        let objects = Dictionary(uniqueKeysWithValues: ([object] + pages).map { ($0.digest, $0.content) })
        let served = ServedToolset(
            toolsetID: ID.make(),
            projectID: ID.make(),
            mcpSlug: try #require(Slug("pets")),
            side: .live,
            mode: .iteration,
            isPublic: true,
            environmentID: nil,
            environmentVersion: 0,
            callerVariables: ["PETS_TOKEN", "PETS_SERVER_URL"],
            releaseID: nil,
            releaseNumber: nil,
            fingerprint: "f"
        )
        let image = ServingImage(
            try CompiledContent(
                manifest: manifest,
                digest: Digest(of: [UInt8]()),
                object: { try #require(objects[$0]) }
            )
        )
        return ServingCatalog.Entry(
            served: served,
            image: image,
            variables: ["PETS_TOKEN": "ours"],
            publicURL: "http://127.0.0.1:8080"
        )
    }

    /// Sends a call of 2026-07-28, and answers its status, the message, and what reached the API.
    private func call(
        answer: String = #"{"id":1.0}"#,
        output: JSONValue? = nil,
        headers: [(String, String)] = [],
        arguments: String = "{}"
    ) async throws -> (status: Int, json: JSONValue, requests: [String]) {
        let api = try await API(answer: answer)
        let client = UpstreamClient(policy: try EgressPolicy(entries: ["127.0.0.1"]))
        let tools = ToolService(caller: ToolCaller(client: client, userAgent: "x/1"), log: { _ in })
        let fields = HeaderFields(
            headers + [
                ("Content-Type", "application/json"), ("MCP-Protocol-Version", "2026-07-28"),
                ("Mcp-Method", "tools/call"), ("Mcp-Name", "getPet"),
            ]
        )
        let meta =
            #"{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}"#
        let body =
            #"{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"getPet","arguments":\#(arguments),"_meta":\#(meta)}}"#
        let serving = Serving(
            entry: try entry(api.port, output: output),
            tools: tools,
            contents: ResourceContents(store: NoStore()),
            person: nil,
            headers: fields
        )
        let incoming = Incoming(method: "POST", headers: fields, body: Array(body.utf8))
        let outgoing = await Exchange(incoming).answer(from: serving)
        await client.shutdown()
        try await api.close()
        return (outgoing.status, try JSONValue(parsing: outgoing.body), api.requests)
    }

    @Test func `a tool without an output schema answers with text alone`() async throws {
        let result = try await call().json["result"]
        #expect(result?["content"]?.array?.first?["text"] == #"{"id":1.0}"#)
        #expect(result?["structuredContent"] == nil)
        #expect(result?["isError"] == nil)
    }

    @Test func `a tool with an output schema answers with data that conforms, numbers as they are`() async throws {
        let result = try await call(output: ["type": "object", "required": ["id"]]).json["result"]
        #expect(result?["structuredContent"]?["id"]?.text == "1.0")
        #expect(result?["isError"] == nil)
        let list = try await call(answer: "[1]", output: ["type": "array"]).json["result"]
        #expect(list?["structuredContent"] == [1])
    }

    @Test(arguments: ["{}", "[]", "no JSON", ""])
    func `an answer that is not as promised is an error without data`(answer: String) async throws {
        let (_, json, requests) = try await call(answer: answer, output: ["type": "object", "required": ["id"]])
        #expect(requests.count == 1)
        #expect(json["result"]?["isError"] == true)
        #expect(json["result"]?["structuredContent"] == nil)
        #expect(
            json["result"]?["content"]?.array?.first?["text"]?.string?.contains("must not simply be made again") == true
        )
    }

    @Test func `a caller's own token is used, and no caller chooses the host`() async throws {
        let requests = try await call(headers: [
            ("MCP-PETS-TOKEN", "mine"), ("MCP-PETS-SERVER-URL", "http://evil.example"),
        ]).requests
        #expect(requests.count == 1)
        #expect(requests.first?.contains("\r\nAuthorization: Bearer mine\r\n") == true)
        #expect(try await call().requests.first?.contains("\r\nAuthorization: Bearer ours\r\n") == true)
        let (_, json, none) = try await call(headers: [("MCP-PETS-TOKEN", "a\tb")])
        #expect(json["result"]?["isError"] == true)
        #expect(none.isEmpty)
    }

    @Test(
        arguments: [
            ([], #"{"region":"eu"}"#, 400), (["us"], #"{"region":"eu"}"#, 400), (["eu"], "{}", 400),
            (["eu"], #"{"region":"eu"}"#, 200), ([], "{}", 200),
        ] as [([String], String, Int)]
    )
    func `a declared argument and its header must agree before anything is called`(
        lines: [String],
        arguments: String,
        status: Int
    ) async throws {
        let answer = try await call(headers: lines.map { ("Mcp-Param-Region", $0) }, arguments: arguments)
        #expect(answer.status == status)
        #expect(answer.json["error"]?["code"]?.integer == (status == 400 ? -32020 : nil))
        #expect(answer.requests.count == (status == 200 ? 1 : 0))
    }

    @Test func `the trace of HTTP headers goes on where _meta has none`() async throws {
        let parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"
        let requests = try await call(headers: [("traceparent", parent)]).requests
        #expect(requests.first?.contains("\r\ntraceparent: \(parent)\r\n") == true)
    }
}
