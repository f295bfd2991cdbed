package import Vocabulary

/// What somebody has seen of what goes live. What is left out is not checked.
package struct ReviewedState: Sendable, Hashable {
    /// The seq of the last activation.
    package var expectedActivationSeq: Int?
    /// Of the staging side: ``Toolset/Staging/etag``.
    package var stagingEtag: String?
    /// ``ReviewDigest/text`` of the review, or of the comparison.
    package var reviewDigest: String?
    /// Fingerprints of changes that somebody takes knowingly.
    package var acknowledged: Set<String>
    /// Whether a hold is lifted, where there is one; nothing that an automation may ask for.
    package var liftsHold: Bool

    package init(
        expectedActivationSeq: Int? = nil,
        stagingEtag: String? = nil,
        reviewDigest: String? = nil,
        acknowledged: Set<String> = [],
        liftsHold: Bool = false
    ) {
        self.expectedActivationSeq = expectedActivationSeq
        self.stagingEtag = stagingEtag
        self.reviewDigest = reviewDigest
        self.acknowledged = acknowledged
        self.liftsHold = liftsHold
    }
}

/// What a publish is asked for.
package struct Publication: Sendable, Hashable {
    /// What changes, for people.
    package var notes: String
    package var label: ReleaseLabel?
    /// Whether the release goes live; it is only made otherwise.
    package var activates: Bool
    package var reviewed: ReviewedState

    package init(
        notes: String = "",
        label: ReleaseLabel? = nil,
        activates: Bool = true,
        reviewed: ReviewedState = ReviewedState()
    ) {
        self.notes = notes
        self.label = label
        self.activates = activates
        self.reviewed = reviewed
    }
}

/// What a rollback, or a return, is asked for.
package struct Rollback: Sendable, Hashable {
    /// Why; may be empty where it returns to a release newer than live.
    package var reason: String
    /// Whether staging is made to show the release too.
    package var loadsIntoStaging: Bool
    /// The seq of the last activation, where it is checked.
    package var expectedActivationSeq: Int?
    /// Whether going back to an older release stops automations.
    package var holds: Bool

    package init(
        reason: String = "",
        loadsIntoStaging: Bool = false,
        expectedActivationSeq: Int? = nil,
        holds: Bool = true
    ) {
        self.reason = reason
        self.loadsIntoStaging = loadsIntoStaging
        self.expectedActivationSeq = expectedActivationSeq
        self.holds = holds
    }
}

/// What a rollback did.
package struct RollbackOutcome: Sendable {
    /// The live side.
    package let toolset: Toolset
    /// The release that was live before.
    package let from: Int
    package let kind: Activation.Kind
    /// What it changed for callers.
    package let verdicts: Verdicts
    /// What does not stand in the way, and somebody should know.
    package let warnings: [ReviewCheck]

    package init(
        toolset: Toolset,
        from: Int,
        kind: Activation.Kind,
        verdicts: Verdicts,
        warnings: [ReviewCheck]
    ) {
        self.toolset = toolset
        self.from = from
        self.kind = kind
        self.verdicts = verdicts
        self.warnings = warnings
    }
}

/// What people call a release besides its number: `1.4.0`, `spring`. Unique in the toolset.
package struct ReleaseLabel: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// The rule, for a sentence.
    package static let rule =
        "1 to 60 letters, digits, and . _ + -, with a letter or digit first, and neither a number alone nor live, staging or latest"

    /// What would be taken for a side of a toolset, or for a release that nobody named.
    private static let reserved: Set<String> = ["live", "staging", "latest"]

    /// Nothing where the text is not ``rule``; upper and lower case count the same in it.
    package init?(_ text: String) {
        let isAllowed = text.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "._+-".utf8.contains(byte)
        }
        let isNumber = text.utf8.allSatisfy { (0x30...0x39).contains($0) }
        let beginsWithSign = text.utf8.first.map("._+-".utf8.contains) ?? false
        guard isAllowed, (1...60).contains(text.utf8.count), !isNumber, !beginsWithSign,
            !Self.reserved.contains(text.lowercased())
        else { return nil }
        self.text = text
    }

    package var description: String { text }
}

/// That somebody took a change of a release knowingly.
package struct Acknowledgement: Sendable, Hashable {
    package let fingerprint: String
    /// The id of the rule that told the change.
    package let rule: String
    /// A URN, or `toolset`.
    package let subject: String
    package let actor: String
    package let at: Timestamp

    package init(fingerprint: String, rule: String, subject: String, actor: String, at: Timestamp) {
        self.fingerprint = fingerprint
        self.rule = rule
        self.subject = subject
        self.actor = actor
        self.at = at
    }
}
