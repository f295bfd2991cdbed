import JSON

/// Reads the keywords of one subschema object.
///
/// A keyword whose value makes no sense becomes a warning.
struct KeywordReader {
    /// The object in the keywords of 2020-12.
    let schema: JSONObject
    /// The object as it was written, and what it is written in: places are those of the document.
    private let original: JSONObject
    private let draft: SchemaDraft
    let location: JSONPointer
    let resource: Int
    let nesting: Int
    private var rules: [SchemaRule] = []

    init(
        _ schema: JSONObject,
        from original: JSONObject,
        in draft: SchemaDraft,
        at location: JSONPointer,
        of resource: Int,
        nesting: Int
    ) {
        self.schema = schema
        self.original = original
        self.draft = draft
        self.location = location
        self.resource = resource
        self.nesting = nesting
    }

    /// All rules: first what is quick and says most, last what depends on the others.
    mutating func rules(_ compiler: inout SchemaCompiler) throws(SchemaError) -> [SchemaRule] {
        if compiler.validates(resource) {
            readValues(&compiler)
            readNumbers(&compiler)
            readCounts(&compiler)
            readRequired(&compiler)
        }
        try readMembers(&compiler)
        try readItems(&compiler)
        readReferences(&compiler)
        try readCombinations(&compiler)
        _ = try subschemas("$defs", &compiler)
        try readUnevaluated(&compiler)
        return rules
    }

    func warn(_ keyword: String, _ expectation: String, _ compiler: inout SchemaCompiler) {
        let place = place(of: keyword)
        compiler.warn("\"\(place.tokens.last ?? keyword)\" is not checked: \(expectation)", place)
    }

    private func place(of keyword: String) -> JSONPointer {
        location.appending(draft.originalName(of: keyword, in: original))
    }

    // MARK: - Any value

    private mutating func readValues(_ compiler: inout SchemaCompiler) {
        if let value = schema["type"] {
            let names = value.array ?? [value]
            let types = names.compactMap { $0.string.flatMap(JSONTypes.init(name:)) }
            if types.count == names.count, !types.isEmpty {
                rules.append(.type(JSONTypes(types)))
            } else {
                warn("type", "it must name types of JSON Schema", &compiler)
            }
        }
        if let value = schema["const"] { rules.append(.constant(value)) }
        if let value = schema["enum"] {
            if let values = value.array {
                rules.append(.enumeration(values, Set(values.map(ValueKey.init))))
            } else {
                warn("enum", "it must be an array", &compiler)
            }
        }
        if let value = schema["pattern"] {
            if let text = value.string, let pattern = pattern(text, "pattern", &compiler) {
                rules.append(.pattern(text, pattern))
            } else if value.string == nil {
                warn("pattern", "it must be a string", &compiler)
            }
        }
    }

    private func pattern(_ text: String, _ keyword: String, _ compiler: inout SchemaCompiler) -> Pattern? {
        do {
            return try compiler.pattern(text)
        } catch {
            warn(keyword, "the pattern \(JSONValue.string(text).clipped) \(error.message)", &compiler)
            return nil
        }
    }

    private mutating func readNumbers(_ compiler: inout SchemaCompiler) {
        for (keyword, isUpper, isExclusive) in [
            ("minimum", false, false), ("exclusiveMinimum", false, true),
            ("maximum", true, false), ("exclusiveMaximum", true, true),
        ] {
            guard let value = schema[keyword] else { continue }
            guard case .number(let number) = value else {
                warn(keyword, "it must be a number", &compiler)
                continue
            }
            let decimal = Decimal(number)
            rules.append(
                .bound(NumberBound(isUpper: isUpper, isExclusive: isExclusive, number: number, value: decimal))
            )
        }
        if let value = schema["multipleOf"] {
            if case .number(let number) = value, Decimal(number).isDivisor {
                rules.append(.multiple(number, Decimal(number)))
            } else {
                warn("multipleOf", "it must be a number above zero with at most 18 digits", &compiler)
            }
        }
    }

    private mutating func readCounts(_ compiler: inout SchemaCompiler) {
        for (keyword, isUpper) in [("minLength", false), ("maxLength", true)] {
            if let bound = count(keyword, isUpper, &compiler) { rules.append(.length(bound)) }
        }
        for (keyword, isUpper) in [("minItems", false), ("maxItems", true)] {
            if let bound = count(keyword, isUpper, &compiler) { rules.append(.itemCount(bound)) }
        }
        for (keyword, isUpper) in [("minProperties", false), ("maxProperties", true)] {
            if let bound = count(keyword, isUpper, &compiler) { rules.append(.memberCount(bound)) }
        }
        switch schema["uniqueItems"] {
        case nil, .bool(false)?: break
        case .bool(true)?: rules.append(.uniqueItems)
        default: warn("uniqueItems", "it must be a Boolean", &compiler)
        }
    }

    private func count(_ keyword: String, _ isUpper: Bool, _ compiler: inout SchemaCompiler) -> CountBound? {
        guard let value = schema[keyword] else { return nil }
        guard let count = value.integer, count >= 0 else {
            warn(keyword, "it must be a whole number from zero", &compiler)
            return nil
        }
        return CountBound(keyword: keyword, isUpper: isUpper, count: count)
    }

    // MARK: - Objects

    private mutating func readRequired(_ compiler: inout SchemaCompiler) {
        if let value = schema["required"] {
            if let names = value.texts {
                rules.append(.required(names))
            } else {
                warn("required", "it must be an array of strings", &compiler)
            }
        }
        for keyword in ["dependentRequired", "dependencies"] {
            guard let value = schema[keyword] else { continue }
            guard let members = value.object else {
                warn(keyword, "it must be an object", &compiler)
                continue
            }
            var dependencies: [String: [String]] = [:]
            for member in members {
                if let names = member.value.texts {
                    dependencies[member.key] = names
                } else if keyword == "dependentRequired" {
                    warn(keyword, "its values must be arrays of strings", &compiler)
                }
            }
            if !dependencies.isEmpty { rules.append(.dependentRequired(dependencies)) }
        }
    }

    private mutating func readMembers(_ compiler: inout SchemaCompiler) throws(SchemaError) {
        var members = MemberRules()
        for (name, node) in try subschemas("properties", &compiler) {
            members.named[JSONName(name)] = node
            members.names.append(name)
        }
        var hasUnknownPattern = false
        for (text, node) in try subschemas("patternProperties", &compiler) {
            if let pattern = pattern(text, "patternProperties", &compiler) {
                members.patterns.append((pattern, node))
            } else {
                hasUnknownPattern = true
            }
        }
        let others = try subschema("additionalProperties", &compiler)
        // Where a pattern is not understood, nobody knows which members are the others.
        if !hasUnknownPattern { members.others = others }
        if !members.named.isEmpty || !members.patterns.isEmpty || members.others != nil {
            rules.append(.members(members))
        }
        if let names = try subschema("propertyNames", &compiler) { rules.append(.memberNames(names)) }
        for keyword in ["dependentSchemas", "dependencies"] {
            let dependencies = try subschemas(keyword, &compiler) { keyword == "dependentSchemas" || $0.array == nil }
            if dependencies.isEmpty { continue }
            rules.append(.dependentSchemas(Dictionary(dependencies) { first, _ in first }))
        }
    }

    // MARK: - Arrays

    private mutating func readItems(_ compiler: inout SchemaCompiler) throws(SchemaError) {
        let prefix = try subschemaList("prefixItems", &compiler)
        let rest = try subschema("items", &compiler)
        if !prefix.isEmpty || rest != nil { rules.append(.items(prefix: prefix, rest: rest)) }
        if let node = try subschema("contains", &compiler) {
            let validates = compiler.validates(resource)
            let least = validates ? count("minContains", false, &compiler)?.count : nil
            let most = validates ? count("maxContains", true, &compiler)?.count : nil
            rules.append(.contains(node, least: least ?? 1, most: most))
        }
    }

    // MARK: - Other subschemas

    private mutating func readReferences(_ compiler: inout SchemaCompiler) {
        if let text = schema["$ref"]?.string {
            rules.append(.reference(compiler.reference(text, of: resource, at: place(of: "$ref"))))
        }
        if let text = schema["$dynamicRef"]?.string {
            let number = compiler.reference(text, of: resource, at: place(of: "$dynamicRef"))
            let fragment = URIReference(text).decodedFragment ?? ""
            // Only a name is looked up again; a pointer leads where it leads (core, section 8.2.3.2).
            let isName = !fragment.isEmpty && !fragment.hasPrefix("/")
            rules.append(isName ? .dynamicReference(number, anchor: fragment) : .reference(number))
        }
    }

    private mutating func readCombinations(_ compiler: inout SchemaCompiler) throws(SchemaError) {
        let all = try subschemaList("allOf", &compiler)
        if !all.isEmpty { rules.append(.all(all)) }
        let any = try subschemaList("anyOf", &compiler)
        if !any.isEmpty { rules.append(.any(any)) }
        let one = try subschemaList("oneOf", &compiler)
        if !one.isEmpty { rules.append(.one(one)) }
        if let node = try subschema("not", &compiler) { rules.append(.not(node)) }
        let condition = try subschema("if", &compiler)
        let then = try subschema("then", &compiler)
        let otherwise = try subschema("else", &compiler)
        if let condition { rules.append(.condition(if: condition, then: then, else: otherwise)) }
    }

    private mutating func readUnevaluated(_ compiler: inout SchemaCompiler) throws(SchemaError) {
        if let node = try subschema("unevaluatedProperties", &compiler) { rules.append(.unevaluatedMembers(node)) }
        if let node = try subschema("unevaluatedItems", &compiler) { rules.append(.unevaluatedItems(node)) }
        if schema["unevaluatedProperties"] != nil || schema["unevaluatedItems"] != nil { compiler.trackEvaluated() }
    }
}

// MARK: - Positions of subschemas

extension KeywordReader {
    private func subschema(_ keyword: String, _ compiler: inout SchemaCompiler) throws(SchemaError) -> Int? {
        guard let value = schema[keyword] else { return nil }
        return try compiler.read(value, at: place(of: keyword), of: resource, nesting: nesting + 1)
    }

    private func subschemaList(_ keyword: String, _ compiler: inout SchemaCompiler) throws(SchemaError) -> [Int] {
        guard let value = schema[keyword] else { return [] }
        guard let items = value.array else {
            warn(keyword, "it must be an array of schemas", &compiler)
            return []
        }
        let place = place(of: keyword)
        var nodes: [Int] = []
        for (index, item) in items.enumerated() {
            nodes.append(try compiler.read(item, at: place.appending(index), of: resource, nesting: nesting + 1))
        }
        return nodes
    }

    private func subschemas(
        _ keyword: String,
        _ compiler: inout SchemaCompiler,
        where isSchema: (JSONValue) -> Bool = { _ in true }
    ) throws(SchemaError) -> [(String, Int)] {
        guard let value = schema[keyword] else { return [] }
        guard let members = value.object else {
            warn(keyword, "it must be an object of schemas", &compiler)
            return []
        }
        let place = place(of: keyword)
        var nodes: [(String, Int)] = []
        for member in members where isSchema(member.value) {
            let node = try compiler.read(
                member.value,
                at: place.appending(member.key),
                of: resource,
                nesting: nesting + 1
            )
            nodes.append((member.key, node))
        }
        return nodes
    }
}

extension JSONValue {
    /// The strings of an array of strings.
    fileprivate var texts: [String]? {
        guard let array else { return nil }
        let texts = array.compactMap(\.string)
        return texts.count == array.count ? texts : nil
    }
}
