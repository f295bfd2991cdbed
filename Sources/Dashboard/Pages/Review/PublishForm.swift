import Foundation
import JSON

/// What somebody has filled in on the review page, and what they had seen then.
struct PublishForm: Sendable {
    /// None where the form was not sent: then the notes are drafted.
    let notes: String?
    let label: String
    let createsOnly: Bool
    /// Fingerprints of the changes whose boxes are ticked.
    let ticked: Set<String>
    /// Why, by fingerprint.
    let reasons: [String: String]
    /// Fingerprints of the changes that stood on the page; none where the form was not sent.
    let seen: Set<String>?
    /// Which part of a long review is shown, from 1.
    let page: Int
    /// Which changes of a long one are shown.
    let filter: ReviewFilter
    let stagingEtag: String?
    let reviewDigest: String?
    let activationSeq: Int?

    /// How many characters a fingerprint has.
    private static let fingerprintLength = 16

    init(_ form: FormFields, query: FormFields = .empty) {
        notes = form["notes"]
        label = form.text("label") ?? ""
        createsOnly = form["activate"] == "no"
        // One box may stand for several changes.
        ticked = Set(form.all("understood").flatMap { $0.split(separator: ",").map(String.init) })
        reasons = Dictionary(
            form.under("reason-").compactMap { name, value in
                let reason = value.trimmingCharacters(in: .whitespacesAndNewlines)
                return reason.isEmpty ? nil : (name, reason)
            },
            uniquingKeysWith: { first, _ in first }
        )
        seen = form["seen"].map { Set(Self.fingerprints(in: $0)) }
        filter = ReviewFilter(form.has("level") ? form : query)
        page = max(1, form.position("page") ?? query.position("page") ?? 1)
        stagingEtag = form.text("staging_etag")
        reviewDigest = form.text("review_digest")
        activationSeq = form.text("activation_seq").flatMap { Int($0) }
    }

    /// The fields of `toolsets.publishStagingVersion`.
    func publication(of slug: String, notes: String) -> JSONObject {
        var input: JSONObject = ["slug": .string(slug), "notes": .string(notes), "activate": .bool(!createsOnly)]
        if !label.isEmpty { input["label"] = .string(label) }
        if !ticked.isEmpty { input["acknowledge"] = JSONValue(ticked.sorted()) }
        input["staging_etag"] = stagingEtag.map(JSONValue.string)
        input["review_digest"] = reviewDigest.map(JSONValue.string)
        input["expected_activation_seq"] = activationSeq.map { JSONValue($0) }
        return input
    }

    /// The notes, with a line for each change that somebody gave a reason for.
    func notes(reasonedBy changes: [JSONValue]) -> String {
        let lines = changes.compactMap { change -> String? in
            guard let reason = change["fingerprint"]?.string.flatMap({ reasons[$0] }) else { return nil }
            let name = change["name"]?.string ?? ""
            return "- \(name): \(change["message"]?.string ?? "") \(reason)"
        }
        let notes = (notes ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
        return lines.isEmpty ? notes : "\(notes)\n\nTaken knowingly:\n\(lines.joined(separator: "\n"))"
    }

    /// Fingerprints one behind the other.
    static func text(of fingerprints: [String]) -> String { fingerprints.joined() }

    private static func fingerprints(in text: String) -> [String] {
        let bytes = Array(text.utf8.prefix(1 << 20))
        return stride(from: 0, to: bytes.count, by: fingerprintLength).map {
            String(decoding: bytes[$0..<min($0 + fingerprintLength, bytes.count)], as: UTF8.self)
        }
    }
}
