import JSON
import JSONSchema
import Testing

/// Schemas that want to stop the server.
@Suite(.timeLimit(.minutes(1)))
struct HostileSchemaTests {
    /// So few steps that a debug build is quick too.
    private let few = SchemaLimits(steps: 20_000)

    @Test(arguments: [
        ##"{"$ref":"#"}"##, ##"{"allOf":[{"$ref":"#"}]}"##,
        ##"{"$ref":"#/$defs/a","$defs":{"a":{"$ref":"#/$defs/b"},"b":{"$ref":"#/$defs/a"}}}"##,
        ##"{"anyOf":[{"$ref":"#"},{"$ref":"#"}]}"##, ##"{"$dynamicAnchor":"a","$dynamicRef":"#a"}"##,
        ##"{"if":{"$ref":"#"},"then":{"$ref":"#"},"else":{"$ref":"#"}}"##,
    ])
    func `a schema that leads back to itself asks for nothing`(schema: String) throws {
        #expect(try CompiledSchema(JSONValue(parsing: schema)).validate(["a": 1]).isEmpty)
    }

    @Test func `a schema that is the negation of itself ends`() throws {
        let compiled = try CompiledSchema(JSONValue(parsing: ##"{"not":{"$ref":"#"}}"##))
        #expect(compiled.isValid(1) || !compiled.isValid(1))
    }

    /// Each level doubles the work.
    @Test(arguments: ["allOf", "anyOf", "oneOf"])
    func `work that explodes is cut off`(keyword: String) throws {
        var definitions = JSONObject()
        for level in 0..<60 {
            let next: JSONValue = ["$ref": .string("#/$defs/l\(level + 1)")]
            definitions["l\(level)"] = .object([keyword: [next, next]])
        }
        definitions["l60"] = keyword == "allOf" ? true : false
        let schema: JSONValue = ["$ref": "#/$defs/l0", "$defs": .object(definitions)]
        let errors = try CompiledSchema(schema, limits: few).validate(1)
        #expect(errors.last?.message == "the schema is too complex to check this value against it")
        #expect(errors.count <= 10)
    }

    @Test func `a negation does not turn a check that was cut off into a success`() throws {
        var definitions = JSONObject()
        for level in 0..<60 {
            let next: JSONValue = ["$ref": .string("#/$defs/l\(level + 1)")]
            definitions["l\(level)"] = ["allOf": [next, next]]
        }
        definitions["l60"] = true
        let schema: JSONValue = ["not": ["$ref": "#/$defs/l0"], "$defs": .object(definitions)]
        #expect(try !CompiledSchema(schema, limits: few).isValid(1))
    }

    @Test func `a value that is deep does not overflow the stack`() throws {
        let schema: JSONValue = ["$ref": "#/$defs/a", "$defs": ["a": ["allOf": [["items": ["$ref": "#/$defs/a"]]]]]]
        let compiled = try CompiledSchema(schema)
        let depth = 250
        let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        let errors = compiled.validate(try JSONValue(parsing: text))
        #expect(errors.map(\.message) == ["the schema is too complex to check this value against it"])
        let shallow = String(repeating: "[", count: 100) + String(repeating: "]", count: 100)
        #expect(compiled.isValid(try JSONValue(parsing: shallow)))
    }

    @Test func `a schema that is too deep or too large is refused`() throws {
        let deep = String(repeating: #"{"not":"#, count: 200) + "{}" + String(repeating: "}", count: 200)
        #expect(throws: SchemaError.self) { try CompiledSchema(JSONValue(parsing: deep)) }
        let wide = JSONValue.array(Array(repeating: true, count: 101))
        #expect(throws: SchemaError.self) { try CompiledSchema(["anyOf": wide], limits: SchemaLimits(subschemas: 100)) }
    }

    @Test func `a long chain of references is refused or followed, never a crash`() throws {
        var definitions = JSONObject()
        for level in 0..<5_000 { definitions["l\(level)"] = ["$ref": .string("#/$defs/l\(level + 1)")] }
        definitions["l5000"] = true
        let compiled = try CompiledSchema(["$ref": "#/$defs/l0", "$defs": .object(definitions)])
        #expect(compiled.validate(1).count == 1)
    }

    @Test(arguments: ["1e1000000000", "-1e-1000000000", "1e99999999999999999999999", "0e1000000000"])
    func `numbers with monstrous exponents are quick`(number: String) throws {
        let schema = try JSONValue(
            parsing: #"{"multipleOf":0.3,"minimum":\#(number),"enum":[\#(number),1],"type":"number"}"#
        )
        _ = try CompiledSchema(schema).validate(try JSONValue(parsing: number))
        _ = try CompiledSchema(["multipleOf": try JSONValue(parsing: number)]).validate(7)
    }

    @Test(arguments: [
        "(a+)+$", "^(a|a)*$", "(a|aa)+$", "(.*)*x", "([a-z]+)*\\d", "(?=(a+)+$)b", "(a?){500}a{500}$",
    ])
    func `patterns cannot explode`(pattern: String) throws {
        let compiled = try CompiledSchema(["pattern": .string(pattern)], limits: few)
        let text = String(repeating: "a", count: 1_000) + "!"
        #expect(!compiled.validate(.string(text)).isEmpty)
    }

    @Test func `a pattern that is too large is not checked`() throws {
        for pattern in ["(a{1000}){1000}", String(repeating: "(", count: 3_000), String(repeating: "a", count: 5_000)] {
            #expect(try CompiledSchema(["pattern": .string(pattern)]).warnings.count == 1)
        }
    }

    @Test func `many patterns that are too large are refused together`() throws {
        let names = (0..<3_000).map { ("p\($0)", ["pattern": "(a{1000}){50}"] as JSONValue) }
        let compiled = try CompiledSchema(["properties": .object(JSONObject(names))])
        #expect(compiled.warnings.count == 3_000)
        let allowed = (0..<3_000).map { ("p\($0)", ["pattern": "(a{5000}){3}"] as JSONValue) }
        #expect(try CompiledSchema(["properties": .object(JSONObject(allowed))]).warnings.count > 2_900)
    }

    /// Each of these reads the whole value.
    @Test(arguments: [#"{"uniqueItems":true}"#, #"{"not":{"const":[]}}"#, #"{"not":{"enum":[[]]}}"#])
    func `rules that read the whole value are paid for`(rule: String) throws {
        let rules = JSONValue.array(Array(repeating: try JSONValue(parsing: rule), count: 5_000))
        let compiled = try CompiledSchema(["allOf": rules])
        let items = JSONValue.array((0..<3_000).map { .number(JSONNumber($0)) })
        #expect(compiled.validate(items).map(\.message) == ["the schema is too complex to check this value against it"])
    }

    private let tooComplex = ["the schema is too complex to check this value against it"]

    /// Making ready reads the whole text, even where the first character decides.
    @Test func `patterns that match at once are paid for by the length of the text`() throws {
        let rules = JSONValue.array(Array(repeating: ["pattern": "^a"], count: 5_000))
        let text = JSONValue.string(String(repeating: "a", count: 200_000))
        #expect(try CompiledSchema(["allOf": rules]).validate(text).map(\.message) == tooComplex)
    }

    @Test func `many looks ahead over a long text are cut off`() throws {
        let pattern = String(repeating: "(?=a)", count: 600)
        let text = JSONValue.string(String(repeating: "a", count: 200_000))
        let errors = try CompiledSchema(["pattern": .string(pattern)], limits: few).validate(text)
        #expect(errors.map(\.message) == tooComplex)
    }

    @Test func `a pattern that is large is paid for with each text`() throws {
        let compiled = try CompiledSchema(["items": ["pattern": "(a{1000}){15}|^b"]])
        let items = JSONValue.array(Array(repeating: "b", count: 20_000))
        #expect(compiled.validate(items).map(\.message).last == tooComplex[0])
    }

    @Test func `numbers with very many digits are paid for by every rule`() throws {
        let rules = JSONValue.array(Array(repeating: ["type": "integer"], count: 5_000))
        let number = try JSONValue(parsing: String(repeating: "1", count: 100_000))
        #expect(try CompiledSchema(["allOf": rules]).validate(number).map(\.message) == tooComplex)
    }

    @Test(arguments: [
        #"{"minItems":1e18}"#, #"{"maxItems":9223372036854775807}"#, #"{"minItems":1e400}"#, #"{"minLength":1e18}"#,
        #"{"multipleOf":1e-300}"#, #"{"multipleOf":1e300}"#, #"{"multipleOf":123456789012345678}"#,
        #"{"multipleOf":1234567890123456789012}"#, #"{"minContains":1e18,"contains":true}"#,
        #"{"minProperties":9223372036854775808}"#, #"{"uniqueItems":true,"minItems":0}"#,
    ])
    func `monstrous counts and divisors cost nothing`(schema: String) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: schema), limits: few)
        for value in ["[]", "[1,2]", "{}", "\"a\"", "7", "7e300", "-0.5e-300"] {
            #expect(compiled.validate(try JSONValue(parsing: value)).map(\.message) != tooComplex)
        }
    }

    @Test(arguments: [
        ##"{"$schema":"http://json-schema.org/draft-04/schema#","id":"#","$ref":"#"}"##,
        ##"{"$schema":"http://json-schema.org/draft-07/schema#","$id":"a","allOf":[{"$ref":"a"},{"$ref":"#"}]}"##,
        ##"{"$schema":"http://json-schema.org/draft-07/schema#","dependencies":{"a":{"$ref":"#"}},"items":[{"$ref":"#/items/0"}]}"##,
        ##"{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"$recursiveRef":"#"}"##,
        ##"{"$schema":"https://json-schema.org/draft/2019-09/schema","$recursiveAnchor":true,"anyOf":[{"$recursiveRef":"#"}]}"##,
        ##"{"$id":"a","$dynamicAnchor":"x","$ref":"b","$defs":{"b":{"$id":"b","$dynamicAnchor":"x","$dynamicRef":"#x"}}}"##,
    ])
    func `a schema of any draft that leads back to itself asks for nothing`(text: String) throws {
        let schema = try JSONValue(parsing: text)
        #expect(try CompiledSchema(schema).validate(["a": 1]).isEmpty)
        #expect(try CompiledSchema(SchemaDraft.current(schema)).validate([1]).isEmpty)
    }

    @Test(.timeLimit(.minutes(3))) func `a large schema of an old draft is converted in one pass`() throws {
        var definitions = JSONObject()
        for index in 0..<5_000 {
            definitions["T\(index)"] = ["items": [["$ref": .string("#/definitions/T\((index + 1) % 5_000)/items/0")]]]
        }
        let schema: JSONValue = [
            "$schema": "http://json-schema.org/draft-07/schema#", "definitions": .object(definitions),
            "$defs": .object(definitions),
        ]
        // The limit is for work that grows with the square of the definitions.
        let converted = try SchemaDraft.current(schema)
        #expect(converted["$defs"]?.object?.count == 10_000)
    }

    @Test func `many unique items and many choices are quick`() throws {
        let items = JSONValue.array((0..<5_000).map { .number(JSONNumber($0)) })
        #expect(try CompiledSchema(["uniqueItems": true]).isValid(items))
        #expect(try CompiledSchema(["items": ["enum": items]]).isValid(items))
    }

    @Test(.timeLimit(.minutes(3))) func `a large document is compiled in one pass`() throws {
        var definitions = JSONObject()
        for index in 0..<2_000 {
            definitions["Type\(index)"] = [
                "type": "object", "required": ["id"],
                "properties": [
                    "id": ["type": "integer"], "name": ["type": "string", "maxLength": 100],
                    "next": ["$ref": .string("#/$defs/Type\((index + 1) % 2_000)")],
                ],
            ]
        }
        let schema: JSONValue = ["$ref": "#/$defs/Type0", "$defs": .object(definitions)]
        // The limit is for work that grows with the square of the definitions.
        let compiled = try CompiledSchema(schema)
        #expect(compiled.isValid(["id": 1, "next": ["id": 2]]))
        #expect(!compiled.isValid(["id": 1, "next": ["name": ""]]))
    }
}
