package import JSON

extension SchemaDraft {
    /// The same schema in the keywords of 2020-12, with all schemas inside; `$ref` and its like keep their text.
    ///
    /// For a schema that is a part of a larger document, whose references are led elsewhere by the caller. A reference
    /// to a place that has another name now (`#/definitions/…` is `#/$defs/…`) leads nowhere until the caller does so;
    /// `$recursiveRef` and `$recursiveAnchor` stay for the same reason. ``current(_:assuming:)`` is for whole schemas.
    ///
    /// What a keyword holds that is no schema (`enum`, `const`, `default`, `examples`, and what no draft knows) stays to
    /// the letter. Keywords that this draft does not have are left out: ``foreignKeywords(of:)`` names them. Up to
    /// draft 7 so is what stands beside `$ref`, but for what only describes and `definitions`.
    package func schema(_ schema: JSONValue) -> JSONValue {
        DraftConversion(resources: nil).convert(schema, DraftConversion.Place(draft: self))
    }

    /// A whole schema in 2020-12: the draft is the one that it names as its `$schema`, and a schema inside that has an
    /// address of its own may name another.
    ///
    /// References into the schema lead to where they led, by their new way; those to other documents stay as they are.
    /// A reference to a place where no keyword holds a schema leads to what stands there, unconverted. What was
    /// converted names 2020-12 as its `$schema`.
    ///
    /// A schema that names none is taken to be written in `draft`.
    ///
    /// - Throws: ``SchemaError`` where the schema names a draft that is not known here.
    package static func current(
        _ schema: JSONValue,
        assuming draft: SchemaDraft = .draft202012
    ) throws(SchemaError) -> JSONValue {
        let draft = try named(by: schema) ?? draft
        var resources = SchemaResources(document: schema)
        try resources.collect(draft)
        let converted = DraftConversion(resources: resources).convert(
            schema,
            DraftConversion.Place(draft: draft, isRoot: true, isRecursive: schema["$recursiveAnchor"] == true)
        )
        guard draft < .draft202012, case .object(let object) = converted else { return converted }
        var result: JSONObject = ["$schema": .string(Self.draft202012.address)]
        for (keyword, value) in object { result[keyword] = value }
        return .object(result)
    }
}

/// Converts schemas and all inside them.
private struct DraftConversion {
    /// Where references lead; nothing where they stay as they are.
    let resources: SchemaResources?

    /// What is known from around a schema.
    struct Place {
        var draft: SchemaDraft
        var base = URIReference("")
        var isRoot = false
        var isRecursive = false
    }

    func convert(_ schema: JSONValue, _ outer: Place) -> JSONValue {
        guard case .object(let object) = schema else { return schema }
        let place = outer.entering(object)
        let converted = place.draft.keywords(
            of: object,
            isRoot: place.isRoot,
            isRecursive: resources == nil ? nil : place.isRecursive
        )
        var inner = place
        inner.isRoot = false
        var result = JSONObject()
        for (keyword, value) in converted {
            switch keyword {
            case "$schema":
                let isKnown = value.string.flatMap(SchemaDraft.init(address:)) != nil
                result[keyword] = isKnown ? .string(SchemaDraft.draft202012.address) : value
            case "$ref":
                let text = value.string.flatMap { resources?.rewritten($0, from: place.base) }
                result[keyword] = text.map(JSONValue.string) ?? value
            default:
                let position = SubschemaPositions(keyword: keyword)
                result[keyword] = position?.map(value) { convert($0, inner) } ?? value
            }
        }
        addOtherDefinitions(of: object, to: &result, inner)
        return .object(result)
    }

    /// A schema may have both `definitions` and `$defs`; they become one.
    private func addOtherDefinitions(of object: JSONObject, to result: inout JSONObject, _ place: Place) {
        guard place.draft < .draft202012, let old = object["definitions"]?.object, let new = object["$defs"]?.object
        else { return }
        var definitions = JSONObject(new.map { ($0.key, convert($0.value, place)) })
        for (name, value) in old {
            definitions[SchemaResources.definitionName(name, in: object)] = convert(value, place)
        }
        result["$defs"] = .object(definitions)
        result["definitions"] = nil
    }
}

extension DraftConversion.Place {
    /// What is known inside an object.
    fileprivate func entering(_ object: JSONObject) -> Self {
        var place = self
        // A schema that has no address of its own speaks the language of what is around it (2020-12, core, 8.1.1).
        if let named = object["$schema"]?.string.flatMap(SchemaDraft.init(address:)),
            isRoot || named.identifier(of: object).id != nil
        {
            place.draft = named
        }
        guard let id = place.draft.identifier(of: object).id else { return place }
        place.base = base.resolving(URIReference(id))
        place.isRoot = true
        place.isRecursive = object["$recursiveAnchor"] == true
        return place
    }
}

/// The parts of a schema that have an address, and what becomes of references into them.
struct SchemaResources {
    let document: JSONValue
    private var resources: [String: (schema: JSONValue, tokens: [String], draft: SchemaDraft)] = [:]

    init(document: JSONValue) {
        self.document = document
    }

    /// Finds all parts that have an address.
    mutating func collect(_ draft: SchemaDraft) throws(SchemaError) {
        resources[""] = (document, [], draft)
        try collect(document, at: [], DraftConversion.Place(draft: draft, isRoot: true))
    }

    private mutating func collect(
        _ schema: JSONValue,
        at tokens: [String],
        _ outer: DraftConversion.Place
    ) throws(SchemaError) {
        guard case .object(let object) = schema else { return }
        var place = outer.entering(object)
        if let address = object["$schema"]?.string, SchemaDraft(address: address) == nil,
            tokens.isEmpty || SchemaDraft.allCases.contains(where: { $0.identifier(of: object).id != nil })
        {
            throw SchemaDraft.unknown(address)
        }
        if place.isRoot, resources[place.base.document] == nil {
            resources[place.base.document] = (schema, tokens, place.draft)
        }
        place.isRoot = false
        for (keyword, value) in object {
            switch (place.draft.position(of: keyword, value), value) {
            case (.one?, _): try collect(value, at: tokens + [keyword], place)
            case (.list?, .array(let items)):
                for (index, item) in items.enumerated() {
                    try collect(item, at: tokens + [keyword, String(index)], place)
                }
            case (.map?, .object(let members)):
                for member in members { try collect(member.value, at: tokens + [keyword, member.key], place) }
            default: continue
            }
        }
    }

    /// A reference by its new way; nothing where it stays as it is.
    func rewritten(_ text: String, from base: URIReference) -> String? {
        let uri = base.resolving(URIReference(text))
        guard let fragment = uri.decodedFragment, let pointer = JSONPointer(fragment),
            let resource = resources[uri.document]
        else { return nil }
        let tokens = Self.currentTokens(pointer.tokens, in: resource.schema, resource.draft)
        if tokens == pointer.tokens { return nil }
        let written = URIReference(text).document
        return written + "#" + JSONPointer(tokens).description.escapedFragment
    }

    /// The way through the converted schema to what a pointer leads to in the one before.
    private static func currentTokens(_ tokens: [String], in schema: JSONValue, _ draft: SchemaDraft) -> [String] {
        var place = DraftConversion.Place(draft: draft, isRoot: true)
        var value = schema
        var rest = tokens[...]
        var result: [String] = []
        while let keyword = rest.first, case .object(let object) = value {
            place = place.entering(object)
            place.isRoot = false
            guard let held = object[keyword], let position = place.draft.position(of: keyword, held) else { break }
            result.append(place.draft.currentName(of: keyword, in: object))
            rest = rest.dropFirst()
            value = held
            if case .one = position { continue }
            guard let name = rest.popFirst() else { break }
            let isRenamed = keyword == "definitions" && place.draft < .draft202012
            result.append(isRenamed ? definitionName(name, in: object) : name)
            value = held[JSONPointer([name])] ?? .null
        }
        return result + rest
    }

    /// What a member of `definitions` is called in `$defs`, where that may be there already.
    static func definitionName(_ name: String, in object: JSONObject) -> String {
        guard let taken = object["$defs"]?.object, taken[name] != nil else { return name }
        // Names that are taken get longer each time, so that a schema of a given size cannot hold many of them.
        var other = name + "_2"
        while taken[other] != nil || object["definitions"]?[other] != nil { other += "2" }
        return other
    }
}

extension String {
    /// The text as it stands in the fragment of a URI (RFC 3986, section 3.5).
    fileprivate var escapedFragment: String {
        let allowed = Set("-._~!$&'()*+,;=:@/?".utf8)
        let digits = Array("0123456789ABCDEF".utf8)
        var bytes: [UInt8] = []
        for byte in utf8 {
            let isLetter = (0x61...0x7A).contains(byte | 0x20) || (0x30...0x39).contains(byte)
            if isLetter || allowed.contains(byte) {
                bytes.append(byte)
            } else {
                bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
