import Accounts
import JSON
import Vocabulary

/// What a form says that a tool says otherwise.
struct VariationFields: Sendable {
    /// As `variations.upsertGlobal` takes it: null where nothing is said.
    let input: JSONObject

    static let hints = ["read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint"]
    static let texts = ["name", "title", "description", "summary", "confirm_prompt"]

    init(_ form: FormFields) {
        var input = JSONObject()
        for name in Self.texts { input[name] = JSONValue(form.text(name)) }
        input["confirm"] = JSONValue(form.text("confirm"))
        let tags = (form.text("tags") ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        input["tags"] = tags.isEmpty ? .null : JSONValue(tags)
        var annotations = JSONObject()
        for hint in Self.hints { annotations[hint] = form.text(hint).map { .bool($0 == "true") } ?? .null }
        input["annotations"] = .object(annotations)
        input["output_schema"] = form.text("output_schema").map { .bool($0 == "true") } ?? .null
        self.input = input
    }

    /// What a variation says otherwise, in words.
    static func changed(by variation: JSONValue) -> [String] {
        let words = [
            ("name", "name"), ("title", "title"), ("description", "description"), ("summary", "summary"),
            ("tags", "tags"), ("confirm", "whether a person is asked"), ("confirm_prompt", "question before a call"),
            ("output_schema", "output schema"),
        ]
        let names = words.filter { name, _ in variation[name].map { !$0.isNull } ?? false }.map(\.1)
        let hints = variation["annotations"]?.object?.map(\.value) ?? []
        return names + (hints.contains { !$0.isNull } ? ["hints"] : [])
    }
}

/// One variation of the project, beside what the document says.
struct VariationPage: Sendable {
    struct Choice: Sendable {
        let name: String
        let label: String
        let hint: String
        let options: [FormOption]
    }

    struct Text: Sendable {
        let field: FormField
        let original: String
        let isLong: Bool
    }

    struct Version: Sendable {
        let version: Int
        let what: String
        let actor: String
        let when: Moment?
    }

    let name: String
    let urn: String
    let isGone: Bool
    let operation: String
    let listAddress: String
    let action: String
    let revertAddress: String
    let texts: [Text]
    let choices: [Choice]
    let touched: TouchedToolsets
    let versions: [Version]
    let hasVersions: Bool
    let mayEdit: Bool
    let fault: String

    init(
        tool: JSONValue?,
        history: [JSONValue],
        touched: TouchedToolsets,
        visit: Visit,
        problem: Problem? = nil,
        now: Timestamp = .now()
    ) {
        urn = visit.query.text("urn") ?? ""
        name = ToolName.of(urn)
        isGone = tool == nil
        operation = tool.map { FoundTool($0, address: "").origin } ?? ToolName.source(of: urn)
        listAddress = Address.section(.variations, in: visit.project)
        action = Address.query("\(listAddress)/~edit", ["urn": urn])
        let current = history.first ?? .null
        let isVaried = !VariationFields.changed(by: current).isEmpty
        revertAddress = isVaried ? Address.query("\(listAddress)/~revert", ["urn": urn]) : ""
        let rows = VariationRows(tool: tool, current: current, form: visit.form, problem: problem)
        texts = rows.texts
        choices = rows.choices
        self.touched = touched
        versions = history.map {
            let what = VariationFields.changed(by: $0)
            return Version(
                version: $0["version"]?.integer ?? 0,
                what: what.isEmpty ? "taken off" : what.joined(separator: ", "),
                actor: ActorName.text($0["created_by"]),
                when: Moment($0["created_at"]?.string, now: now)
            )
        }
        hasVersions = !versions.isEmpty
        mayEdit = visit.caller.allows(.producer)
        fault = texts.contains { !$0.field.error.isEmpty } ? "" : problem?.pageMessage ?? ""
    }
}

/// The fields of a variation's form: as typed, else as they are, with what the document says beside them.
private struct VariationRows {
    let tool: JSONValue?
    let current: JSONValue
    let form: FormFields
    let problem: Problem?

    /// In the words of the editor of a toolset's tool, which says the same for one toolset.
    var texts: [VariationPage.Text] {
        [
            text(
                "name",
                "Name",
                original: tool?["name"]?.string,
                "What agents call: letters, digits, - and _, at most 60."
            ),
            text("title", "Title", original: tool?["title"]?.string, "What people see in a client."),
            text(
                "description",
                "Description",
                original: tool?["description"]?.string,
                "What a model chooses the tool by.",
                isLong: true
            ),
            text(
                "summary",
                "Summary",
                original: tool?["summary"]?.string,
                "Served in place of the description where that is not edited.",
                isLong: true
            ),
            text("tags", "Tags", original: list(tool?["tags"]), "With commas between them."),
            text("confirm_prompt", "Question before a call", original: nil, "What a person is asked.", isLong: true),
        ]
    }

    var choices: [VariationPage.Choice] {
        let hints = ToolHint.allCases.map { hint in
            choice(
                hint.field,
                hint.words(true),
                original: tool?["annotations"]?[hint.rawValue]?.bool.map { hint.words($0) } ?? "not said",
                current: current["annotations"]?[hint.field]?.bool.map(String.init),
                options: [("true", hint.words(true)), ("false", hint.words(false))],
                hint: hint.meaning(true)
            )
        }
        let confirm = choice(
            "confirm",
            "Ask a person",
            original: "never",
            current: current["confirm"]?.string,
            options: [("never", "Never"), ("session", "Before the first call"), ("always", "Before each call")]
        )
        let schema = choice(
            "output_schema",
            "Output schema",
            original: "as the toolset or the source says",
            current: current["output_schema"]?.bool.map(String.init),
            options: [("true", "Serve it"), ("false", "Leave it out")]
        )
        return hints + [confirm, schema]
    }

    private func text(
        _ name: String,
        _ label: String,
        original: String?,
        _ hint: String,
        isLong: Bool = false
    ) -> VariationPage.Text {
        let current = name == "tags" ? list(self.current["tags"]) : self.current[name]?.string ?? ""
        let field = FormField(
            name,
            label,
            value: form[name] ?? current,
            hint: hint,
            isRequired: false,
            problem: problem?.about(name)
        )
        return VariationPage.Text(field: field, original: original ?? "", isLong: isLong)
    }

    private func choice(
        _ name: String,
        _ label: String,
        original: String,
        current: String?,
        options: [(String, String)],
        hint: String = ""
    ) -> VariationPage.Choice {
        let chosen = form[name] ?? current ?? ""
        let first = FormOption(value: "", label: "Original: \(original)", isChosen: chosen.isEmpty)
        return VariationPage.Choice(
            name: name,
            label: label,
            hint: hint,
            options: [first] + options.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) }
        )
    }

    private func list(_ tags: JSONValue?) -> String {
        (tags?.array ?? []).compactMap(\.string).joined(separator: ", ")
    }
}
