import JSON
import Tools
import Vocabulary

/// Documents that are others, or were read by another version of the compiler, without a tool that shows it:
/// `exec.source.bytes-changed`. Nothing of a project stays untold because it means nothing to callers.
enum SourceChanges {
    /// `told` are the sources of which a tool tells what its document changed.
    static func differences(
        from old: [Manifest.Source],
        to new: [Manifest.Source],
        told: Set<Slug>
    ) -> [RuledDifference] {
        let before = Dictionary(old.map { ($0.slug, $0) }, uniquingKeysWith: { first, _ in first })
        var differences = Differences()
        for source in new where !told.contains(source.slug) {
            guard let former = before[source.slug], former != source else { continue }
            let pointer = JSONPointer(["sources", source.slug.text])
            if former.digest != source.digest {
                differences.tell(
                    .execSourceBytesChanged,
                    at: pointer.description,
                    .string(former.digest.hex),
                    .string(source.digest.hex),
                    "The document of \(source.slug) is another one; a tool that is served before and after shows nothing of it."
                )
            } else {
                differences.tell(
                    .execSourceBytesChanged,
                    at: pointer.appending("compiler").description,
                    .number(JSONNumber(former.compiler)),
                    .number(JSONNumber(source.compiler)),
                    "The document of \(source.slug) was read by another version of the compiler; no tool shows it."
                )
            }
        }
        return differences.all
    }
}

extension RuledDifference {
    /// Whether another variation of a tool may be what made the difference; its document is not, then.
    func canComeOfVariations(_ before: VariationLayers, _ after: VariationLayers) -> Bool {
        let pairs = [(before.global, after.global), (before.own, after.own)]
        return pairs.contains { left, right in
            switch JSONPointer(pointer)?.tokens.first {
            case "description": differ(left, right, [.description, .summary])
            case "title": differ(left, right, [.title, .summary])
            case "annotations": left.annotations != right.annotations || differ(left, right, [.title])
            case "tags": differ(left, right, [.tags])
            case "_meta": differ(left, right, [.confirm, .confirmPrompt])
            case "outputSchema": differ(left, right, [.outputSchema])
            case "call", "inputSchema", "deprecated": false
            default: left != right
            }
        }
    }

    private func differ(_ left: Variation, _ right: Variation, _ fields: [Variation.Field]) -> Bool {
        fields.contains { left[$0] != right[$0] }
    }
}
