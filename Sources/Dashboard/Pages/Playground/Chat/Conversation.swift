import JSON

/// What was said between a person, a model and tools: the messages of OpenAI's chat completions. It is kept in the page and
/// nowhere else.
struct Conversation: Sendable {
    /// A call that the model wants.
    struct Call: Sendable {
        let id: String
        let tool: String
        /// Its arguments; none where what the model wrote is no JSON object.
        let arguments: JSONObject?
        /// As the model wrote them.
        let text: String
    }

    private(set) var messages: [JSONValue] = []

    init() {}

    /// The conversation that a page sent back. What is not in the shape of one begins anew.
    init(text: String?) {
        guard let text, let all = (try? JSONValue(parsing: text))?.array else { return }
        messages = all.filter { ["user", "assistant", "tool"].contains($0["role"]?.string ?? "") }
    }

    var text: String { JSONValue.array(messages).text }

    mutating func say(_ text: String) {
        messages.append(["role": "user", "content": .string(text)])
    }

    /// Only what was understood of a message is kept: what else a model sends is not for sending back.
    mutating func hear(_ message: JSONObject) {
        var kept: JSONObject = ["role": "assistant", "content": message["content"] ?? .null]
        if let calls = message["tool_calls"]?.array, !calls.isEmpty { kept["tool_calls"] = .array(calls) }
        messages.append(.object(kept))
    }

    mutating func answer(_ call: Call, _ text: String) {
        messages.append(["role": "tool", "tool_call_id": .string(call.id), "content": .string(text)])
    }

    /// The first call of the last message of the assistant that has no answer yet.
    var open: Call? {
        guard let position = messages.lastIndex(where: { $0["role"]?.string == "assistant" }) else { return nil }
        let answered = Set(messages[position...].compactMap { $0["tool_call_id"]?.string })
        return Self.calls(of: messages[position]).first { !answered.contains($0.id) }
    }

    /// What tools answered to the message at a position, by the ids of its calls: some models begin anew with those in each
    /// message.
    func answers(after position: Int) -> [String: String] {
        var answers: [String: String] = [:]
        for message in messages[(position + 1)...] {
            guard message["role"]?.string == "tool" else { break }
            if let id = message["tool_call_id"]?.string { answers[id] = message["content"]?.string ?? "" }
        }
        return answers
    }

    /// Whether the model has to say something next.
    var waitsForModel: Bool {
        guard let last = messages.last?["role"]?.string else { return false }
        return last == "user" || (last == "tool" && open == nil)
    }

    static func calls(of message: JSONValue) -> [Call] {
        (message["tool_calls"]?.array ?? []).map { call in
            let text = call["function"]?["arguments"]?.string ?? "{}"
            return Call(
                id: call["id"]?.string ?? "",
                tool: call["function"]?["name"]?.string ?? "",
                arguments: (try? JSONValue(parsing: text.isEmpty ? "{}" : text))?.object,
                text: text
            )
        }
    }
}
