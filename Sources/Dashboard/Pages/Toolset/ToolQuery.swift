import JSON

/// What somebody looks for among the tools of a toolset, as the address says it.
struct ToolQuery: Sendable {
    let q: String
    let source: String
    let mark: String
    let hint: String
    /// Begins at 1.
    let page: Int
    /// The side that the query itself names.
    let view: String

    init(_ query: FormFields) {
        q = String((query.text("q") ?? "").prefix(200))
        source = query.text("source") ?? ""
        mark = query.text("mark") ?? ""
        hint = query.text("hint") ?? ""
        // So far, and no further, a list can be skipped.
        page = min(max(1, query.position("page") ?? 1), 20_000)
        view = ["live", "staging"].contains(query["view"] ?? "") ? query["view"] ?? "" : ""
    }

    /// The query that a form carries along as `back`, to come back to the same place.
    init(back form: FormFields) {
        let text = form["back"] ?? ""
        self.init(FormFields(urlEncoded: text.hasPrefix("?") ? String(text.dropFirst()) : text))
    }

    /// The same query, seen from a side, on another page.
    func text(view: String?, page: Int? = nil) -> String {
        let page = page ?? self.page
        return AddressQuery([
            ("view", view), ("q", q), ("source", source), ("mark", mark), ("hint", hint),
            ("page", page > 1 ? String(page) : nil),
        ]).text
    }

    /// What `toolsets.listTools` is asked for.
    func input(_ place: ToolsetPlace) -> JSONObject {
        var input: JSONObject = [
            "slug": .string(place.slug), "limit": JSONValue(Pager.size), "skip": JSONValue((page - 1) * Pager.size),
        ]
        if let view = place.view { input["view"] = .string(view) }
        for (name, value) in [("q", q), ("source", source), ("mark", mark), ("hint", hint)] where !value.isEmpty {
            input[name] = .string(value)
        }
        return input
    }
}
