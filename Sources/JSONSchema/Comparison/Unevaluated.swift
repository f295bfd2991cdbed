import JSON

/// `unevaluatedProperties` or `unevaluatedItems`, where it is plain which members or items others look at.
struct Unevaluated: Sendable {
    let keyword: String
    /// What others look at.
    let scope: Scope
    /// What the rest must be.
    let node: Int

    struct Scope: Sendable, Hashable {
        var names: Set<JSONName> = []
        var patterns: Set<JSONName> = []
        var prefix = 0
        /// Whether something is said of all that have no place of their own.
        var isAll = false

        /// Whether all that is looked at here is looked at there.
        func isCovered(by other: Scope) -> Bool {
            other.isAll
                || !isAll && names.isSubset(of: other.names) && patterns.isSubset(of: other.patterns)
                    && prefix <= other.prefix
        }
    }
}

extension SchemaSource {
    /// What the subschemas that hold together with one look at; nothing where that depends on the value.
    func scope(of atom: Int, _ keyword: String) -> Unevaluated.Scope? {
        var scope = Unevaluated.Scope()
        let isMembers = keyword == "unevaluatedProperties"
        for part in closure(of: [atom]) {
            for rule in table.nodes[part].rules {
                switch rule {
                case .members(let members) where isMembers:
                    scope.names.formUnion(members.names.map(JSONName.init))
                    if members.others != nil { scope.isAll = true }
                    let patterns = text(of: part)["patternProperties"]?.object ?? [:]
                    scope.patterns.formUnion(patterns.keys.map(JSONName.init))
                case .items(let prefix, let rest) where !isMembers:
                    scope.prefix = max(scope.prefix, prefix.count)
                    if rest != nil { scope.isAll = true }
                case .any(let forms) where forms.count == 1: continue
                case .one(let forms) where forms.count == 1: continue
                case .any, .one, .condition, .dependentSchemas: return nil
                case .contains where !isMembers: return nil
                // Another one of the kind looks at all that is left.
                case .unevaluatedMembers where isMembers && part != atom: scope.isAll = true
                case .unevaluatedItems where !isMembers && part != atom: scope.isAll = true
                default: continue
                }
            }
        }
        return scope
    }
}

extension SchemaWalk {
    /// Compares what is asked of members and items that nothing else speaks of.
    mutating func walkUnevaluated(_ before: [Unevaluated], _ after: [Unevaluated], at place: JSONPointer) {
        for keyword in ["unevaluatedProperties", "unevaluatedItems"] {
            let given = before.filter { $0.keyword == keyword }
            let wanted = after.filter { $0.keyword == keyword }
            var effect: SchemaDifference.Effect = []
            if !wanted.allSatisfy({ new in given.contains { inclusion.holds($0, in: new) } }) {
                effect.insert(.narrows)
            }
            if !given.allSatisfy({ old in wanted.contains { inclusion.holds($0, in: old) } }) { effect.insert(.widens) }
            let shown = [given, wanted].map { $0.first.flatMap { self.shown($0.node) } }
            addCondition(keyword, effect, shown[0], shown[1], at: place)
        }
    }
}

extension SchemaInclusion {
    /// Whether the one asks for all that the other asks for.
    mutating func holds(_ inner: Unevaluated, in outer: Unevaluated) -> Bool {
        inner.keyword == outer.keyword && inner.scope.isCovered(by: outer.scope) && holds(inner.node, in: outer.node)
    }
}
