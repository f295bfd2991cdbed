import JSON

/// One of the schemas that are compared: its text, and its subschemas by index.
struct SchemaSource: Sendable {
    let document: JSONValue
    let table: SchemaTable
    let root: Int
    private let places: [JSONPointer: Int]
    /// The types that each subschema can allow at most, without `null`.
    private let types: [JSONTypes]
    /// The keywords that are not checked, by the place of their schema.
    private let unsupported: [JSONPointer: [String]]

    /// Reads a schema.
    ///
    /// - Throws: ``SchemaError`` where it cannot be read, or refers to other documents.
    init(_ schema: JSONValue, limits: SchemaLimits) throws(SchemaError) {
        let compiled = try CompiledSchema(schema, limits: limits)
        // With one resource each reference has one target, also a dynamic one.
        guard compiled.table.resources.count == 1 else {
            throw SchemaError(message: "the schema has parts with addresses of their own", pointer: JSONPointer())
        }
        document = schema
        table = compiled.table
        root = compiled.root
        var places: [JSONPointer: Int] = [:]
        for (id, node) in compiled.table.nodes.enumerated() { places[node.location] = id }
        self.places = places
        types = Self.types(of: compiled.table)
        var unsupported: [JSONPointer: [String]] = [:]
        for warning in compiled.warnings {
            guard let keyword = warning.pointer.tokens.last else { continue }
            unsupported[JSONPointer(warning.pointer.tokens.dropLast()), default: []].append(keyword)
        }
        self.unsupported = unsupported
    }

    /// The subschema at a place.
    func subschema(at pointer: JSONPointer) -> Int? { places[pointer] }

    /// A subschema as it is written.
    func text(of atom: Int) -> JSONValue { document[table.nodes[atom].location] ?? .null }

    /// The types that values can have at most which are valid for all of some subschemas; without `null`.
    func quickTypes(of atoms: [Int]) -> JSONTypes {
        atoms.reduce(.allButNull) { $0.intersection(types[$1]) }
    }

    /// What a subschema refers to.
    func target(of rule: SchemaRule) -> Int? {
        switch rule {
        case .reference(let number), .dynamicReference(let number, _): table.targets[number]
        default: nil
        }
    }

    /// A subschema, and all those that must hold where it holds: what it refers to, and its `allOf`.
    func closure(of seeds: [Int]) -> [Int] {
        var found: [Int] = []
        var seen: Set<Int> = []
        var pending = Array(seeds.reversed())
        while let atom = pending.popLast() {
            guard seen.insert(atom).inserted else { continue }
            found.append(atom)
            for rule in table.nodes[atom].rules.reversed() {
                if case .all(let parts) = rule { pending += parts.reversed() }
                // A choice of one is no choice.
                if let forms = rule.choices, forms.count == 1 { pending += forms }
                if let target = target(of: rule) { pending.append(target) }
            }
        }
        return found
    }

    /// Whether a subschema neither asks nor says anything: `true` or `{}`.
    func isTrivial(_ atom: Int) -> Bool {
        guard table.nodes[atom].rules.isEmpty else { return false }
        switch text(of: atom) {
        case .bool(true): return true
        case .object(let object): return object.isEmpty
        default: return false
        }
    }

    /// Whether a value is valid; nothing where that is too much work.
    func accepts(_ value: JSONValue, _ atoms: [Int]) -> Bool? {
        let limits = SchemaLimits(depth: 128, steps: 20_000)
        for atom in atoms {
            var evaluator = SchemaEvaluator(table: table, limits: limits, collects: false)
            if evaluator.accepts(value, atom) { continue }
            return evaluator.isExhausted ? nil : false
        }
        return true
    }
}

// MARK: - What it says beside what it asks

extension SchemaSource {
    /// Adds what a subschema says to what others have said that hold together with it.
    func annotate(_ annotations: inout SchemaAnnotations, with atom: Int) {
        guard case .object(let object) = text(of: atom) else { return }
        let ignored = Set(unsupported[table.nodes[atom].location] ?? [])
        for (keyword, value) in object {
            if ignored.contains(keyword) {
                annotations.unsupported[keyword] = annotations.unsupported[keyword] ?? value
                continue
            }
            annotations.add(keyword, value)
        }
    }
}

extension SchemaAnnotations {
    fileprivate mutating func add(_ keyword: String, _ value: JSONValue) {
        switch keyword {
        case "title": add(value, to: &titles)
        case "description", "$comment": add(value, to: &descriptions)
        case "examples":
            for example in value.array ?? [value] where !examples.contains(example) { examples.append(example) }
        case "example": if !examples.contains(value) { examples.append(value) }
        case "deprecated": if value == true { isDeprecated = true }
        case "default": standard = standard ?? value
        case "format", "contentEncoding", "contentMediaType":
            formats[keyword, default: []].insert(value.string ?? value.text)
        case "x-mcp-header": mirror = mirror ?? value
        case "discriminator": discriminator = discriminator ?? value
        // `false` is what they are without.
        case "readOnly", "writeOnly": if value != false { others[keyword] = others[keyword] ?? value }
        default: if !Self.known.contains(keyword) { others[keyword] = others[keyword] ?? value }
        }
    }

    private func add(_ value: JSONValue, to texts: inout [JSONName]) {
        let words = (value.string ?? value.text).split(whereSeparator: \.isWhitespace)
        let text = JSONName(words.joined(separator: " "))
        if !text.text.isEmpty, !texts.contains(text) { texts.append(text) }
    }

    /// What is read elsewhere, in all drafts.
    private static let known: Set = [
        "$schema", "$id", "id", "$ref", "$dynamicRef", "$recursiveRef", "$anchor", "$dynamicAnchor", "$recursiveAnchor",
        "$defs", "definitions", "$vocabulary", "type", "enum", "const", "properties", "required",
        "additionalProperties",
        "patternProperties", "propertyNames", "minProperties", "maxProperties", "dependentRequired",
        "dependentSchemas", "dependencies", "items", "prefixItems", "additionalItems", "contains", "minContains",
        "maxContains", "minItems", "maxItems", "uniqueItems", "minimum", "maximum", "exclusiveMinimum",
        "exclusiveMaximum", "multipleOf", "minLength", "maxLength", "pattern", "anyOf", "oneOf", "allOf", "not", "if",
        "then", "else", "unevaluatedProperties", "unevaluatedItems",
    ]
}
