import JSON
import Persistence
import Releases
import Vocabulary

extension Verifier {
    /// A manifest with everything that it names; nothing where it cannot be read.
    func verifyManifest(_ digest: Digest) -> CompiledContent? {
        var content: CompiledContent?
        let place = "manifests \(digest)"
        attempt("manifest", place) {
            guard let row = try connection.first("SELECT * FROM manifests WHERE digest = \(digest.hex)") else {
                return differ("manifest", place, expected: "a row", found: "none")
            }
            let bytes = try row.bytes("content")
            let isFirst = checked.insert("manifest \(digest)").inserted
            if isFirst {
                summary.manifests += 1
                compare("manifest", place, expected: digest.hex, found: Digest(of: bytes).hex)
            }
            let manifest = try Manifest(json: try JSONValue(parsing: bytes))
            if isFirst { try verify(manifest, bytes: bytes, row: row, digest: digest) }
            let read = try CompiledContent(manifest: manifest, digest: digest) { try object($0) }
            if isFirst { try verifyLists(of: read, place: place) }
            content = read
        }
        return content
    }

    private func verify(_ manifest: Manifest, bytes: [UInt8], row: Row, digest: Digest) throws {
        let place = "manifests \(digest)"
        if try manifest.canonicalBytes() != bytes {
            differ("manifest", place, expected: "canonical JSON of format \(manifest.format)", found: "other bytes")
        }
        compare("manifest", "\(place), format", expected: manifest.format, found: try row.integer("format")) { "\($0)" }
        compare(
            "manifest",
            "manifest_objects of \(digest)",
            expected: Set(manifest.pages.map(\.hex)),
            found: try texts(
                "SELECT object_digest AS value FROM manifest_objects WHERE manifest_digest = \(digest.hex)"
            )
        )
    }

    /// What this program would serve of a content, against what was served when it was stored. A revision that
    /// only one of the two knows is newer than the release, or no longer spoken; it is not compared.
    private func verifyLists(of content: CompiledContent, place: String) throws {
        let stored = try connection.servedLists(ofManifest: content.digest)
        guard content.redacted.isEmpty, !stored.isEmpty else { return }
        let now = served(content)
        for list in now where stored.contains(where: { $0.revision == list.revision }) {
            let was = stored.first { $0.revision == list.revision && $0.kind == list.kind }
            compare(
                "served list",
                "\(list.kind.rawValue) of revision \(list.revision), \(place)",
                expected: was?.digest.hex,
                found: list.digest.hex
            )
        }
    }

    /// The bytes of an object, which is checked when it is first met.
    func object(_ digest: Digest) throws -> [UInt8] {
        guard let row = try connection.first("SELECT * FROM objects WHERE digest = \(digest.hex)") else {
            throw ManifestError(reason: "the object \(digest) is missing")
        }
        let content = try row.bytes("content")
        guard checked.insert("object \(digest)").inserted else { return content }
        summary.objects += 1
        let place = "objects \(digest)"
        if try row.optionalText("redacted_at") != nil {
            if content != Tombstone(of: digest).content {
                differ("object", place, expected: "a tombstone", found: "other bytes")
            }
            return content
        }
        compare("object", place, expected: digest.hex, found: Digest(of: content).hex)
        let parsed = try StoredObject(content: content)
        compare("object", "\(place), format", expected: parsed.format, found: try row.integer("format")) { "\($0)" }
        compare(
            "object",
            "object_references of \(digest)",
            expected: Set(parsed.children.map(\.hex)),
            found: try texts("SELECT child_digest AS value FROM object_references WHERE object_digest = \(digest.hex)")
        )
        compare(
            "object",
            "object_contents of \(digest)",
            expected: Set(parsed.contents.map(\.hex)),
            found: try texts("SELECT sha256 AS value FROM object_contents WHERE object_digest = \(digest.hex)")
        )
        for content in parsed.contents { verifyBytes(content.hex, "resource") }
        return content
    }

    /// The bytes of an asset against the digest that they are found by.
    func verifyBytes(_ sha256: String, _ what: String) {
        once("bytes \(sha256)") {
            let place = "asset_contents \(sha256)"
            attempt(what, place) {
                let row = try connection.first("SELECT content FROM asset_contents WHERE sha256 = \(sha256)")
                compare(what, place, expected: sha256, found: try row.map { Digest(of: try $0.bytes("content")).hex })
            }
        }
    }

    /// The column `value` of every row.
    func texts(_ sql: SQL) throws -> Set<String> {
        Set(try connection.query(sql).map { try $0.text("value") })
    }
}

/// What an object refers to, by what its own bytes say.
struct StoredObject {
    let format: Int
    let kind: String
    let children: [Digest]
    let contents: [Digest]

    init(content: [UInt8]) throws {
        let json = try JSONValue(parsing: content)
        guard let format = json["format"]?.integer, let kind = json["kind"]?.string else {
            throw ManifestError(reason: "an object says no format or kind")
        }
        self.format = format
        self.kind = kind
        children = json["entries"]?.array?.compactMap { $0["object"]?.string.flatMap { Digest($0) } } ?? []
        contents = kind == "resource" ? [json["content"]?.string.flatMap { Digest($0) }].compactMap(\.self) : []
    }
}
