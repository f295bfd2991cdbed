package import MCP
package import Tools

/// The variables that a caller brings for one call, in headers: `MCP-PETS-TOKEN` for `PETS_TOKEN`.
///
/// Only a toolset that names a variable takes it from callers, and only where it is a credential of the call's security:
/// neither where a call goes nor where its tokens come from can be set this way, whatever a toolset names. A header of
/// any other name is as good as absent.
package struct CallerVariables: Sendable {
    private let headers: HeaderFields
    private let allowed: Set<String>

    /// The headers of a request, and the names of the variables that its toolset takes from callers.
    package init(_ headers: HeaderFields = HeaderFields(), allowed: Set<String>) {
        self.headers = headers
        self.allowed = allowed
    }

    /// What a caller gave that cannot be used.
    package struct Refused: Error, Hashable {
        /// One sentence, without the value.
        package let message: String
    }

    /// The variables for a call: the environment's, and in place of some the caller's.
    ///
    /// A credential is the caller's as a whole or the environment's: who gives a user name gives the password too. And a
    /// caller who gave one wants it used, so the environment's credentials count only for schemes that are asked for
    /// together with it.
    package func merged(
        into environment: [String: String],
        for recipe: CallRecipe
    ) throws(Refused) -> [String: String] {
        let given = try given(for: recipe)
        guard !given.isEmpty else { return environment }
        let all = recipe.security.flatMap(\.self)
        let isCallers = { (scheme: CallRecipe.SecurityScheme) in scheme.variables.contains { given[$0] != nil } }
        let beside = recipe.security.filter { $0.contains(where: isCallers) }.flatMap(\.self)
        let kept = Set(beside.filter { !isCallers($0) }.flatMap(\.variables))
        var variables = environment
        for name in all.flatMap(\.variables) where !kept.contains(name) { variables[name] = nil }
        return variables.merging(given) { $1 }
    }

    private func given(for recipe: CallRecipe) throws(Refused) -> [String: String] {
        let credentials = Set(recipe.security.flatMap { $0.flatMap(\.variables) })
        let places = Set([recipe.serverVariable] + recipe.serverVariables.map(\.variable))
        var given: [String: String] = [:]
        for name in allowed.intersection(credentials).subtracting(places).sorted() {
            let header = Self.header(for: name)
            guard !Self.isOfProtocol(header) else { continue }
            let lines = headers.values(header).filter { !$0.isEmpty }
            guard let value = lines.first else { continue }
            guard lines.count == 1 else { throw Refused(message: "The header \(header) is there more than once.") }
            guard !value.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
                throw Refused(message: "The header \(header) holds a control character, which no credential may.")
            }
            given[name] = value
        }
        return given
    }

    /// `MCP-PETS-TOKEN` for `PETS_TOKEN`.
    package static func header(for variable: String) -> String {
        "MCP-" + variable.replacing("_", with: "-")
    }

    /// Headers that MCP itself gives a meaning to (2026-07-28, Transports; legacy, Session Management) bring no variable.
    private static func isOfProtocol(_ header: String) -> Bool {
        let name = header.lowercased()
        return ["mcp-protocol-version", "mcp-session-id", "mcp-method", "mcp-name"].contains(name)
            || name.hasPrefix("mcp-param-")
    }
}
