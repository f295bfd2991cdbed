import JSON
import JSONSchema
import Testing

/// Arguments that models send as text.
struct RepairTests {
    /// Schema, what comes, what becomes of it, and where.
    @Test(arguments: [
        (#"{"type":"object"}"#, #""{\"a\":1}""#, #"{"a":1}"#, [""]),
        (#"{"properties":{"a":{"type":"array"}}}"#, #"{"a":"[1,2]"}"#, #"{"a":[1,2]}"#, ["/a"]),
        (#"{"properties":{"a":{"type":"integer"}}}"#, #"{"a":"5"}"#, #"{"a":5}"#, ["/a"]),
        (#"{"properties":{"a":{"type":"integer"}}}"#, #"{"a":"5.0"}"#, #"{"a":5.0}"#, ["/a"]),
        (#"{"properties":{"a":{"type":"integer"}}}"#, #"{"a":" 5 "}"#, #"{"a":5}"#, ["/a"]),
        (#"{"properties":{"a":{"type":"number"}}}"#, #"{"a":"1.10e400"}"#, #"{"a":1.10e400}"#, ["/a"]),
        (
            #"{"properties":{"a":{"type":"number"}}}"#, #"{"a":"123456789012345678901234567890"}"#,
            #"{"a":123456789012345678901234567890}"#, ["/a"]
        ),
        (
            #"{"properties":{"a":{"type":"boolean"},"b":{"type":"boolean"}}}"#, #"{"a":"true","b":"false"}"#,
            #"{"a":true,"b":false}"#, ["/a", "/b"]
        ),
        (#"{"properties":{"a":{"type":["object","null"]}}}"#, #"{"a":"null"}"#, #"{"a":null}"#, ["/a"]),
        (#"{"properties":{"a":{"anyOf":[{"type":"integer"},{"type":"null"}]}}}"#, #"{"a":"5"}"#, #"{"a":5}"#, ["/a"]),
        (#"{"properties":{"a":{"enum":[1,2]}}}"#, #"{"a":"2"}"#, #"{"a":2}"#, ["/a"]),
        (#"{"properties":{"a":{"const":true}}}"#, #"{"a":"true"}"#, #"{"a":true}"#, ["/a"]),
        (#"{"items":{"type":"integer"}}"#, #"["1",2,"3"]"#, "[1,2,3]", ["/0", "/2"]),
        (
            #"{"prefixItems":[{"type":"integer"}],"items":{"type":"boolean"}}"#, #"["1","true"]"#, "[1,true]",
            ["/0", "/1"]
        ),
        (
            #"{"patternProperties":{"^n":{"type":"integer"}},"additionalProperties":{"type":"boolean"}}"#,
            #"{"n1":"1","b":"true"}"#, #"{"n1":1,"b":true}"#, ["/n1", "/b"]
        ),
        (
            ##"{"properties":{"a":{"$ref":"#/$defs/n"}},"$defs":{"n":{"allOf":[{"type":"integer"},{"minimum":3}]}}}"##,
            #"{"a":"5"}"#, #"{"a":5}"#, ["/a"]
        ),
        (
            #"{"properties":{"a":{"type":"object","properties":{"b":{"type":"array","items":{"type":"integer"}}}}}}"#,
            #"{"a":"{\"b\":[\"1\"]}"}"#, #"{"a":{"b":[1]}}"#, ["/a", "/a/b/0"]
        ),
        (
            #"{"properties":{"a":{"type":"object","properties":{"b":{"type":"array"}}}}}"#, #"{"a":"{\"b\":\"[1]\"}"}"#,
            #"{"a":{"b":[1]}}"#, ["/a", "/a/b"]
        ),
        (
            #"{"properties":{"a":{"anyOf":[{"type":"object","properties":{"b":{"type":"integer"}}},{"type":"null"}]}}}"#,
            #"{"a":{"b":"1"}}"#, #"{"a":{"b":1}}"#, ["/a/b"]
        ),
        (
            #"{"oneOf":[{"properties":{"t":{"const":"a"},"x":{"type":"integer"}}},{"properties":{"t":{"const":"b"},"x":{"type":"boolean"}}}]}"#,
            #"{"t":"a","x":"1"}"#, #"{"t":"a","x":1}"#, ["/x"]
        ),
        (
            #"{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}},"required":["c"]}"#, #"{"a":"1","b":"x"}"#,
            #"{"a":1,"b":"x"}"#, ["/a"]
        ),
        (
            ##"{"type":"object","properties":{"next":{"$ref":"#"},"n":{"type":"integer"}}}"##,
            ##"{"next":{"next":"{\"n\":\"1\"}"}}"##, #"{"next":{"next":{"n":1}}}"#, ["/next/next", "/next/next/n"]
        ),
        (
            #"{"dependentSchemas":{"a":{"properties":{"b":{"type":"integer"}}}}}"#, #"{"a":1,"b":"2"}"#,
            #"{"a":1,"b":2}"#, ["/b"]
        ),
    ])
    func `text is read where nothing else can be meant`(
        schema: String,
        old: String,
        new: String,
        places: [String]
    ) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: schema))
        let repaired = compiled.repaired(try JSONValue(parsing: old))
        #expect(repaired.value.text == new)
        #expect(repaired.places.map(\.description) == places)
    }

    @Test(arguments: [
        // It is right as it is, or could have been meant.
        (#"{"type":"string"}"#, #""5""#), (#"{}"#, #""5""#), (#"{"type":["string","integer"]}"#, #""5""#),
        (#"{"anyOf":[{"type":"string","minLength":9},{"type":"integer"}]}"#, #""5""#),
        (#"{"oneOf":[{"type":"string","pattern":"^x"},{"type":"object"}]}"#, #""{}""#),
        (#"{"type":"string","pattern":"^x"}"#, #""5""#), (#"{"enum":["a",5]}"#, #""5""#),
        (#"{"not":{"type":"string"}}"#, #""5""#), (#"{"minimum":3,"minLength":2}"#, #""5""#),
        (#"{"if":{"minLength":2},"then":{"type":"integer"}}"#, #""55""#), (#"{"const":"null"}"#, #""nul""#),
        (#"{"type":["string","null"],"minLength":9}"#, #""null""#),
        // It is no JSON, or the wrong one.
        (#"{"type":"integer"}"#, #""x""#), (#"{"type":"integer"}"#, #""5.5""#), (#"{"type":"integer"}"#, #""""#),
        (#"{"type":"integer"}"#, #""05""#), (#"{"type":"integer"}"#, #""+5""#), (#"{"type":"boolean"}"#, #""True""#),
        (#"{"type":"integer"}"#, #""null""#), (#"{"type":"integer","maximum":3}"#, #""5""#),
        (#"{"type":"integer"}"#, #""\"5\"""#), (#"{"type":"object"}"#, #""{'a':1}""#),
        (#"{"type":"object","required":["b"]}"#, #""{\"a\":1}""#), (#"{"type":"object"}"#, #""{\"a\":1,\"a\":2}""#),
        // Nothing is made a string.
        (#"{"type":"string"}"#, #"{"a":1}"#), (#"{"type":"string"}"#, "5"), (#"{"items":{"type":"string"}}"#, "[1]"),
        // More than one form could be meant.
        (
            #"{"oneOf":[{"properties":{"x":{"type":"integer"}},"required":["x"]},{"properties":{"x":{"type":"integer"}}}]}"#,
            #"{"x":"1"}"#
        ),
        (
            #"{"anyOf":[{"properties":{"x":{"type":"integer"},"y":{"type":"string"}}},{"properties":{"y":{"type":"integer"},"x":{"type":"string"}}}],"required":["z"]}"#,
            #"{"x":"1","y":"1"}"#
        ),
        (#"false"#, #""5""#),
    ])
    func `where there is doubt everything stays`(schema: String, value: String) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: schema))
        let instance = try JSONValue(parsing: value)
        let repaired = compiled.repaired(instance)
        #expect(repaired.value.text == instance.text)
        #expect(repaired.places.isEmpty)
    }

    @Test func `what is valid is not looked at`() throws {
        let compiled = try CompiledSchema(["properties": ["a": ["type": "integer"]]])
        let repaired = compiled.repaired(["a": 5, "b": "5"])
        #expect(repaired.value == ["a": 5, "b": "5"])
        #expect(repaired.places.isEmpty)
    }

    @Test func `the error that stays is about what is wrong`() throws {
        let compiled = try CompiledSchema(["properties": ["a": ["type": "integer"], "b": ["type": "integer"]]])
        let repaired = compiled.repaired(["a": "1", "b": "x"])
        #expect(compiled.validate(repaired.value).map(\.message) == [#"b must be an integer, not the string "x""#])
    }

    /// Each level doubles the work, or the text.
    @Test(arguments: ["anyOf", "oneOf", "allOf"])
    func `work that explodes is cut off`(keyword: String) throws {
        var definitions = JSONObject()
        for level in 0..<60 {
            let next: JSONValue = ["properties": ["a": ["$ref": .string("#/$defs/l\(level + 1)")]]]
            definitions["l\(level)"] = .object([keyword: [next, next]])
        }
        definitions["l60"] = ["type": "integer"]
        let schema: JSONValue = ["$ref": "#/$defs/l0", "$defs": .object(definitions)]
        let compiled = try CompiledSchema(schema, limits: SchemaLimits(steps: 20_000))
        var value: JSONValue = "x"
        for _ in 0..<60 { value = ["a": value] }
        let repaired = compiled.repaired(value)
        #expect(repaired.value == value)
        #expect(repaired.places.isEmpty)
    }

    @Test func `text beyond the limit is not read`() throws {
        let compiled = try CompiledSchema(["type": "array"], limits: SchemaLimits(repairedBytes: 10))
        #expect(compiled.repaired("[1,2,3]").value == [1, 2, 3])
        #expect(compiled.repaired("[1,2,3,4,5,6]").value == "[1,2,3,4,5,6]")
    }

    @Test func `text in text, deep values and long chains of references end`() throws {
        let tree = try CompiledSchema(
            JSONValue(parsing: ##"{"type":"array","items":{"$ref":"#"}}"##),
            limits: SchemaLimits(steps: 200_000)
        )
        var text = "[]"
        for _ in 0..<12 { text = JSONValue.array([.string(text)]).text }
        #expect(tree.isValid(tree.repaired(.string(text)).value))
        let deep = String(repeating: "[", count: 250) + "\"x\"" + String(repeating: "]", count: 250)
        #expect(tree.repaired(try JSONValue(parsing: deep)).places.isEmpty)
        var definitions = JSONObject()
        for level in 0..<5_000 { definitions["l\(level)"] = ["$ref": .string("#/$defs/l\(level + 1)")] }
        definitions["l5000"] = ["type": "integer"]
        let chain = try CompiledSchema(["$ref": "#/$defs/l0", "$defs": .object(definitions)])
        #expect(chain.repaired("5").places.isEmpty)
        let loop = try CompiledSchema(JSONValue(parsing: ##"{"allOf":[{"$ref":"#"}],"type":"integer"}"##))
        #expect(loop.repaired("5").value == 5)
    }
}
