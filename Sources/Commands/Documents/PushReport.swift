import JSON

/// What came of a push, for people.
struct PushReport: Sendable {
    /// How many tools a source has.
    struct ToolCount: Sendable {
        let source: String
        let tools: Int
        /// The estimated cost of all of them for a model, without output schemas.
        let tokens: Int
        /// How many keep a name that the document would no longer give them.
        let renamed: Int
    }

    let deployment: JSONValue
    let logs: [JSONValue]
    let toolCounts: [ToolCount]
    /// The file of each source that was pushed.
    let files: [String: String]

    var isCompleted: Bool { deployment["status"]?.string == "completed" }
    var number: Int { deployment["seq"]?.integer ?? 0 }

    func text(on console: Console) -> String {
        var lines = diagnosticLines(on: console)
        lines += toolCounts.map { "\($0.source): \(Wording.count($0.tools, "tool")), \(Wording.tokens($0.tokens))" }
        lines += toolCounts.filter { $0.renamed > 0 }.map(keptNames)
        if isCompleted {
            let all = Wording.count(deployment["tool_count"]?.integer ?? 0, "tool")
            lines.append("Deployment \(number) is \(console.style("completed", .good)): \(all)\(diagnostics).")
        }
        return lines.joined(separator: "\n")
    }

    /// What to tell where the deployment is not completed.
    var failure: CommandFailure? {
        switch deployment["status"]?.string {
        case "completed": nil
        case "failed":
            CommandFailure(
                "deployment \(number) failed, and nothing that is served has changed; mend what stands above and push again."
            )
        default:
            CommandFailure("deployment \(number) is not done yet; look at it again by `slipway status`.")
        }
    }

    private func keptNames(_ count: ToolCount) -> String {
        let keep = count.renamed == 1 ? "it keeps its name; see its" : "they keep their names; see their"
        return
            "\(count.source): the operationId of \(Wording.count(count.renamed, "tool")) changed; \(keep) offered_name in tools.get."
    }

    private var diagnostics: String {
        let found = [("error", "error"), ("warning", "warning")].compactMap { member, noun -> String? in
            guard let count = deployment["diagnostics"]?[member]?.integer, count > 0 else { return nil }
            return Wording.count(count, noun)
        }
        return found.isEmpty ? "" : " with " + found.joined(separator: " and ")
    }

    /// What is said of the documents that were pushed, and of others only where they failed the deployment. Of the
    /// warnings and notes of one code the first ones; how many more there are is said.
    private func diagnosticLines(on console: Console) -> [String] {
        var lines: [String] = []
        var counts: [String: Int] = [:]
        var others = 0
        for log in logs {
            guard let line = line(for: log, on: console) else { continue }
            let isError = log["level"]?.string == "error"
            let isOwn = log["source"]?.string.map { files[$0] != nil } ?? true
            guard isOwn || isError && !isCompleted else {
                others += 1
                continue
            }
            let code = log["code"]?.string ?? ""
            if !isError { counts[code, default: 0] += 1 }
            if isError || code.isEmpty || counts[code, default: 0] <= Self.shownOfOneCode { lines.append(line) }
        }
        for (code, count) in counts.sorted(by: { $0.key < $1.key }) where !code.isEmpty && count > Self.shownOfOneCode {
            lines.append("\(count - Self.shownOfOneCode) more of [\(code)]; deployments.logs has them all.")
        }
        if others > 0 {
            lines.append(
                "\(Wording.count(others, "diagnostic")) of sources that were not pushed: see deployments.logs."
            )
        }
        return lines
    }

    private static let shownOfOneCode = 10

    /// `petstore.yaml:12:5: warning: … [code] at /paths/~1pets`; nothing for what only tells the story.
    private func line(for log: JSONValue, on console: Console) -> String? {
        var level = log["level"]?.string ?? ""
        if level == "info", log["code"]?.string != nil { level = "note" }
        guard ["error", "warning", "note"].contains(level) else { return nil }
        let source = log["source"]?.string
        var place = source.map { files[$0] ?? $0 } ?? "deployment"
        if let file = log["file"]?.string { place += "/\(file)" }
        if let line = log["line"]?.integer {
            place += ":\(line)"
            if let column = log["column"]?.integer { place += ":\(column)" }
        }
        var text = "\(log["message"]?.string ?? "")"
        if let code = log["code"]?.string, !text.contains("[\(code)]") { text += " [\(code)]" }
        if let pointer = log["pointer"]?.string, !pointer.isEmpty, !text.contains(pointer) { text += " at \(pointer)" }
        let label = level == "note" ? level : console.style(level, level == "error" ? .bad : .notable)
        return "\(place.printable): \(label): \(text.printable)"
    }
}
