package import JSON

/// What a review was made of: a publish that sends it back is refused where any of it is another by now.
package struct ReviewDigest: Sendable, Hashable {
    /// One of the things that a review depends on, as a sentence names it.
    package enum Part: String, Sendable, CaseIterable {
        case live = "what live serves"
        case staging = "what people edited in staging"
        case deployment = "the deployment that staging follows"
        case project = "what the project says by variations, prompts and resources"
        case rules = "the change rules"
        case activation = "the log of activations"
    }

    /// What the content of staging follows from; each text is another one as soon as that moves.
    package struct Origins: Sendable, Hashable {
        /// What people edited: the etag of the copy.
        package let staging: String
        package let deployment: String
        /// Global variations, prompts and resources.
        package let project: String

        package init(staging: String, deployment: String, project: String) {
            self.staging = staging
            self.deployment = deployment
            self.project = project
        }
    }

    /// Digests of ``Place``, in order.
    private let parts: [String]

    private enum Place: Int, CaseIterable {
        case live, staged, staging, deployment, project, rules, activation
    }

    /// - Parameters:
    ///   - live: Of the content that callers get; none where nothing was released.
    ///   - staged: Of the content that would take its place.
    ///   - origins: What that content follows from; none where it is a release's, which never moves.
    ///   - rules: Those that the changes are told by.
    ///   - activationSeq: Of the last activation.
    package init(
        live: Digest?,
        staged: Digest,
        origins: Origins? = nil,
        rules: ChangeRuleSettings,
        activationSeq: Int
    ) {
        let marks = [origins?.staging, origins?.deployment, origins?.project].map { $0.map(Self.mark) ?? "none" }
        parts =
            [live.map { String($0.hex.prefix(16)) } ?? "none", String(staged.hex.prefix(16))] + marks
            + [Self.mark(rules.canonicalText), String(activationSeq)]
    }

    /// A digest from its text; nothing where no review gave it.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == Place.allCases.count, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
        self.parts = parts
    }

    private static func mark(_ text: String) -> String { String(Digest(of: text.utf8).hex.prefix(8)) }

    /// For programs, which send it back as it is.
    package var text: String { parts.joined(separator: "-") }

    /// What is another than in an earlier review, all of it. Where staging would serve the same, nothing that it follows
    /// from counts.
    package func differences(from earlier: ReviewDigest) -> [Part] {
        func moved(_ place: Place) -> Bool { parts[place.rawValue] != earlier.parts[place.rawValue] }
        var found: [Part] = moved(.live) ? [.live] : []
        if moved(.staged) {
            let origins: [(Place, Part)] = [
                (.staging, .staging), (.deployment, .deployment), (.project, .project),
            ]
            let causes = origins.filter { moved($0.0) }.map(\.1)
            found += causes.isEmpty ? [.staging] : causes
        }
        if moved(.rules) { found.append(.rules) }
        if moved(.activation) { found.append(.activation) }
        return found
    }
}

extension ChangeRuleSettings {
    /// The same text for the same settings.
    fileprivate var canonicalText: String {
        let overrides = overrides.map { "\($0.rawValue)=\($1.rawValue)" }.sorted().joined(separator: ",")
        return "\(profile.rawValue)|\(overrides)|\(deprecationDays.map(String.init) ?? "")"
    }
}
