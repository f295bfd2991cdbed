import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// One run of a verification, on one state of the database. What cannot be read is a difference, and the run goes on.
final class Verifier {
    let connection: any Connection
    let served: ServedEncoding
    private let report: (VerificationDifference) -> Void
    /// Whether one difference is enough: then nothing more is looked at behind it.
    private let stopsEarly: Bool
    var summary = VerificationSummary()
    /// What is being verified, for whatever differs in it.
    var project: String?
    var toolset: String?
    var release: Int?

    /// What was checked already, so that what releases share is checked once.
    var checked: Set<String> = []
    /// Of the releases before: most of the next one's tools are the same.
    let compiled = CompiledTools()
    var variations: [String: [ToolURN: Variation]] = [:]
    var redactedObjects: Set<Digest> = []
    var unsealed = 0

    init(
        connection: any Connection,
        served: @escaping ServedEncoding,
        stopsEarly: Bool = false,
        report: @escaping (VerificationDifference) -> Void
    ) {
        self.connection = connection
        self.served = served
        self.stopsEarly = stopsEarly
        self.report = report
    }

    func verify() {
        attempt("database", "the file") {
            for fault in try connection.structuralFaults() {
                differ("database", "the file", expected: "to be whole", found: fault)
            }
        }
        attempt("toolsets", "toolsets") {
            for id in try connection.query(
                "SELECT id FROM toolsets WHERE parent_toolset_id IS NULL AND archived_at IS NULL ORDER BY id"
            ) {
                let id = try id.text("id")
                attempt("toolset", "toolsets \(id)") { try verifyToolset(id) }
            }
        }
        (project, toolset, release) = (nil, nil, nil)
        verifyVariationHeads()
        verifyUnreached()
        verifyHistories()
        verifyAudit()
        verifyFeatures()
        for digest in redactedObjects.sorted() {
            summary.notes.append("The content of object \(digest) was redacted; its digest stays.")
        }
        if unsealed > 0 {
            summary.notes.append(
                "\(unsealed) releases are from before records had digests; their content is verified, their notes and names are not."
            )
        }
    }

    private func verifyToolset(_ id: String) throws {
        guard
            let row = try connection.first(
                """
                SELECT t.*, p.slug AS project FROM toolsets t LEFT JOIN projects p ON p.id = t.project_id
                WHERE t.id = \(id)
                """
            )
        else { return }
        (project, toolset, release) = (try row.optionalText("project"), try row.optionalText("slug"), nil)
        summary.toolsets += 1
        attempt("activations", "activations of \(id)") { try verifyActivations(of: row) }
        let releases = try connection.query(
            "SELECT id, release_number FROM toolset_releases WHERE toolset_id = \(id) ORDER BY release_number"
        )
        for row in releases {
            let release = try row.text("id")
            self.release = try row.integer("release_number")
            attempt("release", "toolset_releases \(release)") { try verifyRelease(release, of: id) }
        }
        release = nil
        verifyState(of: row)
    }
}

extension Verifier {
    func differ(_ what: String, _ place: String, expected: String, found: String) {
        summary.differences += 1
        report(
            VerificationDifference(
                project: project,
                toolset: toolset,
                release: release,
                what: what,
                place: place,
                expected: expected,
                found: found
            )
        )
    }

    /// Reports the two where they are not the same.
    func compare<Value: Equatable>(
        _ what: String,
        _ place: String,
        expected: Value,
        found: Value,
        _ text: (Value) -> String
    ) {
        if expected != found { differ(what, place, expected: text(expected), found: text(found)) }
    }

    func compare(_ what: String, _ place: String, expected: String?, found: String?) {
        compare(what, place, expected: expected, found: found) { $0 ?? "nothing" }
    }

    /// Reports members that one of two sets has alone.
    func compare(_ what: String, _ place: String, expected: Set<String>, found: Set<String>) {
        for missing in expected.subtracting(found).sorted() {
            differ(what, place, expected: missing, found: "no such row")
        }
        for surplus in found.subtracting(expected).sorted() {
            differ(what, place, expected: "no such row", found: surplus)
        }
    }

    /// Does a check; what it throws is a difference.
    func attempt(_ what: String, _ place: String, _ check: () throws -> Void) {
        guard !stopsEarly || summary.differences == 0 else { return }
        do {
            try check()
        } catch {
            let text = (error as? Problem)?.message ?? "\(error)"
            differ(
                what,
                place,
                expected: "to be readable",
                found: text.split(whereSeparator: \.isNewline).joined(separator: " ")
            )
        }
    }

    /// Does a check of something that releases share once.
    func once(_ key: String, _ check: () -> Void) {
        if checked.insert(key).inserted { check() }
    }

    /// Compares the digest that a row has of its records with that of the records as they are, in the form that it got.
    func compareRecord(_ what: String, _ place: String, stored: String?, _ now: (RecordForm) throws -> Digest) {
        guard let stored else { return }
        attempt(what, place) {
            guard try RecordForm.matching(stored, now) == nil else { return }
            differ(what, place, expected: stored, found: try now(.newest).hex)
        }
    }
}
