import JSON
import JSONSchema
import Testing

/// `unevaluatedProperties` and `unevaluatedItems` beside what depends on the value.
struct ComparisonUnevaluatedTests {
    private static func comparison(_ first: String, _ second: String) throws -> SchemaComparison {
        SchemaComparison(from: try JSONValue(parsing: first), to: try JSONValue(parsing: second))
    }

    private static let same: [(String, String)] = [
        (
            ##"{"anyOf":[{"properties":{"a":{"type":"string","minLength":0}}},{"properties":{"b":{}}}],"unevaluatedProperties":false}"##,
            ##"{"unevaluatedProperties":false,"anyOf":[{"properties":{"b":true}},{"$ref":"#/$defs/a"}],"$defs":{"a":{"properties":{"a":{"type":["string"]}}}}}"##
        ),
        (
            ##"{"anyOf":[{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{}}}]},{"required":["c"],"properties":{"c":{}}}],"unevaluatedProperties":false}"##,
            ##"{"anyOf":[{"properties":{"a":{"type":"string"}}},{"properties":{"b":{}}},{"required":["c"],"properties":{"c":{}}}],"unevaluatedProperties":false}"##
        ),
        (
            ##"{"properties":{"a":{}},"anyOf":[{"required":["a"]},{"required":["b"]}],"unevaluatedProperties":false}"##,
            ##"{"allOf":[{"properties":{"a":true}}],"anyOf":[{"required":["b"]},{"required":["a"]}],"unevaluatedProperties":false}"##
        ),
        (
            ##"{"if":{"required":["a"],"properties":{"a":{}}},"then":{"properties":{"b":{}}},"unevaluatedProperties":{"type":"number","multipleOf":1}}"##,
            ##"{"if":{"properties":{"a":true},"required":["a"]},"then":{"properties":{"b":true}},"unevaluatedProperties":{"type":"integer"}}"##
        ),
        (
            ##"{"type":"array","contains":{"type":"string","minLength":0},"unevaluatedItems":{"type":"integer"}}"##,
            ##"{"type":"array","contains":{"type":"string"},"unevaluatedItems":{"type":["integer"]}}"##
        ),
        (
            ##"{"dependentSchemas":{"a":{"properties":{"b":{"maximum":1}}}},"unevaluatedProperties":false}"##,
            ##"{"dependentSchemas":{"a":{"properties":{"b":{"maximum":1.0}}}},"unevaluatedProperties":false}"##
        ),
    ]

    @Test(arguments: same) func `what looks at the same for the same values is no difference`(
        first: String,
        second: String
    ) throws {
        #expect(try Self.comparison(first, second).differences.isEmpty)
        #expect(try Self.comparison(second, first).differences.isEmpty)
    }

    private static let other: [(String, String)] = [
        // Both choices accept anything, and do not look at the same.
        (
            ##"{"anyOf":[{"additionalProperties":true},{"properties":{"a":{}}}],"unevaluatedProperties":false}"##,
            ##"{"anyOf":[{},{"properties":{"a":{}}}],"unevaluatedProperties":false}"##
        ),
        (
            ##"{"anyOf":[{"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":false}"##,
            ##"{"anyOf":[{"properties":{"c":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":false}"##
        ),
        (
            ##"{"anyOf":[{"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":false}"##,
            ##"{"anyOf":[{"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":{"type":"string"}}"##
        ),
        (
            ##"{"if":{"required":["a"]},"then":{"properties":{"a":{}}},"unevaluatedProperties":false}"##,
            ##"{"if":{"required":["a"]},"else":{"properties":{"a":{}}},"unevaluatedProperties":false}"##
        ),
        (
            ##"{"type":"array","contains":{"type":"string"},"unevaluatedItems":{"type":"integer"}}"##,
            ##"{"type":"array","contains":{"type":"boolean"},"unevaluatedItems":{"type":"integer"}}"##
        ),
        (
            ##"{"anyOf":[{"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}]}"##,
            ##"{"anyOf":[{"properties":{"a":{}}},{"required":["b"],"properties":{"b":{}}}],"unevaluatedProperties":false}"##
        ),
    ]

    @Test(arguments: other) func `what may look at something else is told, both ways`(
        first: String,
        second: String
    ) throws {
        let there = try Self.comparison(first, second)
        let back = try Self.comparison(second, first)
        #expect(!there.effect.isEmpty)
        #expect(!back.effect.isEmpty)
        #expect(there.effect.contains(.narrows) == back.effect.contains(.widens))
    }
}
