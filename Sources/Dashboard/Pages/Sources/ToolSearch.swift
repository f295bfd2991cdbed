import JSON

/// Tools that somebody looks for by what pages show of them: name, title, source, method and path. Each word must be in one.
struct ToolSearch: Sendable {
    private let words: [String]

    init(_ text: String) {
        words = text.prefix(200).lowercased().split(whereSeparator: \.isWhitespace).map(String.init)
    }

    func finds(_ tool: JSONValue) -> Bool { finds(tool, called: []) }

    /// `others` are the names and titles that it has by now.
    func finds(_ tool: JSONValue, called others: [String]) -> Bool {
        let own = ["name", "title", "source", "path"].map { tool[$0]?.string ?? "" }
        let texts = (own + others).map { $0.lowercased() }
        let method = (tool["method"]?.string ?? "").lowercased()
        return words.allSatisfy { word in word == method || texts.contains { $0.contains(word) } }
    }
}

/// A tool as lists of tools name it, with where it comes from.
struct FoundTool: Sendable {
    let name: String
    let title: String
    /// `library · GET /books`
    let origin: String
    let address: String

    /// `builtIn` is the source that came with the server, which is told as such.
    init(_ tool: JSONValue, builtIn: String? = nil, address: String) {
        name = tool["name"]?.string ?? ""
        let title = tool["title"]?.string ?? ""
        self.title = title == name ? "" : title
        let operation = [tool["method"]?.string, tool["path"]?.string].compactMap(\.self).joined(separator: " ")
        let source = tool["source"]?.string ?? ""
        let label = source.isEmpty || source != builtIn ? source : BuiltInSource.label(source)
        origin = [label, operation].filter { !$0.isEmpty }.joined(separator: " · ")
        self.address = address
    }
}
