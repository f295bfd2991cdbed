import JSON
import ManagementAPI
import Vocabulary

/// The tools of a side of a toolset.
struct ToolsetToolsPage: Sendable {
    let header: ToolsetHeader
    let filters: Filters
    let fault: String
    let isEditable: Bool
    let etag: String
    let back: String
    let addAddress: String
    let removeAddress: String
    let sourcesAddress: String
    let undoAddress: String
    let summary: String
    let tools: [ToolRow]
    let hasTools: Bool
    let isEmpty: Bool
    let matchesNothing: Bool
    let pager: Pager
    let removed: String
    let reviewAddress: String
    let warnings: [String]

    init(_ answer: JSONObject, place: ToolsetPlace, query: ToolQuery, hasUndo: Bool = false, fault: String = "") {
        header = ToolsetHeader(place, page: .tools)
        self.fault = fault
        isEditable = place.isEditable
        etag = answer["etag"]?.string ?? ""
        let base = Address.toolset(place.slug, in: place.project)
        back = query.text(view: place.view)
        addAddress = "\(base)/tools/add"
        removeAddress = "\(base)/tools/remove"
        undoAddress = hasUndo && place.isEditable && !place.isStagingMode ? "\(base)/undo-last-change" : ""
        sourcesAddress = Address.section(.sources, in: place.project)
        reviewAddress = "\(base)/review"
        let total = answer["total"]?.integer ?? 0
        let matching = answer["matching"]?.integer ?? 0
        let sources = answer["sources"]?.array?.compactMap(\.string) ?? []
        filters = Filters(
            address: base,
            view: place.view,
            q: query.q,
            placeholder: "Name, description, path",
            selects: Self.selects(query, sources: sources, isStaging: place.isStagingView)
        )
        let tokens = Count.of(answer["tokens"]?.integer ?? 0, "token")
        summary =
            filters.isFiltered
            ? "\(Count.number(matching)) of \(Count.of(total, "tool")) · all of them cost about \(tokens)"
            : "\(Count.of(total, "tool")) · about \(tokens)"
        let edit = "\(base)/tools/edit"
        let backText = query.text(view: place.view)
        tools = (answer["tools"]?.array ?? []).map { tool in
            let link = AddressQuery([("urn", tool["urn"]?.string), ("view", place.view), ("back", backText)]).text
            return ToolRow(tool, editAddress: edit + link)
        }
        hasTools = !tools.isEmpty
        isEmpty = total == 0
        matchesNothing = tools.isEmpty && total > 0
        pager = Pager(page: query.page, total: matching) { base + query.text(view: place.view, page: $0) }
        let names =
            place.isStagingView
            ? place.toolset["staging"]?["difference"]?["removed_tools"]?.array?.compactMap(\.string) ?? [] : []
        removed = Self.listed(names)
        warnings = (place.toolset["warnings"]?.array ?? []).prefix(5).compactMap { $0["message"]?.string }
    }

    private static func selects(_ query: ToolQuery, sources: [String], isStaging: Bool) -> [FormSelect] {
        let staged = isStaging ? [("new", "New in staging"), ("changed", "Changed in staging")] : []
        let marks = [
            ("overridden", "Edited here"), ("overridden_in_project", "Edited in the project"),
            ("confirmed", "Asks before a call"), ("deprecated", "Deprecated"), ("orphan", "Not in the deployment"),
            ("renamed", "Name prefixed"),
        ]
        let hints = [
            ("", "Any"), ("read_only", ToolHint.readOnly.words(true)), ("writes", ToolHint.readOnly.words(false)),
            ("destructive", ToolHint.destructive.words(true)), ("idempotent", ToolHint.idempotent.words(true)),
            ("open_world", ToolHint.openWorld.words(true)),
        ]
        return [
            FormSelect("source", "Source", [("", "All")] + sources.map { ($0, $0) }, chosen: query.source),
            FormSelect("mark", "State", [("", "Any")] + staged + marks, chosen: query.mark),
            FormSelect("hint", "Hint", hints, chosen: query.hint),
        ]
    }

    /// `a, b and 3 more`
    private static func listed(_ names: [String]) -> String {
        guard names.count > 6 else { return names.joined(separator: ", ") }
        return names.prefix(5).joined(separator: ", ") + " and \(names.count - 5) more"
    }
}
