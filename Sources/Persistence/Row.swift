package import Vocabulary

/// One row of an answer, read by column name.
///
/// A column that is missing or holds another kind of value is a fault of the program or a damaged database: reading it
/// throws ``RowError``, and the message names the column.
package struct Row: Sendable {
    private let columns: [String: Int]
    private let values: [SQLValue]

    init(columns: [String: Int], values: [SQLValue]) {
        self.columns = columns
        self.values = values
    }

    /// The value of a column, of whatever kind.
    package func value(_ column: String) throws -> SQLValue {
        guard let index = columns[column] else { throw RowError(column: column, expected: "to be there") }
        return values[index]
    }

    /// Text; null is an error.
    package func text(_ column: String) throws -> String {
        guard let text = try optionalText(column) else { throw RowError(column: column, expected: "text") }
        return text
    }

    /// Text, or nothing for null.
    package func optionalText(_ column: String) throws -> String? {
        switch try value(column) {
        case .null: nil
        case .text(let text): text
        default: throw RowError(column: column, expected: "text")
        }
    }

    /// A whole number; null is an error.
    package func integer(_ column: String) throws -> Int {
        guard let integer = try optionalInteger(column) else { throw RowError(column: column, expected: "an integer") }
        return integer
    }

    /// A whole number, or nothing for null.
    package func optionalInteger(_ column: String) throws -> Int? {
        switch try value(column) {
        case .null: nil
        case .integer(let integer): Int(integer)
        default: throw RowError(column: column, expected: "an integer")
        }
    }

    /// A Boolean, stored as 0 or 1; null is an error.
    package func bool(_ column: String) throws -> Bool {
        try integer(column) != 0
    }

    /// A Boolean, or nothing for null.
    package func optionalBool(_ column: String) throws -> Bool? {
        try optionalInteger(column).map { $0 != 0 }
    }

    /// Bytes; text is read as its UTF-8.
    package func bytes(_ column: String) throws -> [UInt8] {
        switch try value(column) {
        case .bytes(let bytes): bytes
        case .text(let text): Array(text.utf8)
        default: throw RowError(column: column, expected: "bytes")
        }
    }

    /// An id; null is an error.
    package func id<Entity>(_ column: String, of: Entity.Type = Entity.self) throws -> ID<Entity> {
        try parsed(column) { ID<Entity>($0) }
    }

    /// An id, or nothing for null.
    package func optionalID<Entity>(_ column: String, of: Entity.Type = Entity.self) throws -> ID<Entity>? {
        try optionalText(column) == nil ? nil : id(column)
    }

    /// A time; null is an error.
    package func timestamp(_ column: String) throws -> Timestamp {
        try parsed(column) { Timestamp($0) }
    }

    /// A time, or nothing for null.
    package func optionalTimestamp(_ column: String) throws -> Timestamp? {
        try optionalText(column) == nil ? nil : timestamp(column)
    }

    /// A slug; null is an error.
    package func slug(_ column: String) throws -> Slug {
        try parsed(column) { Slug($0) }
    }

    /// A value that is stored as text, made by `parse`.
    package func parsed<Value>(_ column: String, _ parse: (String) -> Value?) throws -> Value {
        guard let value = parse(try text(column)) else {
            throw RowError(column: column, expected: "text that is a \(Value.self)")
        }
        return value
    }
}

/// A row that is not what the program expects.
package struct RowError: Error, CustomStringConvertible {
    package let column: String
    package let expected: String

    package var description: String { "column \(column) was expected \(expected)" }
}
