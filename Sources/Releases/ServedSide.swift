/// Which of a toolset's MCP addresses: `/mcp/{slug}`, `/mcp/{slug}/staging` or `/mcp/{slug}/releases/{number}`.
package enum ServedSide: Sendable, Hashable {
    case live, staging
    /// One release, for ever the same answers.
    case release(Int)

    /// The address of a side that editors know.
    package init(_ view: Toolset.View) {
        self = view == .live ? .live : .staging
    }
}

extension ServedSide: CustomStringConvertible {
    /// What stands in the address behind the slug: nothing, `staging` or `releases/12`.
    package var description: String {
        switch self {
        case .live: ""
        case .staging: "staging"
        case .release(let number): "releases/\(number)"
        }
    }
}
