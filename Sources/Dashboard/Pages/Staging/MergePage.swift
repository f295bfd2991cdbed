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
        problem: Problem? = nil,
        now: Timestamp = .now()
    ) {
        header = ToolsetHeader(place, page: nil, now: now)
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
                MergeItemView(conflict, kind, id: "item-\(position + 1)", form: form, isAsked: problem != nil)
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

    init(_ conflict: JSONValue, _ kind: Kind, id: String, form: MergeForm, isAsked: Bool) {
        self.id = id
        item = kind.item
        title = kind.title
        let choice = form.choice(of: kind.item, in: kind.group)
        sides = [("base", "Base"), ("live", "Live"), ("staging", "Staging")].map { name, title in
            Side(
                id: "\(id)-\(name)",
                value: name,
                title: title,
                text: kind.text(of: conflict[name]),
                isNothing: conflict[name] == nil || conflict[name]?.isNull == true,
                isChosen: choice == name
            )
        }
        takesText = kind.takesText
        isOwn = choice == "own"
        ownText = form.texts[kind.item] ?? kind.editable(conflict["staging"] ?? .null)
        isDecided = choice != nil
        isMissing = isAsked && choice == nil
        switch choice {
        case "own"?: result = ownText.isEmpty ? "nothing" : ownText
        case let side?: result = kind.text(of: conflict[side])
        case nil: result = ""
        }
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
                group = "tool/\(rest.dropLast(field.count + 1))"
                title = Self.words(field)
                takesText = isText && !["confirm"].contains(field) || isList
            case "metadata":
                group = "metadata"
                title = Self.words(rest)
                takesText = isText && rest != "documentation_url"
            case "order":
                group = item
                title = "Order of the \(rest)"
                takesText = isList
            case "pin":
                group = item
                title = "Stays on \(rest)"
                takesText = false
            default:
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

        /// A value in words.
        func text(of value: JSONValue?) -> String {
            switch value {
            case nil, .null?: parts.first == "variation" ? "nothing of its own" : "nothing"
            case .bool(let flag)?:
                parts.first == "variation" || parts.first == "metadata"
                    ? (flag ? "yes" : "no") : (flag ? "in the toolset" : "not in the toolset")
            case .string(let text)?: text.isEmpty ? "empty" : text
            case .array(let items)? where isList: items.compactMap(\.string).joined(separator: "\n")
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
