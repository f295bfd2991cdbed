import JSON

/// The rows that the digest of a record was made of, as an export carries them.
struct ExportedRecord {
    private let lines: [JSONValue]
    /// Which columns its rows have: see ``RecordColumns``.
    var form: Int { lines.first?.string.flatMap { Int($0) } ?? 0 }

    /// Nothing where there are none.
    init?(_ json: JSONValue?) {
        guard let lines = json?.array else { return nil }
        self.lines = lines
    }

    /// As whoever wrote the record computed it.
    var digest: Digest { Digest(of: JSONValue.array(lines).bytes) }

    /// The rows of a table, by column.
    func rows(of table: String, _ columns: [String]) -> [[String: JSONValue]] {
        lines.compactMap(\.array).filter { $0.first?.string == table && $0.count == columns.count + 1 }.map { line in
            Dictionary(zip(columns, line.dropFirst()), uniquingKeysWith: { first, _ in first })
        }
    }

    /// The digest of the record before; none where this is the first.
    var before: JSONValue {
        rows(of: RecordColumns.before, ["digest"]).first?["digest"] ?? .null
    }
}
