package import JSON

/// What somebody wants of an item that both sides changed.
package struct MergeResolution: Sendable, Hashable {
    /// What the merged item says.
    package enum Choice: Sendable, Hashable {
        case side(Side)
        /// Another value than the three that are there; `null` for none.
        case value(JSONValue)
    }

    /// One of the three states of an item.
    package enum Side: String, Sendable, CaseIterable {
        case live, staging, base
    }

    /// The item by its name in ``MergeConflict/item``.
    package let item: String
    package let choice: Choice

    package init(item: String, choice: Choice) {
        self.item = item
        self.choice = choice
    }
}
