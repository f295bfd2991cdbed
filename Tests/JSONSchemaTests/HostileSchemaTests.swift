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

    @Test func `many unique items and many choices are quick`() throws {
        let items = JSONValue.array((0..<5_000).map { .number(JSONNumber($0)) })
        #expect(try CompiledSchema(["uniqueItems": true]).isValid(items))
        #expect(try CompiledSchema(["items": ["enum": items]]).isValid(items))
    }

    @Test func `a large document is compiled quickly`() throws {
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
        let clock = ContinuousClock()
        var compiled: CompiledSchema?
        let time = try clock.measure { compiled = try CompiledSchema(schema) }
        print("compiled \(schema.bytes.count) bytes in \(time)")
        #expect(time < .seconds(5))
        #expect(compiled?.isValid(["id": 1, "next": ["id": 2]]) == true)
        #expect(compiled?.isValid(["id": 1, "next": ["name": ""]]) == false)
    }
}
