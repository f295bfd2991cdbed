import JSON
import JSONSchema
import Testing

/// Schemas of the older drafts become schemas of 2020-12.
struct SchemaDraftTests {
    @Test(
        arguments: [
            (.draft4, #"{"minimum":1,"exclusiveMinimum":true}"#, #"{"exclusiveMinimum":1}"#),
            (.draft4, #"{"id":"http://a/b#","title":"T"}"#, ##"{"$id":"http://a/b","title":"T"}"##),
            (.draft4, ##"{"id":"#x"}"##, #"{"$anchor":"x"}"#),
            (.draft7, ##"{"$id":"c.json#x"}"##, #"{"$id":"c.json","$anchor":"x"}"#),
            (.draft4, #"{"const":1,"if":true,"contains":true,"$id":"a","type":"object"}"#, #"{"type":"object"}"#),
            (.draft6, #"{"const":1,"if":true,"examples":[1]}"#, #"{"const":1,"examples":[1]}"#),
            (.draft7, #"{"if":true,"then":false,"dependentRequired":{"a":["b"]}}"#, #"{"if":true,"then":false}"#),
            (.draft7, #"{"divisibleBy":2,"extends":{},"disallow":"any","id":"x"}"#, #"{"id":"x"}"#),
            (.draft7, #"{"definitions":{"a":{"items":[true]}}}"#, #"{"$defs":{"a":{"prefixItems":[true]}}}"#),
            (
                .draft7, #"{"items":[{"type":"null"}],"additionalItems":false}"#,
                #"{"prefixItems":[{"type":"null"}],"items":false}"#
            ),
            (.draft7, #"{"additionalItems":false,"items":[true]}"#, #"{"items":false,"prefixItems":[true]}"#),
            (.draft7, #"{"items":{"items":[]},"additionalItems":false}"#, #"{"items":{"prefixItems":[]}}"#),
            (
                .draft7, #"{"dependencies":{"a":["b"],"c":{"required":["d"]},"e":[]}}"#,
                #"{"dependentRequired":{"a":["b"],"e":[]},"dependentSchemas":{"c":{"required":["d"]}}}"#
            ),
            (
                .draft7,
                ##"{"$ref":"#/definitions/a","type":"string","description":"D","definitions":{"a":{"items":[]}}}"##,
                ##"{"$ref":"#/definitions/a","description":"D","$defs":{"a":{"prefixItems":[]}}}"##
            ),
            (.draft201909, ##"{"$ref":"#/$defs/a","minLength":1}"##, ##"{"$ref":"#/$defs/a","minLength":1}"##),
            (
                .draft201909, ##"{"$recursiveRef":"#","$recursiveAnchor":true}"##,
                ##"{"$recursiveRef":"#","$recursiveAnchor":true}"##
            ),
            (
                .draft202012, #"{"items":[true],"definitions":{"a":{"id":"x"}}}"#,
                #"{"items":[true],"definitions":{"a":{"id":"x"}}}"#
            ),
            (
                .draft7, #"{"definitions":{"a":{}},"$defs":{"a":{"items":[]},"b":{}}}"#,
                #"{"$defs":{"a":{"prefixItems":[]},"b":{},"a_2":{}}}"#
            ),
            (
                .draft7, #"{"format":"date","contentEncoding":"base64","x-own":{"items":[]}}"#,
                #"{"format":"date","contentEncoding":"base64","x-own":{"items":[]}}"#
            ),
            (.draft4, "true", "true"), (.draft4, "[1]", "[1]"),
        ] as [(SchemaDraft, String, String)]
    )
    func `keywords become those of 2020-12`(draft: SchemaDraft, old: String, new: String) throws {
        #expect(draft.schema(try JSONValue(parsing: old)).text == new)
    }

    @Test(arguments: SchemaDraft.allCases)
    func `data and names are left alone`(draft: SchemaDraft) throws {
        for text in [
            #"{"enum":[{"items":[1],"definitions":{}}],"default":{"id":"a","dependencies":{"a":["b"]}}}"#,
            #"{"properties":{"items":{"type":"array"},"id":{"type":"string"},"$ref":{"minimum":1},"definitions":{}}}"#,
        ] {
            #expect(draft.schema(try JSONValue(parsing: text)).text == text)
        }
    }

    @Test func `keywords of other drafts are named`() {
        let object: JSONObject = [
            "const": 1, "prefixItems": [], "extends": [:], "x-own": 1, "type": "string", "if": true,
        ]
        #expect(SchemaDraft.draft4.foreignKeywords(of: object) == ["const", "prefixItems", "extends", "if"])
        #expect(SchemaDraft.draft7.foreignKeywords(of: object) == ["prefixItems", "extends"])
        #expect(SchemaDraft.draft202012.foreignKeywords(of: object) == ["extends"])
    }

    // MARK: - Whole schemas

    @Test(arguments: [
        (
            ##"{"$ref":"#/definitions/a%20b","definitions":{"a b":{}}}"##,
            ##"{"$ref":"#/$defs/a%20b","$defs":{"a b":{}}}"##
        ),
        (
            ##"{"items":[{"$ref":"#/items/1"},{"$ref":"#/additionalItems"}],"additionalItems":{"dependencies":{"a":{"$ref":"#/additionalItems/dependencies/a"}}}}"##,
            ##"{"prefixItems":[{"$ref":"#/prefixItems/1"},{"$ref":"#/items"}],"items":{"dependentSchemas":{"a":{"$ref":"#/items/dependentSchemas/a"}}}}"##
        ),
        (
            ##"{"$id":"http://a/","allOf":[{"$ref":"b#/definitions/c"},{"$ref":"d#/definitions/e"}],"definitions":{"b":{"$id":"b","definitions":{"c":{"$ref":"#/definitions/c"}}}}}"##,
            ##"{"$id":"http://a/","allOf":[{"$ref":"b#/$defs/c"},{"$ref":"d#/definitions/e"}],"$defs":{"b":{"$id":"b","$defs":{"c":{"$ref":"#/$defs/c"}}}}}"##
        ),
        (
            ##"{"allOf":[{"$ref":"#/definitions/a"}],"definitions":{"a":{}},"$defs":{"a":{}}}"##,
            ##"{"allOf":[{"$ref":"#/$defs/a_2"}],"$defs":{"a":{},"a_2":{}}}"##
        ),
        (
            ##"{"allOf":[{"$ref":"#"},{"$ref":"#x"},{"$ref":"#/nowhere/items/0"}]}"##,
            ##"{"allOf":[{"$ref":"#"},{"$ref":"#x"},{"$ref":"#/nowhere/items/0"}]}"##
        ),
    ])
    func `references lead where they led`(old: String, new: String) throws {
        let converted = try SchemaDraft.current(JSONValue(parsing: old), assuming: .draft7)
        #expect(
            converted.text
                == new.replacing(
                    "{",
                    with: ##"{"$schema":"https://json-schema.org/draft/2020-12/schema","##,
                    maxReplacements: 1
                )
        )
    }

    @Test func `a part that names another draft is read by that`() throws {
        let schema = try JSONValue(
            parsing: ##"""
                {"$schema":"http://json-schema.org/draft-07/schema#",
                 "properties":{"a":{"$ref":"old.json"},"b":{"items":[{"type":"string"}],"additionalItems":false}},
                 "definitions":{"old":{"$schema":"http://json-schema.org/draft-04/schema#","id":"old.json",
                  "maximum":5,"exclusiveMaximum":true}}}
                """##
        )
        for compiled in [try CompiledSchema(schema), try CompiledSchema(SchemaDraft.current(schema))] {
            #expect(compiled.validate(["a": 5]).map(\.message) == ["a must be less than 5, not 5"])
            #expect(compiled.isValid(["a": 4, "b": ["x"]]))
            #expect(!compiled.isValid(["b": ["x", "y"]]))
            #expect(!compiled.isValid(["b": [1]]))
        }
    }

    @Test func `a recursive reference leads to the outermost root that allows it`() throws {
        let tree: JSONValue = [
            "$schema": "https://json-schema.org/draft/2019-09/schema", "$id": "http://a/strict",
            "$recursiveAnchor": true,
            "$ref": "tree", "unevaluatedProperties": false,
            "$defs": [
                "tree": [
                    "$id": "tree", "$recursiveAnchor": true,
                    "properties": ["children": ["items": ["$recursiveRef": "#"]], "name": true],
                ]
            ],
        ]
        for compiled in [try CompiledSchema(tree), try CompiledSchema(SchemaDraft.current(tree))] {
            #expect(compiled.isValid(["children": [["name": 1]]]))
            #expect(!compiled.isValid(["children": [["nmae": 1]]]))
        }
    }

    // MARK: - What is not known

    @Test(arguments: [
        "http://json-schema.org/draft-03/schema#", "http://json-schema.org/draft-05/schema", "", "draft-07",
        "https://example.com/own", "https://spec.openapis.org/oas/3.0/schema/2021-09-28",
    ])
    func `an unknown draft is refused`(address: String) throws {
        let schema: JSONValue = ["$schema": .string(address), "type": "string"]
        let error = #expect(throws: SchemaError.self) { try CompiledSchema(schema) }
        #expect(error?.pointer.description == "/$schema")
        #expect(
            error?.message.hasSuffix("which is not known here; use 2020-12, 2019-09, draft 7, draft 6 or draft 4")
                == true
        )
        #expect(throws: SchemaError.self) { try SchemaDraft.current(schema) }
        let inside: JSONValue = ["$defs": ["a": ["$id": "x", "$schema": .string(address)]]]
        #expect(throws: SchemaError.self) { try CompiledSchema(inside) }
        #expect(throws: SchemaError.self) { try SchemaDraft.current(inside) }
    }

    @Test(
        arguments: [
            ("http://json-schema.org/draft-04/schema", .draft4), ("https://json-schema.org/draft-06/schema#", .draft6),
            ("http://json-schema.org/draft-07/schema#", .draft7),
            ("https://json-schema.org/draft/2019-09/schema", .draft201909),
            ("http://json-schema.org/draft/2020-12/schema#", .draft202012),
            ("https://spec.openapis.org/oas/3.1/dialect/base", .draft202012),
            ("https://spec.openapis.org/oas/3.2/dialect/2025-09-17", .draft202012),
        ] as [(String, SchemaDraft)]
    )
    func `a draft is known by its address`(address: String, draft: SchemaDraft) {
        #expect(SchemaDraft(address: address) == draft)
    }

    @Test func `what has no meaning in its draft is not checked, and said`() throws {
        let schema: JSONValue = ["$schema": "http://json-schema.org/draft-04/schema#", "const": 1, "dependencies": 5]
        let compiled = try CompiledSchema(schema)
        #expect(compiled.isValid(2))
        #expect(
            compiled.warnings.map(\.message) == [
                #""const" is not checked: it has no meaning in draft 4"#,
                #""dependencies" is not checked: it must be an object of schemas"#,
            ]
        )
    }

    @Test func `places are those of the schema as it was written`() throws {
        let schema: JSONValue = [
            "$schema": "http://json-schema.org/draft-07/schema#",
            "items": [["$ref": "#/definitions/a"], ["minimum": "x"]], "additionalItems": ["type": "null"],
            "definitions": ["a": ["type": "string"]],
        ]
        let compiled = try CompiledSchema(schema)
        #expect(compiled.warnings.map(\.pointer.description) == ["/items/1/minimum"])
        let errors = compiled.validate([1, 2, 3])
        #expect(errors.map(\.schemaPointer.description) == ["/definitions/a/type", "/additionalItems/type"])
    }

    @Test func `a meta-schema checks schemas of its draft`() throws {
        for draft in SchemaDraft.allCases {
            let compiled = try CompiledSchema(["$ref": .string(draft.address + "#")], assuming: draft)
            #expect(compiled.warnings.isEmpty)
            #expect(compiled.isValid(["type": "string", "properties": ["a": ["minimum": 1]]]))
            #expect(!compiled.isValid(["properties": ["a": ["type": "text"]]]), "\(draft)")
            #expect(compiled.isValid(["exclusiveMinimum": true, "minimum": 1]) == (draft == .draft4))
            #expect(compiled.isValid(["items": [["type": "string"]]]) == (draft < .draft202012))
            #expect(compiled.isValid(["not": true]) == (draft > .draft4))
            #expect(compiled.isValid(["if": 1]) == (draft < .draft7))
        }
    }
}
