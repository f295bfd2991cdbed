package import JSON

/// What one address offers: an immutable image of a toolset.
///
/// An ``Exchange`` asks nothing else. Everything but the call is in memory already and returns at once.
package protocol ServedContent: Sendable {
    /// Who answers: `serverInfo`.
    var implementation: Implementation { get }
    /// How a model should use the tools together; told once, at the start (2026-07-28, Discovery).
    var instructions: String? { get }
    /// How long modern clients may keep what they list (2026-07-28, Caching).
    var caching: Caching { get }

    /// Which content this is, for the `_meta` of lists: the same keys in all revisions.
    var meta: JSONObject { get }
    /// Whether clients are told when a list becomes another one; the capabilities say the same. Not where it never does.
    var tellsChanges: Bool { get }

    /// Whether the methods of tools answer, and the capability is advertised.
    var offersTools: Bool { get }
    /// Whether the methods of prompts answer, and the capability is advertised.
    var offersPrompts: Bool { get }
    /// Whether the methods of resources answer, and the capability is advertised.
    var offersResources: Bool { get }

    /// The JSON array of all tools as clients of that revision can read it: ``ToolEncoding/bytes(of:)``, made once.
    func toolsJSON(for revision: Revision) -> [UInt8]
    /// The JSON array of all prompts as clients of that revision can read it: ``PromptEncoding/bytes(of:)``, made once.
    func promptsJSON(for revision: Revision) -> [UInt8]
    /// The JSON array of all resources as clients of that revision can read it: ``ResourceEncoding/bytes(of:)``, made
    /// once.
    func resourcesJSON(for revision: Revision) -> [UInt8]

    /// Names the bytes of a list in a revision, in the form of an HTTP entity tag; nothing where nobody keeps count.
    func etag(of list: ListKind, in revision: Revision) -> String?

    /// Whether ``call(_:arguments:context:)`` may know the name.
    func hasTool(named name: String) -> Bool
    /// The arguments that modern clients repeat as `Mcp-Param-…` headers: ``HeaderParameter/declared(in:)``, made once.
    func headerParameters(ofTool name: String) -> [HeaderParameter]

    /// Runs a tool. What went wrong in the tool's own terms (bad arguments, an upstream's refusal) is a result with
    /// ``ToolResult/isError``; a ``CallFailure`` becomes the error it names; anything else thrown is an internal error.
    func call(_ name: String, arguments: JSONObject, context: CallContext) async throws -> ToolResult
    /// Fills in a prompt; throws ``PromptFailure`` for what the caller got wrong.
    func prompt(_ name: String, arguments: [String: String]) throws -> PromptResult
    /// What a resource says; nothing where there is none of that URI.
    func resource(_ uri: String) async throws -> EmbeddedResource?
}

extension ServedContent {
    /// None, for tools that declare none.
    package func headerParameters(ofTool name: String) -> [HeaderParameter] { [] }

    /// Nothing, for content that is of no release.
    package var meta: JSONObject { [:] }
    /// Not, for content that stays as it is.
    package var tellsChanges: Bool { false }
    /// None, for lists that nobody names.
    package func etag(of list: ListKind, in revision: Revision) -> String? { nil }

    /// No resources, for content that has none.
    package var offersResources: Bool { false }
    /// No resources, for content that has none.
    package func resourcesJSON(for revision: Revision) -> [UInt8] { Array("[]".utf8) }
    /// No resource, for content that has none.
    package func resource(_ uri: String) async throws -> EmbeddedResource? { nil }
}

/// Why a tool cannot be called at all.
package enum CallFailure: Error, Hashable {
    /// There is no such tool: -32602.
    case unknownTool(String)
    /// The client has not declared what the tool needs, given as a client would declare it: -32021.
    case missingClientCapabilities(JSONObject)
}

/// What a caller of `prompts/get` got wrong: -32602.
package enum PromptFailure: Error, Hashable {
    case unknownPrompt(String)
    case missingArgument(String, ofPrompt: String)
    case unknownArgument(String, ofPrompt: String)
}

/// How long, and by whom, a list may be kept (2026-07-28, Caching).
package struct Caching: Sendable, Hashable {
    /// Who may keep it.
    package enum Scope: String, Sendable {
        /// Any gateway may hand it to any caller.
        case `public`
        /// It stays with the caller who got it.
        case `private`
    }

    package let milliseconds: Int
    package let scope: Scope

    /// What lives for a time; a negative time is none.
    package init(for time: Duration, scope: Scope) {
        let (seconds, attoseconds) = time.components
        milliseconds = max(0, Int(seconds) * 1000 + Int(attoseconds / 1_000_000_000_000_000))
        self.scope = scope
    }
}
