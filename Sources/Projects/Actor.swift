/// Who does something, as audit events and activations record it.
package struct Actor: Sendable, Hashable {
    /// `key:<name>` for an API key, `system` for the server itself.
    package let name: String
    /// Whether this is an automation, which a hold stops.
    package let isAutomation: Bool

    package init(name: String, isAutomation: Bool = false) {
        self.name = name
        self.isAutomation = isAutomation
    }

    /// The server itself.
    package static let system = Actor(name: "system")
}
