package import JSON

/// A model that people may talk to, so that they see what it makes of a toolset.
package protocol ChatModel: Sendable {
    /// What people read: `gpt-5 at api.example.com`.
    var name: String { get }

    /// The next message of the assistant, in the shape of OpenAI's chat completions, as are the messages and the tools.
    ///
    /// - Throws: ``Problem`` `upstream_failed`, `upstream_timeout`.
    func complete(_ messages: [JSONValue], tools: [JSONValue]) async throws -> JSONObject
}
