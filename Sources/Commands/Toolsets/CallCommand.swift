import ArgumentParser
import Foundation
import JSON

/// `slipway call`.
struct CallCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Calls a tool of a toolset, as a client would.",
        discussion: "The exit status is 1 where the tool answers that it failed."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The tool's name, as clients see it.")
    var tool: String

    @Argument(help: ArgumentHelp("The arguments, a JSON object; - reads them from standard input.", valueName: "json"))
    var arguments: String?

    @Flag(help: "Call the staging side; live where left out.")
    var staging = false

    @Option(help: ArgumentHelp("Call a release, whatever is live.", valueName: "number"))
    var release: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    /// A tool waits for what it calls.
    private static let patience = Duration.seconds(180)

    func validate() throws {
        if staging, release != nil { throw ValidationError("Give --staging or --release, not both.") }
    }

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["toolset_slug": .string(toolset), "tool": .string(tool)]
        fields["arguments"] = try Self.object(arguments == "-" ? Self.standardInput() : arguments)
        if staging { fields["view"] = "staging" }
        fields["release"] = release.map { JSONValue($0) }
        let answer = try await session.client.perform("instances.invokeTool", fields, patience: Self.patience)
        let result = ToolAnswer(answer["result"] ?? .null)
        session.show(answer) { session.console.isTerminal ? result.text.printableLines : result.text }
        if result.isError { throw ExitCode(1) }
    }

    private static func standardInput() throws -> String {
        String(decoding: try FileHandle.standardInput.readToEnd() ?? Data(), as: UTF8.self)
    }

    /// - Throws: ``CommandFailure`` where the text is no JSON object.
    static func object(_ text: String?) throws -> JSONValue? {
        guard let text else { return nil }
        do {
            let value = try JSONValue(parsing: text)
            guard value.object != nil else {
                throw CommandFailure(
                    "the arguments are a JSON object, such as {\"id\": 1}; this is a JSON \(value.kind)."
                )
            }
            return value
        } catch let error as JSONSyntaxError {
            throw CommandFailure("the arguments are not JSON: \(error).")
        }
    }
}

/// The result of a tool, as MCP shapes it.
struct ToolAnswer: Sendable {
    private let result: JSONValue

    init(_ result: JSONValue) {
        self.result = result
    }

    var isError: Bool { result["isError"]?.bool ?? false }

    /// The texts of the result; what it says as a structure where it has none.
    var text: String {
        let blocks = (result["content"]?.array ?? []).map(Self.text)
        if blocks.isEmpty, let structure = result["structuredContent"] { return structure.prettyText }
        return blocks.joined(separator: "\n")
    }

    private static func text(of block: JSONValue) -> String {
        let kind = block["type"]?.string ?? "content"
        let media = block["mimeType"]?.string ?? block["resource"]?["mimeType"]?.string
        switch kind {
        case "text": return block["text"]?.string ?? ""
        case "resource": return block["resource"]?["text"]?.string ?? "[resource, \(media ?? "bytes")]"
        case "resource_link": return block["uri"]?.string ?? ""
        default: return "[\(kind), \(media ?? "bytes"): --json shows it]"
        }
    }
}
