import JSON

/// The notes of a release as its changes suggest them: a line that says what it is about, and a line for each change.
enum NotesDraft {
    /// How many changes are told one by one; more make nobody wiser.
    private static let longest = 30

    /// The notes that somebody may edit, of changes as the review answers them: grouped by tool, the worst first.
    static func text(of changes: [JSONValue]) -> String {
        let told = ["breaking", "risky", "safe"].flatMap { level in changes.filter { $0["level"]?.string == level } }
        guard told.count != 1, !told.isEmpty else { return told.first.map(line) ?? "" }
        var subjects: [String] = []
        var groups: [String: [JSONValue]] = [:]
        for change in told.prefix(longest) {
            let subject = change["subject"]?.string ?? ""
            if groups[subject] == nil { subjects.append(subject) }
            groups[subject, default: []].append(change)
        }
        var lines = subjects.flatMap { subject in Self.lines(of: groups[subject] ?? []) }
        if told.count > longest { lines.append("- and \(Count.of(told.count - longest, "more change"))") }
        return "\(headline(changes))\n\n\(lines.joined(separator: "\n"))"
    }

    /// One line for one change; a line with the name, and the changes below it, for several.
    private static func lines(of changes: [JSONValue]) -> [String] {
        guard changes.count > 1, let first = changes.first else { return changes.map { "- \(line($0))" } }
        let name = first["subject"]?.string == "toolset" ? "The server" : first["name"]?.string ?? ""
        return ["- \(name):"] + changes.map { "  - \(plain($0))" }
    }

    private static func plain(_ change: JSONValue) -> String {
        (change["message"]?.string ?? "").replacing("`", with: "")
    }

    private static func line(_ change: JSONValue) -> String {
        let message = change["message"]?.string ?? ""
        let plain = message.replacing("`", with: "")
        guard change["subject"]?.string != "toolset" else { return plain }
        let name = change["name"]?.string ?? ""
        return message.contains("`\(name)`") ? plain : "\(name): \(plain)"
    }

    /// `1 tool added, 2 changed, 1 removed`
    private static func headline(_ changes: [JSONValue]) -> String {
        var added: Set<String> = []
        var removed: Set<String> = []
        var changed: Set<String> = []
        for change in changes {
            guard let subject = change["subject"]?.string, subject != "toolset" else { continue }
            switch change["rule"]?.string {
            case "set.tool.added", "prompt.item.added", "resource.item.added": added.insert(subject)
            case "set.tool.removed", "prompt.item.removed", "resource.item.removed": removed.insert(subject)
            default: changed.insert(subject)
            }
        }
        changed.subtract(added.union(removed))
        let all = added.union(removed).union(changed)
        guard !all.isEmpty else { return Count.changes(changes.count) + " of the server’s texts" }
        let noun = all.allSatisfy { $0.hasPrefix("tools:") && !$0.hasPrefix("tools:prompt:") } ? "tool" : "item"
        let counts = [(added.count, "added"), (changed.count, "changed"), (removed.count, "removed")]
        let parts = counts.filter { $0.0 > 0 }
        return parts.enumerated().map { position, part in
            position == 0 ? "\(Count.of(part.0, noun)) \(part.1)" : "\(part.0) \(part.1)"
        }.joined(separator: ", ")
    }
}
