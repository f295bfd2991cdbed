import JSON
import OpenAPI
import Vocabulary

/// The names of a document's tools: valid, unique, and the same from one deployment to the next.
///
/// An operation has the name that it had, whatever its `operationId` is now: a name never passes to another operation
/// while the one that had it is still there. Names of operations that are gone are free. Of the operations without a
/// name, the first in the document gets its *bare* name, made of its `operationId` or else of method and path, if that
/// is free; the rest get their *marked* names, the bare one with digits that only depend on method and path.
struct ToolNames {
    /// By ``Operation/key``.
    private(set) var names: [String: String] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    private var owners: [String: Operation] = [:]

    init(operations: [Operation], previous: [String: String]) {
        for operation in operations {
            guard let name = previous[operation.key], ToolName.isValid(name), owners[name] == nil else { continue }
            take(name, for: operation)
            noteIfKept(name, of: operation)
        }
        for operation in operations where names[operation.key] == nil {
            let bare = Self.bareName(of: operation)
            guard let owner = owners[bare] else {
                take(bare, for: operation)
                continue
            }
            let name = freeMarkedName(for: operation)
            take(name, for: operation)
            let message = "\(owner.key) has the name \"\(bare)\" already, so \(operation.key) is named \"\(name)\"."
            diagnostics.append(Diagnostic(.warning, .nameCollision, message, at: operation.pointer))
        }
        warnAboutCase(operations)
    }

    subscript(operation: Operation) -> String {
        names[operation.key] ?? Self.bareName(of: operation)
    }

    private mutating func take(_ name: String, for operation: Operation) {
        names[operation.key] = name
        owners[name] = operation
    }

    private func freeMarkedName(for operation: Operation) -> String {
        let variants = Self.markedNames(of: operation)
        if let free = variants.first(where: { owners[$0] == nil }) { return free }
        // Only a document that was made for it gets here: all of them are operationIds of others.
        var round = 2
        while owners[Self.markedName(of: operation, round: round)] != nil { round += 1 }
        return Self.markedName(of: operation, round: round)
    }

    /// Says so where nothing in the document tells any more where the name is from.
    private mutating func noteIfKept(_ name: String, of operation: Operation) {
        guard name != Self.bareName(of: operation), !Self.markedNames(of: operation).contains(name) else { return }
        let now =
            operation.operationID.map { "The operationId is now \"\($0.prefix(200))\"" } ?? "The operationId is gone"
        let message = "\(now); the tool keeps its name \"\(name)\"."
        diagnostics.append(Diagnostic(.note, .nameKept, message, at: operation.pointer))
    }

    private mutating func warnAboutCase(_ operations: [Operation]) {
        var seen: [String: String] = [:]
        for operation in operations {
            let name = self[operation]
            guard let other = seen.updateValue(name, forKey: name.lowercased()) else { continue }
            let message =
                "The names \"\(other)\" and \"\(name)\" differ only by case, which some clients cannot tell apart."
            diagnostics.append(Diagnostic(.warning, .nameCase, message, at: operation.pointer))
        }
    }
}

// MARK: - Derivation

extension ToolNames {
    /// A valid `operationId` as it is; else with an underscore for each run of other characters; else `get_pets_petId`.
    private static func bareName(of operation: Operation) -> String {
        let base = fullName(of: operation)
        guard base.utf8.count > ToolName.longest else { return base }
        return marked(base, with: base, digits: 6)
    }

    /// The bare name with digits of the SHA-256 of `GET /pets`: six, or as many more as it takes to be unique.
    private static func markedNames(of operation: Operation) -> [String] {
        let base = fullName(of: operation)
        return stride(from: 6, through: 40, by: 2).map { marked(base, with: operation.key, digits: $0) }
    }

    private static func markedName(of operation: Operation, round: Int) -> String {
        marked(fullName(of: operation), with: "\(operation.key) \(round)", digits: 40)
    }

    private static func fullName(of operation: Operation) -> String {
        let identifier = sanitized(operation.operationID ?? "")
        return identifier.isEmpty ? sanitized(operation.method.lowercased() + "_" + operation.path) : identifier
    }

    private static func marked(_ base: String, with text: String, digits: Int) -> String {
        let mark = Digest(of: text.utf8).hex.prefix(digits)
        return base.prefix(ToolName.longest - digits - 1) + "_" + mark
    }

    private static func sanitized(_ text: String) -> String {
        text.replacingRuns { ToolName.isAllowed($0) }
    }
}

extension String {
    /// This text with one underscore for each run of bytes that are not allowed, and none of those at the ends; the
    /// text itself where all are allowed.
    func replacingRuns(where isAllowed: (UInt8) -> Bool) -> String {
        guard !utf8.allSatisfy(isAllowed) else { return self }
        var text = ""
        for byte in utf8 {
            if isAllowed(byte) {
                text.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !text.hasSuffix("_") {
                text += "_"
            }
        }
        while text.hasPrefix("_") { text.removeFirst() }
        while text.hasSuffix("_") { text.removeLast() }
        return text
    }
}
