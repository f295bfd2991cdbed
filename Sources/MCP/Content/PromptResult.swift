/// A prompt with its blanks filled in (2026-07-28, Prompts: Getting a Prompt).
package struct PromptResult: Sendable, Hashable {
    /// What one side says in it.
    package struct Message: Sendable, Hashable {
        package let role: Role
        package let content: ContentBlock

        package init(role: Role, content: ContentBlock) {
            self.role = role
            self.content = content
        }
    }

    package let description: String?
    package let messages: [Message]

    package init(description: String? = nil, messages: [Message]) {
        self.description = description
        self.messages = messages
    }
}
