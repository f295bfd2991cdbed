import JSON
import Projects
import Releases
import Tools
import Vocabulary

/// The URN of a tool of the source `pets`, or of another one: `shop/list`.
func urn(_ text: String) -> ToolURN {
    let parts = text.split(separator: "/").map(String.init)
    return ToolURN(source: Slug(parts.count == 2 ? parts[0] : "pets")!, name: parts.last ?? "")
}

func definition(_ text: String, schema: String = #"{"type":"object"}"#) -> ToolDefinition {
    let urn = urn(text)
    return ToolDefinition(
        urn: urn,
        title: "Title of \(urn.name)",
        description: "Does \(urn.name)",
        tags: ["pets"],
        inputSchema: try! JSONValue(parsing: schema).object!,
        annotations: ToolAnnotations(method: "GET"),
        call: CallRecipe(
            method: "GET",
            server: "https://api.example.com",
            serverVariable: "PETS_SERVER_URL",
            path: "/\(urn.name)"
        )
    )
}

/// A tool of a selection; an orphan where it has no definition.
func head(_ text: String, _ variation: Variation = Variation(), isOrphan: Bool = false) -> HeadTool {
    HeadTool(urn: urn(text), definition: isOrphan ? nil : definition(text), variation: variation)
}

func heads(
    _ tools: [HeadTool],
    prompts: [PromptTemplate.Content] = [],
    resources: [CompiledResource] = [],
    name: String = "Pets"
) -> Heads {
    Heads(metadata: Toolset.Metadata(name: name), tools: tools, prompts: prompts, resources: resources)
}

/// A resource of the project `acme` that says a text.
func resource(_ slug: String, _ text: String, type: String = "text/markdown") -> CompiledResource {
    let body = Resource.Body(of: Array(text.utf8))
    let content = Resource.Content(slug: Slug(slug)!, name: slug, mimeType: type, body: body)
    return CompiledResource(content, in: Slug("acme")!)
}

func template(_ text: String, arguments: [PromptTemplate.Argument] = []) -> PromptTemplate.Content {
    PromptTemplate.Content(name: "greet", description: "", arguments: arguments, template: text)
}
