import JSON
import JSONSchema
import Testing

/// Schemas that are large, or made to take long. Each comparison must end, and must say that something differs.
struct ComparisonLimitTests {
    /// An object of so many properties, each with some inside.
    private func wide(_ count: Int, last: JSONValue) -> JSONValue {
        var properties = JSONObject()
        for index in 0..<count {
            properties["p\(index)"] = [
                "type": "object", "properties": ["a": ["type": "string"], "b": index == count - 1 ? last : true],
            ]
        }
        return ["type": "object", "properties": .object(properties)]
    }

    @Test func `ten thousand subschemas are compared to the last`() {
        let comparison = SchemaComparison(
            from: wide(3_300, last: ["type": "string"]),
            to: wide(3_300, last: ["type": "integer"])
        )
        #expect(comparison.differences.map(\.kind) == [.typeChanged])
    }

    @Test func `more subschemas than the limit are undecided`() {
        let comparison = SchemaComparison(from: wide(9_000, last: true), to: wide(9_000, last: ["type": "integer"]))
        #expect(comparison.differences.map(\.kind) == [.undecided])
    }

    @Test func `more differences than the limit end with one that says so`() {
        var limits = SchemaComparison.Limits()
        limits.differences = 10
        var new = JSONObject()
        for index in 0..<50 { new["p\(index)"] = ["type": "string"] }
        let comparison = SchemaComparison(from: [:], to: ["properties": .object(new)], limits: limits)
        #expect(comparison.differences.count == 11)
        #expect(comparison.differences.last?.kind == .undecided)
    }

    @Test(arguments: ["allOf", "anyOf", "oneOf"])
    func `choices that double at each level end`(keyword: String) {
        func schema(_ last: JSONValue) -> JSONValue {
            var definitions: JSONObject = ["d0": last]
            for level in 1..<60 {
                let below: JSONValue = ["$ref": "#/$defs/d\(level - 1)"]
                definitions["d\(level)"] = .object([
                    keyword: [below, ["properties": ["x\(level)": below]], below]
                ])
            }
            return ["$ref": "#/$defs/d59", "$defs": .object(definitions)]
        }
        let old = schema(["type": ["object", "string"]])
        #expect(!SchemaComparison(from: old, to: schema(["type": ["object", "integer"]])).differences.isEmpty)
        #expect(SchemaComparison(from: old, to: old).differences.isEmpty)
    }

    @Test func `properties that double at each level end`() {
        func schema(_ last: JSONValue) -> JSONValue {
            var definitions: JSONObject = ["d0": last]
            for level in 1..<60 {
                let below: JSONValue = ["$ref": "#/$defs/d\(level - 1)"]
                definitions["d\(level)"] = ["properties": ["l": below, "r": below]]
            }
            return ["$ref": "#/$defs/d59", "$defs": .object(definitions)]
        }
        let comparison = SchemaComparison(from: schema(["type": "string"]), to: schema(["type": "integer"]))
        #expect(comparison.differences.last?.kind == .undecided)
    }

    @Test func `a long chain of references does not overflow`() {
        func schema(_ last: JSONValue) -> JSONValue {
            var definitions: JSONObject = ["d0": last]
            for level in 1..<3_000 {
                definitions["d\(level)"] = ["properties": ["n": ["$ref": "#/$defs/d\(level - 1)"]]]
            }
            return ["$ref": "#/$defs/d2999", "$defs": .object(definitions)]
        }
        let comparison = SchemaComparison(from: schema(["type": "string"]), to: schema(["type": "integer"]))
        #expect(comparison.differences.last?.kind == .undecided)
    }

    @Test func `circles of many that must hold together end`() {
        func schema(_ last: JSONValue) -> JSONValue {
            var definitions = JSONObject()
            for index in 0..<14 {
                // Each step leads to two of the others at once: there are as many sets as of all of them.
                definitions["d\(index)"] = [
                    "allOf": [
                        ["properties": ["a": ["$ref": "#/$defs/d\((index + 1) % 14)"]]],
                        [
                            "properties": [
                                "a": ["$ref": "#/$defs/d\((index * 5 + 3) % 14)"], "b": ["$ref": "#/$defs/d0"],
                            ]
                        ],
                    ]
                ]
            }
            definitions["d0"] = ["properties": ["a": ["$ref": "#/$defs/d7"], "b": last]]
            return ["$ref": "#/$defs/d1", "$defs": .object(definitions)]
        }
        #expect(!SchemaComparison(from: schema(["type": "string"]), to: schema(true)).differences.isEmpty)
    }
}
