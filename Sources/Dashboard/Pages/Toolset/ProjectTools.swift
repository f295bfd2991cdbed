import JSON
import Vocabulary

/// Which tools of a project somebody looks for, to put them into a toolset.
struct ProjectToolQuery: Sendable {
    let q: String
    let source: String
    let method: String
    let tag: String
    let page: Int

    init(_ query: FormFields) {
        q = String((query.text("q") ?? "").prefix(200))
        source = query.text("source") ?? ""
        method = query.text("method") ?? ""
        tag = query.text("tag") ?? ""
        page = max(1, query.position("page") ?? 1)
    }

    init(back form: FormFields) {
        let text = form["back"] ?? ""
        self.init(FormFields(urlEncoded: text.hasPrefix("?") ? String(text.dropFirst()) : text))
    }

    func text(page: Int? = nil) -> String {
        let page = page ?? self.page
        return AddressQuery([
            ("q", q), ("source", source), ("method", method), ("tag", tag), ("page", page > 1 ? String(page) : nil),
        ]).text
    }

    func includes(_ tool: JSONValue) -> Bool {
        if !source.isEmpty, tool["source"]?.string != source { return false }
        if !method.isEmpty, tool["method"]?.string != method { return false }
        if !tag.isEmpty, tool["tags"]?.array?.contains(.string(tag)) != true { return false }
        guard !q.isEmpty else { return true }
        let text = q.lowercased()
        let texts = ["name", "title", "description", "path", "urn"].map { tool[$0]?.string ?? "" }
        return texts.contains { $0.lowercased().contains(text) }
    }
}

/// The tools of a project that a toolset does not have.
struct ProjectTools: Sendable {
    /// All tools of the active deployment.
    let all: [JSONValue]
    /// Those of them that the toolset does not have.
    let open: [JSONValue]

    init(_ tools: [JSONValue], besides place: ToolsetPlace) {
        // People add tools of what they uploaded, rarely the server's own calls.
        let own = JSONValue.string(Slug.slipway.text)
        let sorted = tools.filter { $0["source"] != own } + tools.filter { $0["source"] == own }
        all = sorted
        let taken = Set((place.toolset["tool_urns"]?.array ?? []).compactMap(\.string))
        open = sorted.filter { !taken.contains($0["urn"]?.string ?? "") }
    }

    func matching(_ query: ProjectToolQuery) -> [JSONValue] { open.filter(query.includes) }

    /// What there is to filter by, each once.
    func values(_ name: String) -> [String] {
        let own = Slug.slipway.text
        let values = Set(open.compactMap { $0[name]?.string })
        return values.subtracting([own]).sorted() + (values.contains(own) ? [own] : [])
    }

    /// The tags, the most used first; a document may have hundreds.
    var tags: [String] {
        var counts: [String: Int] = [:]
        for tool in open {
            for tag in tool["tags"]?.array ?? [] { counts[tag.string ?? "", default: 0] += 1 }
        }
        return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(100).map(\.key)
    }
}
