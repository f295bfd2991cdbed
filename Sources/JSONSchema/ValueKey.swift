package import JSON

/// A JSON value that is compared as JSON Schema compares (core, section 4.2.2): `1.0` is `1`, the order of members does
/// not count, and texts are the same only when they have the same code points.
package struct ValueKey: Sendable, Hashable {
    private let form: Form

    /// The key of a value; costs as much as reading the whole value.
    package init(_ value: JSONValue) {
        form = Form(value)
    }

    private indirect enum Form: Sendable, Hashable {
        case null
        case bool(Bool)
        case number(Decimal)
        case string(JSONName)
        case array([Form])
        case object([JSONName: Form])

        init(_ value: JSONValue) {
            switch value {
            case .null: self = .null
            case .bool(let value): self = .bool(value)
            case .number(let number): self = .number(Decimal(number))
            case .string(let text): self = .string(JSONName(text))
            case .array(let items): self = .array(items.map(Form.init))
            case .object(let object):
                var members: [JSONName: Form] = [:]
                members.reserveCapacity(object.count)
                for member in object { members[JSONName(member.key)] = Form(member.value) }
                self = .object(members)
            }
        }
    }
}

extension JSONValue {
    /// What it costs to read the whole value, in steps of a check.
    var weight: Int {
        switch self {
        case .null, .bool: 1
        case .number(let number): 1 + number.text.utf8.count / 8
        case .string(let text): 1 + text.utf8.count / 64
        case .array(let items): items.reduce(1) { $0 + $1.weight }
        case .object(let object): object.reduce(1) { $0 + 1 + $1.key.utf8.count / 64 + $1.value.weight }
        }
    }

    /// Whether two values are the same to JSON Schema: numbers by their exact value, so that `1.0` equals `1` and
    /// `9007199254740993` does not equal `9007199254740992`.
    package func equalsByValue(_ other: JSONValue) -> Bool {
        switch (self, other) {
        case (.null, .null): true
        case (.bool(let left), .bool(let right)): left == right
        case (.number(let left), .number(let right)): left.text == right.text || Decimal(left) == Decimal(right)
        case (.string(let left), .string(let right)): JSONName(left) == JSONName(right)
        case (.array(let left), .array(let right)):
            left.count == right.count && zip(left, right).allSatisfy { $0.equalsByValue($1) }
        case (.object(let left), .object(let right)):
            left.count == right.count
                && left.allSatisfy { member in right[member.key].map { $0.equalsByValue(member.value) } ?? false }
        default: false
        }
    }
}
