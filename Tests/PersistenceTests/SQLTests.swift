import Persistence
import Testing
import Vocabulary

/// SQL text whose values are binds, as a database sees it.
struct SQLTests {
    @Test(arguments: ["plain", "it's", #""; DROP TABLE notes; --"#, "", "Ünïcødé 🐕", "%_\\"])
    func `a text is bound as it is`(text: String) async throws {
        try await Scratch.with { database in
            try await database.write { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (1, \(text))") }
            let found = try await database.read { try $0.first("SELECT id FROM notes WHERE text = \(text)") }
            #expect(try found?.integer("id") == 1)
            let read = try await database.read { try $0.first("SELECT text FROM notes") }
            #expect(try read?.text("text") == text)
        }
    }

    @Test func `a text does not end at U+0000, which databases cannot hold`() async throws {
        try await Scratch.with { database in
            try await database.write { _ = try $0.execute("INSERT INTO notes (id, text) VALUES (1, \("a\0b"))") }
            let read = try await database.read { try $0.first("SELECT text FROM notes") }
            #expect(try read?.text("text") == "a\u{FFFD}b")
        }
    }

    @Test func `every kind of value comes back as it went in`() async throws {
        try await Scratch.with { database in
            let id = ID<SQLTests>.make()
            let now = Timestamp(milliseconds: 1_795_370_910_125)
            let bytes: [UInt8] = [0, 255, 39, 0]
            let urn = ToolURN("tools:http:pets:list")
            let missing: String? = nil
            let row = try await database.read {
                try $0.first(
                    """
                    SELECT \(id) AS id, \(now) AS time, \(bytes) AS bytes, \(Int.max) AS large, \(Int.min) AS small,
                        \(true) AS yes, \(false) AS no, \(urn) AS urn, \(missing) AS absent, \([UInt8]()) AS none
                    """
                )
            }
            let values = try #require(row)
            #expect(try values.id("id", of: SQLTests.self) == id)
            #expect(try values.timestamp("time") == now)
            #expect(try values.bytes("bytes") == bytes)
            #expect(try values.integer("large") == Int.max)
            #expect(try values.integer("small") == Int.min)
            #expect(try values.bool("yes"))
            #expect(try !values.bool("no"))
            #expect(try values.parsed("urn") { ToolURN($0) } == urn)
            #expect(try values.value("absent") == .null)
            #expect(try values.bytes("none") == [])
        }
    }

    @Test func `a list binds each value, and an empty one matches nothing`() async throws {
        try await Scratch.with { database in
            try await database.write { connection in
                for (id, text) in ["a", "b", "c"].enumerated() {
                    try connection.execute("INSERT INTO notes (id, text) VALUES (\(id), \(text))")
                }
            }
            func ids(_ condition: SQL) async throws -> [Int] {
                try await database.read {
                    try $0.query("SELECT id FROM notes WHERE \(condition) ORDER BY id").map { try $0.integer("id") }
                }
            }
            #expect(try await ids("text IN \(list: ["a", "c", "'x'"])") == [0, 2])
            #expect(try await ids("text IN \(list: [String]())") == [])
            // Binds of nested pieces keep their order.
            let inner: SQL = "text = \("b") OR id = \(2)"
            #expect(try await ids("id >= \(1) AND (\(inner)) AND text <> \("c")") == [1])
            #expect(try await ids("id = (SELECT max(id) \(unsafeText: "FROM notes"))") == [2])
        }
    }

    @Test func `a value that is nothing is NULL`() async throws {
        try await Scratch.with { database in
            let nothing: String? = nil
            let row = try await database.read { try $0.first("SELECT \(nothing) IS NULL AS value") }
            #expect(try row?.bool("value") == true)
        }
    }

    @Test func `reading a row names the column that is not what was expected`() async throws {
        try await Scratch.with { database in
            let row = try await database.read {
                try $0.first("SELECT 1 AS number, 'x' AS text, NULL AS absent, 'no id' AS id")
            }
            let values = try #require(row)
            func refusal(_ read: () throws -> Void) -> String? {
                do { try read() } catch { return "\(error)" }
                return nil
            }
            #expect(refusal { _ = try values.text("missing") } == "column missing was expected to be there")
            #expect(refusal { _ = try values.text("number") } == "column number was expected text")
            #expect(refusal { _ = try values.text("absent") } == "column absent was expected text")
            #expect(refusal { _ = try values.integer("text") } == "column text was expected an integer")
            #expect(refusal { _ = try values.bytes("number") } == "column number was expected bytes")
            #expect(refusal { _ = try values.id("id", of: SQLTests.self) }?.hasPrefix("column id was expected") == true)
            #expect(try values.optionalText("absent") == nil)
            #expect(try values.optionalInteger("absent") == nil)
            #expect(try values.optionalBool("absent") == nil)
            #expect(try values.optionalTimestamp("absent") == nil)
            #expect(try values.optionalID("absent", of: SQLTests.self) == nil)
        }
    }

    @Test func `a count is the column value of the first row, and 0 where there is none`() async throws {
        try await Scratch.with { database in
            let counts = try await database.read {
                (
                    try $0.count("SELECT max(id) AS value FROM notes"),
                    try $0.count("SELECT id AS value FROM notes"),
                    try $0.count("SELECT 7 AS value")
                )
            }
            #expect(counts == (0, 0, 7))
        }
    }
}
