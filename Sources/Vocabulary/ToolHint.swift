/// A hint about what a call of a tool does (MCP, ToolAnnotations), with the words by which people read it everywhere.
package enum ToolHint: String, Sendable, CaseIterable {
    case readOnly = "readOnlyHint"
    case destructive = "destructiveHint"
    case idempotent = "idempotentHint"
    case openWorld = "openWorldHint"

    /// What clients assume of a tool that does not say it.
    package var standard: Bool {
        switch self {
        case .readOnly, .idempotent: false
        case .destructive, .openWorld: true
        }
    }

    /// The hint in words, where it says so or its contrary.
    package func words(_ value: Bool) -> String {
        switch self {
        case .readOnly: value ? "Reads only" : "May change data"
        case .destructive: value ? "May destroy" : "Destroys nothing"
        case .idempotent: value ? "Repeatable" : "Not repeatable"
        case .openWorld: value ? "Open world" : "Closed world"
        }
    }

    /// What that means for a call, in one sentence.
    package func meaning(_ value: Bool) -> String {
        switch self {
        case .readOnly: value ? "A call changes nothing." : "A call may change something."
        case .destructive:
            value ? "A call may overwrite or delete." : "A call may add, and overwrites or deletes nothing."
        case .idempotent: value ? "The same call again changes nothing more." : "The same call again may change more."
        case .openWorld: value ? "A call may reach anything outside." : "A call reaches a known set of things."
        }
    }

    /// What variations of the management API call it: `read_only_hint`.
    package var field: String {
        switch self {
        case .readOnly: "read_only_hint"
        case .destructive: "destructive_hint"
        case .idempotent: "idempotent_hint"
        case .openWorld: "open_world_hint"
        }
    }
}
