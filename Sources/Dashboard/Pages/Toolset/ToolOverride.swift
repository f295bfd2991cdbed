import JSON
import Vocabulary

/// A text of a tool that a toolset can say in another way: what it says now, and what stands behind it.
struct ToolOverride: Sendable {
    let name: String
    let label: String
    let hint: String
    /// What is served, or what somebody typed.
    let value: String
    /// What is served where this toolset says nothing.
    let original: String
    /// What the document says, where the project says something else.
    let document: String
    /// `From the document`
    let origin: String
    let isOverridden: Bool
    /// Whether it may have several lines.
    let isLong: Bool
    let error: String

    init(
        _ name: String,
        _ label: String,
        of tool: JSONValue,
        hint: String = "",
        isLong: Bool = false,
        typed: FormFields? = nil,
        problem: Problem? = nil
    ) {
        self.name = name
        self.label = label
        self.hint = hint
        self.isLong = isLong
        let own = tool["variations"]?["own"]?[name]
        let global = tool["variations"]?["global"]?[name]
        original = ToolEdit.text(tool["inherited"]?[name] ?? global)
        let document = ToolEdit.text(tool["original"]?[name])
        self.document = global != nil && document != original ? document : ""
        origin = global == nil ? "From the document" : "From the project's variation"
        isOverridden = own != nil
        value =
            typed?[name]
            ?? (own.map(ToolEdit.text) ?? (tool["inherited"]?.object == nil ? ToolEdit.text(tool[name]) : original))
        error = FieldSentence.text(of: problem.map { $0.about(name) }, field: name)
    }
}

/// Turns what somebody typed about a tool into what has to be said differently: a text that is the original's again is no
/// override, and what nobody touched stays as it is.
struct ToolEdit {
    static let texts = ["name", "title", "summary", "description", "tags", "confirm_prompt"]
    static let hints = ["read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint"]

    /// The tool as `toolsets.getTool` tells it.
    let tool: JSONValue

    private var own: JSONValue { tool["variations"]?["own"] ?? [:] }

    /// A text of the tool as a form shows it: line ends as browsers send them, tags as a list with commas.
    static func text(_ value: JSONValue?) -> String {
        if let tags = value?.array { return tags.compactMap(\.string).joined(separator: ", ") }
        return (value?.string ?? "").replacing("\r\n", with: "\n").replacing("\r", with: "\n")
    }

    /// The fields that `variations.upsert` has to be told; none where nothing was changed.
    func changes(_ form: FormFields) -> JSONObject {
        var changes = JSONObject()
        for name in Self.texts {
            if let typed = form[name] { changes[name] = change(of: name, to: typed) }
        }
        var annotations = JSONObject()
        for name in Self.hints {
            guard let typed = form[name] else { continue }
            let value: JSONValue = typed == "true" ? true : typed == "false" ? false : .null
            if value != own["annotations"]?[name] ?? .null { annotations[name] = value }
        }
        if !annotations.isEmpty { changes["annotations"] = .object(annotations) }
        if let typed = form["confirm"] {
            let value: JSONValue = typed.isEmpty ? .null : .string(typed)
            if value != own["confirm"] ?? .null { changes["confirm"] = value }
        }
        if let typed = form["output_schema"] {
            let value: JSONValue = typed == "true" ? true : typed == "false" ? false : .null
            if value != own["output_schema"] ?? .null { changes["output_schema"] = value }
        }
        return changes
    }

    /// The fields that take one override off; a hint by its own name.
    func withoutOverride(of name: String) -> JSONObject {
        Self.hints.contains(name) ? ["annotations": [name: .null]] : [name: .null]
    }

    private func change(of name: String, to typed: String) -> JSONValue? {
        let inherited = Self.text(tool["inherited"]?[name] ?? tool["variations"]?["global"]?[name])
        let shown = own[name].map(Self.text) ?? inherited
        let isOneLine = !["description", "summary", "confirm_prompt"].contains(name)
        // A browser takes line ends out of a field of one line.
        guard typed != shown, !isOneLine || typed != shown.replacing("\n", with: "") else { return nil }
        let trimmed = typed.split(whereSeparator: \.isWhitespace).isEmpty ? "" : typed
        if trimmed.isEmpty || trimmed == inherited { return own[name] == nil ? nil : .null }
        guard name == "tags" else { return .string(isOneLine ? Self.trimmed(trimmed) : trimmed) }
        let tags = trimmed.split(separator: ",").map { Self.trimmed(String($0)) }.filter { !$0.isEmpty }
        return JSONValue(tags)
    }

    private static func trimmed(_ text: String) -> String {
        var text = Substring(text)
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}

extension ToolOverride: FaultyField {
    var controlID: String { "edit-\(name)" }
}
