package import JSON

/// What a review was made of: a publish that sends it back is refused where any of it is another by now.
package struct ReviewDigest: Sendable, Hashable {
    /// One of the things that a review depends on, as a sentence names it.
    package enum Part: String, Sendable, CaseIterable {
        case live = "what live serves"
        case staging = "what staging or the project says"
        case rules = "the change rules"
        case activation = "the log of activations"
    }

    private let parts: [String]

    /// - Parameters:
    ///   - live: Of the content that callers get; none where nothing was released.
    ///   - staged: Of the content that would take its place.
    ///   - rules: Those that the changes are told by.
    ///   - activationSeq: Of the last activation.
    package init(live: Digest?, staged: Digest, rules: ChangeRuleSettings, activationSeq: Int) {
        parts = [
            live.map { String($0.hex.prefix(16)) } ?? "none", String(staged.hex.prefix(16)),
            String(Digest(of: rules.canonicalText.utf8).hex.prefix(8)), String(activationSeq),
        ]
    }

    /// A digest from its text; nothing where no review gave it.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == Part.allCases.count, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.parts = parts
    }

    /// For programs, which send it back as it is.
    package var text: String { parts.joined(separator: "-") }

    /// What is another than in an earlier review.
    package func differences(from earlier: ReviewDigest) -> [Part] {
        zip(Part.allCases, zip(parts, earlier.parts)).filter { $1.0 != $1.1 }.map(\.0)
    }
}

extension ChangeRuleSettings {
    /// The same text for the same settings.
    fileprivate var canonicalText: String {
        let overrides = overrides.map { "\($0.rawValue)=\($1.rawValue)" }.sorted().joined(separator: ",")
        return "\(profile.rawValue)|\(overrides)|\(deprecationDays.map(String.init) ?? "")"
    }
}
