import JSON
import JSONSchema
import Testing

struct ValueEqualityTests {
    @Test(arguments: [
        ("1", "1.0"), ("100", "1e2"), ("0", "-0.0e9"), ("0.1", "1e-1"), ("1e1000000000", "10e999999999"),
        ("9007199254740993", "9007199254740993.0"), (#"{"a":1,"b":[2]}"#, #"{"b":[2.0],"a":1e0}"#), ("null", "null"),
    ])
    func `is the same`(left: String, right: String) throws {
        let (left, right) = (try JSONValue(parsing: left), try JSONValue(parsing: right))
        #expect(left.equalsByValue(right))
        #expect(right.equalsByValue(left))
        #expect(ValueKey(left) == ValueKey(right))
        #expect(ValueKey(left).hashValue == ValueKey(right).hashValue)
    }

    @Test(arguments: [
        ("1", "2"), ("1", "-1"), ("9007199254740993", "9007199254740992"), ("1", "\"1\""), ("0", "false"),
        ("null", "0"),
        ("[1,2]", "[2,1]"), ("[1]", "[1,1]"), (#"{"a":1}"#, #"{"a":1,"b":1}"#), (#"{"a":null}"#, #"{"b":null}"#),
        (#""\u00e9""#, #""e\u0301""#), ("{}", "[]"), ("0.1", "0.1000000000000000000001"),
    ])
    func `is different`(left: String, right: String) throws {
        let (left, right) = (try JSONValue(parsing: left), try JSONValue(parsing: right))
        #expect(!left.equalsByValue(right))
        #expect(!right.equalsByValue(left))
        #expect(ValueKey(left) != ValueKey(right))
    }
}
