import JSON
import Testing

/// The vectors are those of RFC 8785, sections 3.2.2 and 3.2.3 and appendix B.
struct CanonicalJSONTests {
    private func canonical(_ text: String) throws -> String {
        String(decoding: try JSONValue(parsing: text).canonicalBytes, as: UTF8.self)
    }

    @Test(arguments: [
        ("333333333.33333329", "333333333.3333333"), ("1E30", "1e+30"), ("4.50", "4.5"), ("2e-3", "0.002"),
        ("0.000000000000000000000000001", "1e-27"), ("-0", "0"), ("-0.0", "0"), ("0", "0"), ("1e21", "1e+21"),
        ("1e20", "100000000000000000000"), ("1e-6", "0.000001"), ("1e-7", "1e-7"), ("10", "10"), ("1.0", "1"),
        ("123456789012345678901", "123456789012345680000"), ("5e-324", "5e-324"), ("-5e-324", "-5e-324"),
        ("1.7976931348623157e308", "1.7976931348623157e+308"), ("9007199254740993", "9007199254740992"),
        ("295147905179352830000", "295147905179352830000"), ("999999999999999900000", "999999999999999900000"),
        ("1e23", "1e+23"), ("9.999999999999997e22", "9.999999999999997e+22"), ("1e-400", "0"),
        ("-1.5e300", "-1.5e+300"),
        ("0.0001", "0.0001"), ("1234.5678", "1234.5678"), ("1.23e-5", "0.0000123"), ("100.5", "100.5"),
    ])
    func `writes numbers as ECMAScript does`(text: String, expected: String) throws {
        #expect(try canonical(text) == expected)
    }

    @Test(
        arguments: [
            (0x0000_0000_0000_0000, "0"), (0x8000_0000_0000_0000, "0"), (0x0000_0000_0000_0001, "5e-324"),
            (0x8000_0000_0000_0001, "-5e-324"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0x4340_0000_0000_0000, "9007199254740992"), (0xC340_0000_0000_0000, "-9007199254740992"),
            (0x4430_0000_0000_0000, "295147905179352830000"), (0x44B5_2D02_C7E1_4AF5, "9.999999999999997e+22"),
            (0x44B5_2D02_C7E1_4AF6, "1e+23"), (0x44B5_2D02_C7E1_4AF7, "1.0000000000000001e+23"),
            (0x444B_1AE4_D6E2_EF4E, "999999999999999700000"), (0x444B_1AE4_D6E2_EF4F, "999999999999999900000"),
            (0x444B_1AE4_D6E2_EF50, "1e+21"), (0x3EB0_C6F7_A0B5_ED8C, "9.999999999999997e-7"),
            (0x3EB0_C6F7_A0B5_ED8D, "0.000001"), (0x41B3_DE43_5555_5553, "333333333.3333332"),
            (0x41B3_DE43_5555_5554, "333333333.33333325"), (0x41B3_DE43_5555_5555, "333333333.3333333"),
            (0x41B3_DE43_5555_5556, "333333333.3333334"), (0x41B3_DE43_5555_5557, "333333333.33333343"),
            (0xBECB_F647_612F_3696, "-0.0000033333333333333333"), (0x4314_3FF3_C1CB_0959, "1424953923781206.2"),
        ] as [(UInt64, String)]
    )
    func `writes the doubles of appendix B`(bits: UInt64, expected: String) {
        #expect(JSONNumber(Double(bitPattern: bits))?.text == expected)
    }

    @Test(arguments: ["1e999", "-1e999", "1e400"])
    func `has no form for a number that no double holds`(text: String) throws {
        let value = try JSONValue(parsing: "[\(text)]")
        let error = #expect(throws: CanonicalizationError.self) { try value.canonicalBytes }
        #expect(error?.number == text)
    }

    @Test func `there is no number that is not finite`() {
        #expect(JSONNumber(Double.nan) == nil)
        #expect(JSONNumber(Double.infinity) == nil)
    }

    @Test func `sorts names by their UTF-16 units`() throws {
        let text = #"""
            {"\u20ac":"Euro Sign","\r":"Carriage Return","\ufb33":"Hebrew Letter Dalet With Dagesh","1":"One",
            "\ud83d\ude00":"Emoji: Grinning Face","\u0080":"Control","\u00f6":"Latin Small Letter O With Diaeresis"}
            """#
        let value = try JSONValue(parsing: try canonical(text))
        let expected = [
            "Carriage Return", "One", "Control", "Latin Small Letter O With Diaeresis", "Euro Sign",
            "Emoji: Grinning Face", "Hebrew Letter Dalet With Dagesh",
        ]
        #expect(value.object?.map(\.value.string) == expected)
    }

    @Test func `writes the example of the RFC`() throws {
        let text = #"""
            {"numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
             "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}
            """#
        let expected =
            #"{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"#
            + #""string":"€$\u000f\nA'B\"\\\\\"/"}"#
        #expect(try canonical(text) == expected)
    }

    @Test func `is the same for every order and every writing`() throws {
        let left = try JSONValue(parsing: #"{"a":[1.0,{"x":1e2,"y":0}],"b":"\u0061"}"#)
        let right = try JSONValue(parsing: #"{ "b": "a", "a": [1, {"y": -0, "x": 100}] }"#)
        #expect(try left.canonicalBytes == right.canonicalBytes)
        #expect(Digest(of: try left.canonicalBytes) == Digest(of: try right.canonicalBytes))
    }

    @Test func `stays the same when it is canonical`() throws {
        var generator = SeededGenerator(seed: 8785)
        for _ in 0..<300 {
            let value = generator.value(depth: 4)
            let once = try value.canonicalBytes
            let twice = try JSONValue(parsing: once).canonicalBytes
            #expect(twice == once)
        }
    }
}
