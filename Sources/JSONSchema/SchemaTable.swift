import JSON

/// All subschemas of a schema, each at its index; they refer to one another by index.
struct SchemaTable: Sendable {
    var nodes: [SchemaNode] = []
    var resources: [SchemaResource] = []
    /// The targets of references, by the number that a rule has for its reference.
    var targets: [Int] = []
    /// Whether any subschema asks which members and items others have looked at; without, nobody keeps account.
    var tracksEvaluated = false
}

/// A part of a document that has its own URI: the whole document, or a subschema with `$id`.
struct SchemaResource: Sendable {
    var uri: URIReference
    let document: Int
    let location: JSONPointer
    /// What its keywords mean.
    var draft: SchemaDraft
    /// Whether its root has `$recursiveAnchor: true` (2019-09).
    var isRecursive = false
    /// False where the dialect of the resource leaves out the vocabulary of validation.
    var validates = true
    var anchors: [String: Int] = [:]
    var dynamicAnchors: [String: Int] = [:]
}

/// One subschema.
struct SchemaNode: Sendable {
    let resource: Int
    let location: JSONPointer
    /// In the order in which they are checked.
    var rules: [SchemaRule] = []
    /// What it is called, for messages.
    var title: String?
    /// A value that the schema's author shows, as JSON, where it is short.
    var example: Example?

    struct Example: Sendable {
        let value: JSONValue
        let text: String
    }
}

/// What one keyword, or a group of keywords that work together, asks for.
///
/// An `Int` is the index of a subschema.
enum SchemaRule: Sendable {
    case never
    case type(JSONTypes)
    case enumeration([JSONValue], Set<ValueKey>)
    case constant(JSONValue)
    case bound(NumberBound)
    case multiple(JSONNumber, Decimal)
    case length(CountBound)
    case pattern(String, Pattern)
    case itemCount(CountBound)
    case uniqueItems
    case memberCount(CountBound)
    case required([String])
    case dependentRequired([String: [String]])
    case members(MemberRules)
    case memberNames(Int)
    case dependentSchemas([String: Int])
    case items(prefix: [Int], rest: Int?)
    case contains(Int, least: Int, most: Int?)
    case all([Int])
    case any([Int])
    case one([Int])
    case not(Int)
    case condition(if: Int, then: Int?, else: Int?)
    /// The number of a reference: ``SchemaTable/targets``.
    case reference(Int)
    /// The number of a reference, and the anchor that outer resources may have set elsewhere.
    case dynamicReference(Int, anchor: String)
    case unevaluatedMembers(Int)
    case unevaluatedItems(Int)
}

/// `minimum`, `maximum` and their exclusive forms.
struct NumberBound: Sendable {
    let isUpper: Bool
    let isExclusive: Bool
    let number: JSONNumber
    let value: Decimal

    var keyword: String {
        switch (isUpper, isExclusive) {
        case (true, false): "maximum"
        case (true, true): "exclusiveMaximum"
        case (false, false): "minimum"
        case (false, true): "exclusiveMinimum"
        }
    }
}

/// A bound of a length or a count.
struct CountBound: Sendable {
    let keyword: String
    let isUpper: Bool
    let count: Int

    func allows(_ other: Int) -> Bool { isUpper ? other <= count : other >= count }
}

/// `properties`, `patternProperties` and `additionalProperties`, which are one decision for each member.
struct MemberRules: Sendable {
    var named: [JSONName: Int] = [:]
    /// The names of ``named`` in the order of the schema, for messages.
    var names: [String] = []
    var patterns: [(pattern: Pattern, node: Int)] = []
    /// What every other member must be.
    var others: Int?
}

/// The types of JSON Schema, as a set.
struct JSONTypes: OptionSet, Sendable, Hashable {
    let rawValue: UInt8

    static let null = JSONTypes(rawValue: 1)
    static let boolean = JSONTypes(rawValue: 2)
    static let integer = JSONTypes(rawValue: 4)
    static let number = JSONTypes(rawValue: 8)
    static let string = JSONTypes(rawValue: 16)
    static let array = JSONTypes(rawValue: 32)
    static let object = JSONTypes(rawValue: 64)

    static let named: [(name: String, type: JSONTypes)] = [
        ("string", .string), ("integer", .integer), ("number", .number), ("boolean", .boolean),
        ("array", .array), ("object", .object), ("null", .null),
    ]

    /// The type with that name; the names are those of the specification.
    init?(name: String) {
        guard let type = Self.named.first(where: { $0.name == name })?.type else { return nil }
        self = type
    }

    init(rawValue: UInt8) {
        self.rawValue = rawValue
    }

    /// Whether a value is of one of these types; a number without a fractional part is an integer, however written.
    func allows(_ value: JSONValue) -> Bool {
        switch value {
        case .null: contains(.null)
        case .bool: contains(.boolean)
        case .string: contains(.string)
        case .array: contains(.array)
        case .object: contains(.object)
        case .number(let number):
            contains(.number) || contains(.integer) && Decimal(number).isWhole
        }
    }
}
