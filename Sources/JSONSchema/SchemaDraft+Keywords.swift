package import JSON

extension SchemaDraft {
    /// The keywords of an object that ask for something in a later draft, or in draft 3, and nothing in this one; in the
    /// order of the object. Converting leaves them out.
    package func foreignKeywords(of object: JSONObject) -> [String] {
        object.map(\.key).filter { keyword in
            Self.assertions[keyword].map { $0 > self } ?? Self.ofDraft3.contains(keyword)
        }
    }

    /// Since when a keyword that asks for something has a meaning; those of draft 4 are not named.
    private static let assertions: [String: SchemaDraft] = [
        "$id": .draft6, "const": .draft6, "contains": .draft6, "propertyNames": .draft6,
        "if": .draft7, "then": .draft7, "else": .draft7,
        "$anchor": .draft201909, "$recursiveRef": .draft201909, "$recursiveAnchor": .draft201909,
        "dependentSchemas": .draft201909, "dependentRequired": .draft201909, "unevaluatedItems": .draft201909,
        "unevaluatedProperties": .draft201909, "minContains": .draft201909, "maxContains": .draft201909,
        "prefixItems": .draft202012, "$dynamicRef": .draft202012, "$dynamicAnchor": .draft202012,
    ]

    private static let ofDraft3: Set = ["divisibleBy", "disallow", "extends"]

    /// Whether nothing beside a `$ref` counts (draft 7, core, section 8.3; the same in those before).
    var ignoresSiblings: Bool { self <= .draft7 }

    /// What a meta-schema names as its vocabulary where the keywords of validation have a meaning.
    var validationVocabulary: String {
        let year = self == .draft201909 ? "2019-09" : "2020-12"
        return "https://json-schema.org/draft/\(year)/vocab/validation"
    }

    /// What the object is called: its own address, and a name inside its resource.
    ///
    /// Up to draft 7 both stand in one keyword: `"$id": "#pet"` is the name `pet`.
    func identifier(of object: JSONObject) -> (id: String?, anchor: String?) {
        if ignoresSiblings, object["$ref"]?.string != nil { return (nil, nil) }
        guard let text = object[self == .draft4 ? "id" : "$id"]?.string else {
            return (nil, self <= .draft7 ? nil : object["$anchor"]?.string)
        }
        if self == .draft202012 { return (text, object["$anchor"]?.string) }
        let uri = URIReference(text)
        guard let fragment = uri.fragment else { return (text, self <= .draft7 ? nil : object["$anchor"]?.string) }
        let id = uri.document.isEmpty ? nil : uri.document
        if self == .draft201909 { return (id, object["$anchor"]?.string) }
        return (id, fragment.isEmpty || fragment.hasPrefix("/") ? nil : String(fragment))
    }

    /// How a keyword holds schemas in this draft; nothing where it holds none.
    func position(of keyword: String, _ value: JSONValue) -> SubschemaPositions? {
        if let first = Self.assertions[keyword], first > self { return nil }
        switch keyword {
        case "items" where self < .draft202012 && value.array != nil: return .list
        case "dependencies": return .map
        default: return SubschemaPositions(keyword: keyword)
        }
    }

    /// What a keyword of an object is called in 2020-12.
    func currentName(of keyword: String, in object: JSONObject) -> String {
        guard self < .draft202012 else { return keyword }
        switch keyword {
        case "items" where object["items"]?.array != nil: return "prefixItems"
        case "additionalItems" where object["items"]?.array != nil: return "items"
        case "definitions": return "$defs"
        case "dependencies": return "dependentSchemas"
        default: return keyword
        }
    }

    /// The keyword of an object that became the keyword of 2020-12 with that name.
    func originalName(of keyword: String, in object: JSONObject) -> String {
        guard self < .draft202012 else { return keyword }
        switch keyword {
        case "prefixItems": return "items"
        case "items" where object["items"]?.array != nil: return "additionalItems"
        case "$defs" where object["definitions"] != nil && (self <= .draft7 || object["$defs"] == nil):
            return "definitions"
        case "dependentSchemas", "dependentRequired": return object[keyword] == nil ? "dependencies" : keyword
        case "$dynamicRef": return "$recursiveRef"
        default: return keyword
        }
    }
}

// MARK: - One object

extension SchemaDraft {
    /// An object in the keywords of 2020-12; the schemas inside stay as they are, as does the text of references.
    ///
    /// `isRoot` says whether the object is the root of a resource, where alone `$recursiveAnchor` counts; `isRecursive`,
    /// whether that root has `$recursiveAnchor: true`: nothing where it is not known, and `$recursiveRef` stays for
    /// whoever knows.
    func keywords(of object: JSONObject, isRoot: Bool, isRecursive: Bool?) -> JSONObject {
        guard self < .draft202012 else { return object }
        if ignoresSiblings, object["$ref"]?.string != nil { return reference(object) }
        let foreign = Set(foreignKeywords(of: object))
        var result = JSONObject()
        for (keyword, value) in self == .draft4 ? OpenAPI30.numericBounds(object) : object {
            if foreign.contains(keyword) { continue }
            switch keyword {
            case "id" where self == .draft4, "$id", "$anchor":
                let identifier = identifier(of: object)
                if let id = identifier.id { result["$id"] = .string(id) }
                if let anchor = identifier.anchor { result["$anchor"] = .string(anchor) }
            case "additionalItems" where object["items"]?.array == nil: continue
            case "dependencies": split(value, into: &result)
            // No keyword before 2019-09, and later the old name of the same.
            case "$defs" where self <= .draft7 && object["definitions"] != nil: continue
            case "definitions" where self > .draft7 && object["$defs"] != nil: result[keyword] = value
            case "$recursiveRef" where isRecursive != nil:
                // With no such root it is a plain reference (2019-09, core, section 8.2.4.2).
                result["$dynamicRef"] = isRecursive == true ? .string("#" + Self.recursiveAnchor) : value
            case "$recursiveAnchor" where isRecursive != nil:
                if isRoot, value == true { result["$dynamicAnchor"] = .string(Self.recursiveAnchor) }
            default: result[currentName(of: keyword, in: object)] = value
            }
        }
        return result
    }

    private static let recursiveAnchor = "_recursive"

    /// What stays beside a reference: what others refer to, and what only describes.
    private func reference(_ object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (keyword, value) in object {
            switch keyword {
            case "$ref", "$schema", "title", "description", "default", "examples", "$comment": result[keyword] = value
            case "definitions": result["$defs"] = value
            case "$defs" where object["definitions"] == nil: result["$defs"] = value
            default: continue
            }
        }
        return result
    }

    /// `dependencies` is two keywords since 2019-09.
    private func split(_ value: JSONValue, into result: inout JSONObject) {
        guard let members = value.object else {
            result["dependentSchemas"] = value
            return
        }
        let names = members.filter { $0.value.array != nil }
        let schemas = members.filter { $0.value.array == nil }
        for (keyword, part) in [("dependentRequired", names), ("dependentSchemas", schemas)] where !part.isEmpty {
            let others = result[keyword]?.object?.map { ($0.key, $0.value) } ?? []
            result[keyword] = .object(JSONObject(part.map { ($0.key, $0.value) } + others))
        }
    }
}
