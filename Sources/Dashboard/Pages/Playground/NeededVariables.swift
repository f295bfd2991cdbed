import JSON

/// The variables that a call lacks, as people read them.
enum NeededVariables {
    /// What is missing, an entry for each thing that is needed. Where one of several ways to authorize is enough, all of them
    /// stand in one entry: `LIBRARY_TOKEN, or LIBRARY_USER and LIBRARY_PASSWORD`. `security` is that of a tool's call recipe: ways,
    /// of which each needs all of its schemes.
    static func told(_ missing: [String], security: JSONValue?) -> [String] {
        let ways = (security?.array ?? []).map { way in
            (way.array ?? []).flatMap { $0["variables"]?.array?.compactMap(\.string) ?? [] }
        }.filter { !$0.isEmpty }
        let ofWays = Set(ways.joined())
        guard ways.count > 1, !ofWays.isDisjoint(with: missing) else { return missing }
        let choice = ways.map { $0.joined(separator: " and ") }.joined(separator: ", or ")
        return missing.filter { !ofWays.contains($0) } + [choice]
    }
}
