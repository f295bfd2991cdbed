import JSON
import OpenAPI
import Vocabulary

/// What a document says about an operation as a tool: by `x-slipway`, else by the extensions of others that documents
/// carry already, `x-speakeasy-mcp` and `x-gram`.
///
/// All members are optional: `name`, `title`, `description`, `tags`, `skip`, `confirm` (`never`, `session` or `always`),
/// and `hints` with the protocol's `readOnlyHint`, `destructiveHint`, `idempotentHint` and `openWorldHint`, whose
/// ending may be left out. Name, title and description count at the operation only; what else there is may also stand
/// at the path or at the root of the document, for all operations below.
struct ToolExtensions {
    private(set) var name: String?
    private(set) var title: String?
    private(set) var description: String?
    private(set) var tags: [String]?
    private(set) var annotations = ToolAnnotations()
    private(set) var isSkipped = false
    private(set) var confirm: Variation.ConfirmMode?
    private(set) var diagnostics: [Diagnostic] = []
    private let pointer: JSONPointer

    init(_ operation: Operation, in document: Document) {
        pointer = operation.pointer
        let own = document[operation.pointer]?.object ?? [:]
        for key in ["x-gram", "x-speakeasy-mcp", "x-slipway"] {
            guard let value = operation.extensions[key] else { continue }
            guard let members = value.object else {
                warn("\"\(key)\" must be an object, not of type \(value.kind); it is left out.")
                continue
            }
            read(members, key: key, isOwn: own[key] != nil)
        }
        if let given = name, !ToolName.isValid(given) {
            warn("\"\(given.prefix(200))\" is no name for a tool; one is made of it.")
        }
    }

    private mutating func read(_ members: JSONObject, key: String, isOwn: Bool) {
        let isSlipway = key == "x-slipway"
        for (member, value) in members {
            switch member {
            case "name" where isOwn: name = text(value, member, key) ?? name
            case "title" where isOwn, "summary" where isOwn && key == "x-gram":
                title = text(value, member, key) ?? title
            case "description" where isOwn: description = text(value, member, key) ?? description
            case "name", "title", "description":
                warn("\"\(member)\" of \"\(key)\" counts at an operation only; it is left out.")
            case "skip" where isSlipway, "disabled" where key == "x-speakeasy-mcp":
                isSkipped = flag(value, member, key) ?? isSkipped
            case "confirm" where isSlipway: readConfirm(value)
            case "tags" where isSlipway: readTags(value)
            case "hints" where isSlipway, "annotations": readHints(value, member, key)
            case "readOnlyHint", "destructiveHint", "idempotentHint", "openWorldHint":
                readHint(member, flag(value, member, key))
            default:
                // The scopes and filters of others are theirs.
                if isSlipway { warn("\"\(member)\" is no member of \"x-slipway\"; it is left out.") }
            }
        }
    }

    private mutating func readConfirm(_ value: JSONValue) {
        guard let mode = value.string.flatMap(Variation.ConfirmMode.init(rawValue:)) else {
            return warn("\"confirm\" of \"x-slipway\" must be \"never\", \"session\" or \"always\"; it is left out.")
        }
        confirm = mode
    }

    private mutating func readTags(_ value: JSONValue) {
        guard let items = value.array, items.allSatisfy({ $0.string != nil }) else {
            return warn("\"tags\" of \"x-slipway\" must be a list of texts; it is left out.")
        }
        tags = items.compactMap(\.string)
    }

    private mutating func readHints(_ value: JSONValue, _ member: String, _ key: String) {
        guard let hints = value.object else {
            return warn("\"\(member)\" of \"\(key)\" must be an object; it is left out.")
        }
        for (hint, value) in hints {
            if hint == "title", let text = value.string {
                title = title ?? text
            } else {
                readHint(hint.hasSuffix("Hint") ? hint : hint + "Hint", flag(value, hint, key))
            }
        }
    }

    private mutating func readHint(_ hint: String, _ value: Bool?) {
        guard let value else { return }
        switch hint {
        case "readOnlyHint": annotations.isReadOnly = value
        case "destructiveHint": annotations.isDestructive = value
        case "idempotentHint": annotations.isIdempotent = value
        case "openWorldHint": annotations.isOpenWorld = value
        default: warn("There is no hint \"\(hint)\"; it is left out.")
        }
    }

    private mutating func text(_ value: JSONValue, _ member: String, _ key: String) -> String? {
        if let text = value.string, text.contains(where: { !$0.isWhitespace }) { return text }
        warn("\"\(member)\" of \"\(key)\" must be text that is not blank; it is left out.")
        return nil
    }

    private mutating func flag(_ value: JSONValue, _ member: String, _ key: String) -> Bool? {
        if let flag = value.bool { return flag }
        warn("\"\(member)\" of \"\(key)\" must be true or false; it is left out.")
        return nil
    }

    private mutating func warn(_ message: String) {
        diagnostics.append(Diagnostic(.warning, .malformedExtension, message, at: pointer))
    }
}
