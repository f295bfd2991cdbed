import JSON
import OpenAPI
import Vocabulary

/// The schemas of a document as tools carry them: JSON Schema 2020-12, each reference leading to `#/$defs/<name>`.
///
/// A schema that is referred to is rewritten once and shared by all tools that need it. References are never replaced
/// by what they lead to, so recursion costs nothing. A schema at `#/components/schemas/Pet` is `Pet`; any other place,
/// or a name with characters that a URI would have to escape, gets a name with six digits that only depend on the
/// place, so names do not depend on the order in which schemas are met.
struct SchemaLibrary {
    /// A rewritten schema.
    struct Compiled {
        var schema: JSONValue
        /// The definitions that it refers to itself.
        var references: Set<Int> = []
        /// In bytes, about.
        var size = 0
    }

    let document: Document
    let direction: SchemaDirection
    private let dialect: SchemaDialect
    var diagnostics: [Diagnostic] = []
    /// What the schema at hand refers to so far, and where it stands.
    var references: Set<Int> = []
    var tokens: [String] = []
    /// The place of the schema that is being rewritten, its own root.
    var root = JSONPointer()

    /// Where keywords of another version of OpenAPI were met.
    var mixedPlaces: Set<JSONPointer> = []
    /// The members that do not go in this direction, of the composition that is being rewritten.
    var outerHidden: Set<String> = []
    /// The same by the places of schemas, once they are known.
    var knownHidden: [JSONPointer: Set<String>] = [:]
    /// Whether any schema of the document has members that go in one direction only.
    let hidesMembers: Bool

    // By the identifiers of definitions.
    private var names: [String] = []
    private var pointers: [JSONPointer] = []
    private var compiled: [Compiled] = []
    private var identifiers: [JSONPointer: Int] = [:]
    private var takenNames: Set<String>
    /// The names of schemas in other files.
    private let fileNames: [JSONPointer: String]
    private var pending: [Int] = []
    private var inline: [JSONPointer: Compiled] = [:]
    private var targets: [String: Target] = [:]
    private lazy var anchors = document.schemaAnchors

    /// Where a reference leads.
    enum Target {
        case definition(Int)
        case nothing(DiagnosticCode)
    }

    init(document: Document, direction: SchemaDirection) {
        self.document = document
        self.direction = direction
        let usual = SchemaDialect.usual(in: document)
        dialect = usual.dialect
        hidesMembers = document.root.hasMember(direction.hiddenKeyword)
        let own = document[document.schemasPointer]?.object?.keys.filter(Self.isSafe) ?? []
        takenNames = Set(own)
        fileNames = Self.fileNames(of: document, without: takenNames)
        takenNames.formUnion(fileNames.values)
        if let unknown = usual.unknown { warnOfDialect(unknown, at: JSONPointer(["jsonSchemaDialect"])) }
    }

    private mutating func warnOfDialect(_ name: String, at pointer: JSONPointer) {
        let message = "The dialect \"\(name.prefix(200))\" is not known; the schema is read as JSON Schema 2020-12."
        diagnostics.append(Diagnostic(.warning, .unknownDialect, message, at: pointer))
    }

    /// The schema at a place that is not referred to: a parameter's, a body's. Without a place, anything is accepted.
    mutating func compile(_ place: Place?) -> Compiled {
        guard let place else { return Compiled(schema: [:]) }
        if let known = inline[place.pointer] { return known }
        let result = rewritten(place)
        inline[place.pointer] = result
        while let identifier = pending.popLast() {
            let pointer = pointers[identifier]
            compiled[identifier] = rewritten(Place(document[pointer] ?? true, at: pointer))
        }
        return result
    }

    /// These definitions and all that they lead to, by name, and their size in bytes; not all where the size exceeds
    /// the limit.
    func closure(of references: Set<Int>, limit: Int) -> (identifiers: [Int], size: Int) {
        var found = references
        var open = Array(references)
        var size = 0
        while size <= limit, let identifier = open.popLast() {
            size += compiled[identifier].size + names[identifier].utf8.count
            for next in compiled[identifier].references where found.insert(next).inserted { open.append(next) }
        }
        return (found.sorted { names[$0] < names[$1] }, size)
    }

    /// The `$defs` of these definitions.
    func definitions(_ identifiers: [Int]) -> JSONObject {
        var definitions = JSONObject()
        for identifier in identifiers { definitions[names[identifier]] = compiled[identifier].schema }
        return definitions
    }

    /// The name under `$defs` of a definition.
    func name(of identifier: Int) -> String { names[identifier] }

    private mutating func rewritten(_ place: Place) -> Compiled {
        references = []
        tokens = place.pointer.tokens
        root = place.pointer
        outerHidden = []
        let current = dialect.current(place.value)
        if let unknown = current.unknown { warnOfDialect(unknown, at: place.pointer) }
        let schema = rewrite(current.schema)
        return Compiled(schema: schema, references: references, size: schema.bytes.count)
    }
}

// MARK: - References

extension SchemaLibrary {
    /// Where a `$ref` of a schema leads; the schema there is compiled later, if it was not before.
    mutating func target(of reference: String) -> Target {
        if let known = targets[reference] { return known }
        let target = found(reference)
        targets[reference] = target
        return target
    }

    /// The definition of the schema at a place.
    mutating func definition(at pointer: JSONPointer) -> Int {
        if let known = identifiers[pointer] { return known }
        let identifier = names.count
        identifiers[pointer] = identifier
        names.append(newName(for: pointer))
        pointers.append(pointer)
        compiled.append(Compiled(schema: true))
        pending.append(identifier)
        return identifier
    }

    private mutating func found(_ reference: String) -> Target {
        switch Reference(reference) {
        case .external: return .nothing(.externalReference)
        case .malformed: return .nothing(.unresolvedReference)
        case .anchor(let name):
            guard let pointer = anchors[name] else { return .nothing(.unresolvedReference) }
            return .definition(definition(at: pointer))
        case .local(let pointer):
            switch document[pointer] {
            case .object, .bool:
                guard !isCycle(from: pointer) else { return .nothing(.referenceCycle) }
                return .definition(definition(at: pointer))
            default: return .nothing(.unresolvedReference)
            }
        }
    }

    /// Whether nothing but references follow one another from there without an end.
    private func isCycle(from pointer: JSONPointer) -> Bool {
        var visited: Set<JSONPointer> = []
        var next: JSONPointer? = pointer
        while let pointer = next {
            guard visited.count < Document.longestChain, visited.insert(pointer).inserted else { return true }
            guard let text = document[pointer]?["$ref"]?.string, case .local(let target) = Reference(text) else {
                return false
            }
            next = target
        }
        return false
    }

    private mutating func newName(for pointer: JSONPointer) -> String {
        let tokens = pointer.tokens
        if let name = tokens.last, Self.isSafe(name), pointer == document.schemasPointer.appending(name) { return name }
        if let name = fileNames[pointer] { return name }
        let base = Self.readableName(of: pointer)
        let mark = Digest(of: pointer.description.utf8).hex
        var digits = 6
        while digits < 64, !takenNames.insert("\(base)_\(mark.prefix(digits))").inserted { digits += 2 }
        return "\(base)_\(mark.prefix(digits))"
    }

    /// The last token of a place, or the name of the file that is the schema, without what a URI would have to escape.
    private static func readableName(of pointer: JSONPointer) -> String {
        var last = pointer.tokens.last ?? ""
        if let (file, inner) = FileTree.split(pointer), inner.tokens.isEmpty {
            let name = file.split(separator: "/").last ?? ""
            last = String(name.prefix { $0 != "." })
        }
        let safe = last.replacingRuns(where: isSafe)
        return safe.isEmpty ? "Schema" : String(safe.prefix(80))
    }

    /// Places in other files have their readable name where only one of them wants it and no schema of the document's
    /// own has it, whatever the order in which they are met.
    private static func fileNames(of document: Document, without taken: Set<String>) -> [JSONPointer: String] {
        let wanted = Dictionary(grouping: document.filePlaces, by: readableName)
        var names: [JSONPointer: String] = [:]
        for (name, places) in wanted where !taken.contains(name) && places.count == 1 { names[places[0]] = name }
        return names
    }

    private static func isSafe(_ name: String) -> Bool {
        (1...120).contains(name.utf8.count) && name.utf8.allSatisfy(isSafe)
    }

    private static func isSafe(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
    }
}

extension Document {
    /// Where a document keeps the schemas that it names.
    fileprivate var schemasPointer: JSONPointer {
        JSONPointer(version == .v20 ? ["definitions"] : ["components", "schemas"])
    }

    /// Where the schemas under `components/schemas` stand that give themselves a name (`$anchor`, `$dynamicAnchor`).
    fileprivate var schemaAnchors: [String: JSONPointer] {
        var anchors: [String: JSONPointer] = [:]
        let pointer = JSONPointer(["components", "schemas"])
        var open = self[pointer].map { [Place($0, at: pointer)] } ?? []
        while let place = open.popLast() {
            switch place.value {
            case .array(let items):
                for (index, item) in items.enumerated() { open.append(Place(item, at: place.pointer.appending(index))) }
            case .object(let object):
                for keyword in ["$anchor", "$dynamicAnchor"] {
                    if let name = object[keyword]?.string { anchors[name] = place.pointer }
                }
                for (key, value) in object { open.append(Place(value, at: place.pointer.appending(key))) }
            default: break
            }
        }
        return anchors
    }
}
