package import Vocabulary

/// What comes with the server: the source and the toolset `slipway` that a first start makes, until somebody puts something
/// else in their places.
package enum BuiltIn {
    /// Whether a source or a toolset is it; for a source, `maker` is who brought its document.
    package static func contains(_ slug: Slug, madeBy maker: String) -> Bool {
        slug == .slipway && maker == Actor.system.name
    }
}
