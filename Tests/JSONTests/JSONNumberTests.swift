import JSON
import Testing

struct JSONNumberTests {
    @Test(
        arguments: [
            ("5", 5), ("5.0", 5), ("50e-1", 5), ("1e3", 1000), ("1.5E+1", 15), ("-0", 0), ("-0.0", 0), ("0e99999", 0),
            ("9223372036854775807", .max), ("-9223372036854775808", .min),
            ("9007199254740993.0", 9_007_199_254_740_993),
            ("9223372036854775807.000", .max), ("922337203685477580700e-2", .max),
        ] as [(String, Int)]
    )
    func `is whole however written`(text: String, value: Int) {
        #expect(JSONNumber(text)?.integer == value)
    }

    @Test(arguments: [
        "0.5", "1.5e-3", "9223372036854775808", "1e19", "1e400", "0.99999999999999999999", "1.00000000000000000001",
        "1e-9223372036854775808", "1e9223372036854775808", "1e99999999999999999999999",
    ])
    func `is not whole or does not fit`(text: String) throws {
        #expect(try #require(JSONNumber(text)).integer == nil)
    }

    @Test(arguments: ["", " 1", "1 ", "+1", "01", "1.", ".1", "0x1", "1e", "NaN", "inf", "\"1\"", "1,2"])
    func `refuses text that is no number`(text: String) {
        #expect(JSONNumber(text) == nil)
    }

    @Test func `gives the nearest double`() {
        #expect(JSONNumber("0.1")?.double == 0.1)
        #expect(JSONNumber("1e999")?.double == .infinity)
        #expect(JSONNumber("-1e999")?.double == -.infinity)
        #expect(JSONNumber("1e-999")?.double == 0)
    }
}
