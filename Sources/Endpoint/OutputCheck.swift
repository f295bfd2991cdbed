import JSON
import JSONSchema
import MCP
import Upstream

/// Holds an answer against the schema that a tool promises.
///
/// Clients refuse a result without structured content that conforms where the tool has an output schema (2026-07-28,
/// Tools: Output Schema), so an answer that does not conform is an error here. The call was made all the same, and the
/// model must know that.
enum OutputCheck {
    /// The result of a call that the API answered with success. `errors` is the schema's check.
    static func result(_ outcome: ToolCallOutcome, errors: (JSONValue) throws -> [ValidationError]) -> ToolResult {
        guard let value = outcome.structured else {
            return mismatch(outcome, "it is not complete JSON, which the tool's output schema promises.")
        }
        do {
            let errors = try errors(value)
            guard !errors.isEmpty else {
                return ToolResult(content: outcome.blocks, structuredContent: value)
            }
            let lines = errors.map { error in
                let place = error.instancePointer.description
                return "- at \(place.isEmpty ? "the root" : place): \(error.message)"
            }
            return mismatch(outcome, "it does not fit the tool's output schema:\n" + lines.joined(separator: "\n"))
        } catch {
            return mismatch(outcome, "the tool's output schema cannot be read (\(error)), so it cannot be checked.")
        }
    }

    private static func mismatch(_ outcome: ToolCallOutcome, _ clause: String) -> ToolResult {
        let status = outcome.status.map { " (\($0))" } ?? ""
        let sentence =
            "The API answered with success\(status): the call was made, and must not simply be made again. Its "
            + "answer follows, but \(clause)"
        return ToolResult(content: [.text(sentence)] + outcome.blocks, isError: true)
    }
}

extension ToolCallOutcome {
    /// The content as MCP has it.
    var blocks: [ContentBlock] {
        content.map { content in
            switch content {
            case .text(let text): .text(text)
            case .image(let bytes, let type): ContentBlock(.image(Media(bytes, mimeType: type)))
            case .audio(let bytes, let type): ContentBlock(.audio(Media(bytes, mimeType: type)))
            case .binary(let bytes, let type):
                ContentBlock(.resource(EmbeddedResource(uri: "slipway:answer", mimeType: type, bytes: bytes)))
            }
        }
    }
}
