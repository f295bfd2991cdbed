import JSON

/// What the methods of one address advertise (2026-07-28, Discovery; legacy, Lifecycle: Capability Negotiation).
enum Capabilities {
    static func object(of content: some ServedContent) -> JSONObject {
        var object: JSONObject = [:]
        if content.offersTools { object["tools"] = ["listChanged": false] }
        if content.offersPrompts { object["prompts"] = ["listChanged": false] }
        if content.offersResources { object["resources"] = ["subscribe": false, "listChanged": false] }
        return object
    }
}
