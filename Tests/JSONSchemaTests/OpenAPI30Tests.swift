import JSON
import JSONSchema
import Testing

struct OpenAPI30Tests {
    @Test(arguments: [
        (#"{"type":"string","nullable":true}"#, #"{"type":["string","null"]}"#),
        (#"{"type":"string","nullable":false}"#, #"{"type":"string"}"#),
        (#"{"nullable":true}"#, #"{}"#),
        (#"{"type":"string","enum":["a","b"],"nullable":true}"#, #"{"type":["string","null"],"enum":["a","b",null]}"#),
        (#"{"type":"string","enum":["a",null],"nullable":true}"#, #"{"type":["string","null"],"enum":["a",null]}"#),
        (#"{"enum":[1],"nullable":true}"#, #"{"enum":[1,null]}"#),
        (#"{"$ref":"p","nullable":true,"title":"x"}"#, #"{"anyOf":[{"$ref":"p"},{"type":"null"}]}"#),
        (
            #"{"title":"T","allOf":[{"$ref":"p"}],"nullable":true,"description":"D"}"#,
            #"{"title":"T","description":"D","anyOf":[{"allOf":[{"$ref":"p"}]},{"type":"null"}]}"#
        ),
        (
            #"{"type":"object","oneOf":[{"$ref":"p"}],"nullable":true,"example":1}"#,
            #"{"examples":[1],"anyOf":[{"type":"object","oneOf":[{"$ref":"p"}]},{"type":"null"}]}"#
        ),
    ])
    func `nullable becomes the type null`(old: String, new: String) throws { try check(old, new) }

    @Test(arguments: [
        (#"{"minimum":1,"exclusiveMinimum":true}"#, #"{"exclusiveMinimum":1}"#),
        (#"{"exclusiveMaximum":true,"maximum":1.50,"type":"number"}"#, #"{"exclusiveMaximum":1.50,"type":"number"}"#),
        (#"{"minimum":1,"exclusiveMinimum":false}"#, #"{"minimum":1}"#),
        (#"{"exclusiveMinimum":true}"#, #"{}"#),
        (#"{"exclusiveMinimum":3,"minimum":1}"#, #"{"exclusiveMinimum":3,"minimum":1}"#),
    ])
    func `exclusive bounds become numbers`(old: String, new: String) throws { try check(old, new) }

    @Test(arguments: [
        (#"{"type":"string","example":"a"}"#, #"{"type":"string","examples":["a"]}"#),
        (#"{"example":"a","examples":["b"]}"#, #"{"examples":["b"]}"#),
        (#"{"xml":{},"externalDocs":{},"title":"T"}"#, #"{"title":"T"}"#),
        (#"{"$ref":"p","description":"d","type":"string"}"#, #"{"$ref":"p"}"#),
        (#"{"x-own":{"nullable":true}}"#, #"{"x-own":{"nullable":true}}"#),
        ("true", "true"), ("[]", "[]"),
    ])
    func `other keywords are renamed or go`(old: String, new: String) throws { try check(old, new) }

    @Test(arguments: [
        (
            #"{"properties":{"a":{"type":"string","nullable":true}}}"#,
            #"{"properties":{"a":{"type":["string","null"]}}}"#
        ),
        (#"{"items":{"type":"string","nullable":true}}"#, #"{"items":{"type":["string","null"]}}"#),
        (#"{"additionalProperties":{"xml":{}}}"#, #"{"additionalProperties":{}}"#),
        (#"{"additionalProperties":false}"#, #"{"additionalProperties":false}"#),
        (#"{"allOf":[{"anyOf":[{"not":{"example":1}}]}]}"#, #"{"allOf":[{"anyOf":[{"not":{"examples":[1]}}]}]}"#),
    ])
    func `schemas inside are converted too`(old: String, new: String) throws { try check(old, new) }

    @Test(arguments: [
        #"{"enum":[{"nullable":true,"type":"string"}]}"#, #"{"default":{"example":1,"xml":2}}"#,
        #"{"const":{"discriminator":1}}"#,
        #"{"properties":{"nullable":{"type":"boolean"},"example":{"type":"string"},"xml":{},"$ref":{"minimum":1}}}"#,
        #"{"properties":{"enum":{"type":"string"},"discriminator":{"properties":{"externalDocs":true}}}}"#,
        #"{"required":["nullable","example"]}"#,
    ])
    func `data and names are left alone`(schema: String) throws { try check(schema, schema) }

    @Test func `an example is data`() throws {
        try check(#"{"example":{"nullable":true,"example":1}}"#, #"{"examples":[{"nullable":true,"example":1}]}"#)
    }

    /// Text, since the order of members counts.
    private func check(_ old: String, _ new: String) throws {
        let converted = OpenAPI30.schema(try JSONValue(parsing: old))
        #expect(converted.text == new)
    }

    @Test func `what comes out checks values`() throws {
        let schema = OpenAPI30.schema([
            "type": "object",
            "properties": ["age": ["type": "integer", "nullable": true, "minimum": 0, "exclusiveMinimum": true]],
        ])
        let compiled = try CompiledSchema(schema)
        #expect(compiled.isValid(["age": nil]))
        #expect(compiled.isValid(["age": 1]))
        #expect(compiled.validate(["age": 0]).map(\.message) == ["age must be greater than 0, not 0"])
    }
}
