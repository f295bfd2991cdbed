package import Releases
package import Vocabulary

/// An MCP address: a toolset's, by its `mcp_slug`, and a side of it.
package struct ServingAddress: Sendable, Hashable {
    package let slug: Slug
    package let side: ServedSide

    package init(slug: Slug, side: ServedSide) {
        self.slug = slug
        self.side = side
    }
}
