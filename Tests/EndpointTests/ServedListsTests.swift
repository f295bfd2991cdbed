import JSON
import MCP
import Projects
import Releases
import Testing
import Tools
import Vocabulary

@testable import Endpoint

/// The digests of lists, which are written from what is remembered of each tool.
struct ServedListsTests {
    /// A tool with a title, which the oldest revision says elsewhere, and an answer of a type that older revisions refuse.
    private static func tool(_ name: String, _ description: String) throws -> HeadTool {
        let source = try #require(Slug("pets"))
        let definition = ToolDefinition(
            urn: ToolURN(source: source, name: name),
            title: "Title of \(name)",
            description: description,
            inputSchema: ["type": "object", "properties": ["id": ["type": ["string", "null"]]]],
            outputSchema: ["type": "array", "items": ["type": "string"]],
            annotations: ToolAnnotations(method: "GET"),
            call: CallRecipe(
                method: "GET",
                server: "https://pets.example",
                serverVariable: "PETS_SERVER_URL",
                path: "/pets"
            )
        )
        return HeadTool(urn: definition.urn, definition: definition, variation: Variation(), servesOutputSchema: true)
    }

    private static func content(_ tools: [(String, String)]) throws -> CompiledContent {
        let prompt = PromptTemplate.Content(name: "greet", description: "Greets.", arguments: [], template: "Hello.")
        return try CompiledContent(
            Heads(
                metadata: Toolset.Metadata(name: "Pets"),
                tools: try tools.map(tool),
                prompts: [prompt]
            )
        )
    }

    /// The capacity of nothing forgets everything, one of 400 bytes now and then.
    @Test(arguments: [0, 400, 1 << 20])
    func `digests are those of what is served, whatever was remembered before`(capacity: Int) throws {
        let lists = ServedLists(capacity: capacity)
        let states = [
            [], [("list", "Lists.")], [("list", "Lists."), ("get", "Gets.")],
            [("get", "Gets one."), ("list", "Lists.")], [("list", "Lists."), ("get", "Gets.")],
        ]
        for state in states {
            let content = try Self.content(state)
            #expect(lists.digests(of: content) == ServedLists.digests(servedOf: content), "\(state)")
        }
    }
}
