import JSON
import Testing

struct JSONWriterTests {
    @Test(arguments: [
        "null", "[]", "{}", "[1,[2,{\"a\":\"b\"}],null]", #"{"b":1,"a":{"d":false,"c":[true]}}"#, #""é😀/""#,
    ])
    func `writes what was read`(text: String) throws {
        #expect(try JSONValue(parsing: text).text == text)
    }

    @Test func `escapes only what must be escaped`() {
        let text = "\u{0}\u{8}\u{9}\u{A}\u{B}\u{C}\u{D}\u{1F} \"\\/\u{7F}é\u{2028}😀"
        let expected = #""\u0000\b\t\n\u000b\f\r\u001f \"\\/"# + "\u{7F}é\u{2028}😀\""
        #expect(JSONValue.string(text).text == expected)
    }

    @Test func `what is written reads back as it was`() throws {
        var generator = SeededGenerator(seed: 2020)
        for _ in 0..<500 {
            let value = generator.value(depth: 5)
            #expect(try JSONValue(parsing: value.bytes) == value)
            #expect(try JSONValue(parsing: value.prettyText) == value)
            #expect(try JSONValue(parsing: value.bytes).text == value.text)
        }
    }

    @Test func `writes one member a line for people`() throws {
        let value: JSONValue = ["a": [1, [:], []], "b": "x"]
        let expected = """
            {
              "a": [
                1,
                {},
                []
              ],
              "b": "x"
            }
            """
        #expect(value.prettyText == expected)
    }

    @Test func `puts raw JSON between values`() {
        var writer = JSONWriter()
        writer.write(raw: "[")
        writer.write("a")
        writer.write(raw: [UInt8(ascii: ",")])
        writer.write(JSONValue.bool(true))
        writer.write(raw: "]")
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"["a",true]"#)
    }
}
