import JSON

/// Which sources a deployment brings, compared with the deployment before.
struct SourceNews: Sendable {
    let changed: [String]
    let unchanged: Set<String>
    let removed: [String]
    private let kept: [String]

    /// Everything is new where there is no deployment before.
    init(of deployment: JSONValue, since previous: JSONValue?) {
        let (now, before) = (Self.documents(deployment), Self.documents(previous))
        let old = Dictionary(before.map { ($0.slug, $0.document) }, uniquingKeysWith: { first, _ in first })
        changed = now.filter { old[$0.slug] != $0.document }.map(\.slug)
        kept = now.filter { old[$0.slug] == $0.document }.map(\.slug)
        unchanged = Set(kept)
        removed = before.map(\.slug).filter { slug in !now.contains { $0.slug == slug } }
    }

    /// `Brings library. slipway and pets are as they were.`
    var sentence: String {
        var sentences: [String] = []
        if !changed.isEmpty { sentences.append("Brings \(Self.list(changed)).") }
        if !removed.isEmpty { sentences.append("Without \(Self.list(removed)) from now on.") }
        if !kept.isEmpty {
            let verb = kept.count == 1 ? "is as it was" : "are as they were"
            sentences.append("\(Self.list(kept)) \(verb).")
        }
        return sentences.joined(separator: " ")
    }

    private static func documents(_ deployment: JSONValue?) -> [(slug: String, document: String)] {
        // Of what came with the server alone there is nothing to tell.
        guard let deployment, deployment["built_in"]?.bool != true else { return [] }
        return (deployment["sources"]?.array ?? []).map { ($0["slug"]?.string ?? "", $0["asset_id"]?.string ?? "") }
    }

    private static func list(_ slugs: [String]) -> String {
        guard slugs.count > 1, let last = slugs.last else { return slugs.joined() }
        return slugs.count > 12
            ? "\(slugs.count) sources" : "\(slugs.dropLast().joined(separator: ", ")) and \(last)"
    }
}
