import JSON
import MCP

extension ToolResult {
    /// The `_meta` that says which content answered: the digest of its manifest, and its number where it is a release.
    static func meta(release: Int?, digest: Digest) -> JSONObject {
        var meta: JSONObject = [:]
        meta["slipway/release"] = release.map { .number(JSONNumber($0)) }
        meta["slipway/digest"] = .string(digest.hex)
        return meta
    }
}
