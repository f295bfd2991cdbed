/// The MCP address that a client is to know.
package struct InstallTarget: Sendable, Hashable {
    /// What the client calls the server: `library`, or `library-staging`.
    package let name: String
    package let url: String
    /// Whether the address takes nobody without a key.
    package let needsKey: Bool

    /// The address of a toolset by its `mcp_slug`; `url` is that of the side that is meant. Staging always needs a key.
    package init(slug: String, url: String, isPublic: Bool, isStaging: Bool = false) {
        name = isStaging ? "\(slug)-staging" : slug
        self.url = url
        needsKey = isStaging || !isPublic
    }

    /// The environment variable in which a person keeps the key, so that no file holds it: `SLIPWAY_LIBRARY_KEY`.
    package var variable: String { "SLIPWAY_\(name.uppercased().replacing("-", with: "_"))_KEY" }
}
