import JSON
import Vocabulary

/// Documents whose bytes changed and whose tools did not: `exec.source.bytes-changed`.
enum SourceChanges {
    /// `touched` are the sources of which a tool changed, came or went: what their documents changed is told there.
    static func differences(
        from old: [Manifest.Source],
        to new: [Manifest.Source],
        touched: Set<Slug>
    ) -> [RuledDifference] {
        let before = Dictionary(old.map { ($0.slug, $0.digest) }, uniquingKeysWith: { first, _ in first })
        var differences = Differences()
        for source in new where !touched.contains(source.slug) {
            guard let digest = before[source.slug], digest != source.digest else { continue }
            let message = "The document of \(source.slug) changed in no way that these tools show."
            differences.tell(
                .execSourceBytesChanged,
                at: JSONPointer(["sources", source.slug.text]).description,
                .string(digest.hex),
                .string(source.digest.hex),
                message
            )
        }
        return differences.all
    }
}
