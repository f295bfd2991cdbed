/// What a resource is called in its project: `resources:asset:<slug>`. It carries no version; heads or a release decide
/// which one it means.
package struct ResourceURN: Sendable, Hashable {
    package let slug: Slug

    /// The URN of the resource of that slug.
    package init(_ slug: Slug) {
        self.slug = slug
    }

    /// A URN from its text, or nothing where it has not that form.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[0] == "resources", parts[1] == "asset", let slug = Slug(String(parts[2])) else {
            return nil
        }
        self.slug = slug
    }

    /// What MCP clients call the resource: `slipway://<project>/resources/<slug>`.
    ///
    /// A scheme of our own, since a client cannot fetch it by HTTP (2026-07-28, Resources: Common URI Schemes). The
    /// project is in it, so that it means one resource in the whole server, whichever toolset serves it.
    package func uri(in project: Slug) -> String { "slipway://\(project)/resources/\(slug)" }
}

extension ResourceURN: LosslessStringConvertible {
    package var description: String { "resources:asset:\(slug)" }
}

extension ResourceURN: Comparable {
    package static func < (left: ResourceURN, right: ResourceURN) -> Bool { left.slug < right.slug }
}
