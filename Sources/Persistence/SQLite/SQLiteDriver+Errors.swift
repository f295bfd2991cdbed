import GRDB
import Vocabulary

extension DatabaseError {
    /// The broken rule, where this is about one.
    var violation: (any Error)? {
        switch extendedResultCode {
        case .SQLITE_CONSTRAINT_UNIQUE, .SQLITE_CONSTRAINT_PRIMARYKEY: ConstraintViolation.unique(message ?? "")
        // SQLite carries out `ON DELETE RESTRICT` as a trigger of its own, and the schema has no other triggers.
        case .SQLITE_CONSTRAINT_FOREIGNKEY, .SQLITE_CONSTRAINT_TRIGGER: ConstraintViolation.foreignKey
        default: resultCode == .SQLITE_CONSTRAINT ? ConstraintViolation.other(message ?? "") : nil
        }
    }
}

extension Problem {
    /// What SQLite's failure means to the person who runs the server.
    init(_ error: DatabaseError, path: String) {
        switch error.resultCode {
        case .SQLITE_FULL:
            self.init(
                .storageFull,
                "The disk that holds the database is full; nothing was written. Free space, then try again.",
                cause: error
            )
        case .SQLITE_BUSY, .SQLITE_LOCKED:
            self.init(
                .databaseBusy,
                "Another process holds the database; nothing was written. Try again, and end the other process if this stays so.",
                cause: error
            )
        case .SQLITE_CORRUPT, .SQLITE_NOTADB:
            self.init(
                .databaseDamaged,
                "The database file is damaged or no SQLite database; restore the last backup to its place.",
                cause: error
            )
        case .SQLITE_CANTOPEN, .SQLITE_READONLY, .SQLITE_PERM, .SQLITE_AUTH:
            self.init(
                .unavailable,
                "The database file \(path) cannot be opened for writing; check that its folder exists and belongs to the user of the server.",
                cause: error
            )
        case .SQLITE_IOERR where error.extendedResultCode == .SQLITE_IOERR_WRITE:
            self.init(
                .storageFull,
                "The database could not be written; nothing was changed. Check the disk for space and faults, then try again.",
                cause: error
            )
        default:
            self.init(.unexpected, "The database refused a statement; the log has the details.", cause: error)
        }
    }
}
