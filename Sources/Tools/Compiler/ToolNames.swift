import JSON
import OpenAPI
import Vocabulary

/// The names of a document's tools: valid, unique, and the same from one deployment to the next.
///
/// An operation has the name that it had, whatever its `operationId` is now: a name never passes to another operation
/// while the one that had it is still there. It is known by method and path, or, where only the names of path parameters
/// are others by now, by those without them. Names of operations that are gone are free; who takes one is told. Of the
/// operations without a name, the first in the document gets its *bare* name, made of what the document gives as a
/// tool's name, else of its `operationId`, else of method and path, if that is free; the rest get their *marked* names,
/// the bare one with digits that only depend on method and path.
struct ToolNames {
    /// By ``Operation/key``.
    private(set) var names: [String: String] = [:]
    private(set) var diagnostics: [Diagnostic] = []
    /// By ``Operation/key``, where the document would give another name by now: that one.
    private(set) var offered: [String: String] = [:]
    private var owners: [String: Operation] = [:]
    /// What the document gives as names of tools, by ``Operation/key``.
    private let given: [String: String]

    init(operations: [Operation], previous: [String: String], given: [String: String] = [:]) {
        self.given = given
        for (operation, name) in Self.kept(operations, previous: previous) {
            guard ToolName.isValid(name), owners[name] == nil else { continue }
            take(name, for: operation)
            noteIfKept(name, of: operation)
        }
        let gone = Dictionary(
            previous.filter { names[$0.key] == nil }.map { ($0.value, $0.key) },
            uniquingKeysWith: { min($0, $1) }
        )
        for operation in operations where names[operation.key] == nil {
            let bare = bareName(of: operation)
            guard let owner = owners[bare] else {
                take(bare, for: operation)
                if let former = gone[bare] { noteTakeover(bare, by: operation, of: former) }
                continue
            }
            let name = freeMarkedName(for: operation)
            take(name, for: operation)
            let message = "\(owner.key) has the name \"\(bare)\" already, so \(operation.key) is named \"\(name)\"."
            diagnostics.append(Diagnostic(.warning, .nameCollision, message, at: operation.pointer))
        }
        warnAboutCase(operations)
    }

    /// The operations that had names, with those: first by what they are called now, then those whose path parameters
    /// were renamed.
    private static func kept(_ operations: [Operation], previous: [String: String]) -> [(Operation, String)] {
        let here = Set(operations.map(\.key))
        var kept = operations.compactMap { operation in previous[operation.key].map { (operation, $0) } }
        let open = operations.filter { previous[$0.key] == nil && $0.path.contains("{") }
        guard !open.isEmpty else { return kept }
        var shapes: [String: String] = [:]
        for (key, name) in previous.sorted(by: { $0.key < $1.key }) where !here.contains(key) && key.contains("{") {
            if shapes[shape(of: key)] == nil { shapes[shape(of: key)] = name }
        }
        for operation in open {
            if let name = shapes.removeValue(forKey: shape(of: operation.key)) { kept.append((operation, name)) }
        }
        return kept
    }

    /// Method and path without the names of its parameters: `GET /pets/{}`.
    private static func shape(of key: String) -> String {
        var shape = ""
        var isInside = false
        for character in key {
            if character == "}" { isInside = false }
            if !isInside { shape.append(character) }
            if character == "{" { isInside = true }
        }
        return shape
    }

    subscript(operation: Operation) -> String {
        names[operation.key] ?? bareName(of: operation)
    }

    private mutating func take(_ name: String, for operation: Operation) {
        names[operation.key] = name
        owners[name] = operation
    }

    private func freeMarkedName(for operation: Operation) -> String {
        let variants = markedNames(of: operation)
        if let free = variants.first(where: { owners[$0] == nil }) { return free }
        // Only a document that was made for it gets here: all of them are operationIds of others.
        var round = 2
        while owners[markedName(of: operation, round: round)] != nil { round += 1 }
        return markedName(of: operation, round: round)
    }

    /// Says so, and offers the other name, where nothing in the document tells any more where the name is from.
    private mutating func noteIfKept(_ name: String, of operation: Operation) {
        let bare = bareName(of: operation)
        guard name != bare, !markedNames(of: operation).contains(name) else { return }
        offered[operation.key] = bare
        let message = "The document now says \"\(bare)\"; the tool keeps its name \"\(name)\"."
        diagnostics.append(Diagnostic(.note, .nameKept, message, at: operation.pointer))
    }

    /// A toolset that has the tool goes on with it, but calls something else.
    private mutating func noteTakeover(_ name: String, by operation: Operation, of former: String) {
        let message = "\(operation.key) takes over the name \"\(name)\" of \(former.prefix(200)), which is gone."
        diagnostics.append(Diagnostic(.warning, .nameTakenOver, message, at: operation.pointer))
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
    /// A valid name or `operationId` as it is; else with an underscore for each run of other characters; else `get_pets_petId`.
    private func bareName(of operation: Operation) -> String {
        let base = fullName(of: operation)
        guard base.utf8.count > ToolName.longest else { return base }
        return Self.marked(base, with: base, digits: 6)
    }

    /// The bare name with digits of the SHA-256 of `GET /pets`: six, or as many more as it takes to be unique.
    private func markedNames(of operation: Operation) -> [String] {
        let base = fullName(of: operation)
        return stride(from: 6, through: 40, by: 2).map { Self.marked(base, with: operation.key, digits: $0) }
    }

    private func markedName(of operation: Operation, round: Int) -> String {
        Self.marked(fullName(of: operation), with: "\(operation.key) \(round)", digits: 40)
    }

    private func fullName(of operation: Operation) -> String {
        for text in [given[operation.key], operation.operationID].compactMap(\.self) {
            let identifier = Self.sanitized(text)
            if !identifier.isEmpty { return identifier }
        }
        return Self.sanitized(operation.method.lowercased() + "_" + operation.path)
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
