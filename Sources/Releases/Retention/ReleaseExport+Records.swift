import JSON
import Vocabulary

extension ReleaseExport {
    /// Something that the export says otherwise than its records.
    typealias Finding = (what: String, place: String, expected: String, found: String)

    /// What is said of the release and of its activations, against the rows that the digests of their records are of.
    ///
    /// `content` is what the manifest serves; nothing where it cannot be read.
    func recordFindings(content: CompiledContent?, manifest: Manifest?) -> [Finding] {
        releaseFindings(isHidden: content?.hidesRecord ?? false) + activationFindings + sourceFindings(manifest)
    }

    /// The rows under a digest; nothing where there are none, which is a finding unless there have to be none.
    private func record(
        of json: JSONValue?,
        _ what: String,
        _ place: String,
        isHidden: Bool,
        _ findings: inout [Finding]
    ) -> ExportedRecord? {
        let digest = json?["record_digest"] ?? .null
        guard let record = ExportedRecord(json?["record"]) else {
            if !digest.isNull, !isHidden, format >= 2 {
                findings.append((what, "\(place)/record", "the rows of the record", "none"))
            }
            return nil
        }
        let least = record.form < 2 ? 2 : 3
        if format < least {
            findings.append((what, "/format", "\(least), since there are records of form \(record.form)", "\(format)"))
        }
        compare(what, "\(place)/record", .string(record.digest.hex), digest, &findings)
        return record
    }

    private func releaseFindings(isHidden: Bool) -> [Finding] {
        var findings: [Finding] = []
        let said = json["release"]
        guard let record = record(of: said, "record", "/release", isHidden: isHidden, &findings) else {
            return findings
        }
        let row = record.rows(of: "toolset_releases", RecordColumns.release(inForm: record.form)).first ?? [:]
        for (field, column) in [
            ("id", "id"), ("number", "release_number"), ("notes", "notes"), ("digest", "manifest_digest"),
            ("released_by", "released_by"), ("created_at", "created_at"), ("tool_count", "tool_count"),
            ("base", "base_number"),
        ] {
            compare("record", "/release/\(field)", row[column] ?? .null, said?[field], &findings)
        }
        let selection = record.rows(of: "toolset_versions", RecordColumns.selection).first ?? [:]
        for (field, value) in [
            ("deployment_id", row["deployment_id"]), ("metadata_version", row["metadata_version"]),
            ("toolset_version", selection["version"]),
        ] {
            compare("record", "/release/pins/\(field)", value ?? .null, said?["pins"]?[field], &findings)
        }
        if record.form >= 2 {
            for field in ["global_variations_version", "own_variations_version"] {
                let version = row[field.replacing("variations_", with: "")] ?? .null
                compare("record", "/release/pins/\(field)", version, said?["pins"]?[field], &findings)
            }
            compare("record", "/project", row["project_slug"] ?? .null, json["project"], &findings)
            compare("record", "/toolset", row["toolset_slug"] ?? .null, json["toolset"], &findings)
        }
        let lists = record.rows(of: "manifest_lists", RecordColumns.list).map { JSONValue($0) }
        compare("record", "/lists", .array(lists), JSONValue.array(lists.isEmpty ? [] : exportedLists), &findings)
        return findings
    }

    /// The lists in the order of the rows.
    private var exportedLists: [JSONValue] {
        (json["lists"]?.array ?? []).sorted {
            ($0["revision"]?.string ?? "", $0["list"]?.string ?? "")
                < ($1["revision"]?.string ?? "", $1["list"]?.string ?? "")
        }
    }

    /// Each activation against its own rows and, where the one before is there too, against that one's digest.
    private var activationFindings: [Finding] {
        var findings: [Finding] = []
        var last: JSONValue?
        for (position, said) in (json["activations"]?.array ?? []).enumerated() {
            let place = "/activations/\(position)"
            if let record = record(of: said, "activation", place, isHidden: false, &findings) {
                let row = record.rows(of: "activations", RecordColumns.activation(inForm: record.form)).first ?? [:]
                for (field, column) in [
                    ("seq", "seq"), ("kind", "kind"), ("actor", "actor"), ("reason", "reason"), ("at", "created_at"),
                ] {
                    compare("activation", "\(place)/\(field)", row[column] ?? .null, said[field], &findings)
                }
                if record.form >= 2 {
                    let previous = row["previous_number"] ?? .null
                    compare("activation", "\(place)/previous_release", previous, said["previous_release"], &findings)
                }
                let release = json["release"]?["id"] ?? .null
                compare("activation", "\(place)/record", release, row["release_id"], &findings)
                if let last, last["seq"]?.integer.map({ $0 + 1 }) == said["seq"]?.integer {
                    compare("activation", "\(place)/record", last["record_digest"] ?? .null, record.before, &findings)
                }
            }
            last = said
        }
        return findings
    }

    /// Those documents that the manifest names: the deployment may have more, of which the toolset has no tool. Manifests of
    /// format 1 name none.
    private func sourceFindings(_ manifest: Manifest?) -> [Finding] {
        var findings: [Finding] = []
        guard let manifest, manifest.format >= 2 else { return [] }
        let named = Set(manifest.sources.map(\.slug.text))
        let found = (json["sources"]?.array ?? []).filter { named.contains($0["slug"]?.string ?? "") }
        compare("manifest", "/sources", .array(manifest.sources.map(\.json)), .array(found), &findings)
        return findings
    }

    private func compare(
        _ what: String,
        _ place: String,
        _ expected: JSONValue,
        _ found: JSONValue?,
        _ findings: inout [Finding]
    ) {
        let found = found ?? .null
        guard expected != found else { return }
        findings.append((what, place, expected.text, found.text))
    }
}

extension CompiledContent {
    /// Whether the rows of the release's record say what was taken out of it: they hold its prompts and resources.
    package var hidesRecord: Bool {
        let held = promptEntries.map(\.object) + resourceEntries.map(\.object)
        return !redacted.isDisjoint(with: held)
    }
}

extension JSONValue {
    fileprivate init(_ members: [String: JSONValue]) {
        self = .object(JSONObject(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }
}
