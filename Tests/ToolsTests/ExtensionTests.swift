import JSON
import Testing
import Tools
import Vocabulary

/// What documents say of their operations as tools.
struct ExtensionTests {
    private func compiled(_ extensions: String, root: String = "x-a: 1") throws -> CompiledSource {
        try compile("\(root)\npaths: {/a: {delete: {operationId: op, summary: S, description: D, \(extensions)}}}")
    }

    @Test func `a document says name, texts, tags, hints and confirmation`() throws {
        let compiled = try compiled(
            """
            x-slipway: {name: remove, title: Remove, description: Removes it., tags: [t], confirm: always, \
            hints: {destructive: false, readOnlyHint: true}}
            """
        )
        let tool = try compiled.first
        #expect(compiled.reports.isEmpty)
        #expect((tool.name, tool.title, tool.description) == ("remove", "Remove", "Removes it."))
        #expect(tool.tags == ["t"])
        #expect(tool.confirm == .always)
        #expect(
            tool.annotations
                == ToolAnnotations(isReadOnly: true, isDestructive: false, isIdempotent: true, isOpenWorld: true)
        )
    }

    @Test(arguments: [
        ("x-speakeasy-mcp: {name: n, title: T, description: E, scopes: [read], readOnlyHint: true}", "n", "T", "E"),
        ("x-gram: {name: n, summary: T, description: E, responseFilterType: jq}", "n", "T", "E"),
        ("x-gram: {name: g, description: E}, x-speakeasy-mcp: {name: s}", "s", "S", "E"),
        ("x-gram: {name: g}, x-speakeasy-mcp: {name: s}, x-slipway: {title: T}", "s", "T", "D"),
    ])
    func `what documents carry for others is understood`(
        extensions: String,
        name: String,
        title: String,
        description: String
    ) throws {
        let compiled = try compiled(extensions)
        let tool = try compiled.first
        #expect(compiled.reports.isEmpty)
        #expect((tool.name, tool.title, tool.description) == (name, title, description))
    }

    @Test(arguments: ["x-slipway: {skip: true}", "x-speakeasy-mcp: {disabled: true}"])
    func `an operation that is to be no tool is none, and that is said`(extensions: String) throws {
        let compiled = try compiled(extensions)
        #expect(compiled.tools.isEmpty)
        #expect(compiled.reports == ["note operation_skipped /paths/~1a/delete"])
        #expect(compiled.names == ["DELETE /a": "op"])
    }

    @Test func `what holds for all operations stands at the root, and an operation goes before it`() throws {
        let root = "x-slipway: {skip: true, confirm: session}"
        #expect(try compiled("x-a: 1", root: root).tools.isEmpty)
        let own = try compiled("x-slipway: {confirm: never}", root: root).first
        #expect(own.confirm == .never)
        let named = try compiled("x-a: 1", root: "x-slipway: {name: all}")
        #expect(try named.first.name == "op")
        #expect(named.reports == ["warning malformed_extension /paths/~1a/delete"])
    }

    @Test(arguments: [
        "x-slipway: text", "x-slipway: {name: 1}", "x-slipway: {confirm: maybe}", "x-slipway: {hints: {odd: true}}",
        "x-slipway: {hints: {readOnly: 'yes'}}", "x-slipway: {nmae: x}", "x-slipway: {skip: 1}",
        "x-slipway: {tags: [1]}", "x-gram: [1]", "x-slipway: {name: 'a b'}", "x-slipway: {description: ' '}",
    ])
    func `what is not understood is a warning`(extensions: String) throws {
        let compiled = try compiled(extensions)
        #expect(compiled.tools.count == 1)
        #expect(compiled.reports == ["warning malformed_extension /paths/~1a/delete"])
    }

    @Test func `a name that the document gives later is offered`() throws {
        let compiled = try compile(
            "paths: {/a: {get: {operationId: op, x-slipway: {name: better}}}}",
            previousNames: ["GET /a": "op"]
        )
        #expect(try compiled.first.name == "op")
        #expect(try compiled.first.offeredName == "better")
        #expect(compiled.reports == ["note name_kept /paths/~1a/get"])
    }

    @Test func `an argument is repeated in a header where the protocol allows it`() throws {
        let compiled = try compile(
            """
            paths:
              /a:
                post:
                  parameters:
                    - {name: region, in: query, schema: {type: string}, x-mcp-header: Region}
                    - {name: again, in: query, schema: {type: string, x-mcp-header: region}}
                    - {name: n, in: query, schema: {type: number, x-mcp-header: N}}
                    - {name: s, in: query, schema: {type: string, format: password, x-mcp-header: S}}
                    - {name: odd, in: query, schema: {type: string, x-mcp-header: 'a b'}}
                  requestBody:
                    content: {application/json: {schema: {properties: {zone: {type: integer, x-mcp-header: Zone}}}}}
            """
        )
        let properties = try #require(compiled.first.inputSchema["properties"]?.object)
        #expect(properties.compactMap { $0.value["x-mcp-header"]?.string } == ["Region", "Zone"])
        #expect(compiled.reports == (1...4).map { "warning ignored_header_hint /paths/~1a/post/parameters/\($0)" })
    }
}
