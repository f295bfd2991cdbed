import JSON
import Projects
import Vocabulary

/// How a deployment differs from the one before it.
struct SourceChange {
    let set: [DeploymentSource]
    let removed: [Slug]

    /// A source that is to be removed and is not there.
    func unknownRemoval(in sources: [DeploymentSource]) -> Slug? {
        removed.first { slug in !sources.contains { $0.slug == slug } }
    }

    func applied(to sources: [DeploymentSource]) -> [DeploymentSource] {
        var sources = sources.filter { !removed.contains($0.slug) }
        for source in set {
            if let position = sources.firstIndex(where: { $0.slug == source.slug }) {
                sources[position] = source
            } else {
                sources.append(source)
            }
        }
        return sources
    }
}

extension SourceChange {
    /// The change as it is stored.
    var json: JSONValue {
        [
            "set": .array(
                set.map {
                    ["slug": .string($0.slug.text), "kind": .string($0.kind), "asset_id": .string($0.assetID.text)]
                }
            ),
            "removed": JSONValue(removed.map(\.text)),
        ]
    }

    init?(json: JSONValue) {
        guard let set = json["set"]?.array, let removed = json["removed"]?.array else { return nil }
        self.set = set.compactMap { item in
            guard let slug = item["slug"]?.string.flatMap({ Slug($0) }),
                let asset = item["asset_id"]?.string.flatMap({ ID<Asset>($0) })
            else { return nil }
            return DeploymentSource(slug: slug, kind: item["kind"]?.string ?? "openapi", assetID: asset)
        }
        self.removed = removed.compactMap { $0.string.flatMap { Slug($0) } }
    }
}
