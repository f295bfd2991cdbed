import Persistence
import Testing

/// Transactions, constraints and settings of the database.
struct DatabaseTests {
    private struct Fault: Error {}

    private func count(_ table: String, in database: Database) async throws -> Int {
        try await database.read { try $0.count("SELECT count(*) AS value FROM \(unsafeText: table)") }
    }

    /// The rule that a write breaks.
    private func violation(_ sql: [SQL], in database: Database) async throws -> ConstraintViolation? {
        do {
            try await database.write { connection in
                for statement in sql { try connection.execute(statement) }
            }
            return nil
        } catch let violation as ConstraintViolation {
            return violation
        }
    }

    @Test func `an error that is thrown takes everything back`() async throws {
        try await Scratch.with { database in
            let changes = database.changes.value
            await #expect(throws: Fault.self) {
                try await database.write { connection in
                    try connection.execute("INSERT INTO notes (id, text) VALUES (1, 'a')")
                    try connection.run(script: "CREATE TABLE more (id INTEGER) STRICT; INSERT INTO more VALUES (1);")
                    throw Fault()
                }
            }
            let notes = try await count("notes", in: database)
            #expect(notes == 0)
            let tables = try await count("sqlite_master WHERE name = 'more'", in: database)
            #expect(tables == 0)
            #expect(database.changes.value == changes)
        }
    }

    @Test func `a committed write raises the count of changes, a log line does not`() async throws {
        try await Scratch.with { database in
            let before = database.changes.value
            try await database.write { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (1, 'a')") }
            #expect(database.changes.value == before + 1)
            try await database.append { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (2, 'b')") }
            #expect(database.changes.value == before + 1)
            #expect(try await count("notes", in: database) == 2)
        }
    }

    @Test func `reading cannot write`() async throws {
        try await Scratch.with { database in
            await #expect(throws: (any Error).self) {
                try await database.read { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (1, 'a')") }
            }
            let notes = try await count("notes", in: database)
            #expect(notes == 0)
        }
    }

    @Test func `a statement answers how many rows it changed`() async throws {
        try await Scratch.with { database in
            let changed = try await database.write { connection in
                [
                    try connection.execute("INSERT INTO notes (id, text) VALUES (1, 'a'), (2, 'b')"),
                    try connection.execute("INSERT INTO notes (id, text) VALUES (1, 'c') ON CONFLICT (id) DO NOTHING"),
                    try connection.execute("UPDATE notes SET text = 'z' WHERE id = 9"),
                    try connection.execute("DELETE FROM notes"),
                ]
            }
            #expect(changed == [2, 0, 0, 2])
        }
    }

    @Test func `broken rules of the schema have their kind`() async throws {
        try await Scratch.with { database in
            try await database.write { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (1, 'a'), (2, 'b')") }
            try await database.write { _ = try $0.execute("INSERT INTO words (note_id) VALUES (1)") }
            #expect(
                try await violation(["INSERT INTO notes (id, text) VALUES (3, 'a')"], in: database)
                    == .unique("UNIQUE constraint failed: notes.text")
            )
            #expect(
                try await violation(["INSERT INTO notes (id, text) VALUES (1, 'c')"], in: database)
                    == .unique("UNIQUE constraint failed: notes.id")
            )
            #expect(try await violation(["INSERT INTO words (note_id) VALUES (7)"], in: database) == .foreignKey)
            #expect(try await violation(["DELETE FROM notes WHERE id = 1"], in: database) == .foreignKey)
            let check = try await violation(["INSERT INTO notes (id, text) VALUES (3, 'forbidden')"], in: database)
            guard case .other? = check else {
                Issue.record("\(String(describing: check)) is not about a check")
                return
            }
            #expect(try await count("notes", in: database) == 2)
        }
    }

    @Test func `a reference that is checked at the end may be broken meanwhile`() async throws {
        try await Scratch.with { database in
            let mended: [SQL] = [
                "INSERT INTO notes (id, text) VALUES (1, 'a')", "INSERT INTO words (note_id, later_id) VALUES (1, 5)",
                "INSERT INTO notes (id, text) VALUES (5, 'e')",
            ]
            let first = try await violation(mended, in: database)
            #expect(first == nil)
            let broken: [SQL] = ["INSERT INTO words (note_id, later_id) VALUES (1, 6)"]
            let second = try await violation(broken, in: database)
            #expect(second == .foreignKey)
            let words = try await count("words", in: database)
            #expect(words == 1)
        }
    }

    @Test func `the writer waits for the disk, and foreign keys are on everywhere`() async throws {
        try await Scratch.with { database in
            let writer = try await database.write { connection in
                [
                    try connection.first("PRAGMA synchronous")?.integer("synchronous"),
                    try connection.first("PRAGMA foreign_keys")?.integer("foreign_keys"),
                ]
            }
            // 2 is FULL: what was acknowledged survives a power cut.
            #expect(writer == [2, 1])
            let reader = try await database.read { try $0.first("PRAGMA journal_mode")?.text("journal_mode") }
            #expect(reader == "wal")
        }
    }

    @Test func `writes at once come one after the other`() async throws {
        try await Scratch.with { database in
            try await database.write { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (0, '0')") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<20 {
                    group.addTask {
                        try await database.write { connection in
                            let last = try connection.count("SELECT max(id) AS value FROM notes")
                            try connection.execute(
                                "INSERT INTO notes (id, text) VALUES (\(last + 1), \("\(last + 1)"))"
                            )
                        }
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await count("notes", in: database) == 21)
        }
    }

    @Test func `after it was closed a database refuses everything`() async throws {
        try await Scratch.with { database in
            try database.close()
            await #expect(throws: (any Error).self) { try await count("notes", in: database) }
            await #expect(throws: (any Error).self) {
                try await database.write { _ = try $0.execute("DELETE FROM notes") }
            }
            // Twice is as good as once.
            try database.close()
        }
    }
}
