package import JSON
package import Projects
import Tools
package import Vocabulary

/// Looks closer at what would go live: at one item on two sides, and at what stands in the way of a release.
///
/// All are reads. They throw ``Problem`` `not_found`, and `redacted` for a release that something was taken out of.
package protocol InspectionStore: Sendable {
    /// What two sides of a toolset say about one subject of a ``Change``: a URN, or `toolset`.
    ///
    /// - Throws: `not_found` also where neither side has the subject; `wrong_mode` for the staging side of a toolset in
    ///   iteration mode.
    func item(
        _ subject: String,
        of slug: Slug,
        from: ReleaseComparison.Side,
        to: ReleaseComparison.Side,
        in project: ID<Project>
    ) async throws -> ComparedItem

    /// What making a release live would be checked against, and what somebody should know before.
    func preflight(of name: ReleaseName, of slug: Slug, in project: ID<Project>) async throws -> ReleasePreflight
}

/// One item as two sides of a toolset have it.
package struct ComparedItem: Sendable {
    package let subject: String
    /// None where the side does not have it.
    package let before: ContentItem?
    package let after: ContentItem?

    package init(subject: String, before: ContentItem?, after: ContentItem?) {
        self.subject = subject
        self.before = before
        self.after = after
    }
}

/// One thing that a content serves, as clients see it and as it is called.
package struct ContentItem: Sendable {
    /// The name that clients see.
    package let name: String
    /// What a client gets of it: the entry of `tools/list`; the prompt; the resource without its bytes; the metadata.
    package let definition: JSONObject
    /// How the upstream request is made; tools only.
    package let call: JSONValue?
    /// The estimated cost for a model; tools only.
    package let tokens: Int?
}

/// How a release stands towards live, before somebody makes it live.
package struct ReleasePreflight: Sendable {
    /// The release that is live; none in iteration mode.
    package let live: Int?
    /// Whether callers get the same bytes from it as from live.
    package let isSameAsLive: Bool
    /// Only a failed one stands in the way.
    package let checks: [ReviewCheck]

    package init(live: Int?, isSameAsLive: Bool, checks: [ReviewCheck]) {
        self.live = live
        self.isSameAsLive = isSameAsLive
        self.checks = checks
    }
}

extension CompiledContent {
    /// What the content says about a subject of a ``Change``, by ``Change/Subject/key``; none where it has no such item.
    package func item(_ key: String) -> ContentItem? {
        if key == Change.Subject.toolset.key {
            let metadata = manifest.json["metadata"]?.object ?? [:]
            return ContentItem(name: manifest.metadata.name, definition: metadata, call: nil, tokens: nil)
        }
        if let tool = tools.first(where: { $0.urn.description == key }) {
            return ContentItem(name: tool.name, definition: tool.tool, call: tool.call.json, tokens: tool.tokens)
        }
        if let prompt = prompts.first(where: { Change.Subject.prompt($0.name).key == key }) {
            return ContentItem(name: prompt.name, definition: prompt.json.object ?? [:], call: nil, tokens: nil)
        }
        return resources.first { $0.urn.description == key }.map { resource in
            ContentItem(
                name: resource.urn.slug.text,
                definition: resource.json.object ?? [:],
                call: nil,
                tokens: nil
            )
        }
    }
}
