import JSON
import ManagementAPI
import Vocabulary

/// What the sides of a merge serve of a tool where they have no text of their own: what the document says, or a variation of
/// the project.
struct MergeTexts: Sendable {
    /// What applies where a side says nothing of its own.
    struct Text: Sendable {
        let value: JSONValue
        /// `from the document`
        let origin: String
    }

    /// By the tool's URN: `toolsets.getTool` of staging.
    private let tools: [String: JSONValue]
    /// By the tool's URN: `toolsets.compareItem` from the base to live.
    private let items: [String: JSONValue]

    init(tools: [String: JSONValue] = [:], items: [String: JSONValue] = [:]) {
        self.tools = tools
        self.items = items
    }

    /// What applies of a field of a tool on a side: `base`, `live` or `staging`; none where it is not known.
    func text(of field: String, tool urn: String, on side: String) -> Text? {
        guard let tool = tools[urn] else { return nil }
        let inherited = inherited(field, of: tool)
        guard side != "staging", let served = served(field, of: items[urn]?[side == "base" ? "before" : "after"]) else {
            return inherited
        }
        // A document says something else in each deployment; a side serves what its own said.
        return Text(value: served, origin: served == inherited?.value ? inherited?.origin ?? "" : "from its document")
    }

    /// What staging will say where the side that is taken says nothing of its own.
    func result(of field: String, tool urn: String) -> Text? { tools[urn].flatMap { inherited(field, of: $0) } }

    private func inherited(_ field: String, of tool: JSONValue) -> Text? {
        let global = tool["variations"]?["global"]
        let isGlobal = (global?[field] ?? global?["annotations"]?[field]) != nil
        let name = Self.hint(field)
        guard let layer = tool["inherited"] ?? tool["original"] else { return nil }
        let value = name.map { layer["annotations"]?[$0] ?? .null } ?? layer[field] ?? .null
        return Text(value: value, origin: isGlobal ? "from the project’s variation" : "from the document")
    }

    private func served(_ field: String, of item: JSONValue?) -> JSONValue? {
        guard let definition = item?["definition"], definition.object != nil else { return nil }
        if let name = Self.hint(field) { return definition["annotations"]?[name] ?? .null }
        guard ["name", "title", "description"].contains(field) else { return nil }
        return definition[field] ?? .null
    }

    private static func hint(_ field: String) -> String? {
        ToolHint.allCases.first { $0.field == field }?.rawValue
    }
}

extension MergeTexts {
    /// How many tools are looked up.
    private static let looked = 40

    /// Reads what the sides say of the tools that both changed.
    init(_ conflicts: [JSONValue], review: JSONValue, _ visit: Visit) async throws {
        var tools: [String: JSONValue] = [:]
        var items: [String: JSONValue] = [:]
        let slug = visit["toolset"]
        for urn in Self.tools(in: conflicts).prefix(Self.looked) {
            tools[urn] = try? await visit.call(
                "toolsets.getTool",
                ["slug": .string(slug), "urn": .string(urn), "view": "staging"]
            ).body["tool"]
            guard let base = review["base_release"]?.integer else { continue }
            // A base that was redacted tells nothing, and the merge goes on without it.
            items[urn] = try? await visit.call(
                "toolsets.compareItem",
                ["slug": .string(slug), "from": .string(String(base)), "to": "live", "subject": .string(urn)]
            ).body["item"]
        }
        self.init(tools: tools, items: items)
    }

    private static func tools(in conflicts: [JSONValue]) -> [String] {
        conflicts.reduce(into: []) { urns, conflict in
            let parts = (conflict["item"]?.string ?? "").split(separator: "/").map(String.init)
            guard parts.count >= 3, parts[0] == "variation", !urns.contains(parts[1]) else { return }
            urns.append(parts[1])
        }
    }
}
