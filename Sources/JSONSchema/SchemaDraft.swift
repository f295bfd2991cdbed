package import JSON

/// A draft of JSON Schema: what the keywords of a schema mean.
///
/// A schema says which one it is written in by `$schema`. Drafts are ordered by age. Draft 3 and those before it are not
/// read: `extends`, `disallow`, `divisibleBy` and a Boolean `required` have no meaning in any of these.
package enum SchemaDraft: Int, Sendable, Hashable, CaseIterable, Comparable {
    case draft4 = 4
    case draft6 = 6
    case draft7 = 7
    /// 2019-09.
    case draft201909 = 8
    /// 2020-12, which all others are converted to.
    case draft202012 = 9

    /// The address of the draft's meta-schema, which a schema names as its `$schema`; without an empty fragment.
    package var address: String {
        switch self {
        case .draft4: "http://json-schema.org/draft-04/schema"
        case .draft6: "http://json-schema.org/draft-06/schema"
        case .draft7: "http://json-schema.org/draft-07/schema"
        case .draft201909: "https://json-schema.org/draft/2019-09/schema"
        case .draft202012: "https://json-schema.org/draft/2020-12/schema"
        }
    }

    /// How people call it: `draft 7`, `2020-12`.
    package var name: String {
        switch self {
        case .draft4, .draft6, .draft7: "draft \(rawValue)"
        case .draft201909: "2019-09"
        case .draft202012: "2020-12"
        }
    }

    /// The draft with that address; nothing where there is none.
    ///
    /// An empty fragment does not count, nor does whether it is `http` or `https`. The base dialects of OpenAPI 3.1 and
    /// later are 2020-12 with keywords that only annotate.
    package init?(address: String) {
        guard let place = Self.place(address) else { return nil }
        let isOpenAPI = place.hasPrefix("spec.openapis.org/oas/3.") && place.contains("/dialect/")
        let known = isOpenAPI ? .draft202012 : Self.allCases.first { Self.place($0.address) == place }
        guard let known else { return nil }
        self = known
    }

    private static func place(_ address: String) -> Substring? {
        let text = address.hasSuffix("#") ? address.dropLast() : address[...]
        for scheme in ["https://", "http://"] where text.hasPrefix(scheme) { return text.dropFirst(scheme.count) }
        return nil
    }

    /// The draft that a schema names as its `$schema`; nothing where it names none.
    ///
    /// - Throws: ``SchemaError`` where it names one that is not known here, such as draft 3.
    package static func named(by schema: JSONValue) throws(SchemaError) -> SchemaDraft? {
        guard let address = schema["$schema"]?.string else { return nil }
        guard let draft = SchemaDraft(address: address) else { throw unknown(address) }
        return draft
    }

    static func unknown(_ address: String) -> SchemaError {
        SchemaError(
            message: "the schema is written in \(address.clipped(200)), which is not known here; "
                + "use 2020-12, 2019-09, draft 7, draft 6 or draft 4",
            pointer: JSONPointer(["$schema"])
        )
    }

    package static func < (left: SchemaDraft, right: SchemaDraft) -> Bool { left.rawValue < right.rawValue }
}
