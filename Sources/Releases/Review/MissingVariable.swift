import Tools
package import Vocabulary

/// An environment variable that tools of a content need and nobody supplies.
package struct MissingVariable: Sendable, Hashable {
    package let name: String
    /// The names of the tools that cannot be called without it, in order.
    package let tools: [String]

    package init(name: String, tools: [String]) {
        self.name = name
        self.tools = tools
    }
}

extension CompiledContent {
    /// What is missing where these variables are supplied, by name.
    package func missingVariables(having available: Set<String>) -> [MissingVariable] {
        guard !available.isSuperset(of: manifest.requiredVariables) else { return [] }
        var tools: [String: [String]] = [:]
        for tool in self.tools {
            for name in tool.call.missingVariables(having: available) { tools[name, default: []].append(tool.name) }
        }
        return tools.sorted { $0.key < $1.key }.map { MissingVariable(name: $0.key, tools: $0.value) }
    }
}

extension Problem {
    /// That content cannot go live, since calls would fail for want of variables.
    package static func missing(
        _ variables: [MissingVariable],
        environment: Slug?,
        toolset: Slug,
        what: String
    ) -> Problem {
        let named = variables.map { variable in
            let others = variable.tools.count > 3 ? " and \(variable.tools.count - 3) more" : ""
            return "\(variable.name) (\(variable.tools.prefix(3).joined(separator: ", "))\(others))"
        }
        let place = environment.map { "its environment \"\($0)\" does not have" } ?? "no environment supplies"
        let remedy =
            environment.map { "set \(variables.count == 1 ? "it" : "them") in \"\($0)\"" }
            ?? "give the toolset a default environment that has \(variables.count == 1 ? "it" : "them")"
        return Problem(
            .preflightFailed,
            "\(what) of \"\(toolset)\" needs \(named.joined(separator: ", ")), which \(place); \(remedy), or let callers bring \(variables.count == 1 ? "it" : "them") (mcp_caller_variables). Nothing was changed.",
            errors: variables.map {
                .init(pointer: "", message: "\($0.name) is not set; needed by \($0.tools.joined(separator: ", "))")
            },
            details: [
                .init("variables", variables.map(\.name)), .init("environment", environment?.text ?? ""),
                .init("tools", Set(variables.flatMap(\.tools)).sorted()),
            ]
        )
    }
}
