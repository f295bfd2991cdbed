import Foundation
package import JSON
import Vocabulary

/// One release as a document of its own: enough to verify it offline, and to compare two of them byte for byte.
///
/// Objects stand in it as text, exactly as they are stored, since their digests are of their bytes.
package struct ReleaseExport: Sendable {
    /// The version of this form that is written. Older ones can still be verified: one of 1 has no rows of records, so that
    /// its notes and activations are told, not proved; one of 2 has no digest of its whole.
    package static let format = 3
    /// The versions that can be verified.
    package static let formats = 1...format

    package let json: JSONObject

    package init(json: JSONObject) {
        self.json = json
    }

    /// An export with the digest of all that it says in it.
    ///
    /// - Throws: What cannot be written as canonical JSON.
    package init(sealing json: JSONObject) throws {
        var json = json
        json[Self.whole] = nil
        json[Self.whole] = .string(Digest(of: try JSONValue.object(json).canonicalBytes).hex)
        self.init(json: json)
    }

    /// The member with the SHA-256 of the canonical JSON of all others.
    private static let whole = "digest"

    /// The canonical JSON (RFC 8785) of all of it.
    package func canonicalBytes() throws -> [UInt8] { try JSONValue.object(json).canonicalBytes }
}

extension ReleaseExport {
    var format: Int { json["format"]?.integer ?? 0 }

    /// Checks an export against itself: the manifest against its digest, every object that it names, the documents and
    /// resources that are in it, and what it says of the release and its activations against the digests of their
    /// records. Nothing where all is well.
    ///
    /// - Throws: ``ManifestError`` where it is no export of a known format.
    package func differences() throws -> [VerificationDifference] {
        guard json["kind"] == "release", Self.formats.contains(format),
            let digest = json["release"]?["digest"]?.string.flatMap({ Digest($0) }),
            let manifest = json["manifest"]?.string, let objects = json["objects"]?.object
        else { throw ManifestError(reason: "it is no export of a release of format 1 to \(Self.format)") }
        var differences: [VerificationDifference] = []
        func differ(_ what: String, _ place: String, expected: String, found: String) {
            differences.append(
                VerificationDifference(
                    project: json["project"]?.string,
                    toolset: json["toolset"]?.string,
                    release: json["release"]?["number"]?.integer,
                    what: what,
                    place: place,
                    expected: expected,
                    found: found
                )
            )
        }
        let found = Digest(of: manifest.utf8)
        if found != digest { differ("manifest", "/manifest", expected: digest.hex, found: found.hex) }
        for (key, value) in objects {
            let text = value.string ?? ""
            if let tombstone = Tombstone(content: Array(text.utf8)), tombstone.digest.hex == key { continue }
            let found = Digest(of: text.utf8).hex
            if found != key { differ("object", "/objects/\(key)", expected: key, found: found) }
        }
        var parsed: Manifest?
        var content: CompiledContent?
        do {
            let read = try Manifest(json: try JSONValue(parsing: Array(manifest.utf8)))
            parsed = read
            content = try CompiledContent(manifest: read, digest: digest) { digest in
                guard let text = objects[digest.hex]?.string else {
                    throw ManifestError(reason: "the object \(digest) is missing")
                }
                return Array(text.utf8)
            }
        } catch {
            differ("manifest", "/manifest", expected: "to be readable", found: "\(error)")
        }
        for finding in recordFindings(content: content, manifest: parsed) {
            differ(finding.what, finding.place, expected: finding.expected, found: finding.found)
        }
        for (key, value) in json["bytes"]?.object ?? [:] {
            let found = value.string.flatMap { Data(base64Encoded: $0) }.map { Digest(of: $0).hex } ?? "no base64"
            if found != key { differ("bytes", "/bytes/\(key)", expected: key, found: found) }
        }
        // What no digest of its own proves: label, redaction, which activations there are. Of anything else the reader has
        // been told where it is.
        if differences.isEmpty, let finding = wholeFinding {
            differ(finding.what, finding.place, expected: finding.expected, found: finding.found)
        }
        return differences
    }

    private var wholeFinding: Finding? {
        guard format >= 3 else {
            return json[Self.whole].map { _ in ("export", "/format", "3, since the whole has a digest", "\(format)") }
        }
        let stored = json[Self.whole]?.string ?? "nothing"
        let found = (try? ReleaseExport(sealing: json))?.json[Self.whole]?.string ?? "no canonical JSON"
        return stored == found ? nil : ("export", "/\(Self.whole)", stored, found)
    }
}
