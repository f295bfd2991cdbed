import Accounts
import JSON
import Vocabulary

/// What a form says that a tool says otherwise.
struct VariationFields: Sendable {
    /// As `variations.upsertGlobal` takes it: null where nothing is said.
    let input: JSONObject

    static let hints = ["read_only_hint", "destructive_hint", "idempotent_hint", "open_world_hint"]
    static let texts = ["name", "title", "description", "confirm_prompt"]

    init(_ form: FormFields) {
        var input = JSONObject()
        for name in Self.texts { input[name] = JSONValue(form.text(name)) }
        input["confirm"] = JSONValue(form.text("confirm"))
        let tags = (form.text("tags") ?? "").split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        input["tags"] = tags.isEmpty ? .null : JSONValue(tags)
        var annotations = JSONObject()
        for hint in Self.hints { annotations[hint] = form.text(hint).map { .bool($0 == "true") } ?? .null }
        input["annotations"] = .object(annotations)
        self.input = input
    }

    /// What a variation says otherwise, in words.
    static func changed(by variation: JSONValue) -> [String] {
        let texts = ["name", "title", "summary", "description", "tags", "confirm", "confirm_prompt", "output_schema"]
        let names = texts.filter { variation[$0].map { !$0.isNull } ?? false }
        let hints = (variation["annotations"]?.object?.count ?? 0) > 0 ? ["hints"] : []
        return names.map { $0.replacing("_", with: " ") } + hints
    }
}

/// One variation of the project, beside what the document says.
struct VariationPage: Sendable {
    struct Choice: Sendable {
        let name: String
        let label: String
        let original: String
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
        operation = tool.map { "\($0["method"]?.string ?? "") \($0["path"]?.string ?? "")" } ?? ""
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
                actor: $0["created_by"]?.string ?? "",
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

    var texts: [VariationPage.Text] {
        [
            text("name", "Name", original: tool?["name"]?.string, hint: "What agents call it by."),
            text("title", "Title", original: tool?["title"]?.string, hint: "What people see."),
            text(
                "description",
                "Description",
                original: tool?["description"]?.string,
                hint: "What agents choose by.",
                isLong: true
            ),
            VariationPage.Text(
                field: FormField(
                    "tags",
                    "Tags",
                    value: form["tags"] ?? list(current["tags"]),
                    hint: "Separated by commas.",
                    isRequired: false,
                    problem: problem
                ),
                original: list(tool?["tags"]),
                isLong: false
            ),
            text("confirm_prompt", "What a person is asked before the call", original: nil, hint: ""),
        ]
    }

    var choices: [VariationPage.Choice] {
        let hints = ToolHint.allCases.map { hint in
            choice(
                hint.field,
                hint.words(true),
                original: tool?["annotations"]?[hint.rawValue]?.bool.map { hint.words($0) },
                current: current["annotations"]?[hint.field]?.bool.map { $0 ? "true" : "false" },
                options: [("true", hint.words(true)), ("false", hint.words(false))]
            )
        }
        let confirm = choice(
            "confirm",
            "Ask a person before the call",
            original: nil,
            current: current["confirm"]?.string,
            options: [("never", "Never"), ("session", "Once in a session"), ("always", "Always")]
        )
        return hints + [confirm]
    }

    private func text(
        _ name: String,
        _ label: String,
        original: String?,
        hint: String,
        isLong: Bool = false
    ) -> VariationPage.Text {
        VariationPage.Text(
            field: FormField(
                name,
                label,
                value: form[name] ?? current[name]?.string ?? "",
                hint: hint,
                isRequired: false,
                problem: problem
            ),
            original: original ?? "",
            isLong: isLong
        )
    }

    private func choice(
        _ name: String,
        _ label: String,
        original: String?,
        current: String?,
        options: [(String, String)]
    ) -> VariationPage.Choice {
        let chosen = form[name] ?? current ?? ""
        let first = FormOption(value: "", label: "As it is", isChosen: chosen.isEmpty)
        return VariationPage.Choice(
            name: name,
            label: label,
            original: original ?? "",
            options: [first] + options.map { FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == chosen) }
        )
    }

    private func list(_ tags: JSONValue?) -> String {
        (tags?.array ?? []).compactMap(\.string).joined(separator: ", ")
    }
}
