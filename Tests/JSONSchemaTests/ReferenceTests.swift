import JSON
import JSONSchema
import Testing

struct ReferenceTests {
    private func compile(
        _ text: String,
        at pointer: String = "",
        registry: [String: JSONValue] = [:]
    ) throws -> CompiledSchema {
        try CompiledSchema(JSONValue(parsing: text), at: #require(JSONPointer(pointer)), registry: registry)
    }

    @Test func `a recursive schema follows its value`() throws {
        let compiled = try compile(
            ##"{"properties":{"next":{"$ref":"#"},"value":{"type":"integer"}},"required":["value"]}"##
        )
        #expect(compiled.isValid(["value": 1, "next": ["value": 2]]))
        let errors = compiled.validate(["value": 1, "next": ["value": 2, "next": ["value": "x"]]])
        #expect(errors.map(\.message) == [#"next.next.value must be an integer, not the string "x""#])
    }

    @Test func `compiles a schema inside another document`() throws {
        let document = ##"""
            {"openapi":"3.1.0","components":{"schemas":{
              "Pet":{"type":"object","properties":{"owner":{"$ref":"#/components/schemas/Owner~1s"}}},
              "Owner/s":{"type":"string"},"Broken":{"$ref":"#/nowhere"}}}}
            """##
        let compiled = try compile(document, at: "/components/schemas/Pet")
        #expect(compiled.isValid(["owner": "x"]))
        #expect(
            compiled.validate(["owner": 1]).map(\.schemaPointer.description) == ["/components/schemas/Owner~1s/type"]
        )
        #expect(throws: SchemaError.self) { try compile(document, at: "/components/schemas/Broken") }
        #expect(throws: SchemaError.self) { try compile(document, at: "/components/schemas/None") }
    }

    @Test(arguments: [
        "#/$defs/none", "#anchor", "other.json", "https://example.com/schema", "#/properties/a%zz", "#/$defs/%FF",
    ])
    func `a reference that leads nowhere is an error with its place`(reference: String) throws {
        let schema: JSONValue = ["properties": ["a": ["$ref": .string(reference)]]]
        let error = #expect(throws: SchemaError.self) { try CompiledSchema(schema) }
        #expect(error?.message.contains(reference) == true)
    }

    @Test(arguments: [
        "other.json", "/base/other.json", "https://example.com/base/other.json", "./x/../other.json", "#/$defs/o",
        "other.json#/$defs/text", "other.json#text", "other.json#/%24defs/text",
    ])
    func `finds documents by their address`(reference: String) throws {
        let other: JSONValue = ["$defs": ["text": ["$anchor": "text", "type": "string"]], "$ref": "#text"]
        let schema: JSONValue = [
            "$id": "https://example.com/base/main.json",
            "properties": ["a": ["$ref": .string(reference)]],
            "$defs": ["o": ["$id": "inner.json", "$ref": "other.json"]],
        ]
        let compiled = try CompiledSchema(schema, registry: ["https://example.com/base/other.json": other])
        #expect(compiled.isValid(["a": "x"]))
        #expect(!compiled.isValid(["a": 1]))
    }

    @Test func `a dynamic reference is decided by the outermost schema`() throws {
        let tree: JSONValue = [
            "$id": "https://example.com/tree", "$dynamicAnchor": "node",
            "properties": ["children": ["items": ["$dynamicRef": "#node"]]],
        ]
        let strict: JSONValue = [
            "$id": "https://example.com/strict", "$dynamicAnchor": "node", "$ref": "tree",
            "unevaluatedProperties": false,
        ]
        let compiled = try CompiledSchema(strict, registry: ["https://example.com/tree": tree])
        #expect(compiled.isValid(["children": [["children": []]]]))
        #expect(
            compiled.validate(["children": [["daat": 1]]]).map(\.message) == [
                #"unknown property "daat" in children[0]"#
            ]
        )
        #expect(try CompiledSchema(tree).isValid(["children": [["daat": 1]]]))
    }

    @Test func `knows the schema of schemas`() throws {
        let compiled = try compile(#"{"$ref":"https://json-schema.org/draft/2020-12/schema"}"#)
        #expect(compiled.isValid(["type": "object", "properties": ["a": ["minLength": 1]]]))
        #expect(compiled.isValid(true))
        #expect(
            compiled.validate(["properties": ["a": ["minLength": -1]]]).map(\.message)
                == ["properties.a.minLength must be at least 0, not -1"]
        )
        #expect(!compiled.isValid(["allOf": []]))
        #expect(!compiled.isValid(["type": "any"]))
    }
}
