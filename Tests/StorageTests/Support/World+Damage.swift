import Persistence
import Releases
import Storage
import Vocabulary

/// A value of a row, by the name that SQLite itself gives the row.
struct StoredValue {
    let table: String
    let column: String
    let row: Int
    let value: SQLValue
}

extension World {
    /// The values of a column, of at most so many rows.
    func values(of column: String, in table: String, where condition: SQL, limit: Int) async throws -> [StoredValue] {
        try await database.read { connection in
            try connection.query(
                """
                SELECT rowid AS id, \(unsafeText: column) AS value FROM \(unsafeText: table) WHERE \(condition)
                ORDER BY rowid DESC LIMIT \(limit)
                """
            ).map {
                StoredValue(
                    table: table,
                    column: column,
                    row: try $0.integer("id"),
                    value: try $0.value("value")
                )
            }
        }
    }

    /// Whether a verification finds another value in the place of one; nothing where the schema itself refuses it. The
    /// change is taken back.
    func finds(_ other: SQLValue, inPlaceOf stored: StoredValue) async throws -> Bool? {
        struct Undo: Error { let found: Bool }
        do {
            try await database.append { [served] connection in
                try connection.execute("PRAGMA defer_foreign_keys = ON")
                try connection.execute(
                    """
                    UPDATE \(unsafeText: stored.table) SET \(unsafeText: stored.column) = \(Bound(sqlValue: other))
                    WHERE rowid = \(stored.row)
                    """
                )
                throw Undo(found: try StoredVerification.finds(connection, served: served))
            }
            return nil
        } catch let undo as Undo {
            return undo.found
        } catch is ConstraintViolation {
            return nil
        }
    }

    private struct Bound: SQLBindable {
        let sqlValue: SQLValue
    }
}
