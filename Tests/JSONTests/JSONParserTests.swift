import JSON
import Testing

struct JSONParserTests {
    @Test(
        arguments: [
            ("null", nil), ("true", true), ("false", false), ("0", 0), ("-12", -12), (#""a""#, "a"),
            ("[]", []), ("{}", [:]), (" [ 1 , 2 ] ", [1, 2]), ("\t{\"a\"\r\n: [null]}\n", ["a": [nil]]),
            ("\u{FEFF}1", 1),
        ] as [(String, JSONValue)]
    )
    func `reads a value`(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsing: text) == value)
    }

    @Test(arguments: [
        "", " ", "nul", "tru", "nulll", "True", "[", "[1", "[1,", "[1,]", "[1 2]", "{", "{\"a\"", "{\"a\":", "{\"a\":1",
        "{\"a\":1,", "{\"a\":1,}", "{a:1}", "{1:1}", "{\"a\" 1}", "01", "-", "+1", "1.", ".5", "1e", "1e+", "0x1",
        "NaN",
        "Infinity", "1 2", "'a'", "\"a", "\"\\\"", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\n\"", "\"\u{1F}\"", "]",
        ",",
        "// comment\n1", "\u{A0}1",
    ])
    func `refuses what is not JSON`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test(arguments: [
        ("{\n  \"a\": nope\n}", 2, 8), ("[1,\n2,\n  x]", 3, 3), ("x", 1, 1), ("[1", 1, 3), ("\"é\" 1", 1, 6),
        ("{\"a\":1,\n\"a\":2}", 2, 1),
    ])
    func `says where it stopped`(text: String, line: Int, column: Int) {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        #expect(error?.line == line)
        #expect(error?.column == column)
    }

    @Test func `refuses a name that occurs twice`() {
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: #"{"a":1,"\u0061":2}"#) }
        #expect(error?.description == #"the name "a" occurs twice in one object (line 1, column 8)"#)
        let many = (0..<20).map { "\"k\($0)\":0" }.joined(separator: ",")
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "{\(many),\"k7\":1}") }
    }

    @Test func `names that differ in their code points are different names`() throws {
        let value = try JSONValue(parsing: #"{"\u00e9":1,"e\u0301":2}"#)
        #expect(value["\u{E9}"] == 1)
        #expect(value["e\u{301}"] == 2)
        let many = (0..<20).map { "\"k\($0)\":0," }.joined()
        #expect(try JSONValue(parsing: #"{\#(many)"\u00e9":1,"e\u0301":2}"#).object?.count == 22)
        #expect(JSONValue.string("\u{E9}") != .string("e\u{301}"))
    }

    @Test func `nests as deep as the limit and no deeper`() throws {
        let deepest = String(repeating: "[", count: 256) + String(repeating: "]", count: 256)
        #expect(throws: Never.self) { try JSONValue(parsing: deepest) }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[\(deepest)]") }
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[[1]]", depthLimit: 2) }
        #expect(throws: Never.self) { try JSONValue(parsing: "[1]", depthLimit: 2) }
        #expect(throws: JSONSyntaxError.self) {
            try JSONValue(parsing: String(repeating: "{\"a\":", count: 1_000_000))
        }
    }

    @Test(arguments: [
        (#""\ud83d\ude00""#, "😀"), (#""\u00e9\n\t\"\\\/\b\f\r""#, "é\n\t\"\\/\u{8}\u{C}\r"), (#""\u0000""#, "\0"),
        (#""a\u0301b""#, "a\u{301}b"), (#""\uFFFF""#, "\u{FFFF}"), ("\"😀é\u{7F}\"", "😀é\u{7F}"),
    ])
    func `undoes escapes`(text: String, value: String) throws {
        let parsed = try #require(try JSONValue(parsing: text).string)
        #expect(Array(parsed.unicodeScalars) == Array(value.unicodeScalars))
    }

    @Test(arguments: [
        #""\ud83d""#, #""\ud83dx""#, #""\ud83d\n""#, #""\ud83d\ud83d""#, #""\ude00""#, #""\ude00\ud83d""#,
    ])
    func `refuses half a surrogate pair`(text: String) {
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xE2, 0x82], [0xF4, 0x90, 0x80, 0x80], [0x80],
        ] as [[UInt8]]
    )
    func `refuses what is not UTF-8`(bytes: [UInt8]) {
        let quote = UInt8(ascii: "\"")
        let error = #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: [quote] + bytes + [quote]) }
        #expect(error?.message == "a string is not UTF-8")
        let escaped = Array(#""\n"#.utf8) + bytes + [quote]
        #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: escaped) }
    }

    @Test(arguments: ["0", "-0", "1.10", "1e3", "1E+03", "9007199254740993", "0.1e-7", "1e999", "-1.0E-400"])
    func `keeps the text of numbers`(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test func `keeps the order of members`() throws {
        let names = (0..<40).map { "k\(($0 * 17) % 40)" }
        let text = "{" + names.map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        let object = try #require(try JSONValue(parsing: text).object)
        #expect(Array(object.keys) == names)
        #expect(JSONValue.object(object).text == text)
    }

    /// Broken text must give an error or a value, never a crash.
    @Test func `survives any bytes`() {
        var generator = SeededGenerator(seed: 7)
        let valid = Array(#"{"a":[1.5e3,"é\ud83d\ude00",true,null,{"b":-0}],"c":"\\"}"#.utf8)
        for _ in 0..<5_000 {
            var bytes = valid
            for _ in 0...Int.random(in: 0..<3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = .random(in: 0...255, using: &generator)
            }
            bytes.removeLast(Int.random(in: 0..<8, using: &generator))
            if let value = try? JSONValue(parsing: bytes) {
                #expect((try? JSONValue(parsing: value.bytes)) == value)
            }
        }
    }
}
