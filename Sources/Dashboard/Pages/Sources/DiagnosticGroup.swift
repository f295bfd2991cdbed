import JSON

/// A table of diagnostics, as the part `source/diagnostics` shows it.
struct DiagnosticTable: Sendable {
    let rows: [DiagnosticGroup]

    /// None where there is nothing to tell.
    init?(_ rows: some Collection<DiagnosticGroup>) {
        guard !rows.isEmpty else { return nil }
        self.rows = Array(rows)
    }
}

/// Diagnostics that say the same of one source, with all their places: a document that is wrong in one way is mostly wrong
/// in many places.
struct DiagnosticGroup: Sendable {
    struct Place: Sendable {
        /// `schemas/pet.yaml, line 12, column 5`
        let text: String
        let pointer: String
    }

    let isError: Bool
    let isWarning: Bool
    let message: String
    let code: String
    let source: String
    let places: [Place]
    /// More places, folded away.
    let others: [Place]
    /// `57 more places`; empty where all are shown.
    let othersLabel: String
    /// How many are not even folded away; empty where none are.
    let left: String

    private static let mostPlaces = 3
    private static let mostOthers = 100

    /// Errors first, then warnings, then notes; each in the order of the documents. What is only told to say that it went
    /// well is left out.
    static func groups(of logs: [JSONValue]) -> [DiagnosticGroup] {
        var order: [[String]] = []
        var members: [[String]: [JSONValue]] = [:]
        for log in logs where log["level"]?.string != "info" || log["code"]?.string != nil {
            let key = ["level", "source", "code", "message"].map { log[$0]?.string ?? "" }
            if members[key] == nil { order.append(key) }
            members[key, default: []].append(log)
        }
        let levels = ["error", "warning", "info"]
        return levels.flatMap { level in
            order.filter { $0[0] == level }.map { DiagnosticGroup($0, members[$0] ?? []) }
        }
    }

    /// Without the source before it and the code behind it, which stand beside it.
    private static func message(_ text: String, source: String, code: String) -> String {
        var text = text
        if !source.isEmpty, text.hasPrefix("\(source): ") { text.removeFirst(source.count + 2) }
        if !code.isEmpty, text.hasSuffix(" [\(code)]") { text.removeLast(code.count + 3) }
        return text
    }

    private init(_ key: [String], _ logs: [JSONValue]) {
        (isError, isWarning) = (key[0] == "error", key[0] == "warning")
        (source, code) = (key[1], key[2])
        message = Self.message(key[3], source: key[1], code: key[2])
        let all = logs.map(Place.init).filter { !$0.text.isEmpty || !$0.pointer.isEmpty }
        places = Array(all.prefix(Self.mostPlaces))
        others = Array(all.dropFirst(Self.mostPlaces).prefix(Self.mostOthers))
        let count = all.count - places.count
        othersLabel = count > 0 ? "\(Count.of(count, "more place"))" : ""
        left = count > Self.mostOthers ? "and \(Count.number(count - Self.mostOthers)) more" : ""
    }
}

extension DiagnosticGroup.Place {
    init(_ log: JSONValue) {
        pointer = log["pointer"]?.string ?? ""
        text = DocumentPlace.text(log["file"]?.string, line: log["line"]?.integer, column: log["column"]?.integer)
    }
}

/// Where something stands in a document, for people.
enum DocumentPlace {
    /// `schemas/pet.yaml, line 12, column 5`
    static func text(_ file: String?, line: Int?, column: Int?) -> String {
        var parts: [String] = []
        if let file { parts.append(file) }
        if let line { parts.append("line \(line)\(column.map { ", column \($0)" } ?? "")") }
        return parts.joined(separator: ", ")
    }
}
