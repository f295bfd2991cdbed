import JSON
import Persistence
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
                    [
                        "slug": .string($0.slug.text), "kind": .string($0.kind), "asset_id": .string($0.assetID.text),
                        "output_schemas": $0.servesOutputSchemas.map(JSONValue.bool) ?? .null,
                    ]
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
            return DeploymentSource(
                slug: slug,
                kind: item["kind"]?.string ?? "openapi",
                assetID: asset,
                servesOutputSchemas: item["output_schemas"]?.bool
            )
        }
        self.removed = removed.compactMap { $0.string.flatMap { Slug($0) } }
    }
}

extension Connection {
    /// The sources with every setting said: what a source leaves out is as its last deployment before had it.
    func settled(
        _ sources: [DeploymentSource],
        before seq: Int,
        in project: ID<Project>
    ) throws -> [DeploymentSource] {
        try sources.map { source in
            guard source.servesOutputSchemas == nil else { return source }
            let last = try first(
                """
                SELECT s.serves_output_schemas FROM deployment_sources s
                JOIN deployments d ON d.id = s.deployment_id
                JOIN sources p ON p.id = s.source_id
                WHERE d.project_id = \(project) AND d.seq < \(seq) AND d.status <> 'failed' AND p.slug = \(source.slug)
                ORDER BY d.seq DESC LIMIT 1
                """
            )
            return DeploymentSource(
                slug: source.slug,
                kind: source.kind,
                assetID: source.assetID,
                servesOutputSchemas: try last?.bool("serves_output_schemas") ?? false
            )
        }
    }
}
