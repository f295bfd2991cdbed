import JSON

/// Changes for people, grouped by what they are about.
struct ChangesText: Sendable {
    private let changes: [JSONValue]

    init(_ changes: JSONValue?) {
        self.changes = changes?.array ?? []
    }

    var isEmpty: Bool { changes.isEmpty }

    /// A heading and the changes below it; nothing where there are none.
    func section(_ heading: String, on console: Console) -> String? {
        isEmpty ? nil : console.style(heading, .strong) + "\n" + text(on: console)
    }

    /// Each subject with its changes, a line each: level, rule, sentence and fingerprint.
    func text(on console: Console) -> String {
        subjects.map { subject, changes in
            let name = changes.first?["name"]?.string ?? subject
            let title = subject == "toolset" ? "the toolset" : name.printable
            return "  \(title)\n" + changes.map { line($0, on: console) }.joined(separator: "\n")
        }.joined(separator: "\n")
    }

    private func line(_ change: JSONValue, on console: Console) -> String {
        let level = change["level"]?.string ?? ""
        let word = console.style(level.padded(to: 8), Self.style(of: level))
        let rule = (change["rule"]?.string ?? "").printable
        let sentence = (change["message"]?.string ?? "").printable
        let fingerprint = change["fingerprint"]?.string ?? ""
        let back = change["rolled_back"].map { rolledBack in
            " (rolled back from release \(rolledBack["from"]?.integer ?? 0) by \(rolledBack["actor"]?.string?.printable ?? "somebody"))"
        }
        let isFatal = change["acknowledgeable"]?.bool == false
        return
            "    \(word)  \(rule): \(sentence)\(back ?? "")\(isFatal ? " Cannot be acknowledged." : "")  [\(fingerprint.printable)]"
    }

    /// In the order of their first change.
    private var subjects: [(subject: String, changes: [JSONValue])] {
        var order: [String] = []
        var groups: [String: [JSONValue]] = [:]
        for change in changes {
            let subject = change["subject"]?.string ?? ""
            if groups[subject] == nil { order.append(subject) }
            groups[subject, default: []].append(change)
        }
        return order.map { ($0, groups[$0] ?? []) }
    }

    private static func style(of level: String) -> Style {
        switch level {
        case "breaking": .bad
        case "risky": .notable
        default: .faint
        }
    }
}

extension Wording {
    /// `2 breaking, 1 risky, 4 safe`; nothing where nobody compared or nothing changed.
    static func verdicts(_ verdicts: JSONValue?) -> String? {
        let parts = ["breaking", "risky", "safe"].compactMap { level -> String? in
            guard let count = verdicts?[level]?.integer, count > 0 else { return nil }
            return "\(count) \(level)"
        }
        return parts.isEmpty ? nil : parts.joined(separator: ", ")
    }
}

extension String {
    /// With spaces behind it, up to a width.
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
