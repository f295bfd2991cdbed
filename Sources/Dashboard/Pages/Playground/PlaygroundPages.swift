import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The tab Playground of a toolset: its tools and prompts as clients see them, to be tried by hand.
///
/// A call answers with its page and does not redirect: what a tool answered is kept nowhere but in that page.
struct PlaygroundPages: PageController {
    /// Whether the server has a model to talk to.
    var hasChat = false

    private static let path = "/projects/{project}/toolsets/{toolset}/playground"

    var routes: [PageRoute] {
        [
            .get(Self.path, show),
            .post("\(Self.path)/call", scope: .producer, call),
            .post("\(Self.path)/prompt", scope: .reader, prompt),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        if let chosen = visit.query.text("at") { return .redirect(to: Self.address(of: chosen, place, visit), nil) }
        var desk = PlaygroundDesk(visit: visit, place: place, hasChat: hasChat)
        try await desk.load()
        if let schema = desk.tool?["input_schema"] {
            let shapes = SchemaShapes(root: schema)
            let text = visit.query["arguments"]
            let kept = text.flatMap { (try? JSONValue(parsing: $0))?.object }
            desk.given.value = kept ?? SchemaSummary.defaults(of: shapes)
        }
        return desk.page()
    }

    private func call(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var desk = PlaygroundDesk(visit: visit, place: place, hasChat: hasChat)
        try await desk.load()
        guard let schema = desk.tool?["input_schema"] else { return desk.page() }
        let shapes = SchemaShapes(root: schema)
        let action = visit.form["do"] ?? "keep"
        let calls = action == "call" || action == "compare"
        desk.given = ArgumentReader.read(visit.form, shapes, keepingEmpty: !calls)
        desk.isJSON = action == "as-json" || (visit.form["mode"] == "json" && action != "as-form")
        // What cannot be read as JSON stays where it was typed.
        if action == "as-form", desk.given.errors[""] != nil { desk.isJSON = true }
        desk.given.change(action)
        guard calls, desk.given.errors.isEmpty else { return desk.page(status: calls ? .unprocessableContent : .ok) }
        try await desk.call(on: action == "compare" ? [.live, .staging] : [desk.side])
        try await desk.findMissingVariables()
        return desk.page()
    }

    private func prompt(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var desk = PlaygroundDesk(visit: visit, place: place, hasChat: hasChat)
        try await desk.load()
        let isWhole = try await desk.renderPrompt()
        return desk.page(status: isWhole ? .ok : .unprocessableContent)
    }

    /// The address of a side that was chosen from the list of sides.
    private static func address(of chosen: String, _ place: ToolsetPlace, _ visit: Visit) -> String {
        let side: PlaygroundSide = chosen == "staging" ? .staging : Int(chosen).map { .release($0) } ?? .live
        let kept = ["tool", "prompt", "q"].compactMap { name in
            visit.query.text(name).map { "&\(name)=\(Address.encoded($0))" }
        }
        return "\(Address.toolset(place.slug, "playground", in: place.project))?\(side.query)\(kept.joined())"
    }
}
