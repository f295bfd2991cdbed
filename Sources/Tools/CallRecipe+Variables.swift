extension CallRecipe {
    /// The names of variables that a call needs and does not get from those that are there: of the server where the
    /// document names none, and of the first way to authorize where none of its ways can be gone.
    package func missingVariables(having available: Set<String>) -> [String] {
        var missing: [String] = []
        if !server.contains("://"), !available.contains(serverVariable) { missing.append(serverVariable) }
        let isMet = security.contains { alternative in alternative.allSatisfy { $0.isMet(by: available) } }
        if !isMet, let first = security.first {
            missing += first.filter { !$0.isMet(by: available) }.flatMap(\.requiredVariables)
                .filter { !available.contains($0) }
        }
        return missing
    }
}

extension CallRecipe.SecurityScheme {
    /// Whether these variables give the credential. A token that is there already spares the others of its scheme.
    fileprivate func isMet(by available: Set<String>) -> Bool {
        switch kind {
        case .clientCredentials, .openIDConnect:
            variables.first.map(available.contains) ?? false || available.isSuperset(of: variables.dropFirst())
        case .apiKey, .basic, .bearer: available.isSuperset(of: variables)
        }
    }
}
