import JSON
import Persistence
import Vocabulary

/// Collects rows that belong together, and gives the digest of all that they say.
///
/// Which columns count is named by whoever adds a row: a column that a later migration adds changes no digest of before.
struct RecordDigest {
    private var lines: [JSONValue] = ["1"]

    mutating func add(_ table: String, _ rows: [Row], _ columns: [String]) throws {
        for row in rows {
            lines.append(.array(try [.string(table)] + columns.map { try Self.json(row.value($0)) }))
        }
    }

    /// A text that was made of other rows: their own digest.
    mutating func add(_ name: String, _ text: String?) {
        lines.append([.string(name), JSONValue(text)])
    }

    /// What the digest is of, for whoever computes it again elsewhere.
    var json: JSONValue { .array(lines) }

    var digest: Digest { Digest(of: json.bytes) }

    private static func json(_ value: SQLValue) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let integer): .number(JSONNumber(Int(integer)))
        case .text(let text): .string(text)
        case .bytes(let bytes): ["sha256": .string(Digest(of: bytes).hex)]
        }
    }
}
