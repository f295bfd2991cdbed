package import JSON

/// What differs between two JSON Schemas by meaning: pure, the same in every run, in the order of the new schema.
///
/// Compared is what the schemas ask and say, not how they are written. Key order, references against what they lead to,
/// `allOf`, defaults written out, the spelling of numbers, `const` against an `enum` of one, the ways to allow `null`
/// and the like are no difference; nor is white space in texts. `format` and its like annotate, as for
/// ``CompiledSchema``, and are told all the same.
///
/// Where no difference ``SchemaDifference/Effect/narrows``, every value that was valid is valid; where none
/// ``SchemaDifference/Effect/widens``, every value that is valid was. Nobody can say that in all cases: where it is not
/// shown, a difference says so. Values that give a name which the old schema leaves open, and the new one speaks of, do
/// not count.
package struct SchemaComparison: Sendable {
    /// What a comparison may cost; where that is not enough it says ``SchemaDifference/Kind/undecided``.
    package struct Limits: Sendable, Hashable {
        /// How many subschemas both schemas may have together, counted by what must hold together.
        package var nodes = 20_000
        /// How many steps it may take to read them: about one for each keyword.
        package var work = 1_000_000
        /// How many pairs of subschemas are looked at.
        package var visits = 20_000
        /// How many differences are told.
        package var differences = 1_000
        /// How many steps proofs may take.
        package var proof = 50_000
        /// How deep a place may be.
        package var depth = 64

        /// The limits that are good for the tools of an API.
        package init() {}
    }

    /// A text at a place that is new as a whole, of which only the whole is told as a difference.
    package struct NewText: Sendable, Hashable {
        package let pointer: JSONPointer
        package let text: String
    }

    /// None where the schemas ask and say the same.
    package let differences: [SchemaDifference]
    package let newTexts: [NewText]

    /// Compares two schemas of any draft.
    package init(from old: JSONValue, to new: JSONValue, limits: Limits = Limits()) {
        if old.equalsByValue(new) {
            differences = []
            newTexts = []
            return
        }
        var found = Self.dialects(old, new)
        do {
            let sources = [try SchemaSource(old, limits: .comparison), try SchemaSource(new, limits: .comparison)]
            let graph = try SchemaGraph(sources, limits: limits)
            var walk = SchemaWalk(graph, try SchemaClasses(of: graph), limits: limits)
            walk.walkRoots()
            differences = found + walk.differences
            newTexts = walk.newTexts
        } catch {
            found.append(.undecided(before: old, after: new))
            differences = found
            newTexts = []
        }
    }

    /// What all differences together do to values.
    package var effect: SchemaDifference.Effect {
        differences.reduce(into: []) { $0.formUnion($1.effect) }
    }

    private static func dialects(_ old: JSONValue, _ new: JSONValue) -> [SchemaDifference] {
        let usual = SchemaDraft.draft202012.address
        let before = old["$schema"]?.string ?? usual
        let after = new["$schema"]?.string ?? usual
        let drafts = [SchemaDraft(address: before), SchemaDraft(address: after)]
        if before == after || drafts[0] != nil && drafts[0] == drafts[1] { return [] }
        let pointer = JSONPointer(["$schema"])
        return [
            SchemaDifference(
                kind: .dialectChanged,
                effect: [],
                pointer: pointer,
                before: .string(before),
                after: .string(after)
            )
        ]
    }
}

extension SchemaDifference {
    /// More differs than can be said.
    static func undecided(before: JSONValue?, after: JSONValue?) -> SchemaDifference {
        SchemaDifference(kind: .undecided, effect: .both, pointer: JSONPointer(), before: before, after: after)
    }
}

extension SchemaLimits {
    fileprivate static let comparison = SchemaLimits(subschemas: 20_000)
}
