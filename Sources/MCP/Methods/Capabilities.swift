import JSON

/// What the methods of one address advertise (2026-07-28, Discovery; legacy, Lifecycle: Capability Negotiation).
enum Capabilities {
    static func object(of content: some ServedContent) -> JSONObject {
        var object: JSONObject = [:]
        let tells = JSONValue.bool(content.tellsChanges)
        if content.offersTools { object["tools"] = ["listChanged": tells] }
        if content.offersPrompts { object["prompts"] = ["listChanged": tells] }
        if content.offersResources { object["resources"] = ["subscribe": false, "listChanged": tells] }
        return object
    }
}
