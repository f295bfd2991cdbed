import Tools

/// Which alternative of a recipe's security a call uses, and whether the variables meet it.
enum SecurityChoice {
    /// The first alternative that the variables can meet; empty where the call goes without. One that needs credentials
    /// goes before an empty one: who has set a key wants it used.
    static func schemes(
        of recipe: CallRecipe,
        variables: [String: String]
    ) throws(RequestRefusal) -> [CallRecipe.SecurityScheme] {
        guard !recipe.security.isEmpty else { return [] }
        let met = recipe.security.filter { alternative in alternative.allSatisfy { $0.isMet(by: variables) } }
        guard let alternative = met.first(where: { !$0.isEmpty }) ?? met.first else {
            throw missing(recipe.security, variables: variables)
        }
        return alternative
    }

    /// `set A, or B and C`: each way in which the call would be met, by the variables that are missing for it.
    private static func missing(
        _ security: [[CallRecipe.SecurityScheme]],
        variables: [String: String]
    ) -> RequestRefusal {
        let ways = security.flatMap { alternative in
            alternative.reduce([[String]]()) { ways, scheme in
                let own = scheme.missing(from: variables)
                return ways.isEmpty ? own : ways.flatMap { way in own.map { (way + $0).uniqued } }
            }
        }
        let names = ways.flatMap(\.self).uniqued
        guard !names.isEmpty else {
            return RequestRefusal(.recipe, "The API asks for credentials for which the tool names no variable.")
        }
        let sentence = ways.map { $0.joined(separator: " and ") }.uniqued.joined(separator: ", or ")
        return RequestRefusal(
            .variables(names),
            "The call needs credentials that the environment does not have: set \(sentence). "
                + "No argument can stand in for them."
        )
    }
}

extension CallRecipe.SecurityScheme {
    /// The sets of variables of which one is enough.
    private var ways: [[String]] {
        switch kind {
        case .clientCredentials, .openIDConnect:
            variables.count == 3 ? [[variables[0]], Array(variables[1...])] : []
        case .apiKey, .basic, .bearer: [variables]
        }
    }

    fileprivate func isMet(by variables: [String: String]) -> Bool {
        !self.variables.isEmpty && missing(from: variables).contains(where: \.isEmpty)
    }

    /// What is missing for each way. A password may be empty: some APIs take a key as the user name alone.
    fileprivate func missing(from variables: [String: String]) -> [[String]] {
        let mayBeEmpty = kind == .basic ? self.variables.dropFirst() : []
        return ways.map { way in
            way.filter { name in
                variables[name].map { $0.trimmed.isEmpty && !mayBeEmpty.contains(name) } ?? true
            }
        }
    }
}

extension [String] {
    /// The same texts, each once, in the order of their first occurrence.
    var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
