import JSON
import Vocabulary

/// A tool of a toolset: what it says, what it would say by itself, what it takes, and the call that it makes.
struct ToolEditPage: Sendable {
    let header: ToolsetHeader
    let fault: String
    let isEditable: Bool
    let name: String
    let urn: String
    let etag: String
    let back: String
    let backAddress: String
    let saveAddress: String
    let saveLabel: String
    let originalAddress: String
    let warnings: [ToolRow.Badge]
    let tokens: String
    /// What the model and people read.
    let texts: [ToolOverride]
    /// What a person is asked before a call.
    let question: [ToolOverride]
    let overrides: [ToolOverride]
    let hints: [FormSelect]
    let confirm: FormSelect
    let outputSchema: FormSelect?
    let isOverridden: Bool
    let isOrphan: Bool
    let arguments: [SchemaRow]
    let hasArguments: Bool
    let inputSchema: String
    let call: UpstreamCallView?

    init(
        _ answer: JSONObject,
        place: ToolsetPlace,
        back: ToolQuery,
        typed: FormFields? = nil,
        problem: Problem? = nil
    ) {
        let tool = answer["tool"] ?? .null
        isEditable = place.isEditable && tool["inherited"]?.object != nil
        name = tool["name"]?.string ?? ""
        header = ToolsetHeader(place, page: .tools, trail: [("Tools", ""), (name, "")])
        urn = tool["urn"]?.string ?? ""
        etag = answer["etag"]?.string ?? ""
        self.back = back.text(view: place.view)
        let base = Address.toolset(place.slug, in: place.project)
        backAddress = base + self.back
        // Whoever opens these addresses again comes to this tool.
        let which = AddressQuery([("urn", urn), ("view", place.view), ("back", self.back)]).text
        saveAddress = "\(base)/tools/edit\(which)"
        originalAddress = "\(base)/tools/use-original\(which)"
        saveLabel = place.isStagingMode ? "Save in staging" : "Save, live at once"
        warnings = ToolRow(tool).badges.filter { $0.kind == "warning" }
        tokens = Self.tokens(tool)
        overrides = Self.overrides(of: tool, typed: typed, problem: problem)
        texts = overrides.filter { $0.name != "confirm_prompt" }
        question = overrides.filter { $0.name == "confirm_prompt" }
        hints = Self.hints(of: tool, typed: typed)
        confirm = Self.confirm(of: tool, typed: typed)
        outputSchema = Self.outputSchema(of: tool, typed: typed)
        isOverridden = tool["overridden"]?.array?.isEmpty == false
        isOrphan = tool["marks"]?.array?.contains("orphan") == true
        arguments = SchemaRow.rows(of: tool["input_schema"])
        hasArguments = !arguments.isEmpty
        inputSchema = tool["input_schema"].map(\.indentedText) ?? ""
        call = tool["call"].map(UpstreamCallView.init)
        let isShown = overrides.contains { !$0.error.isEmpty }
        fault = isShown ? "" : problem?.pageMessage ?? ""
    }

    private static func tokens(_ tool: JSONValue) -> String {
        let after = tool["tokens"]?.integer ?? 0
        guard let before = tool["original"]?["tokens"]?.integer, before != after, after > 0 else {
            return after == 0 ? "" : "about \(Count.of(after, "token"))"
        }
        return "about \(Count.of(before, "token")) by itself, \(Count.number(after)) as it is served"
    }

    private static func overrides(of tool: JSONValue, typed: FormFields?, problem: Problem?) -> [ToolOverride] {
        func override(_ name: String, _ label: String, _ hint: String = "", isLong: Bool = false) -> ToolOverride {
            ToolOverride(name, label, of: tool, hint: hint, isLong: isLong, typed: typed, problem: problem)
        }
        return [
            override("name", "Name", "What agents call: letters, digits, - and _, at most 60."),
            override("title", "Title", "What people see in a client."),
            override("description", "Description", "What a model chooses the tool by.", isLong: true),
            override(
                "summary",
                "Summary",
                "Served in place of the description where that is not edited.",
                isLong: true
            ),
            override("tags", "Tags", "With commas between them."),
            override("confirm_prompt", "Question before a call", "What a person is asked.", isLong: true),
        ]
    }

    private static func hints(of tool: JSONValue, typed: FormFields?) -> [FormSelect] {
        ToolHint.allCases.map { hint in
            let own = tool["variations"]?["own"]?["annotations"]?[hint.field]?.bool
            let original =
                tool["inherited"]?["annotations"]?[hint.rawValue]?.bool.map { hint.words($0) } ?? "not said"
            return FormSelect(
                hint.field,
                hint.words(true),
                [
                    ("", "Original: \(original)"), ("true", hint.words(true)), ("false", hint.words(false)),
                ],
                chosen: typed?[hint.field] ?? own.map(String.init) ?? "",
                hint: hint.meaning(true)
            )
        }
    }

    private static func confirm(of tool: JSONValue, typed: FormFields?) -> FormSelect {
        let words = [("never", "Never"), ("session", "Before the first call"), ("always", "Before each call")]
        let original = tool["inherited"]?["confirm"]?.string ?? "never"
        let word = words.first { $0.0 == original }?.1.lowercased() ?? original
        return FormSelect(
            "confirm",
            "Ask a person",
            [("", "Original: \(word)")] + words,
            chosen: typed?["confirm"] ?? tool["variations"]?["own"]?["confirm"]?.string ?? ""
        )
    }

    private static func outputSchema(of tool: JSONValue, typed: FormFields?) -> FormSelect? {
        guard tool["output_schema"] != nil else { return nil }
        let own = tool["variations"]?["own"]?["output_schema"]?.bool
        return FormSelect(
            "output_schema",
            "Output schema",
            [("", "As the toolset says"), ("true", "Serve it"), ("false", "Leave it out")],
            chosen: typed?["output_schema"] ?? own.map(String.init) ?? ""
        )
    }
}

/// The request that a tool makes, as people read it.
struct UpstreamCallView: Sendable {
    struct Argument: Sendable {
        let argument: String
        let place: String
    }

    let method: String
    let address: String
    let arguments: [Argument]
    let body: String
    let authorization: String
    let json: String

    init(_ call: JSONValue) {
        method = call["method"]?.string ?? ""
        address = "\(call["server"]?.string ?? "")\(call["path"]?.string ?? "")"
        arguments = (call["parameters"]?.array ?? []).map { parameter in
            let name = parameter["name"]?.string ?? ""
            let place = parameter["in"]?.string ?? parameter["location"]?.string ?? ""
            return Argument(argument: parameter["argument"]?.string ?? name, place: "\(place) \(name)")
        }
        body = call["body"]?["contentType"]?.string ?? ""
        let schemes = call["security"]?.array?.map { alternative in
            (alternative.array ?? []).flatMap { $0["variables"]?.array?.compactMap(\.string) ?? [] }
                .joined(separator: " and ")
        }
        authorization = (schemes ?? []).filter { !$0.isEmpty }.joined(separator: ", or ")
        json = call.indentedText
    }
}

extension JSONValue {
    /// For people: two spaces a level.
    var indentedText: String {
        var lines: [String] = []
        write(to: &lines, prefix: "", indent: "", suffix: "")
        return lines.joined(separator: "\n")
    }

    private func write(to lines: inout [String], prefix: String, indent: String, suffix: String) {
        switch self {
        case .object(let object) where !object.isEmpty:
            lines.append("\(indent)\(prefix){")
            for (position, member) in object.enumerated() {
                let comma = position == object.count - 1 ? "" : ","
                let name = "\(JSONValue.string(member.key).text): "
                member.value.write(to: &lines, prefix: name, indent: indent + "  ", suffix: comma)
            }
            lines.append("\(indent)}\(suffix)")
        case .array(let items) where items.contains { $0.array != nil || $0.object != nil }:
            lines.append("\(indent)\(prefix)[")
            for (position, item) in items.enumerated() {
                let comma = position == items.count - 1 ? "" : ","
                item.write(to: &lines, prefix: "", indent: indent + "  ", suffix: comma)
            }
            lines.append("\(indent)]\(suffix)")
        default: lines.append("\(indent)\(prefix)\(text)\(suffix)")
        }
    }
}
