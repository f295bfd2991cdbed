import Foundation
import JSON

/// Changes for callers by what they are about, the worst first. The part `parts/changes` shows it.
struct ChangeList: Sendable {
    let subjects: [ChangedSubject]
    let isEmpty: Bool
    let counts: VerdictCounts

    /// - Parameters:
    ///   - changes: As `toolsets.compareReleases` and `toolsets.reviewStagingVersion` answer them.
    ///   - prefix: What ids on the page begin with, so that two lists can stand on one.
    ///   - definitions: The address that compares one item; empty for a list without such links. The subject is
    ///     put behind it.
    ///   - marks: What is asked and known of single changes.
    init(_ changes: [JSONValue], prefix: String, definitions: String = "", marks: ChangeMarks = ChangeMarks()) {
        var keys: [String] = []
        var groups: [String: [JSONValue]] = [:]
        for change in changes {
            let key = change["subject"]?.string ?? ""
            if groups[key] == nil { keys.append(key) }
            groups[key, default: []].append(change)
        }
        subjects = keys.enumerated().map { position, key in
            ChangedSubject(
                key,
                groups[key] ?? [],
                id: "\(prefix)-\(position + 1)",
                definitions: definitions,
                marks: marks
            )
        }.stablySorted { $0.rank < $1.rank }
        isEmpty = changes.isEmpty
        counts = VerdictCounts(of: changes)
    }
}

/// What is asked and known of changes, by their fingerprints.
struct ChangeMarks: Sendable {
    /// Those that need a tick before anything goes live.
    var toAcknowledge: Set<String> = []
    var ticked: Set<String> = []
    /// Why somebody takes them.
    var reasons: [String: String] = [:]
    /// Those whose tick was missing when somebody tried.
    var missing: Set<String> = []
    /// Those that a rollback took back, each with a sentence that says so.
    var broughtBack: [String: String] = [:]
    /// Those that were there when somebody looked; none where nobody looked before.
    var seen: Set<String>?
    /// Whether the person may tick at all.
    var isAsked = true
    /// Boxes beside those of single changes.
    var together: [ReturningChanges] = []
}

/// A tool, a prompt, a resource or the server, with what changes about it.
struct ChangedSubject: Sendable {
    let id: String
    let name: String
    /// `Tool`, `Prompt`, `Resource`, `Server`
    let kind: String
    let counts: VerdictCounts
    let changes: [ChangeView]
    /// The page that compares its definition; empty where there is none.
    let definitionAddress: String
    /// The lower, the worse.
    let rank: Int

    init(_ key: String, _ changes: [JSONValue], id: String, definitions: String, marks: ChangeMarks) {
        self.id = id
        name = changes.last?["name"]?.string ?? key
        kind = Self.kind(of: key)
        counts = VerdictCounts(of: changes)
        self.changes = changes.map { ChangeView($0, id: id, marks: marks) }.stablySorted { $0.rank < $1.rank }
        let subject = key.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        definitionAddress = definitions.isEmpty ? "" : "\(definitions)\(subject)"
        rank = self.changes.first?.rank ?? 3
    }

    private static func kind(of key: String) -> String {
        if key == "toolset" { return "Server" }
        if key.hasPrefix("tools:prompt:") { return "Prompt" }
        return key.hasPrefix("resources:") ? "Resource" : "Tool"
    }
}

/// One change, as a sentence, with what it needs before it goes live.
struct ChangeView: Sendable {
    /// A part of a sentence: in code where it stood between backticks; what is quoted goes its own way, left or right.
    struct Piece: Sendable {
        let text: String
        let isCode: Bool
        var isQuoted = false
    }

    /// The box by which somebody takes a change knowingly.
    struct Box: Sendable {
        let id: String
        let fingerprint: String
        let isTicked: Bool
        let reason: String
        let isMissing: Bool
        /// What the box is about, for whoever hears it alone.
        let about: String
    }

    let id: String
    let level: String
    let sentence: [Piece]
    let rule: String
    /// Where both sides are texts that are worth comparing.
    let words: TextDifference?
    /// Where a side has parts.
    let lines: LineDifference?
    let broughtBack: String
    let isNew: Bool
    let isFatal: Bool
    let box: Box?
    let rank: Int

    init(_ change: JSONValue, id subject: String, marks: ChangeMarks) {
        let fingerprint = change["fingerprint"]?.string ?? ""
        let message = change["message"]?.string ?? ""
        id = "\(subject)-\(fingerprint)"
        level = change["level"]?.string ?? ""
        sentence = Self.pieces(of: message)
        rule = change["rule"]?.string ?? ""
        (words, lines) = Self.differences(change["before"], change["after"], told: message)
        broughtBack = marks.broughtBack[fingerprint] ?? ""
        isNew = marks.seen.map { !$0.contains(fingerprint) } ?? false
        isFatal = change["acknowledgeable"]?.bool == false
        rank = ["breaking", "risky", "safe"].firstIndex(of: level) ?? 3
        let isAsked = marks.isAsked && marks.toAcknowledge.contains(fingerprint)
        box =
            isAsked
            ? Box(
                id: "\(subject)-\(fingerprint)-box",
                fingerprint: fingerprint,
                isTicked: marks.ticked.contains(fingerprint),
                reason: marks.reasons[fingerprint] ?? "",
                isMissing: marks.missing.contains(fingerprint),
                about: "\(change["name"]?.string ?? ""): \(message.replacing("`", with: ""))"
            ) : nil
    }

    private static func pieces(of message: String) -> [Piece] {
        message.split(separator: "`", omittingEmptySubsequences: false).enumerated().flatMap { position, text in
            position.isMultiple(of: 2) ? quoted(in: text) : [Piece(text: String(text), isCode: true)]
        }.filter { !$0.text.isEmpty }
    }

    private static func quoted(in text: Substring) -> [Piece] {
        let parts = text.split(separator: "\"", omittingEmptySubsequences: false)
        // An odd mark ends no quotation.
        guard !parts.count.isMultiple(of: 2) else { return [Piece(text: String(text), isCode: false)] }
        return parts.enumerated().map { position, part in
            position.isMultiple(of: 2)
                ? Piece(text: String(part), isCode: false)
                : Piece(text: "\"\(part)\"", isCode: false, isQuoted: true)
        }
    }

    /// What stands in the sentence already is not told twice.
    private static func differences(
        _ before: JSONValue?,
        _ after: JSONValue?,
        told message: String
    ) -> (TextDifference?, LineDifference?) {
        let texts = [before, after].compactMap { $0?.string }
        if texts.contains(where: { !message.contains($0) }) {
            return (TextDifference(from: before?.string ?? "", to: after?.string ?? ""), nil)
        }
        guard [before, after].contains(where: { $0?.object != nil || $0?.array != nil }) else { return (nil, nil) }
        let (old, new) = (before?.prettyText ?? "", after?.prettyText ?? "")
        guard old.utf8.count + new.utf8.count < 4000 else { return (nil, nil) }
        return (nil, LineDifference(from: old, to: new))
    }
}

extension Array {
    /// Sorted so that what is equal keeps its order.
    func stablySorted(by isBefore: (Element, Element) -> Bool) -> [Element] {
        enumerated().sorted { left, right in
            if isBefore(left.element, right.element) { return true }
            return !isBefore(right.element, left.element) && left.offset < right.offset
        }.map(\.element)
    }
}

extension ChangeView.Box: FaultyField {
    var controlID: String { id }
    var label: String { about.hasSuffix(".") ? String(about.dropLast()) : about }
    var error: String { isMissing ? "tick “Understood”, or undo this change in staging." : "" }
}
