import JSON

/// Changes that a rollback took back and that come back, under one box.
struct ReturningChanges: Sendable {
    let id: String
    /// The fingerprints as the box sends them.
    let value: String
    /// `5 safe changes of release 13 come back`
    let sentence: String
    let isTicked: Bool
    let isMissing: Bool

    init(_ fingerprints: [String], id: String, sentence: String, _ marks: ChangeMarks) {
        self.id = id
        self.sentence = sentence
        value = fingerprints.sorted().joined(separator: ",")
        isTicked = marks.ticked.isSuperset(of: fingerprints)
        isMissing = !marks.missing.isDisjoint(with: fingerprints)
    }
}

extension ChangeMarks {
    /// Takes together what is safe and comes back from the same release: nobody reads twenty boxes of one kind. What the
    /// rules tell nothing of has no place among the changes, and is asked for here too. `told` are the fingerprints of the
    /// changes that are listed.
    mutating func takeTogether(_ back: [JSONValue], told: Set<String>) {
        var safe: [Int: [String]] = [:]
        for (position, change) in back.enumerated() {
            guard let fingerprint = change["fingerprint"]?.string, toAcknowledge.contains(fingerprint) else { continue }
            if change["level"]?.string == "safe" {
                safe[change["rolled_back"]?["from"]?.integer ?? 0, default: []].append(fingerprint)
            } else if !told.contains(fingerprint) {
                let message = (change["message"]?.string ?? "").replacing("`", with: "")
                let sentence = "\(change["name"]?.string ?? ""): \(message)"
                toAcknowledge.remove(fingerprint)
                together.append(ReturningChanges([fingerprint], id: "back-\(position)", sentence: sentence, self))
            }
        }
        for (release, fingerprints) in safe.sorted(by: { $0.key > $1.key }) {
            guard fingerprints.count > 1 || !told.isSuperset(of: fingerprints) else { continue }
            let verb = fingerprints.count == 1 ? "comes" : "come"
            let sentence = "\(Count.of(fingerprints.count, "safe change")) of release \(release) \(verb) back"
            toAcknowledge.subtract(fingerprints)
            together.append(ReturningChanges(fingerprints, id: "returning-\(release)", sentence: sentence, self))
        }
    }
}

extension ReturningChanges: FaultyField {
    var controlID: String { id }
    var label: String { sentence }
    var error: String { isMissing ? "tick it, or undo these changes in staging." : "" }
}
