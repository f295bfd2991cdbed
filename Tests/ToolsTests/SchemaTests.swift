import JSON
import Testing
import Tools
import Vocabulary

/// Schemas of a document as tools carry them.
struct SchemaTests {
    /// The schema of the one argument, and the `$defs`.
    private func body(
        _ schema: String,
        components: String = "",
        version: String = "3.1.0"
    ) throws -> (schema: String, definitions: String, compiled: CompiledSource) {
        let compiled = try compile(
            """
            paths:
              /a: {post: {parameters: [{name: body, in: query, content: {application/json: {schema: \(schema)}}}]}}
            components: {schemas: {\(components)}}
            """,
            version: version
        )
        let input = try compiled.first.inputSchema
        #expect(JSONValue.object(input).danglingReferences.isEmpty)
        return (input["properties"]?["body"]?.text ?? "", input["$defs"]?.text ?? "", compiled)
    }

    @Test func `references lead to definitions, and only those that are needed are there`() throws {
        let found = try body(
            "{$ref: '#/components/schemas/A'}",
            components:
                "B: {items: {$ref: '#/components/schemas/C'}}, A: {$ref: '#/components/schemas/B'}, C: true, D: {}"
        )
        #expect(found.schema == ##"{"$ref":"#/$defs/A"}"##)
        #expect(found.definitions == ##"{"A":{"$ref":"#/$defs/B"},"B":{"items":{"$ref":"#/$defs/C"}},"C":true}"##)
    }

    @Test func `recursion stays a reference`() throws {
        let found = try body(
            "{$ref: '#/components/schemas/A'}",
            components: "A: {properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}, "
                + "B: {allOf: [{$ref: '#/components/schemas/A'}]}"
        )
        #expect(
            found.definitions == ##"{"A":{"properties":{"a":{"$ref":"#/$defs/A"},"b":{"$ref":"#/$defs/B"}}},"##
                + ##""B":{"allOf":[{"$ref":"#/$defs/A"}]}}"##
        )
    }

    @Test func `references to any other place become definitions with stable names`() throws {
        let places = [
            "#/components/schemas/A/properties/b", "#/components/schemas/x%20y",
            "#/paths/~1a/post/parameters/0/content/application~1json/schema/items",
        ]
        let found = try body(
            "{items: {type: string}, anyOf: [\(places.map { "{$ref: '\($0)'}" }.joined(separator: ","))]}",
            components: "A: {properties: {b: {type: integer}}}, x y: {type: boolean}"
        )
        func name(_ base: String, _ place: String) -> String { "\(base)_\(Digest(of: place.utf8).hex.prefix(6))" }
        let b = name("b", "/components/schemas/A/properties/b")
        let xy = name("x_y", "/components/schemas/x y")
        let items = name("items", "/paths/~1a/post/parameters/0/content/application~1json/schema/items")
        for definition in [
            "\"\(b)\":{\"type\":\"integer\"}", "\"\(xy)\":{\"type\":\"boolean\"}", "\"\(items)\":{\"type\":\"string\"}",
        ] {
            #expect(found.definitions.contains(definition))
        }
    }

    @Test func `what is OpenAPI's own goes, what only looks like a keyword stays`() throws {
        let found = try body(
            """
            {type: object, xml: {name: x}, discriminator: {propertyName: k}, externalDocs: {url: u}, x-own: h, $comment: c, properties: {xml: {type: string}, $ref: {type: string}, x-a: {x-b: 1}, discriminator: true},
            example: {$ref: '#/components/schemas/none', x-c: 1},
            default: {xml: 1}, enum: [{$ref: 1}], const: {x-d: 1}}
            """
        )
        #expect(
            found.schema
                == ##"{"type":"object","properties":{"xml":{"type":"string"},"$ref":{"type":"string"},"x-a":{},"##
                + ##""discriminator":true},"example":{"$ref":"#/components/schemas/none","x-c":1},"default":{"xml":1},"##
                + ##""enum":[{"$ref":1}],"const":{"x-d":1}}"##
        )
        #expect(found.compiled.diagnostics.isEmpty)
    }

    @Test func `references beside other keywords keep them in 3.1 and stand alone in 3.0`() throws {
        let schema = "{$ref: '#/components/schemas/A', description: d, minLength: 1}"
        #expect(
            try body(schema, components: "A: {type: string}").schema
                == ##"{"$ref":"#/$defs/A","description":"d","minLength":1}"##
        )
        #expect(
            try body(schema, components: "A: {type: string}", version: "3.0.3").schema
                == ##"{"$ref":"#/$defs/A"}"##
        )
    }

    @Test(arguments: [
        ("{$ref: '#/components/schemas/none'}", "unresolved_reference", "#/components/schemas/none"),
        ("{$ref: 'other.yaml#/A'}", "external_reference", "other.yaml#/A"),
        ("{$ref: '#nowhere'}", "unresolved_reference", "#nowhere"),
        ("{$ref: '#/openapi'}", "unresolved_reference", "#/openapi"),
        ("{$ref: '#/components/schemas/A'}", "reference_cycle", "#/components/schemas/A"),
    ])
    func `a reference to nothing accepts anything and says so`(schema: String, code: String, text: String) throws {
        let components = "A: {$ref: '#/components/schemas/B'}, B: {$ref: '#/components/schemas/A'}"
        let found = try body(schema, components: components)
        #expect(found.schema == #"{"description":"Unresolved reference: \#(text)"}"#)
        #expect(
            found.compiled.reports == [
                "warning \(code) /paths/~1a/post/parameters/0/content/application~1json/schema/$ref"
            ]
        )
        #expect(found.compiled.diagnostics.first?.line == 3)
    }

    @Test func `anchors and older recursive references are led to definitions`() throws {
        let found = try body(
            "{anyOf: [{$ref: '#leaf'}, {$dynamicRef: '#leaf'}, {$ref: '#/components/schemas/A'}]}",
            components: "A: {$recursiveAnchor: true, items: {$recursiveRef: '#'}}, L: {$anchor: leaf, type: string}"
        )
        let leaf = ##"{"$ref":"#/$defs/L"}"##
        #expect(found.schema == ##"{"anyOf":[\##(leaf),\##(leaf),{"$ref":"#/$defs/A"}]}"##)
        #expect(found.definitions == ##"{"A":{"items":{"$ref":"#/$defs/A"}},"L":{"type":"string"}}"##)
    }

    @Test func `what is no schema accepts anything, with a warning`() throws {
        let found = try body("{items: 1, allOf: {}, properties: {a: text}}")
        #expect(found.schema == #"{"items":true,"properties":{"a":true}}"#)
        #expect(found.compiled.diagnostics.map(\.code) == Array(repeating: "malformed_schema", count: 3))
    }

    @Test func `an unknown keyword stays where it is simple and goes with a note where it has parts`() throws {
        let found = try body("{minimun: 1, propertes: {a: {$ref: '#/components/schemas/A'}}}")
        #expect(found.schema == #"{"minimun":1}"#)
        let place = "/paths/~1a/post/parameters/0/content/application~1json/schema/propertes"
        #expect(found.compiled.reports == ["note unknown_schema_keyword \(place)"])
    }

    @Test(arguments: [
        ("{type: string, nullable: true}", #"{"type":["string","null"]}"#),
        ("{type: string, nullable: false}", #"{"type":"string"}"#),
        ("{type: string, nullable: true, enum: [a]}", #"{"type":["string","null"],"enum":["a",null]}"#),
        ("{type: number, minimum: 1, exclusiveMinimum: true}", #"{"type":"number","exclusiveMinimum":1}"#),
        ("{type: number, maximum: 1, exclusiveMaximum: false}", #"{"type":"number","maximum":1}"#),
        (
            "{properties: {nullable: {type: string, nullable: true}}}",
            #"{"properties":{"nullable":{"type":["string","null"]}}}"#
        ),
    ])
    func `schemas of 3.0 become schemas of 2020-12`(schema: String, expected: String) throws {
        #expect(try body(schema, version: "3.0.4").schema == expected)
    }

    @Test(arguments: [
        ("{type: string, nullable: true}", #"{"type":["string","null"]}"#),
        ("{type: [string, 'null'], nullable: true}", #"{"type":["string","null"]}"#),
        ("{type: string, nullable: false}", #"{"type":"string"}"#),
        ("{const: 1, nullable: true}", #"{"anyOf":[{"const":1},{"type":"null"}]}"#),
        (
            "{$ref: '#/components/schemas/A', description: d, nullable: true}",
            ##"{"description":"d","anyOf":[{"$ref":"#/$defs/A"},{"type":"null"}]}"##
        ),
        ("{type: number, minimum: 1, exclusiveMinimum: true}", #"{"type":"number","exclusiveMinimum":1}"#),
        ("{type: number, exclusiveMinimum: true}", #"{"type":"number"}"#),
        ("{type: number, maximum: 1, exclusiveMaximum: false}", #"{"type":"number","maximum":1}"#),
    ])
    func `keywords of 3.0 in a document of 3.1 are read as 3.0 means them`(schema: String, expected: String) throws {
        let found = try body(schema, components: "A: {}")
        #expect(found.schema == expected)
        let place = "/paths/~1a/post/parameters/0/content/application~1json/schema"
        #expect(found.compiled.reports == ["warning dialect_mixed \(place)"])
    }

    @Test func `mixed dialects are told apart by place, from data, and up to a limit`() throws {
        let nullable = "{type: string, nullable: true}"
        let found = try body(
            "{properties: {nullable: \(nullable), b: {type: number, exclusiveMinimum: 1}}, example: \(nullable)}"
        )
        let place = "/paths/~1a/post/parameters/0/content/application~1json/schema"
        #expect(found.compiled.reports == ["warning dialect_mixed \(place)/properties/nullable"])
        #expect(found.schema.contains(#""example":{"type":"string","nullable":true}"#))
        let many = try body("{properties: {\((0..<300).map { "p\($0): \(nullable)" }.joined(separator: ", "))}}")
        #expect(many.compiled.diagnostics.count == 101)
        #expect(!many.schema.contains("nullable"))
    }

    @Test(arguments: [
        "maxLength: '5'", "type: strnig", "type: [string, string]", "minimum: a", "multipleOf: -1", "pattern: 1",
        "enum: a", "required: true", "uniqueItems: 'yes'", "minItems: -1", "minItems: 1.5", "description: 1",
        "oneOf: []", "anyOf: []", "allOf: []", "prefixItems: []",
    ])
    func `a keyword with a value that it cannot have is left out, and that is said`(keyword: String) throws {
        let found = try body("{deprecated: true, properties: {maxLength: {title: t}}, \(keyword)}")
        #expect(found.schema == #"{"deprecated":true,"properties":{"maxLength":{"title":"t"}}}"#)
        #expect(found.compiled.reports.map { $0.prefix(24) } == ["warning malformed_schema"])
    }

    @Test func `a schema of 3.1 may be written in an older draft`() throws {
        let draft = "$schema: 'http://json-schema.org/draft-07/schema#'"
        let own = try body("{\(draft), items: [{type: string}], additionalItems: false}")
        #expect(own.schema == #"{"prefixItems":[{"type":"string"}],"items":false}"#)
        #expect(own.compiled.reports.isEmpty)
        let all = try compile(
            """
            jsonSchemaDialect: 'http://json-schema.org/draft-04/schema#'
            paths: {/a: {get: {parameters: [{name: n, in: query, schema: {minimum: 1, exclusiveMinimum: true}}]}}}
            """
        )
        #expect(try all.first.inputSchema["properties"]?["n"] == ["exclusiveMinimum": 1])
        let unknown = try body("{$schema: 'https://example.com/odd', type: string}")
        #expect(unknown.schema == #"{"type":"string"}"#)
        #expect(unknown.compiled.reports.map { $0.prefix(23) } == ["warning unknown_dialect"])
    }

    @Test(arguments: ["3.0.4", "3.1.0"])
    func `a discriminator gives each schema of a choice the values that lead to it`(version: String) throws {
        let found = try body(
            """
            {oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}, {$ref: '#/components/schemas/Emu'},
            {$ref: '#/components/schemas/Owl'}, {type: string}],
            discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Cat', kitten: Cat, e: Emu}}}
            """,
            components: "Cat: {}, Dog: {}, Base: {properties: {kind: {enum: [e]}}}, "
                + "Emu: {allOf: [{$ref: '#/components/schemas/Base'}]}, Owl: {properties: {kind: {const: owl}}}",
            version: version
        )
        #expect(
            found.schema == """
                {"oneOf":[{"$ref":"#/$defs/Cat","properties":{"kind":{"enum":["c","kitten"]}},"required":["kind"]},\
                {"$ref":"#/$defs/Dog","properties":{"kind":{"const":"Dog"}},"required":["kind"]},\
                {"$ref":"#/$defs/Emu"},{"$ref":"#/$defs/Owl"},{"type":"string"}]}
                """
        )
        #expect(found.compiled.reports.isEmpty)
    }

    @Test(arguments: [
        "{}", "[]", "{propertyName: 1}", "{propertyName: kind}", "text", "{propertyName: kind, mapping: 1}",
    ])
    func `a discriminator without a choice, or of another shape, changes nothing`(discriminator: String) throws {
        #expect(try body("{type: object, discriminator: \(discriminator)}").schema == #"{"type":"object"}"#)
    }

    @Test func `a tool that needs too much is an error, and the others stay`() throws {
        let yaml = """
            paths:
              /a: {get: {parameters: [{name: x, in: query, schema: {enum: ['\(String(repeating: "x", count: 600))']}}]}}
              /b: {get: {}}
            """
        let compiled = try compile(yaml, limits: ToolCompiler.Limits(toolBytes: 500))
        #expect(compiled.reports == ["error input_schema_too_large /paths/~1a/get"])
        #expect(compiled.tools.map(\.name) == ["get_b"])
        let total = try compile(yaml, limits: ToolCompiler.Limits(totalBytes: 500))
        #expect(total.tools.isEmpty, "what does not fit counts, so nothing has room after it")
    }
}
