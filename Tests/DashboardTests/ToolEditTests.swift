import JSON
import Testing

@testable import Dashboard

@Suite struct `Editing a tool` {
    /// What the form of `searchBooks` sends where nobody touches it.
    private static let untouched =
        "name=searchBooks&title=Search+books&summary=&description=Finds+it.%0D%0AQuickly.&tags=books%2C+search"
        + "&confirm_prompt=&read_only_hint=&destructive_hint=&idempotent_hint=&open_world_hint=&confirm=always"
        + "&output_schema="

    private func changes(_ changed: String) -> JSONObject {
        ToolEdit(tool: searchBooks).changes(FormFields(urlEncoded: changed + "&" + Self.untouched))
    }

    @Test func `a form that nobody touched changes nothing`() {
        #expect(changes("other=1").isEmpty)
    }

    @Test(arguments: [
        ("name=findBooks", #"{"name":"findBooks"}"#),
        ("title=+Find+", #"{"title":"Find"}"#),
        ("description=Finds+books.", #"{"description":null}"#),
        ("description=", #"{"description":null}"#),
        ("title=", "{}"),
        ("summary=Short", #"{"summary":"Short"}"#),
        ("tags=a%2C+b%2C", #"{"tags":["a","b"]}"#),
        ("confirm=", #"{"confirm":null}"#),
        ("confirm=never", #"{"confirm":"never"}"#),
        ("read_only_hint=false", #"{"annotations":{"read_only_hint":false}}"#),
        ("output_schema=true", #"{"output_schema":true}"#),
    ])
    func `only what was changed is sent, and the original's words are no override`(
        _ form: String,
        _ input: String
    ) throws {
        #expect(try JSONValue.object(changes(form)) == JSONValue(parsing: input))
    }

    @Test func `shows the original beside the override, the arguments and the call`() throws {
        let place = try ToolsetPlace.of(.staging)
        let page = ToolEditPage(
            ["tool": searchBooks, "etag": "e2"],
            place: place,
            back: ToolQuery(FormFields(urlEncoded: "q=books&page=2"))
        )
        try expectSnapshot(of: page, by: "toolset/edit-tool", named: "edit-tool")
        #expect(page.arguments.map(\.path) == ["q", "filter", "filter.tags", "filter.year", "order"])
        #expect(page.arguments.map(\.type) == ["text", "object", "list of text", "whole number", "one of 2"])
        #expect(page.overrides.filter(\.isOverridden).map(\.name) == ["description"])
        #expect(page.overrides.first { $0.name == "title" }?.document == "Search")
        #expect(page.tokens == "about 100 tokens by itself, 90 as it is served")
    }

    @Test func `live of staging mode is only looked at`() throws {
        var tool = searchBooks.object ?? [:]
        tool["original"] = .null
        tool["inherited"] = .null
        let page = ToolEditPage(
            ["tool": .object(tool), "etag": "e2"],
            place: try .of(.live),
            back: ToolQuery(.empty)
        )
        try expectSnapshot(of: page, by: "toolset/edit-tool", named: "edit-tool-live")
        #expect(!page.isEditable)
    }
}
