import JSON
import Vocabulary

/// A variable in a form, by its place: `entry-3-name`.
struct EntryField: Sendable {
    let index: String
    let name: String
    /// Empty for secrets, which are never shown.
    let value: String
    /// What a plain variable says now, whatever was typed.
    var was = ""
    let isSecret: Bool
    /// Whether it is there already, so that an empty field leaves it as it is.
    let isSet: Bool
    let isNew: Bool
    let hint: String
    let error: String
}

/// The variables that a form sets and removes.
struct EntryFields {
    /// As `environments.update` takes them.
    let set: [JSONValue]
    let removed: [String]
    let typed: [(index: String, name: String, value: String, isSecret: Bool)]
    /// Where rows of the form stand in ``set``, by their index.
    private let positions: [String: Int]
    /// Positions in ``set`` of secrets that are to be none, without a value: what they say cannot be taken along.
    private let unknown: [Int]

    /// Reads `entry-…-name`, `-value`, `-secret`, `-was` (the value that a plain one had) and `-remove`.
    ///
    /// A secret without a value stays as it is; a row without a name is left out, unless it has a value.
    init(_ form: FormFields) {
        var set: [JSONValue] = []
        var removed: [String] = []
        var unknown: [Int] = []
        var positions: [String: Int] = [:]
        var typed: [(index: String, name: String, value: String, isSecret: Bool)] = []
        for (key, name) in form.under("entry-") where key.hasSuffix("-name") {
            let index = String(key.dropLast("-name".count))
            let value = form["entry-\(index)-value"] ?? ""
            let isSecret = form.has("entry-\(index)-secret")
            let isThere = form.has("entry-\(index)-there")
            let wasSecret = form["entry-\(index)-there"] == "secret"
            typed.append((index, name, value, isSecret))
            if form.has("entry-\(index)-remove") {
                removed.append(name)
                continue
            }
            let isLeft =
                isThere
                ? (wasSecret ? value.isEmpty && isSecret : value == form["entry-\(index)-was"] && !isSecret)
                : value.isEmpty
            guard !isLeft else { continue }
            if isThere, wasSecret, value.isEmpty { unknown.append(set.count) }
            positions[index] = set.count
            set.append(["name": .string(name.trimmed), "value": .string(value), "secret": .bool(isSecret)])
        }
        self.set = set
        self.removed = removed
        self.unknown = unknown
        self.typed = typed
        self.positions = positions
    }

    /// - Throws: ``Problem`` where a secret is to be shown, and its value was not typed again.
    func check() throws {
        guard !unknown.isEmpty else { return }
        throw Problem(
            .invalid,
            "A secret is never shown; type its value again. Nothing was changed.",
            errors: unknown.map {
                .init(
                    pointer: "/entries/\($0)/value",
                    message: "A secret is never shown: to make it plain, type its value again"
                )
            }
        )
    }

    /// What was done, for the page after it; none where nothing was.
    var sentence: String? {
        let names = set.compactMap { $0["name"]?.string }
        var parts: [String] = []
        if !names.isEmpty { parts.append("Set \(names.joined(separator: ", ")).") }
        if !removed.isEmpty { parts.append("Removed \(removed.joined(separator: ", ")).") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// What is wrong with the row of a form, where the problem is about what the call was sent.
    func error(at index: String, _ problem: Problem?) -> String {
        guard let problem, let position = positions[index] else { return "" }
        let place = "entries/\(position)"
        if problem.errors.contains(where: { $0.pointer == "/\(place)/name" && !$0.message.contains("twice") }) {
            return set[position]["name"]?.string?.isEmpty == false
                ? "The name begins with A to Z and has A to Z, 0 to 9 and _: LIBRARY_API_KEY."
                : "Give the variable a name."
        }
        return ["name", "value", "secret"].map { FieldSentence.text(of: problem, field: "\(place)/\($0)") }
            .filter { !$0.isEmpty }.joined(separator: " ")
    }
}

extension EntryField {
    /// The button that adds an empty row without saving anything.
    static let addButton = "add_entry"

    /// The rows of a form: what is there, what a toolset needs, and an empty one to add another; as they were typed where
    /// they were.
    static func rows(
        _ entries: [JSONValue],
        needs: ToolsetNeeds?,
        form: FormFields,
        problem: Problem?,
        isEditable: Bool
    ) -> [EntryField] {
        let sent = EntryFields(form)
        func typed(_ index: String) -> (name: String, value: String, isSecret: Bool)? {
            sent.typed.first { $0.index == index }.map { ($0.name, $0.value, $0.isSecret) }
        }
        var rows: [EntryField] = []
        for (position, entry) in entries.enumerated() {
            let index = "\(position)"
            let isSecret = entry["secret"]?.bool == true
            rows.append(
                EntryField(
                    index: index,
                    name: entry["name"]?.string ?? "",
                    value: typed(index)?.value ?? (isSecret ? "" : entry["value"]?.string ?? ""),
                    was: isSecret ? "" : entry["value"]?.string ?? "",
                    isSecret: isSecret,
                    isSet: true,
                    isNew: false,
                    hint: "",
                    error: sent.error(at: index, problem)
                )
            )
        }
        guard isEditable else { return rows }
        let names = Set(rows.map(\.name))
        for need in needs?.missing ?? [] where !names.contains(need.name) {
            let tools = need.tools.prefix(3).joined(separator: ", ")
            let others = need.tools.count > 3 ? " and \(need.tools.count - 3) more" : ""
            rows.append(new("need-\(need.name)", need.name, hint: "Needed by \(tools)\(others).", typed, sent, problem))
        }
        let added = sent.typed.count { $0.index.hasPrefix("new-") } + (form.has(addButton) ? 1 : 0)
        for position in 0..<max(1, added) {
            rows.append(new("new-\(position)", "", hint: "", typed, sent, problem))
        }
        return rows
    }

    private static func new(
        _ index: String,
        _ name: String,
        hint: String,
        _ typed: (String) -> (name: String, value: String, isSecret: Bool)?,
        _ sent: EntryFields,
        _ problem: Problem?
    ) -> EntryField {
        let row = typed(index)
        return EntryField(
            index: index,
            name: row?.name ?? name,
            value: row?.value ?? "",
            isSecret: row?.isSecret ?? !name.hasSuffix("_SERVER_URL"),
            isSet: false,
            isNew: name.isEmpty,
            hint: hint,
            error: sent.error(at: index, problem)
        )
    }
}

extension String {
    /// Without spaces around it.
    var trimmed: String {
        String(trimmingPrefix { $0.isWhitespace }.reversed().trimmingPrefix { $0.isWhitespace }.reversed())
    }
}
