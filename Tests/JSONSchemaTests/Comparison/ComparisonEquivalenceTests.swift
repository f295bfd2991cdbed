import JSON
import JSONSchema
import Testing

/// What is no difference.
struct ComparisonEquivalenceTests {
    @Test(arguments: 0..<4)
    func `a schema in other words is the same`(part: Int) throws {
        var changed = 0
        for number in 0..<120 {
            let seed = UInt64(1_000_000 + part * 10_000 + number)
            var generator = SeededGenerator(seed: seed)
            // These look at how the schema around them is written, so other words are another meaning.
            generator.skipped = ["unevaluatedProperties", "unevaluatedItems"]
            let schema = generator.document()
            var rewriting = SchemaRewriting(seed: seed)
            let other = rewriting.rewritten(schema)
            guard (try? CompiledSchema(schema)) != nil else { continue }
            if other != schema { changed += 1 }
            let comparison = SchemaComparison(from: schema, to: other)
            #expect(comparison.differences.isEmpty, "seed \(seed): \(schema) to \(other)")
        }
        #expect(changed > 80)
    }

    @Test(arguments: rows)
    func `two ways to write one thing`(first: String, second: String) throws {
        let (left, right) = (try JSONValue(parsing: first), try JSONValue(parsing: second))
        #expect(SchemaComparison(from: left, to: right).differences.isEmpty)
        #expect(SchemaComparison(from: right, to: left).differences.isEmpty)
    }

    private static let rows: [(String, String)] = [
        (##"{"type":"object","properties":{}}"##, ##"{"properties":{},"type":"object"}"##),
        (##"{"type":"string"}"##, ##"{"type":["string"],"minLength":0}"##),
        (##"{"type":["null","string"]}"##, ##"{"anyOf":[{"type":"string"},{"type":"null"}]}"##),
        (##"{"type":["string","null"]}"##, ##"{"oneOf":[{"type":"null"},{"type":"string"}]}"##),
        (##"{"type":["string","null"],"enum":["a",null]}"##, ##"{"anyOf":[{"enum":["a"]},{"type":"null"}]}"##),
        (##"{"type":["string","null"],"enum":["a",null]}"##, ##"{"enum":[null,"a"]}"##),
        (##"{"const":1}"##, ##"{"enum":[1.0]}"##),
        (##"{"allOf":[{"minimum":1}]}"##, ##"{"minimum":1.0}"##),
        (##"{"type":"string","enum":["a","b"]}"##, ##"{"enum":["b","a"]}"##),
        (##"{"enum":["a","b"]}"##, ##"{"anyOf":[{"const":"a"},{"const":"b"}]}"##),
        (##"{"allOf":[{"enum":["a","b","c"]},{"enum":["a","b"]}]}"##, ##"{"type":"string","enum":["a","b"]}"##),
        (##"{"type":"integer"}"##, ##"{"type":"number","multipleOf":1}"##),
        (##"{"type":"integer","exclusiveMinimum":0}"##, ##"{"type":"integer","minimum":1}"##),
        (##"{"type":"integer","maximum":9.5}"##, ##"{"type":"integer","exclusiveMaximum":10}"##),
        (##"{"type":"boolean"}"##, ##"{"enum":[true,false]}"##),
        (##"{"type":"string","pattern":".*"}"##, ##"{"type":"string"}"##),
        (##"{"type":"string","pattern":"^[a-z]*"}"##, ##"{"type":"string","pattern":"(a|b?)$"}"##),
        (##"{"type":"string","not":{"type":"integer"}}"##, ##"{"type":"string"}"##),
        (##"{"type":["string","null"],"not":{"type":"null"}}"##, ##"{"type":"string"}"##),
        ("true", "{}"),
        ("false", ##"{"enum":[]}"##),
        (##"{"type":["string","integer"]}"##, ##"{"anyOf":[{"type":"string"},{"type":"integer"}]}"##),
        (
            ##"{"type":["string","integer"],"minLength":1,"minimum":2}"##,
            ##"{"oneOf":[{"type":"string","minLength":1},{"type":"integer","minimum":2}]}"##
        ),
        (
            ##"{"anyOf":[{"type":"string"},{"type":"integer"}]}"##,
            ##"{"anyOf":[{"anyOf":[{"type":"string"}]},{"oneOf":[{"type":"integer"}]}]}"##
        ),
        (##"{"type":"integer","minLength":3}"##, ##"{"type":"integer"}"##),
        (
            ##"{"anyOf":[{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]},{"type":"array","items":{"type":"string"}}]}"##,
            ##"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}},{"type":"array","items":{"type":"string"}}]}"##
        ),
        (
            ##"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]}"##,
            ##"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]}"##
        ),
        (
            ##"{"anyOf":[{"$ref":"#/$defs/c"},{"$ref":"#/$defs/s"}],"$defs":{"c":{"anyOf":[{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}},{"$ref":"#/$defs/s"}]},"s":{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}}}"##,
            ##"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["b"],"properties":{"b":{"type":"integer"}}}]}"##
        ),
        (
            ##"{"anyOf":[{"anyOf":[{"type":"string"},{"type":"integer"}]},{"type":"boolean"}]}"##,
            ##"{"type":["string","integer","boolean"]}"##
        ),
        (
            ##"{"anyOf":[{"type":"string"},{"type":"string"},{"type":"integer"}]}"##,
            ##"{"type":["string","integer"]}"##
        ),
        (
            ##"{"oneOf":[{"anyOf":[{"const":"a"},{"const":"b"}]},{"type":"integer"}]}"##,
            ##"{"anyOf":[{"const":"a"},{"const":"b"},{"type":"integer"}]}"##
        ),
        (
            ##"{"oneOf":[{"oneOf":[{"type":"string"},{"type":"integer"}]},{"type":"boolean"}]}"##,
            ##"{"type":["string","integer","boolean"]}"##
        ),
        (
            ##"{"anyOf":[{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}},{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}]}"##,
            ##"{"type":"object","required":["a"],"properties":{"a":{"type":"string"}}}"##
        ),
        (
            ##"{"type":"object","oneOf":[{"required":["a"]},{"required":["b"]}]}"##,
            ##"{"oneOf":[{"type":"object","required":["b"]},{"type":"object","required":["a"]}]}"##
        ),
        (
            ##"{"properties":{"a":{"$ref":"#/$defs/a"}},"$defs":{"a":{"type":"string","title":"A"}}}"##,
            ##"{"properties":{"a":{"title":"A","type":"string"}},"$defs":{"b":{}}}"##
        ),
        (
            ##"{"$ref":"#/$defs/t","$defs":{"t":{"properties":{"next":{"$ref":"#/$defs/t"}}}}}"##,
            ##"{"properties":{"next":{"$ref":"#"}}}"##
        ),
        (
            ##"{"$schema":"http://json-schema.org/draft-07/schema#","items":[{"type":"string"}]}"##,
            ##"{"$schema":"http://json-schema.org/draft-07/schema","items":[{"type":["string"]}]}"##
        ),
        (##"{"description":"One  two\n three"}"##, ##"{"description":"One two three "}"##),
        (##"{"required":["a"],"minProperties":1}"##, ##"{"required":["a"]}"##),
        (##"{"multipleOf":4}"##, ##"{"allOf":[{"multipleOf":2},{"multipleOf":4}]}"##),
        (
            ##"{"properties":{"a":true},"unevaluatedProperties":false}"##,
            ##"{"allOf":[{"properties":{"a":{}}}],"unevaluatedProperties":false}"##
        ),
        (##"{"items":{"type":"string"},"unevaluatedItems":false}"##, ##"{"items":{"type":"string"}}"##),
        (##"{"x-note":{"a":1.0}}"##, ##"{"x-note":{"a":1}}"##),
        (##"{"type":"string","pattern":""}"##, ##"{"type":"string"}"##),
        (##"{"type":"string","not":false}"##, ##"{"type":"string"}"##),
        (##"{"not":{}}"##, "false"),
        (##"{"type":"string","not":{"minLength":0}}"##, "false"),
        (
            ##"{"anyOf":[{"title":"A","minimum":1},{"title":"B","maximum":9}]}"##,
            ##"{"anyOf":[{"title":"B","maximum":9},{"title":"A","minimum":1}]}"##
        ),
    ]
}
