import JSON
import Persistence
import Releases
import Vocabulary

/// The audit log, which is a chain, and what the last event about a thing says that it is.
extension Verifier {
    /// No event is missing in between, and each has the digest of itself and the one before.
    func verifyAudit() {
        attempt("audit event", "audit_events") {
            var before: String?
            var seq = 0
            while true {
                let rows = try connection.query(
                    "SELECT * FROM audit_events WHERE seq > \(seq) ORDER BY seq LIMIT 500"
                )
                guard !rows.isEmpty else { break }
                for row in rows {
                    let found = try row.integer("seq")
                    let place = "audit_events \(try row.text("id"))"
                    compare("audit event", place, expected: seq + 1, found: found) { "seq \($0)" }
                    let stored = try row.optionalText("record_digest")
                    let record = AuditRecord(before: before, values: try AuditRecord.columns.map { try row.value($0) })
                    compare("audit event", place, expected: stored ?? "a record digest", found: record.digest.hex)
                    (seq, before) = (found, stored)
                }
            }
            let strays = try connection.query(
                "SELECT id FROM audit_events WHERE record_digest IS NOT NULL AND seq IS NULL ORDER BY id"
            )
            for row in strays {
                differ("audit event", "audit_events \(try row.text("id"))", expected: "a seq", found: "none")
            }
        }
    }

    /// A feature is as somebody set it last.
    func verifyFeatures() {
        attempt("feature", "organization_features") {
            for row in try connection.query("SELECT * FROM organization_features ORDER BY feature") {
                let feature = try row.text("feature")
                let event = try connection.first(
                    """
                    SELECT summary FROM audit_events
                    WHERE action = 'feature.set' AND subject_name = \(feature)
                    ORDER BY created_at DESC, coalesce(seq, 0) DESC LIMIT 1
                    """
                )
                compare(
                    "feature",
                    "organization_features \(feature)",
                    expected: try event?.text("summary") ?? "no such row, since nobody set it",
                    found: [0: "turned off", 1: "turned on"][try row.integer("is_on")] ?? "neither on nor off"
                )
            }
        }
    }

    /// The settings of a live toolset, against the digest that whoever set them last left.
    func verifySettings(of toolset: Row) throws {
        let id = try toolset.id("id", of: Toolset.self)
        guard let stored = try toolset.optionalText("settings_digest") else { return }
        compare("settings", "toolsets \(id)", expected: stored, found: try connection.settingsRecord(id).hex)
    }

    /// The label and the redaction of a release, against the digest that whoever set them last left.
    func verifyMarks(of release: Row, place: String) throws {
        guard let stored = try release.optionalText("marks_digest") else { return }
        compare(
            "label and redaction",
            place,
            expected: stored,
            found: try connection.marksRecord(try release.id("id", of: Release.self)).hex
        )
    }
}
