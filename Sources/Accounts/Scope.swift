/// What a key may do. Each scope includes those before it.
package enum Scope: String, Sendable, CaseIterable {
    /// Live and private MCP addresses, nothing else.
    case consumer
    /// Reads of the management API; staging and pinned addresses.
    case reader
    /// Edits.
    case producer
    /// Publishes, rolls back, switches modes.
    case publisher
    /// Keys, members, flags.
    case admin
}

extension Scope: Comparable {
    package static func < (left: Scope, right: Scope) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .consumer: 0
        case .reader: 1
        case .producer: 2
        case .publisher: 3
        case .admin: 4
        }
    }
}
