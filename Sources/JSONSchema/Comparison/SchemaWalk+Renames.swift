import JSON

extension SchemaWalk {
    /// Which new properties are old ones under another name, by the new name.
    ///
    /// Both must ask the same, and something must speak for it: a description, a name that is nearly the same, or that
    /// nothing else went and came, and both are required or neither is. Where two could be meant, none is.
    func renames(from before: ObjectFacts, to after: ObjectFacts) -> [JSONName: JSONName] {
        let gone = before.order.filter { after.named[$0] == nil }
        let come = after.order.filter { before.named[$0] == nil }
        guard !gone.isEmpty, !come.isEmpty, gone.count <= 100, come.count <= 100 else { return [:] }
        var found: [JSONName: JSONName] = [:]
        var taken: Set<JSONName> = []
        for name in come {
            guard let node = after.named[name], !facts(node).isNever else { continue }
            let likely = gone.filter { former in
                guard !taken.contains(former), let given = before.named[former], isSame(given, node) else {
                    return false
                }
                return speaks(former, given, for: name, node)
            }
            guard likely.count == 1, let former = likely.first else { continue }
            found[name] = former
            taken.insert(former)
        }
        let (goneStill, comeStill) = (gone.filter { !taken.contains($0) }, come.filter { found[$0] == nil })
        if goneStill.count == 1, comeStill.count == 1, isLoneRename(goneStill[0], comeStill[0], before, after) {
            found[comeStill[0]] = goneStill[0]
        }
        return found
    }

    /// Whether one that went and one that came, of which there are no others, are one.
    private func isLoneRename(
        _ former: JSONName,
        _ name: JSONName,
        _ before: ObjectFacts,
        _ after: ObjectFacts
    ) -> Bool {
        guard let given = before.named[former], let node = after.named[name], !facts(node).isNever else { return false }
        return isSame(given, node) && isSilentAlike(given, node)
            && before.required.contains(former) == after.required.contains(name)
    }

    private func isSame(_ old: Int, _ new: Int) -> Bool {
        classes.meaning[old] == classes.meaning[new]
            && facts(old).annotations.formats == facts(new).annotations.formats
    }

    /// Whether the names or the descriptions say that both are one.
    private func speaks(_ former: JSONName, _ old: Int, for name: JSONName, _ new: Int) -> Bool {
        if SpellingDistance.nearest(to: name.text, among: [former.text]) != nil { return true }
        let before = Set(Self.words(facts(old).annotations.descriptions.map(\.text)))
        let after = Set(Self.words(facts(new).annotations.descriptions.map(\.text)))
        let all = before.union(after)
        return before.count >= 2 && 10 * before.intersection(after).count >= 7 * all.count
    }

    /// Whether neither has a description that would tell them apart.
    private func isSilentAlike(_ old: Int, _ new: Int) -> Bool {
        let (before, after) = (facts(old).annotations, facts(new).annotations)
        return before.descriptions == after.descriptions && before.titles == after.titles
    }

    private static func words(_ texts: [String]) -> [String] {
        texts.flatMap { $0.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init) }
    }
}
