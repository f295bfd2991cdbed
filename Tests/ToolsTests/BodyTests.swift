import JSON
import Testing
import Tools
import Vocabulary

/// Bodies as arguments.
struct BodyTests {
    /// The tool of one operation with that body.
    private func tool(
        _ content: String,
        required: Bool = true,
        parameters: String = "[]",
        components: String = "",
        version: String = "3.1.0"
    ) throws -> ToolDefinition {
        let compiled = try compile(
            """
            paths:
              '/a/{id}':
                post:
                  parameters: \(parameters)
                  requestBody: {required: \(required), description: The body., content: {\(content)}}
            components: {schemas: {\(components)}}
            """,
            version: version
        )
        let tool = try compiled.first
        #expect(JSONValue.object(tool.inputSchema).danglingReferences.isEmpty)
        return tool
    }

    private func json(_ schema: String, required: Bool = true, components: String = "") throws -> ToolDefinition {
        try tool("application/json: {schema: \(schema)}", required: required, components: components)
    }

    /// The members as `argument=name`, those that must be there with `!`; nothing where the body is one argument.
    private func members(_ tool: ToolDefinition) -> [String]? {
        guard case .members(let members)? = tool.call.body?.content else { return nil }
        return members.map { "\($0.argument)=\($0.name)\($0.isRequired ? "!" : "")" }
    }

    @Test func `each member of an object is an argument of its own`() throws {
        let tool = try json("{type: object, required: [b], properties: {a: {type: string}, b: {type: integer}}}")
        #expect(members(tool) == ["a=a", "b=b!"])
        #expect(tool.inputSchema["properties"]?["b"] == ["type": "integer"])
        #expect(tool.inputSchema["required"] == ["id", "b"])
        #expect(tool.description.hasSuffix("Body: The body."), "what is said of the body is not lost")
    }

    @Test func `a name that stands in the path, the query and the body is told apart by the place`() throws {
        let tool = try tool(
            "application/json: {schema: {properties: {id: {type: string}, q: {type: string}, r: {type: string}}}}",
            parameters: "[{name: id, in: path, required: true}, {name: id, in: query}, {name: q, in: header}]"
        )
        #expect(members(tool) == ["id_body=id", "q_body=q", "r=r"])
        #expect(tool.call.parameters.map(\.argument) == ["id", "id_query", "q"])
    }

    @Test func `an object that is put together of others is taken apart too`() throws {
        let tool = try json(
            "{allOf: [{$ref: '#/components/schemas/A'}, {required: [c], properties: {c: {type: string}, a: {maxLength: 3}}}]}",
            components: "A: {type: object, required: [a], properties: {a: {type: string}, b: {}}}"
        )
        #expect(members(tool) == ["a=a!", "b=b", "c=c!"])
        #expect(tool.inputSchema["properties"]?["a"]?.text == #"{"allOf":[{"type":"string"},{"maxLength":3}]}"#)
    }

    @Test(arguments: [
        "{type: array, items: {}}", "{type: string}", "{}", "{type: object}", "true",
        "{properties: {a: {}}, additionalProperties: {type: string}}",
        "{properties: {a: {}}, oneOf: [{required: [a]}, {required: [b]}]}", "{properties: {a: {}}, minProperties: 1}",
        "{properties: {a: {}}, patternProperties: {x: {}}}", "{properties: {a: {}}, required: [b]}",
        "{type: [object, string], properties: {a: {}}}", "{properties: {a: {}}, discriminator: {propertyName: a}}",
        "{allOf: [{properties: {a: {}}}, {properties: {b: {}}, additionalProperties: false}]}",
        "{$ref: '#/components/schemas/Loop'}", "{anyOf: [{$ref: '#/components/schemas/Loop'}]}",
    ])
    func `a body with a rule over the whole stays one argument`(schema: String) throws {
        let loop = "Loop: {allOf: [{$ref: '#/components/schemas/Loop'}], properties: {a: {}}}"
        let tool = try json(schema, components: loop)
        #expect(members(tool) == nil)
        #expect(tool.call.body?.content == .argument("body"))
        #expect(tool.inputSchema["properties"]?["body"]?["description"] == "The body.")
        #expect(tool.inputSchema["required"] == ["id", "body"])
    }

    @Test func `of a body that may be left out nothing is required until any of it is given`() throws {
        let tool = try json("{required: [b, c], properties: {a: {}, b: {}, c: {}}}", required: false)
        #expect(members(tool) == ["a=a", "b=b!", "c=c!"])
        #expect(tool.call.body?.isRequired == false)
        #expect(tool.inputSchema["required"] == ["id"])
        #expect(
            tool.inputSchema["dependentRequired"]?.text == #"{"a":["b","c"],"b":["c"],"c":["b"]}"#
        )
        let many = (0..<40).map { "p\($0): {}" }.joined(separator: ", ")
        let names = (0..<40).map { "p\($0)" }.joined(separator: ", ")
        let long = try json("{required: [\(names)], properties: {\(many)}}", required: false)
        #expect(members(long) == nil, "a rule of that length would be longer than the body")
    }

    @Test func `what is only read is no argument, and what is only written is`() throws {
        let tool = try json(
            "{$ref: '#/components/schemas/Pet'}",
            components: """
                Id: {type: string, readOnly: true}, \
                Base: {required: [id], properties: {id: {$ref: '#/components/schemas/Id'}}}, \
                Pet: {allOf: [{$ref: '#/components/schemas/Base'}], required: [id, name, owner], properties: \
                {name: {type: string}, secret: {type: string, writeOnly: true}, owner: {$ref: '#/components/schemas/Owner'}, \
                at: {type: string, readOnly: true}}}, \
                Owner: {required: [id, name], properties: {id: {readOnly: true}, name: {}}}
                """
        )
        #expect(members(tool) == ["name=name!", "secret=secret", "owner=owner!"])
        #expect(tool.inputSchema["$defs"]?.text == #"{"Owner":{"required":["name"],"properties":{"name":{}}}}"#)
    }

    @Test func `what is only read is not required where it is said elsewhere in the composition`() throws {
        let tool = try json(
            "{oneOf: [{allOf: [{$ref: '#/components/schemas/Base'}, {required: [id, b], properties: {b: {}}}]}, {type: string}]}",
            components: "Base: {properties: {id: {readOnly: true}, x: {}}}"
        )
        let schema = tool.inputSchema["properties"]?["body"]?["oneOf"]?.array?.first?.text ?? ""
        #expect(schema == ##"{"allOf":[{"$ref":"#/$defs/Base"},{"required":["b"],"properties":{"b":{}}}]}"##)
    }

    @Test(arguments: [
        ("application/json: {}, application/xml: {}", "application/json"),
        ("application/xml: {}, multipart/form-data: {schema: {properties: {a: {}}}}", "multipart/form-data"),
        ("text/plain: {}, application/x-www-form-urlencoded: {}", "application/x-www-form-urlencoded"),
        ("image/png: {}, text/csv: {}", "text/csv"), ("image/png: {}", "image/png"),
        ("application/pdf: {}", "application/pdf"),
        ("'image/*': {}", "image/*"), ("'text/*': {}", "text/plain"),
        ("'*/*': {}", "application/json"),
        ("'*/*': {schema: {type: string, format: binary}}", "*/*"),
        ("application/x-acme: {schema: {type: object}}", "application/x-acme"),
        ("application/x-acme: {}", "application/x-acme"),
        ("application/x-ndjson: {}", "application/x-ndjson"), ("application/soap+xml: {}", "application/soap+xml"),
    ])
    func `of several forms the one that is easiest to fill in is sent`(content: String, sentAs: String) throws {
        #expect(try tool(content).call.body?.contentType == sentAs)
    }

    @Test func `the forms that are not sent are named in a note`() throws {
        let compiled = try compile(
            "paths: {/a: {post: {requestBody: {content: {application/xml: {}, application/json: {}, a/b: {}}}}}}"
        )
        #expect(compiled.reports == ["note other_media_types /paths/~1a/post/requestBody"])
        #expect(compiled.diagnostics[0].message.contains("\"application/xml\", \"a/b\""))
    }

    @Test func `HEAD has no body`() throws {
        let compiled = try compile("paths: {/a: {head: {requestBody: {content: {application/json: {}}}}}}")
        #expect(compiled.reports == ["warning ignored_request_body /paths/~1a/head/requestBody"])
        #expect(try compiled.first.call.body == nil)
    }

    @Test func `bytes are base64 text`() throws {
        let tool = try tool("image/png: {schema: {type: string, format: binary, description: A picture.}}")
        #expect(tool.call.body?.isBinary == true)
        #expect(
            tool.inputSchema["properties"]?["body"]?.text == """
                {"type":"string","contentEncoding":"base64",\
                "description":"The body.\\n\\nA picture. Bytes as base64, or a data: URL.","contentMediaType":"image/png"}
                """
        )
    }

    @Test func `XML of any shape is text, and that is said`() throws {
        let compiled = try compile(
            """
            paths: {/a: {post: {requestBody: {description: B, content: {application/xml: {schema:
              {type: object, title: T, description: D, properties: {a: {}}}}}}}}}
            """
        )
        #expect(
            try compiled.first.inputSchema["properties"]?["body"]?.text == """
                {"type":"string","contentMediaType":"application/xml","title":"T","description":"B\\n\\nD"}
                """
        )
        #expect(compiled.reports == ["note body_as_text /paths/~1a/post/requestBody"])
    }

    @Test func `an object of an unknown media type is written as JSON`() throws {
        let tool = try tool("application/x-amz-json-1.1: {schema: {type: object, properties: {a: {}}}}")
        #expect(members(tool) == ["a=a"])
        #expect(tool.call.body?.isJSON == true)
        #expect(CallRecipe(json: tool.call.json) == tool.call)
    }

    @Test func `what would be read again and again is read once`() throws {
        let levels = (0..<9).map { level in
            let part = "{$ref: '#/components/schemas/L\(level + 1)'}"
            return "L\(level): {allOf: [\(Array(repeating: part, count: 100).joined(separator: ", "))]}"
        }
        let tool = try json(
            "{$ref: '#/components/schemas/L0'}",
            components: levels.joined(separator: ", ") + ", L9: {properties: {a: {type: string}}}"
        )
        #expect(members(tool) == ["a=a"])
    }

    @Test func `a member that is only read in one part of a composition is none in the others`() throws {
        let tool = try json(
            "{allOf: [{required: [id], properties: {id: {}, n: {}}}, {properties: {id: {readOnly: true}}}]}"
        )
        #expect(members(tool) == ["n=n"])
    }

    @Test func `in multipart of 3_0 what is said of styles does not count`() throws {
        let content = """
            multipart/form-data: {schema: {properties: {c: {type: array, items: {type: string}}}}, \
            encoding: {c: {style: form, explode: false}}}
            """
        #expect(try tool(content, version: "3.0.3").call.body?.parts == [])
        #expect(try tool(content).call.body?.parts.map(\.explode) == [false])
    }

    @Test func `files of a multipart body are bytes, with names`() throws {
        let tool = try tool(
            """
            multipart/form-data: {schema: {type: object, required: [file], properties: {
              file: {type: string, format: binary, description: The file.}, more: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/F'}},
              picture: {contentMediaType: image/png}, note: {type: string}, data: {type: string, contentEncoding: base64, contentMediaType: image/png},
              raw: {type: string}, both: {anyOf: [{$ref: '#/components/schemas/F'}, {type: array, items: {$ref: '#/components/schemas/F'}}]}}},
              encoding: {picture: {contentType: 'image/*, image/png'}, raw: {contentType: application/octet-stream},
                note: {headers: {X-A: {schema: {const: b}}, X-B: {schema: {type: string}}}}}}
            """,
            components: "F: {type: string, format: binary}"
        )
        #expect(
            members(tool) == [
                "file=file!", "more=more", "picture=picture", "note=note", "data=data", "raw=raw", "both=both",
            ]
        )
        typealias Part = CallRecipe.Body.Part
        #expect(
            tool.call.body?.parts == [
                Part(name: "both", isFile: true), Part(name: "data", contentType: "application/octet-stream"),
                Part(name: "file", isFile: true, fileNameArgument: "file_filename"), Part(name: "more", isFile: true),
                Part(name: "note", headers: ["X-A": "b"]),
                Part(name: "picture", contentType: "image/png", isFile: true, fileNameArgument: "picture_filename"),
                Part(
                    name: "raw",
                    contentType: "application/octet-stream",
                    isFile: true,
                    fileNameArgument: "raw_filename"
                ),
            ]
        )
        let properties = tool.inputSchema["properties"]
        #expect(properties?["file"]?["contentEncoding"] == "base64")
        #expect(properties?["file"]?["description"]?.string?.hasPrefix("The file. ") == true)
        #expect(properties?["more"]?["items"] == ["type": "string", "contentEncoding": "base64"])
        #expect(properties?["more"]?["maxItems"] == 3)
        #expect(properties?["both"]?["anyOf"]?.array?.count == 2)
        #expect(tool.inputSchema["required"] == ["id", "file"])
    }

    @Test func `a schema of a part that leads back to itself is no file`() throws {
        let tool = try tool(
            "multipart/form-data: {schema: {properties: {a: {$ref: '#/components/schemas/A'}, b: {$ref: '#/components/schemas/B'}}}}",
            components: "A: {anyOf: [{$ref: '#/components/schemas/A'}, {$ref: '#/components/schemas/A'}]}, "
                + "B: {type: array, items: {$ref: '#/components/schemas/B'}}"
        )
        #expect(members(tool) == ["a=a", "b=b"])
        #expect(tool.call.body?.parts == [])
    }

    @Test func `a part's header without a fixed value, and an unknown style, are warnings`() throws {
        let compiled = try compile(
            """
            paths:
              /a:
                post:
                  requestBody:
                    content:
                      multipart/form-data:
                        schema: {properties: {a: {type: string}, b: {type: string}}}
                        encoding: {a: {headers: {X-A: {schema: {type: string}}}}, b: {style: matrix, explode: true}, c: {style: odd}}
            """
        )
        #expect(
            compiled.reports == [
                "warning ignored_encoding /paths/~1a/post/requestBody",
                "warning unsupported_style /paths/~1a/post/requestBody",
            ]
        )
    }

    @Test func `a recipe of a release made before stays readable`() throws {
        let old: JSONValue = [
            "method": "POST", "server": "https://a.example", "serverVariable": "A_SERVER_URL", "path": "/a",
            "body": ["argument": "body", "contentType": "application/json", "required": true],
        ]
        let recipe = try #require(CallRecipe(json: old))
        #expect(recipe.json == old)
        #expect(
            recipe.body
                == CallRecipe.Body(content: .argument("body"), contentType: "application/json", isRequired: true)
        )
    }
}
