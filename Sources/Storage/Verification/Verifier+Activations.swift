import JSON
import Persistence
import Releases
import Vocabulary

extension Verifier {
    /// The log by which live is known: no gap, each row made after the one before, and the toolset's row says what the
    /// last one says.
    func verifyActivations(of toolset: Row) throws {
        let id = try toolset.id("id", of: Toolset.self)
        let rows = try connection.query("SELECT * FROM activations WHERE toolset_id = \(id) ORDER BY seq")
        let releases = Set(
            try connection.query("SELECT id FROM toolset_releases WHERE toolset_id = \(id)").map { try $0.text("id") }
        )
        var before: String?
        var wasSealed = false
        for (position, row) in rows.enumerated() {
            summary.activations += 1
            let place = "activations \(position + 1) of \(id)"
            attempt("activation", place) {
                let seq = try row.integer("seq")
                compare("activation", place, expected: position + 1, found: seq) { "seq \($0)" }
                let release = try row.text("release_id")
                if !releases.contains(release) {
                    differ("activation", place, expected: "a release of the toolset", found: release)
                }
                try verifyPrevious(row, before: before, isFirst: position == 0, place: place)
                let record = try row.optionalText("record_digest")
                if record == nil, try wasSealed || isOfThisFormat(release) {
                    differ("activation", place, expected: "a record digest", found: "none")
                }
                wasSealed = wasSealed || record != nil
                compareRecord("activation", place, stored: record) {
                    try connection.activationRecord(seq, of: id, $0).digest
                }
                before = release
            }
        }
        let isStaging = try toolset.text("editing_mode") == EditingMode.staging.rawValue
        compare(
            "live",
            "toolsets.current_release_id of \(id)",
            expected: isStaging ? try rows.last?.text("release_id") : nil,
            found: try toolset.optionalText("current_release_id")
        )
    }

    /// The release before is that of the activation before, or none for the first one of a time in staging mode.
    private func verifyPrevious(_ row: Row, before: String?, isFirst: Bool, place: String) throws {
        let previous = try row.optionalText("previous_release_id")
        if previous == nil, try isFirst || row.text("kind") == Activation.Kind.publish.rawValue { return }
        compare("activation", "\(place), previous_release_id", expected: before, found: previous)
    }

    private func isOfThisFormat(_ release: String) throws -> Bool {
        try connection.count(
            """
            SELECT m.format AS value FROM toolset_releases r JOIN manifests m ON m.digest = r.manifest_digest
            WHERE r.id = \(release)
            """
        ) >= 2
    }
}
