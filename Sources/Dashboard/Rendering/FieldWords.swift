/// What pages call the fields of the management API: nobody who reads a page has to know those.
enum FieldWords {
    private static let words = [
        "slug": "short name", "new_slug": "short name", "slugs": "short names", "toolset_slug": "toolset",
        "mcp_slug": "last part of the address", "urn": "tool", "tool_urn": "tool", "tool_urns": "tools",
        "prompt_names": "prompts", "resource_urns": "resources", "resource_urn": "resource",
        "default_environment_slug": "environment", "staging_environment_slug": "environment of staging",
        "mcp_caller_variables": "variables that callers may bring", "documentation_url": "documentation link",
        "mime_type": "media type", "include_secrets": "the secrets", "grace_seconds": "grace time",
        "confirm_prompt": "question before a call", "output_schema": "output schema", "q": "search", "id": "address",
        "logo_asset_id": "logo", "deprecation_days": "days of deprecation",
    ]

    /// `Short name` of `slug`; a field that has no words of its own says its name without the `_`.
    static func label(_ field: String) -> String {
        let text = words[field] ?? field.replacing("_", with: " ")
        return text.prefix(1).uppercased() + text.dropFirst()
    }

    /// A message with the words in place of the fields; what stands in quotes is what somebody typed, and stays.
    static func told(in message: String) -> String {
        let parts = message.split(separator: "\"", omittingEmptySubsequences: false)
        return parts.enumerated().map { $0.offset % 2 == 0 ? replaced($0.element) : String($0.element) }
            .joined(separator: "\"")
    }

    private static func replaced(_ text: Substring) -> String {
        var (told, word) = ("", "")
        for character in text {
            if character.isLetter || character == "_" {
                word.append(character)
            } else {
                told += (words[word] ?? word) + String(character)
                word = ""
            }
        }
        return told + (words[word] ?? word)
    }
}
