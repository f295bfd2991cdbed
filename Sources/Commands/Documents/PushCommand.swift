import ArgumentParser
import JSON
import Vocabulary

/// `slipway push`: documents go up, and become tools in one deployment.
struct PushCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "push",
        abstract: "Uploads OpenAPI documents and makes tools of them, all in one deployment.",
        discussion: """
            A document is a source of the project, named after its file: petstore.yaml is the source petstore. Pushing \
            it again gives the source its new document; the project's other sources stay.

            A file whose references lead to other files in its folder goes up together with them. A folder goes up \
            with all of its .yaml, .yml and .json files, a .zip as it is. An http or https address is fetched once, \
            by this command.
            """
    )

    @Argument(
        help: ArgumentHelp("OpenAPI documents: files, folders or addresses.", valueName: "file"),
        completion: .file()
    )
    var files: [String]

    @Option(help: ArgumentHelp("What the source is called, where there is one file.", valueName: "slug"))
    var source: String?

    @Option(help: ArgumentHelp("The main document of a folder, as a path in it.", valueName: "path"))
    var main: String?

    @Flag(
        inversion: .prefixedNo,
        help: "Whether clients get the output schemas of the tools; as it was where left out, and at first not."
    )
    var outputSchemas: Bool?

    @OptionGroup(title: "Server") var options: ServerOptions

    /// How long compiling may take.
    private static let patience = Duration.seconds(600)
    private static let pause = Duration.seconds(1)

    func perform(in session: Session) async throws {
        let documents = try await PushedDocument.read(files, source: source, main: main)
        let assets = try await upload(documents, to: session.client)
        let deployment = try await deploy(documents, assets, on: session.client)
        let id = deployment["id"] ?? .null
        let logs = try await session.client.list("deployments.logs", ["id": id], of: "logs")
        let report = PushReport(
            deployment: deployment,
            logs: logs.items,
            toolCounts: try await toolCounts(documents, of: deployment, on: session.client),
            files: Dictionary(documents.map { ($0.source.text, $0.path) }, uniquingKeysWith: { first, _ in first })
        )
        let answer: JSONValue = [
            "assets": .array(assets), "deployment": deployment, "logs": .array(logs.items),
        ]
        session.show(answer) { report.text(on: session.console) }
        if let failure = report.failure { throw failure }
        try await hintNextStep(documents, in: session)
    }

    private func upload(_ documents: [PushedDocument], to client: ManagementClient) async throws -> [JSONValue] {
        var assets: [JSONValue] = []
        for document in documents {
            let answer = try await client.perform(
                "assets.uploadOpenAPI",
                ["name": .string(document.fileName)],
                document: document.document
            )
            assets.append(answer["asset"] ?? .null)
        }
        return assets
    }

    private func deploy(
        _ documents: [PushedDocument],
        _ assets: [JSONValue],
        on client: ManagementClient
    ) async throws -> JSONValue {
        let sources = zip(documents, assets).map { document, asset -> JSONValue in
            var source: JSONObject = ["slug": .string(document.source.text), "kind": "openapi"]
            source["asset_id"] = asset["id"] ?? .null
            source["output_schemas"] = outputSchemas.map(JSONValue.bool)
            return .object(source)
        }
        let answer = try await client.perform(
            "deployments.evolve",
            ["upsert": .array(sources)],
            patience: Self.patience
        )
        var deployment = answer["deployment"] ?? .null
        let deadline = ContinuousClock.now + Self.patience
        while deployment["status"]?.string == "pending", ContinuousClock.now < deadline {
            try await Task.sleep(for: Self.pause)
            let answer = try await client.perform("deployments.get", ["id": deployment["id"] ?? .null])
            deployment = answer["deployment"] ?? .null
        }
        return deployment
    }

    private func toolCounts(
        _ documents: [PushedDocument],
        of deployment: JSONValue,
        on client: ManagementClient
    ) async throws -> [PushReport.ToolCount] {
        guard deployment["status"]?.string == "completed" else { return [] }
        var counts: [PushReport.ToolCount] = []
        for document in documents {
            let tools = try await client.list(
                "tools.list",
                ["source": .string(document.source.text), "deployment_id": deployment["id"] ?? .null],
                of: "tools"
            )
            counts.append(
                PushReport.ToolCount(
                    source: document.source.text,
                    tools: tools.items.count,
                    tokens: tools.items.reduce(0) { $0 + ($1["tokens"]?.integer ?? 0) },
                    renamed: tools.items.count { $0["offered_name"]?.string != nil }
                )
            )
        }
        return counts
    }

    /// Says which toolsets serve the sources already, or how to make one.
    private func hintNextStep(_ documents: [PushedDocument], in session: Session) async throws {
        let toolsets = try await session.client.list("toolsets.list", of: "toolsets").items.map(ToolsetAnswer.init)
        for document in documents {
            let source = document.source.text
            let users = toolsets.filter { $0.toolURNs.contains { $0.hasPrefix("tools:http:\(source):") } }
            if users.isEmpty {
                let create = session.command("toolsets", "create", source, "--source", source)
                session.hint("Next: make a toolset of its tools: \(create)")
            }
            for toolset in users {
                session.hint(
                    toolset.isStaging
                        ? "Toolset \(toolset.slug) has it in staging. Look: \(session.command("status", toolset.slug))"
                        : "Toolset \(toolset.slug) serves it now."
                )
            }
        }
    }
}
