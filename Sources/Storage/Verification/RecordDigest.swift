import JSON
import Persistence
import Vocabulary

/// Collects rows that belong together, and gives the digest of all that they say.
///
/// Which columns count is named by whoever adds a row: a column that a later migration adds changes no digest of before.
struct RecordDigest {
    private var lines: [JSONValue]

    init(_ form: RecordForm = .first) {
        lines = [.string(String(form.rawValue))]
    }

    mutating func add(_ table: String, _ rows: [Row], _ columns: [String]) throws {
        for row in rows {
            lines.append(.array(try [.string(table)] + columns.map { try Self.json(row.value($0)) }))
        }
    }

    /// A row that is about to be written, of values in the order of its columns.
    mutating func add(_ table: String, values: [SQLValue]) {
        lines.append(.array([.string(table)] + values.map(Self.json)))
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
        case .text(let text): .string(text.withoutNull)
        case .bytes(let bytes): ["sha256": .string(Digest(of: bytes).hex)]
        }
    }
}

/// The forms that records have had: which rows and columns a digest is of. A row that is made gets the newest; an older one
/// is compared in the form that it got.
enum RecordForm: Int, CaseIterable {
    case first = 1
    /// With diagnostics of compilations, logs of deployments, and of releases also what they stayed on, names and versions.
    case second = 2

    static let newest = RecordForm.second

    /// The form in which rows come to a digest; nothing where none does.
    static func matching(_ stored: String, _ record: (RecordForm) throws -> Digest) rethrows -> RecordForm? {
        try allCases.reversed().first { try record($0).hex == stored }
    }
}
