import JSON

/// How many changes there are of each level, in words. The part `parts/verdicts` shows it.
struct VerdictCounts: Sendable {
    /// `2 breaking`; empty where there are none.
    let breaking: String
    let risky: String
    let safe: String
    let isNone: Bool

    init(breaking: Int, risky: Int, safe: Int) {
        self.breaking = breaking == 0 ? "" : "\(Count.number(breaking)) breaking"
        self.risky = risky == 0 ? "" : "\(Count.number(risky)) risky"
        self.safe = safe == 0 ? "" : "\(Count.number(safe)) safe"
        isNone = breaking + risky + safe == 0
    }

    /// Counts as an answer of the API has them; none where nobody compared.
    init?(_ json: JSONValue?) {
        guard let json, json.object != nil else { return nil }
        self.init(
            breaking: json["breaking"]?.integer ?? 0,
            risky: json["risky"]?.integer ?? 0,
            safe: json["safe"]?.integer ?? 0
        )
    }

    /// The levels of these changes, counted.
    init(of changes: [JSONValue]) {
        func count(_ level: String) -> Int { changes.count { $0["level"]?.string == level } }
        self.init(breaking: count("breaking"), risky: count("risky"), safe: count("safe"))
    }

    /// `2 breaking, 1 risky`; `nothing changes`.
    var sentence: String {
        let parts = [breaking, risky, safe].filter { !$0.isEmpty }
        return parts.isEmpty ? "nothing changes" : parts.joined(separator: ", ")
    }
}
