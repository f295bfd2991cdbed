package import JSON

/// What stands in the place of an object whose content was taken out. The object keeps its digest, which is no longer
/// the SHA-256 of what is stored.
package struct Tombstone: Sendable, Hashable {
    /// The digest of what was taken out.
    package let digest: Digest

    package init(of digest: Digest) {
        self.digest = digest
    }

    /// The canonical JSON that is stored.
    package var content: [UInt8] {
        Array(#"{"digest":"\#(digest.hex)","format":1,"kind":"tombstone"}"#.utf8)
    }

    /// A tombstone from stored bytes, or nothing where they are something else.
    package init?(content: [UInt8]) {
        // Longer than any tombstone: most objects are told apart by this.
        guard content.count < 200, let json = try? JSONValue(parsing: content), json["kind"] == "tombstone",
            let digest = json["digest"]?.string.flatMap({ Digest($0) })
        else { return nil }
        self.init(of: digest)
        guard self.content == content else { return nil }
    }
}
