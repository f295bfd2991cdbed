import JSON
import JSONSchema
import Testing

/// What a language model reads when its arguments are wrong.
struct MessageTests {
    private static let schema = ##"""
        {
          "type": "object",
          "properties": {
            "petId": {"type": "string", "pattern": "^p-"},
            "limit": {"type": "integer", "minimum": 1, "maximum": 100, "multipleOf": 5},
            "status": {"enum": ["available", "pending", "sold"]},
            "kind": {"const": "pet"},
            "tags": {"type": "array", "items": {"type": "string", "minLength": 2}, "maxItems": 2, "uniqueItems": true},
            "filter": {
              "type": "object", "properties": {"age": {"type": ["integer", "null"]}}, "required": ["age"],
              "additionalProperties": false
            },
            "note": {"not": {"type": "string"}},
            "ids": {"contains": {"type": "integer"}},
            "choice": {"anyOf": [{"type": "string"}, {"type": "integer"}]},
            "shape": {"oneOf": [{"$ref": "#/$defs/circle"}, {"$ref": "#/$defs/square"}]},
            "size": {"oneOf": [{"multipleOf": 2}, {"minimum": 10}]},
            "owner": {"anyOf": [{"type": "object", "required": ["name"]}, {"type": "null"}]}
          },
          "required": ["petId"],
          "dependentRequired": {"limit": ["status"]},
          "additionalProperties": false,
          "$defs": {
            "circle": {"properties": {"type": {"const": "circle"}, "radius": {"type": "number"}},
                       "required": ["type", "radius"]},
            "square": {"properties": {"type": {"const": "square"}, "side": {"type": "number"}},
                       "required": ["type", "side"]}
          }
        }
        """##

    @Test(arguments: [
        (#"[]"#, "", "the value must be an object, not an array"),
        (#"{}"#, "", #"missing required property "petId""#),
        (#"{"petId":5}"#, "/petId", "petId must be a string, not 5"),
        (#"{"petId":"x"}"#, "/petId", #"petId must match the pattern "^p-", but "x" does not"#),
        (#"{"petId":"p-","limit":"5","status":"sold"}"#, "/limit", #"limit must be an integer, not the string "5""#),
        (#"{"petId":"p-","limit":250,"status":"sold"}"#, "/limit", "limit must be at most 100, not 250"),
        (#"{"petId":"p-","limit":7,"status":"sold"}"#, "/limit", "limit must be a multiple of 5, not 7"),
        (#"{"petId":"p-","limit":5}"#, "", #"missing property "status", which is required when "limit" is given"#),
        (
            #"{"petId":"p-","status":"gone"}"#, "/status",
            #"status must be one of "available", "pending", "sold", not the string "gone""#
        ),
        (#"{"petId":"p-","kind":"x"}"#, "/kind", #"kind must be "pet", not the string "x""#),
        (#"{"petId":"p-","tags":["ab","c"]}"#, "/tags/1", "tags[1] must have at least 2 characters, not 1"),
        (
            #"{"petId":"p-","tags":["ab","ab"]}"#, "/tags",
            "the items of tags must be unique, but items 0 and 1 are the same"
        ),
        (#"{"petId":"p-","tags":["ab","cd","ef"]}"#, "/tags", "tags must have at most 2 items, not 3"),
        (#"{"petId":"p-","filter":{}}"#, "/filter", #"missing required property "age" in filter"#),
        (
            #"{"petId":"p-","filter":{"age":"x"}}"#, "/filter/age",
            #"filter.age must be an integer or null, not the string "x""#
        ),
        (
            #"{"petId":"p-","filter":{"age":1,"size":2}}"#, "/filter/size",
            #"unknown property "size" in filter; known are "age""#
        ),
        (#"{"petId":"p-","note":"x"}"#, "/note", "note must not be a string"),
        (#"{"petId":"p-","ids":["a"]}"#, "/ids", "ids must have at least one item that is an integer"),
        (#"{"petId":"p-","choice":true}"#, "/choice", "choice must be a string or an integer, not true"),
        (#"{"petId":"p-","shape":{"type":"circle"}}"#, "/shape", #"missing required property "radius" in shape"#),
        (
            #"{"petId":"p-","shape":{"type":"circle","radius":"1"}}"#, "/shape/radius",
            #"shape.radius must be a number, not the string "1""#
        ),
        (
            #"{"petId":"p-","size":12}"#, "/size",
            "size must match exactly one of 2 forms, but matches a multiple of 2 and at least 10"
        ),
        (
            #"{"petId":"p-","size":3}"#, "/size",
            "size matches none of its forms (a multiple of 2: size must be a multiple of 2, not 3; "
                + "at least 10: size must be at least 10, not 3)"
        ),
        (#"{"petId":"p-","owner":{}}"#, "/owner", #"missing required property "name" in owner"#),
    ])
    func `says what to change`(instance: String, pointer: String, message: String) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: Self.schema))
        let errors = compiled.validate(try JSONValue(parsing: instance))
        #expect(errors.map(\.message) == [message])
        #expect(errors.first?.instancePointer.description == pointer)
    }

    @Test func `names what is known beside an unknown property`() throws {
        let errors = try CompiledSchema(JSONValue(parsing: Self.schema)).validate(["petId": "p-", "foo": 1])
        #expect(errors.first?.message.hasPrefix(#"unknown property "foo"; known are "petId", "limit", "#) == true)
        let none = try CompiledSchema(["additionalProperties": false]).validate(["foo": 1])
        #expect(none.first?.message == #"unknown property "foo"; none are known"#)
    }

    @Test(arguments: [
        ("petID", "petId"), ("pet_id", "petId"), ("limt", "limit"), ("lmiit", "limit"), ("statuss", "status"),
        ("Kind", "kind"),
    ])
    func `offers the name that is spelled most like it`(name: String, meant: String) throws {
        let errors = try CompiledSchema(JSONValue(parsing: Self.schema)).validate(.object([name: 1]))
        let message = errors.map(\.message).first { $0.hasPrefix("unknown") }
        #expect(message?.hasPrefix("unknown property \"\(name)\" (did you mean \"\(meant)\"?); known are ") == true)
    }

    @Test(arguments: ["x", "colour", "li", "limitations"])
    func `offers no name that is far`(name: String) throws {
        let errors = try CompiledSchema(JSONValue(parsing: Self.schema)).validate(.object(["petId": "p-", name: 1]))
        #expect(errors.map(\.message).contains { $0.contains("unknown") && !$0.contains("did you mean") })
    }

    @Test func `offers no name that is given already`() throws {
        let errors = try CompiledSchema(JSONValue(parsing: Self.schema)).validate(["petId": "p-", "petid": "p-"])
        #expect(errors.first?.message.contains("did you mean") == false)
    }

    @Test func `lists all that is missing`() throws {
        let names = (0..<30).map { JSONValue.string("n\($0)") }
        let three = try CompiledSchema(["properties": ["f": ["required": .array(Array(names.prefix(3)))]]])
        #expect(three.validate(["f": ["n1": 1]]).map(\.message) == [#"missing required properties "n0" and "n2" in f"#])
        let many = try CompiledSchema(["required": .array(names)]).validate([:])
        #expect(many.count == 1)
        #expect(many.first?.message.hasSuffix(#""n18", "n19" and 10 more"#) == true)
    }

    @Test(arguments: [
        (#"{"type":"string","examples":["p-1"]}"#, "5", #"the value must be a string, not 5; for example "p-1""#),
        (#"{"type":"object","example":{"a":1}}"#, "5", #"the value must be an object, not 5; for example {"a":1}"#),
        (#"{"type":"string","examples":[7]}"#, "5", "the value must be a string, not 5"),
        (
            #"{"pattern":"^p-","examples":["p-1"]}"#, #""x""#,
            #"the value must match the pattern "^p-", but "x" does not; for example "p-1""#
        ),
        (#"{"pattern":"^p-","examples":["q"]}"#, #""x""#, #"the value must match the pattern "^p-", but "x" does not"#),
    ])
    func `shows an example where the schema has one that is right`(
        schema: String,
        value: String,
        message: String
    ) throws {
        let compiled = try CompiledSchema(JSONValue(parsing: schema))
        #expect(compiled.validate(try JSONValue(parsing: value)).map(\.message) == [message])
    }

    @Test func `names the nearest form of a choice`() throws {
        let schema = try JSONValue(
            parsing: ##"""
                {"properties":{"by":{"oneOf":[
                  {"title":"Card","type":"object","required":["number","cvc","name"]},
                  {"$ref":"#/$defs/account"}]}},
                 "$defs":{"account":{"title":"Bank account","type":"object","required":["iban"],
                  "properties":{"iban":{"type":"string"}}}}}
                """##
        )
        let compiled = try CompiledSchema(schema)
        #expect(
            compiled.validate(["by": ["iban": 5]]).map(\.message) == [
                #"by matches none of its 2 forms; the nearest is "Bank account": by.iban must be a string, not 5"#
            ]
        )
        let both: JSONValue = ["by": ["iban": "a", "number": 1, "cvc": 1, "name": 1]]
        #expect(
            compiled.validate(both).map(\.message) == [
                #"by must match exactly one of 2 forms, but matches "Card" and "Bank account""#
            ]
        )
    }

    @Test func `finds the nearest of many choices`() throws {
        let values = (0..<100).map { JSONValue.string("country-\($0)") } + ["switzerland"]
        let errors = try CompiledSchema(["enum": .array(values)]).validate("Swizerland")
        #expect(errors.first?.message.hasSuffix(#"not the string "Swizerland"; the nearest is "switzerland""#) == true)
    }

    @Test func `quotes names that are no names, and shortens long ways`() throws {
        let compiled = try CompiledSchema(["additionalProperties": ["type": "string"]])
        #expect(compiled.validate(["a b\n": 1]).map(\.message) == [#""a b\n" must be a string, not 1"#])
        var schema: JSONValue = ["type": "string"]
        var value: JSONValue = 1
        for _ in 0..<60 {
            schema = ["properties": ["level": schema]]
            value = ["level": value]
        }
        let deep = try CompiledSchema(schema).validate(value)
        #expect(deep.first?.message == "…" + String(repeating: ".level", count: 8) + " must be a string, not 1")
        #expect(deep.first?.instancePointer.tokens.count == 60)
    }

    @Test func `choices in choices stay short`() throws {
        var schema: JSONValue = ["minimum": 5, "multipleOf": 7]
        for level in 0..<8 {
            let name = "n\(level)"
            schema = ["anyOf": .array((0..<4).map { _ in ["properties": .object([name: schema])] })]
        }
        var value: JSONValue = 1
        for level in 0..<8 { value = .object(["n\(level)": value]) }
        let errors = try CompiledSchema(schema, limits: SchemaLimits(subschemas: 200_000)).validate(value)
        #expect(!errors.isEmpty)
        for error in errors { #expect(error.message.utf8.count < 1_100) }
    }

    @Test func `points into the schema`() throws {
        let errors = try CompiledSchema(JSONValue(parsing: Self.schema)).validate(["petId": "p-", "limit": 500])
        #expect(errors.map(\.schemaPointer.description) == ["/dependentRequired", "/properties/limit/maximum"])
        let shape = try CompiledSchema(["$ref": "#/$defs/a", "$defs": ["a": ["type": "null"]]]).validate(1)
        #expect(shape.first?.schemaPointer.description == "/$defs/a/type")
    }

    @Test func `reports all that is wrong, up to ten`() throws {
        let compiled = try CompiledSchema(["items": ["type": "integer"]])
        #expect(compiled.validate(["a", 1, "b"]).map(\.instancePointer.description) == ["/0", "/2"])
        let many = JSONValue.array(Array(repeating: "x", count: 100))
        #expect(compiled.validate(many).count == 10)
    }

    @Test func `stays short whatever it is about`() throws {
        let long = String(repeating: "e\u{301}", count: 100_000)
        let values = JSONValue.array((0..<1000).map { .string("value \($0)") })
        let schema: JSONValue = ["properties": ["a": ["enum": values]], "additionalProperties": false]
        let instance = JSONValue.object(JSONObject([("a", .string(long)), (long, 1)]))
        let errors = try CompiledSchema(schema).validate(instance)
        #expect(errors.count == 2)
        for error in errors { #expect(error.message.utf8.count < 1_000) }
    }

    @Test func `an unevaluated property is not reported when its own schema has failed`() throws {
        let compiled = try CompiledSchema(
            JSONValue(parsing: #"{"allOf":[{"properties":{"a":{"type":"string"}}}],"unevaluatedProperties":false}"#)
        )
        #expect(compiled.validate(["a": 1]).map(\.message) == ["a must be a string, not 1"])
        #expect(compiled.validate(["b": 1]).map(\.message) == [#"unknown property "b""#])
    }
}
