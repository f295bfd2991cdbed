package import JSON

/// One item that live and staging both changed since their common base, each in another way.
package struct MergeConflict: Sendable, Hashable {
    /// Names the item for an answer: `metadata/description`, `variation/tools:http:pets:list/title`,
    /// `tool/tools:http:pets:list`, `order/tools`, `pin/deployment`.
    package let item: String
    /// What stood there in the base; none where nothing did.
    package let base: JSONValue?
    package let live: JSONValue?
    package let staging: JSONValue?

    package init(item: String, base: JSONValue?, live: JSONValue?, staging: JSONValue?) {
        self.item = item
        self.base = base
        self.live = live
        self.staging = staging
    }
}

extension MergeConflict {
    /// The conflict as the management API writes it; null where nothing stands.
    package var json: JSONObject {
        ["item": .string(item), "base": base ?? .null, "live": live ?? .null, "staging": staging ?? .null]
    }
}
