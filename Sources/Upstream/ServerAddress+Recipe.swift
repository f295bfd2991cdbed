import Tools

extension ServerAddress {
    /// Where a recipe's calls go: the environment's URL, else the document's with its variables filled in. Arguments
    /// have no part in it.
    init(of recipe: CallRecipe, variables: [String: String]) throws(RequestRefusal) {
        let variable = recipe.serverVariable
        let setting = variables[variable].map(\.trimmed).flatMap { $0.isEmpty ? nil : $0 }
        if setting == nil, !recipe.server.contains("://") {
            throw RequestRefusal(
                .variables([variable]),
                "The API's document does not say where its server is: set \(variable) in the environment to the base "
                    + "URL, for example https://api.example.com/v1."
            )
        }
        var values: [String] = []
        if setting == nil {
            for variable in recipe.serverVariables { values.append(try variable.value(from: variables)) }
        }
        do throws(Malformed) {
            try self.init(setting ?? Self.filled(recipe, values: values))
        } catch {
            let given = setting == nil ? recipe.serverVariables.map(\.variable).filter { variables[$0] != nil } : []
            var subject = setting == nil ? "The server URL of the API's document" : "The value of \(variable)"
            if !given.isEmpty { subject += " with the value of \(given.joined(separator: " and "))" }
            throw RequestRefusal(
                .variables(given + [variable]),
                "\(subject) cannot be used, since \(error.clause): set \(variable) in the environment to an absolute "
                    + "http or https URL, for example https://api.example.com/v1."
            )
        }
    }

    /// The document's URL with a value for each `{name}`. Each place is filled once: braces in a value stay, and are
    /// refused.
    private static func filled(_ recipe: CallRecipe, values: [String]) -> String {
        let known = Dictionary(zip(recipe.serverVariables.map(\.name), values), uniquingKeysWith: { first, _ in first })
        var filled = ""
        var rest = recipe.server[...]
        while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
            let name = String(rest[rest.index(after: open)..<close])
            filled += rest[..<open] + (known[name] ?? "{\(name)}")
            rest = rest[rest.index(after: close)...]
        }
        return filled + rest
    }
}

extension CallRecipe.ServerVariable {
    /// What the environment sets, where the document allows it, else the default.
    fileprivate func value(from variables: [String: String]) throws(RequestRefusal) -> String {
        guard let given = variables[variable]?.trimmed, !given.isEmpty else { return defaultValue }
        guard values.isEmpty || values.contains(given) else {
            throw RequestRefusal(
                .variables([variable]),
                "The value of \(variable) is none that the API's document allows: set it in the environment to "
                    + "\(values.joined(separator: ", ")), or remove it for \(defaultValue)."
            )
        }
        return given
    }
}
