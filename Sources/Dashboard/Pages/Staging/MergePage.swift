import JSON
import Vocabulary

/// Items that live and staging both changed, each with what base, live and staging say, and what staging will say.
struct MergePage: Sendable {
    /// Everything about one thing, which is decided together or item by item.
    struct Group: Sendable {
        let id: String
        let title: String
        let key: String
        let items: [MergeItemView]
    }

    let header: ToolsetHeader
    let address: String
    let reviewAddress: String
    let fault: String
    let isPending: Bool
    let baseName: String
    let liveName: String
    let groups: [Group]
    let isWithoutConflicts: Bool
    /// `2 of 3 decided`
    let progress: String
    let list: ChangeList?
    let etag: String

    init(
        _ place: ToolsetPlace,
        _ review: JSONValue,
        form: MergeForm,
        texts: MergeTexts = MergeTexts(),
        problem: Problem? = nil,
        now: Timestamp = .now()
    ) {
        header = ToolsetHeader(
            place,
            page: nil,
            trail: [("Review", "review"), ("Merge live into staging", "")],
            now: now
        )
        address = Address.toolset(place.slug, "merge", in: place.project)
        reviewAddress = Address.toolset(place.slug, "review", in: place.project)
        isPending = review["merge_pending"]?.bool == true
        baseName = review["base_release"]?.integer.map { "release \($0)" } ?? "its base"
        liveName = review["live_release"]?.integer.map { "release \($0)" } ?? "live"
        let conflicts = review["conflicts"]?.array ?? []
        var keys: [String] = []
        var items: [String: [MergeItemView]] = [:]
        for (position, conflict) in conflicts.enumerated() {
            let kind = MergeItemView.Kind(conflict)
            if items[kind.group] == nil { keys.append(kind.group) }
            items[kind.group, default: []].append(
                MergeItemView(
                    conflict,
                    kind,
                    id: "item-\(position + 1)",
                    choice: form.choice(of: kind.item, in: kind.group),
                    ownText: form.texts[kind.item],
                    texts: texts,
                    isAsked: problem != nil
                )
            )
        }
        groups = keys.enumerated().map { position, key in
            Group(
                id: "group-\(position + 1)",
                title: MergeItemView.Kind.title(ofGroup: key),
                key: key,
                items: items[key] ?? []
            )
        }
        isWithoutConflicts = conflicts.isEmpty
        let all = groups.flatMap(\.items)
        let decided = all.count(where: \.isDecided)
        progress = all.isEmpty ? "" : "\(decided) of \(all.count) decided"
        let gained = review["merged"]?.array ?? []
        list = gained.isEmpty ? nil : ChangeList(gained, prefix: "gained")
        etag = place.toolset["etag"]?.string ?? ""
        switch problem?.code {
        case .mergeConflicts?:
            fault =
                "\(Count.of(all.count - decided, "item")) still \(all.count - decided == 1 ? "needs" : "need") a side. Nothing was changed."
        case .etagMismatch?:
            fault = "Staging was edited meanwhile. Your choices are kept; look again. Nothing was changed."
        default: fault = problem?.pageMessage ?? ""
        }
    }
}

/// One item that both sides changed.
struct MergeItemView: Sendable {
    /// One of the values that it may have.
    struct Side: Sendable {
        let id: String
        let value: String
        let title: String
        let text: String
        /// What staging will say where this is taken, where that is not the text itself.
        let becomes: String
        /// `from the document`; empty for a text of the toolset's own.
        let origin: String
        let isNothing: Bool
        let isChosen: Bool
    }

    let id: String
    let item: String
    let title: String
    let sides: [Side]
    let takesText: Bool
    let isOwn: Bool
    let ownText: String
    let result: String
    let isDecided: Bool
    let isMissing: Bool

    init(
        _ conflict: JSONValue,
        _ kind: Kind,
        id: String,
        choice: String?,
        ownText typed: String?,
        texts: MergeTexts,
        isAsked: Bool
    ) {
        self.id = id
        item = kind.item
        title = kind.title
        sides = [("base", "Base"), ("live", "Live"), ("staging", "Staging")].map { name, title in
            Side(
                id: "\(id)-\(name)",
                name,
                title: title,
                own: conflict[name].flatMap { $0.isNull ? nil : $0 },
                kind: kind,
                texts: texts,
                isChosen: choice == name
            )
        }
        takesText = kind.takesText
        isOwn = choice == "own"
        ownText = typed ?? kind.editable(conflict["staging"] ?? .null)
        isDecided = choice != nil
        isMissing = isAsked && choice == nil
        switch choice {
        case "own"?: result = ownText.isEmpty ? "nothing" : ownText
        case let name?:
            result = sides.first { $0.value == name }.map { $0.becomes.isEmpty ? $0.text : $0.becomes } ?? ""
        case nil: result = ""
        }
    }
}

extension MergeItemView.Side {
    fileprivate init(
        id: String,
        _ name: String,
        title: String,
        own: JSONValue?,
        kind: MergeItemView.Kind,
        texts: MergeTexts,
        isChosen: Bool
    ) {
        self.id = id
        value = name
        self.title = title
        self.isChosen = isChosen
        let inherited =
            own == nil ? kind.field.flatMap { texts.text(of: $0.name, tool: $0.tool, on: name) } : nil
        let applies = inherited.map { kind.text(of: $0.value, isServed: true) } ?? kind.text(of: own)
        text = applies
        origin = inherited.map { $0.value.isNull ? "" : $0.origin } ?? ""
        isNothing = own == nil && inherited?.value.isNull != false
        let result = inherited == nil ? nil : kind.field.flatMap { texts.result(of: $0.name, tool: $0.tool) }
        becomes = result.map { kind.text(of: $0.value, isServed: true) }.flatMap { $0 == applies ? nil : $0 } ?? ""
    }
}

extension MergeItemView {
    /// What kind of thing a conflict is about, by its name: `variation/tools:http:pets:list/title`.
    struct Kind: Sendable {
        let item: String
        /// What belongs together: `tool/tools:http:pets:list`.
        let group: String
        let title: String
        /// Whether somebody may write another text.
        let takesText: Bool
        /// The field of which tool it is; none for what is no field of a tool.
        let field: (name: String, tool: String)?
        private let isList: Bool
        private let parts: [String]

        init(_ conflict: JSONValue) {
            let item = conflict["item"]?.string ?? ""
            self.item = item
            parts = item.split(separator: "/", maxSplits: 1).map(String.init)
            let rest = parts.last ?? ""
            let values = ["base", "live", "staging"].compactMap { conflict[$0] }.filter { !$0.isNull }
            isList = !values.isEmpty && values.allSatisfy { $0.array?.allSatisfy { $0.string != nil } == true }
            let isText = !values.isEmpty && values.allSatisfy { $0.string != nil }
            switch parts.first {
            case "variation":
                let field = rest.split(separator: "/").last.map(String.init) ?? ""
                self.field = (field, String(rest.dropLast(field.count + 1)))
                group = "tool/\(rest.dropLast(field.count + 1))"
                title = Self.words(field)
                takesText = isText && !["confirm"].contains(field) || isList
            case "metadata":
                field = nil
                group = "metadata"
                title = Self.words(rest)
                takesText = isText && rest != "documentation_url"
            case "order":
                field = nil
                group = item
                title = "Order of the \(rest)"
                takesText = isList
            case "pin":
                field = nil
                group = item
                title = "Stays on \(rest)"
                takesText = false
            default:
                field = nil
                group = item
                title = "Part of the toolset"
                takesText = false
            }
        }

        static func title(ofGroup key: String) -> String {
            let parts = key.split(separator: "/", maxSplits: 1).map(String.init)
            switch parts.first {
            case "tool": return "Tool \(parts.last?.split(separator: ":").last ?? "")"
            case "prompt": return "Prompt \(parts.last ?? "")"
            case "resource": return "Resource \(parts.last ?? "")"
            case "metadata": return "Name and texts"
            case "order": return "Order"
            default: return "Project"
            }
        }

        /// A value in words; `isServed` says that it is what callers get, and not only what the toolset says itself.
        func text(of value: JSONValue?, isServed: Bool = false) -> String {
            switch value {
            case nil, .null?: parts.first == "variation" && !isServed ? "nothing of its own" : "nothing"
            case .bool(let flag)?:
                parts.first == "variation" || parts.first == "metadata"
                    ? (flag ? "yes" : "no") : (flag ? "in the toolset" : "not in the toolset")
            case .string(let text)?: text.isEmpty ? "empty" : text
            case .array(let items)? where isList || isServed: items.compactMap(\.string).joined(separator: "\n")
            case let value?: value.prettyText
            }
        }

        /// A value as somebody edits it.
        func editable(_ value: JSONValue) -> String {
            isList ? (value.array ?? []).compactMap(\.string).joined(separator: "\n") : value.string ?? ""
        }

        /// What an edited text means; none where the item takes no text.
        func value(of text: String) -> JSONValue? {
            guard takesText else { return nil }
            guard isList else { return .string(text) }
            return JSONValue(text.split(whereSeparator: \.isNewline).map(String.init))
        }

        private static func words(_ field: String) -> String {
            let words = field.replacing("_", with: " ")
            return words.prefix(1).uppercased() + words.dropFirst()
        }
    }
}

extension MergeItemView: FaultyField {
    var controlID: String { "\(id)-live" }
    var label: String { title }
    var error: String { isMissing ? "choose what staging shall say." : "" }
}
