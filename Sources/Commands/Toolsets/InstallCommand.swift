import ArgumentParser
import Installation
import JSON

/// `slipway install`.
struct InstallCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "install",
        abstract: "Tells how a client is told of a toolset.",
        discussion: "It prints what to run or to write; it changes no file. The clients: \(clientNames)."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(help: ArgumentHelp("The client: \(clientNames).", valueName: "name"))
    var client: String

    @Flag(help: "The staging side; live where left out.")
    var staging = false

    @OptionGroup(title: "Server") var options: ServerOptions

    private static var clientNames: String { InstallClient.all.map(\.id).joined(separator: ", ") }

    func validate() throws {
        if InstallClient.named(client) == nil {
            throw ValidationError("There is no client \"\(client)\"; there are \(Self.clientNames).")
        }
    }

    func perform(in session: Session) async throws {
        guard let client = InstallClient.named(client) else { return }
        let answer = try await session.client.perform("toolsets.get", ["slug": .string(toolset)])["toolset"] ?? .null
        let found = ToolsetAnswer(answer)
        guard !staging || found.isStaging else {
            throw CommandFailure("\(found.slug) is in iteration mode and has no staging side; leave --staging out.")
        }
        guard let live = found.address else { throw CommandFailure("the server tells no address of \(found.slug).") }
        let target = InstallTarget(
            slug: answer["mcp_slug"]?.string ?? found.slug,
            url: staging ? found.stagingAddress ?? "\(live)/staging" : live,
            isPublic: found.isPublic,
            isStaging: staging
        )
        let methods = client.methods(for: target)
        session.show(Self.json(client, target, methods)) { Self.text(methods) }
        if let obstacle = client.obstacle(to: target) { session.hint("Note: \(obstacle)") }
        if target.needsKey, !methods.isEmpty {
            let scope = staging ? "reader" : "consumer"
            session.hint("It needs a key of scope \(scope); keep it in \(target.variable).")
        }
        if methods.isEmpty { throw ExitCode(1) }
    }

    private static func text(_ methods: [InstallMethod]) -> String {
        methods.map { method in
            if case .file(let path) = method.kind { return "\(method.title): \(path)\n\n\(method.text)" }
            return "\(method.title):\n\n\(method.text)"
        }
        .joined(separator: "\n\n")
    }

    private static func json(_ client: InstallClient, _ target: InstallTarget, _ methods: [InstallMethod]) -> JSONValue
    {
        [
            "client": .string(client.id), "url": .string(target.url), "needs_key": .bool(target.needsKey),
            "obstacle": JSONValue(client.obstacle(to: target)),
            "methods": .array(
                methods.map { method in
                    var json: JSONObject = ["kind": .string(method.kindName), "title": .string(method.title)]
                    if case .file(let path) = method.kind { json["path"] = .string(path) }
                    json["text"] = .string(method.text)
                    return .object(json)
                }
            ),
        ]
    }
}
