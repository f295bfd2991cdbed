import JSON

/// What a subschema asks of a value, with everything that must hold together in one place.
///
/// References and `allOf` are looked through, `null` is decided apart, and what says nothing is left out; so two ways to
/// write one thing give the same facts. An `Int` is the index of a node of the ``SchemaGraph``.
struct SchemaFacts: Sendable {
    /// Without `null`; `number` implies `integer`.
    var types: JSONTypes = .allButNull
    var allowsNull = true
    /// All values but `null`, where they can be listed; nothing else is said then.
    var values: [JSONValue]?
    var numbers = NumberFacts()
    var strings = StringFacts()
    var arrays = ArrayFacts()
    var objects = ObjectFacts()
    var unions: [SchemaUnion] = []
    var negations: [Int] = []
    var conditions: [SchemaCondition] = []
    var unevaluated: [Unevaluated] = []
    var dependent: [DependentUnevaluated] = []
    /// What is only compared as a whole, as text.
    var opaque: [String: Set<JSONName>] = [:]
    var annotations = SchemaAnnotations()

    /// Whether no value is valid.
    var isNever: Bool { types.isEmpty && !allowsNull }

    /// Whether every value is valid.
    var isAny: Bool {
        types == .allButNull && allowsNull && values == nil && numbers == NumberFacts() && strings == StringFacts()
            && arrays == ArrayFacts() && objects == ObjectFacts() && unions.isEmpty && negations.isEmpty
            && conditions.isEmpty && unevaluated.isEmpty && dependent.isEmpty && opaque.isEmpty
    }

    /// All values but `null`, where there are few enough to list.
    var listed: [JSONValue]? { values ?? (types == .boolean ? [false, true] : nil) }
}

/// What is asked of numbers.
struct NumberFacts: Sendable, Hashable {
    var lower: NumberLimit?
    var upper: NumberLimit?
    var multiples: [NumberLimit] = []
}

/// A number as one end of a range, or as a divisor.
struct NumberLimit: Sendable, Hashable {
    let value: Decimal
    var isExclusive = false
    /// As it was written.
    let number: JSONNumber

    static func == (left: NumberLimit, right: NumberLimit) -> Bool {
        left.value == right.value && left.isExclusive == right.isExclusive
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(value)
        hasher.combine(isExclusive)
    }
}

/// What is asked of texts.
struct StringFacts: Sendable, Hashable {
    var minimum = 0
    var maximum: Int?
    var patterns: Set<JSONName> = []
}

/// What is asked of arrays.
struct ArrayFacts: Sendable, Hashable {
    struct Contained: Sendable, Hashable {
        let node: Int
        let least: Int
        let most: Int?
    }

    var minimum = 0
    var maximum: Int?
    var isUnique = false
    var prefix: [Int] = []
    /// None where any item will do.
    var rest: Int?
    var contains: [Contained] = []

    /// What the item at a place must be; none where any will do.
    func item(at index: Int) -> Int? { index < prefix.count ? prefix[index] : rest }
}

/// What is asked of objects.
struct ObjectFacts: Sendable, Hashable {
    var minimum = 0
    var maximum: Int?
    var required: Set<JSONName> = []
    var named: [JSONName: Int] = [:]
    /// The names in the order of the schema.
    var order: [JSONName] = []
    var patterns: [JSONName: Int] = [:]
    /// What all other members must be; none where anything will do.
    var extra: Int?
    var names: Int?
    var dependentRequired: [JSONName: Set<JSONName>] = [:]
    var dependentSchemas: [JSONName: Int] = [:]

    /// The least number of members that the required ones leave.
    var effectiveMinimum: Int { max(minimum, required.count) }

    static func == (left: ObjectFacts, right: ObjectFacts) -> Bool {
        left.minimum == right.minimum && left.maximum == right.maximum && left.required == right.required
            && left.named == right.named && left.patterns == right.patterns && left.extra == right.extra
            && left.names == right.names && left.dependentRequired == right.dependentRequired
            && left.dependentSchemas == right.dependentSchemas
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(required)
        hasher.combine(named)
        hasher.combine(extra)
    }
}

/// A choice of forms.
struct SchemaUnion: Sendable {
    struct Branch: Sendable {
        let node: Int
        /// Which of the forms that are left it is.
        let index: Int
        /// Where it stands in the list; for a form of a choice inside, where it stands there.
        let path: [String]

        /// Its place, given that of the keyword.
        func place(in keyword: JSONPointer) -> JSONPointer { path.reduce(keyword) { $0.appending($1) } }
    }

    /// Whether exactly one form must match, and it is not plain that two never can.
    let isExclusive: Bool
    /// `anyOf` or `oneOf`, as it is written.
    let keyword: String
    var branches: [Branch]
}

/// `if`, `then` and `else`.
struct SchemaCondition: Sendable, Hashable {
    let condition: Int
    let then: Int?
    let otherwise: Int?
}

/// What a subschema says beside what it asks.
struct SchemaAnnotations: Sendable, Hashable {
    var titles: [JSONName] = []
    /// With what stands in `$comment`.
    var descriptions: [JSONName] = []
    var examples: [JSONValue] = []
    var isDeprecated = false
    var standard: JSONValue?
    /// `format`, `contentEncoding` and `contentMediaType`, each with all its values.
    var formats: [String: Set<String>] = [:]
    var mirror: JSONValue?
    var discriminator: JSONValue?
    var unsupported: [String: JSONValue] = [:]
    var others: [String: JSONValue] = [:]
    /// What is said of single values, where a choice lists them.
    var values: [ValueKey: ValueText] = [:]
}

/// What a schema says of one value.
struct ValueText: Sendable, Hashable {
    var texts: [JSONName]
    /// Where it stands, from the schema.
    let path: [String]

    static func == (left: ValueText, right: ValueText) -> Bool { left.texts == right.texts }

    func hash(into hasher: inout Hasher) { hasher.combine(texts) }
}

extension JSONTypes {
    static let allButNull: JSONTypes = [.boolean, .integer, .number, .string, .array, .object]

    /// Without `null`, and with `integer` where there is `number`.
    var comparable: JSONTypes {
        var types = subtracting(.null)
        if types.contains(.number) { types.insert(.integer) }
        return types
    }

    /// The narrowest type of a value.
    init(of value: JSONValue) {
        switch value {
        case .null: self = .null
        case .bool: self = .boolean
        case .number(let number): self = Decimal(number).isWhole ? .integer : [.number, .integer]
        case .string: self = .string
        case .array: self = .array
        case .object: self = .object
        }
    }

    /// As a schema writes them.
    var json: JSONValue {
        let shown = contains(.number) ? subtracting(.integer) : self
        let names = Self.named.filter { shown.contains($0.type) }.map(\.name)
        return names.count == 1 ? .string(names[0]) : JSONValue(names)
    }
}
