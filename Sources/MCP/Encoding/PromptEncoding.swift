package import JSON

/// Writes prompts as the clients of one revision can read them; see ``ToolEncoding``.
package struct PromptEncoding: Sendable {
    package let revision: Revision

    package init(for revision: Revision) {
        self.revision = revision
    }

    /// The JSON array of these prompts, for ``ServedContent/promptsJSON(for:)``.
    package func bytes(of prompts: some Sequence<JSONObject>) -> [UInt8] {
        JSONValue.array(prompts.map { .object(object(for: $0)) }).bytes
    }

    /// One prompt, from the form in which it is stored: the members of 2026-07-28, Schema: Prompt.
    package func object(for prompt: JSONObject) -> JSONObject {
        var object: JSONObject = [:]
        object["name"] = prompt["name"]
        if revision.hasTitles { object["title"] = prompt["title"] }
        object["description"] = prompt["description"]
        object["arguments"] = prompt["arguments"]?.array.map { .array($0.compactMap(argument)) }
        if revision.hasIcons { object["icons"] = prompt["icons"] }
        if revision.hasMetaOnDefinitions { object["_meta"] = prompt["_meta"] }
        return object
    }

    private func argument(_ argument: JSONValue) -> JSONValue? {
        guard let argument = argument.object else { return nil }
        var object: JSONObject = [:]
        object["name"] = argument["name"]
        if revision.hasTitles { object["title"] = argument["title"] }
        object["description"] = argument["description"]
        object["required"] = argument["required"]
        return .object(object)
    }
}
