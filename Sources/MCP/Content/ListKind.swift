/// A list that an address offers, and of whose changes clients can be told.
package enum ListKind: String, Sendable, Hashable, CaseIterable {
    case tools, prompts, resources

    /// What tells that the list is another one now (2026-07-28, Tools: List Changed Notification; the same in all
    /// revisions).
    var notification: String { "notifications/\(rawValue)/list_changed" }

    /// What a client asks for by it (2026-07-28, Schema: SubscriptionFilter).
    var filter: String { "\(rawValue)ListChanged" }
}
