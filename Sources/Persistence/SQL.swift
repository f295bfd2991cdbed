package import Vocabulary

/// SQL text whose interpolated values become binds, never text.
///
///     let rows = try connection.query("SELECT * FROM toolsets WHERE slug = \(slug)")
///
/// The text is what both databases run; a driver renders the binds in its own way.
package struct SQL: Sendable, ExpressibleByStringInterpolation {
    /// Text, with ``values`` between its items.
    private(set) var fragments: [String]
    private(set) var values: [SQLValue]

    package init(stringLiteral text: String) {
        fragments = [text]
        values = []
    }

    package init(stringInterpolation: Interpolation) {
        fragments = stringInterpolation.fragments
        values = stringInterpolation.values
    }

    /// The text with a numbered mark in the place of each bind.
    func text(mark: (_ number: Int) -> String) -> String {
        var text = fragments[0]
        for (index, fragment) in fragments.dropFirst().enumerated() {
            text += mark(index + 1) + fragment
        }
        return text
    }

    /// Collects text and binds while the compiler takes a literal apart.
    package struct Interpolation: StringInterpolationProtocol {
        fileprivate var fragments = [""]
        fileprivate var values: [SQLValue] = []

        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Text of the literal itself.
        package mutating func appendLiteral(_ literal: String) {
            fragments[fragments.count - 1] += literal
        }

        /// A value that is bound.
        package mutating func appendInterpolation(_ value: (some SQLBindable)?) {
            values.append(value?.sqlValue ?? .null)
            fragments.append("")
        }

        /// Values for `IN (…)`, each bound. An empty list matches nothing.
        package mutating func appendInterpolation(list: [some SQLBindable]) {
            guard !list.isEmpty else { return appendLiteral("(NULL)") }
            appendLiteral("(")
            for (position, value) in list.enumerated() {
                if position > 0 { appendLiteral(", ") }
                appendInterpolation(value)
            }
            appendLiteral(")")
        }

        /// Another piece of SQL with its own binds.
        package mutating func appendInterpolation(_ sql: SQL) {
            fragments[fragments.count - 1] += sql.fragments[0]
            fragments += sql.fragments.dropFirst()
            values += sql.values
        }

        /// Text that goes in as it is. Only for text of the program's own.
        package mutating func appendInterpolation(unsafeText text: String) {
            appendLiteral(text)
        }
    }
}

extension SQL {
    /// A condition for the part of a list, ordered downwards by `column`, that comes after `position`; nothing for the
    /// first part. The column is text of the program's own.
    package static func before(_ column: String, _ position: (some SQLBindable)?) -> SQL {
        position.map { "AND \(unsafeText: column) < \($0)" } ?? ""
    }
}

/// A value as databases know it.
package enum SQLValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case text(String)
    case bytes([UInt8])
}

/// What can be bound to SQL.
package protocol SQLBindable: Sendable {
    /// How the value is stored.
    var sqlValue: SQLValue { get }
}

extension String: SQLBindable {
    package var sqlValue: SQLValue { .text(self) }
}

extension Int: SQLBindable {
    package var sqlValue: SQLValue { .integer(Int64(self)) }
}

extension Bool: SQLBindable {
    package var sqlValue: SQLValue { .integer(self ? 1 : 0) }
}

extension [UInt8]: SQLBindable {
    package var sqlValue: SQLValue { .bytes(self) }
}

extension ID: SQLBindable {
    package var sqlValue: SQLValue { .text(text) }
}

extension Slug: SQLBindable {
    package var sqlValue: SQLValue { .text(text) }
}

extension ToolURN: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension ResourceURN: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension Timestamp: SQLBindable {
    package var sqlValue: SQLValue { .text(description) }
}

extension String {
    /// The text as it is stored: U+0000 ends a text of SQLite, and PostgreSQL takes none, so that what follows it would be
    /// lost.
    package var withoutNull: String {
        utf8.contains(0) ? replacing("\0", with: "\u{FFFD}") : self
    }
}
