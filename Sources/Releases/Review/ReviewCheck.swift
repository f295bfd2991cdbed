/// What a look at one aspect of a content found.
package struct ReviewCheck: Sendable, Hashable {
    /// What was looked at.
    package enum Aspect: String, Sendable, CaseIterable {
        /// Names that models and people take for one another.
        case names
        /// Tools that do the same.
        case duplicates
        /// Variables without which tools cannot be called.
        case variables
        /// Operations that the active deployment no longer has.
        case operations
        /// Texts that order a model around.
        case descriptions
        /// Characters that nobody sees.
        case hiddenCharacters = "hidden_characters"
        /// The cost of the tool list.
        case budget
        /// The number of tools.
        case size
        /// Changes that nobody can acknowledge.
        case unacknowledgeable
        /// Items whose content was redacted, and must not be kept again.
        case redacted
    }

    /// How the look ended.
    package enum Status: String, Sendable {
        case ok
        /// Somebody should know, and nothing is refused for it.
        case warning
        /// Nothing goes live with it.
        case failed
    }

    package let aspect: Aspect
    package let status: Status
    /// One sentence for people.
    package let message: String
    /// One line for each thing that was found.
    package let details: [String]

    package init(_ aspect: Aspect, _ status: Status, _ message: String, details: [String] = []) {
        self.aspect = aspect
        self.status = status
        self.message = message
        self.details = details
    }
}
