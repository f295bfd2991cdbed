import JSON
import MCP
import Testing

/// Tools and prompts as each revision's clients can read them.
struct ToolEncodingTests {
    static let stored = #"""
        {"_meta":{"a":1},"name":"pets_list","annotations":{"readOnlyHint":true},"title":"List pets","recipe":"secret",
        "icons":[{"src":"https://e.example/i.png"}],"description":"Lists.",
        "outputSchema":{"type":"object","properties":{"pets":true}},
        "inputSchema":{"properties":{"any":true,"none":false,"n":{"type":"number","default":1.10}},"type":"object"}}
        """#

    private func encoded(_ tool: String, _ revision: Revision) throws -> String {
        let object = try #require(try JSONValue(parsing: tool).object)
        return String(decoding: ToolEncoding(for: revision).bytes(of: [object]), as: UTF8.self)
    }

    private func inputSchema(_ schema: String, _ revision: Revision) throws -> String? {
        let tool = try encoded(#"{"name":"t","inputSchema":\#(schema)}"#, revision)
        return try JSONValue(parsing: tool).array?.first?["inputSchema"]?.text
    }

    private func outputSchema(_ schema: String, _ revision: Revision) throws -> String? {
        let tool = try encoded(#"{"name":"t","outputSchema":\#(schema)}"#, revision)
        return try JSONValue(parsing: tool).array?.first?["outputSchema"]?.text
    }

    @Test func `2026-07-28 gets all of it, in one order`() throws {
        #expect(
            try encoded(Self.stored, .july2026)
                == #"[{"name":"pets_list","title":"List pets","description":"Lists.","#
                + #""inputSchema":{"properties":{"any":true,"none":false,"n":{"type":"number","default":1.10}},"type":"object"},"#
                + #""outputSchema":{"type":"object","properties":{"pets":true}},"annotations":{"readOnlyHint":true},"#
                + #""icons":[{"src":"https://e.example/i.png"}],"_meta":{"a":1}}]"#
        )
    }

    @Test func `2025-11-25 gets schemas that strict clients parse`() throws {
        #expect(
            try encoded(Self.stored, .november2025)
                == #"[{"name":"pets_list","title":"List pets","description":"Lists.","#
                + #""inputSchema":{"properties":{"any":{},"none":{"not":{}},"n":{"type":"number","default":1.10}},"#
                + #""type":"object"},"outputSchema":{"type":"object","properties":{"pets":{}}},"#
                + #""annotations":{"readOnlyHint":true},"icons":[{"src":"https://e.example/i.png"}],"_meta":{"a":1}}]"#
        )
    }

    @Test func `2025-06-18 gets no icons`() throws {
        let members = try #require(try JSONValue(parsing: encoded(Self.stored, .june2025)).array?.first?.object)
        #expect(
            Array(members.keys)
                == ["name", "title", "description", "inputSchema", "outputSchema", "annotations", "_meta"]
        )
    }

    @Test func `2025-03-26 gets the title as an annotation, and no output schema`() throws {
        let tool = try #require(try JSONValue(parsing: encoded(Self.stored, .march2025)).array?.first?.object)
        #expect(Array(tool.keys) == ["name", "description", "inputSchema", "annotations"])
        #expect(tool["annotations"]?.text == #"{"title":"List pets","readOnlyHint":true}"#)
    }

    @Test func `an annotation's own title stays`() throws {
        let tool = #"{"name":"t","title":"A","annotations":{"title":"B"},"inputSchema":{"type":"object"}}"#
        #expect(try encoded(tool, .march2025).contains(#""annotations":{"title":"B"}"#))
    }

    @Test(arguments: Revision.allCases)
    func `equal tools give equal bytes, and the order of tools stays`(revision: Revision) throws {
        #expect(try encoded(Self.stored, revision) == encoded(Self.stored, revision))
        let encoding = ToolEncoding(for: revision)
        let names = String(decoding: encoding.bytes(of: [["name": "b"], ["name": "a"]]), as: UTF8.self)
        let schema = #""inputSchema":{"type":"object","additionalProperties":false}"#
        #expect(names == #"[{"name":"b",\#(schema)},{"name":"a",\#(schema)}]"#)
        #expect(encoding.bytes(of: []) == Array("[]".utf8))
    }

    @Test(arguments: Revision.allCases)
    func `the root of an input schema is an object`(revision: Revision) throws {
        #expect(try inputSchema("true", revision) == #"{"type":"object"}"#)
        #expect(try inputSchema(#"{"anyOf":[]}"#, revision) == #"{"type":"object","anyOf":[]}"#)
        #expect(try inputSchema(#"{"a":1,"type":["object","null"]}"#, revision) == #"{"type":"object","a":1}"#)
    }

    @Test func `keywords of 2020-12 survive in every revision`() throws {
        let schema = #"""
            {"$schema":"https://json-schema.org/draft/2020-12/schema","type":"object","$defs":{"a":{"$anchor":"x"}},"properties":{"p":{"$ref":"#/$defs/a"}},"allOf":[{"if":{},"then":{},"else":{}}],"additionalProperties":false,"required":["p"]}
            """#
        for revision in Revision.allCases { #expect(try inputSchema(schema, revision) == schema) }
    }

    @Test func `Boolean properties are replaced at any depth of a schema`() throws {
        let schema = #"""
            {"type":"object","properties":{"a":{"properties":{"b":true}}},"$defs":{"d":{"properties":{"c":true}},"e":true},"anyOf":[{"properties":{"f":true}}],"items":{"properties":{"g":true}},"not":true}
            """#
        let expected = #"""
            {"type":"object","properties":{"a":{"properties":{"b":{}}}},"$defs":{"d":{"properties":{"c":{}}},"e":true},"anyOf":[{"properties":{"f":{}}}],"items":{"properties":{"g":{}}},"not":true}
            """#
        #expect(try inputSchema(schema, .november2025) == expected)
        #expect(try inputSchema(schema, .july2026) == schema)
    }

    @Test func `data in a schema is not taken for a schema`() throws {
        let schema = #"""
            {"type":"object","default":{"properties":{"a":true}},"enum":[{"properties":{"a":true}}],"properties":{"properties":{"const":{"properties":{"b":true}}},"required":{"type":"boolean"}}}
            """#
        #expect(try inputSchema(schema, .march2025) == schema)
    }

    @Test(arguments: [#"true"#, #"[1]"#, #"{"a":1}"#])
    func `a required that lists no names is dropped for older clients`(required: String) throws {
        let schema = #"{"type":"object","required":\#(required)}"#
        #expect(try inputSchema(schema, .november2025) == #"{"type":"object"}"#)
    }

    @Test(arguments: [#"{"type":"array"}"#, #"{"anyOf":[]}"#, #"{"type":["object","null"]}"#])
    func `an output schema that is no object is for modern clients only`(schema: String) throws {
        #expect(try outputSchema(schema, .july2026) == schema)
        for revision in [Revision.november2025, .june2025, .march2025] {
            #expect(try outputSchema(schema, revision) == nil)
        }
    }

    @Test func `prompts are cut to the revision`() throws {
        let prompt = try #require(
            try JSONValue(
                parsing: #"""
                    {"description":"D","name":"p","title":"T","icons":[],"_meta":{"a":1},"body":"secret",
                    "arguments":[{"required":true,"name":"x","title":"X","description":"E","secret":1}]}
                    """#
            ).object
        )
        func bytes(_ revision: Revision) -> String {
            String(decoding: PromptEncoding(for: revision).bytes(of: [prompt]), as: UTF8.self)
        }
        let titled = #"[{"name":"x","title":"X","description":"E","required":true}]"#
        let untitled = #"[{"name":"x","description":"E","required":true}]"#
        let modern = #"[{"name":"p","title":"T","description":"D","arguments":\#(titled),"icons":[],"_meta":{"a":1}}]"#
        #expect(bytes(.july2026) == modern)
        #expect(bytes(.november2025) == modern)
        let iconless = #"[{"name":"p","title":"T","description":"D","arguments":\#(titled),"_meta":{"a":1}}]"#
        #expect(bytes(.june2025) == iconless)
        #expect(bytes(.march2025) == #"[{"name":"p","description":"D","arguments":\#(untitled)}]"#)
    }
}
