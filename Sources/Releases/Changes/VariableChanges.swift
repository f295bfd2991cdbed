import JSON
import Tools

/// What changes in the variables that an environment must supply: `auth.variable.*`. One variable of a thousand tools is
/// one change, of the toolset.
enum VariableChanges {
    /// `pairs` are tools that are not the same in both contents: of their schemes a variable's other name is known.
    /// `set` are the variables that have a value; none where that is not known.
    static func differences(
        from old: Manifest,
        to new: Manifest,
        pairs: [(old: CallRecipe, new: CallRecipe)],
        set: Set<String>?
    ) -> [RuledDifference] {
        let before = Set(old.requiredVariables)
        let after = Set(new.requiredVariables)
        guard before != after else { return [] }
        var differences = Differences()
        var renamed: Set<String> = []
        let names = renames(in: pairs)
        for name in after.subtracting(before).sorted() {
            let pointer = JSONPointer(["variables", name]).description
            if let former = names[name], before.contains(former), !after.contains(former) {
                renamed.insert(former)
                let message = "The variable \(former) is called \(name) by now."
                differences.tell(.authVariableRenamed, at: pointer, .string(former), .string(name), message)
            } else if set?.contains(name) != false {
                let known = set == nil ? "" : "; it has a value"
                let message = "The variable \(name) is needed by now\(known)."
                differences.tell(.authVariableAdded, at: pointer, nil, .string(name), message)
            }
            if let set, !set.contains(name) {
                let message = "The variable \(name) is needed by now and has no value."
                differences.tell(.authVariableUnset, at: pointer, nil, .string(name), message)
            }
        }
        for name in before.subtracting(after).subtracting(renamed).sorted() {
            let pointer = JSONPointer(["variables", name]).description
            let message = "The variable \(name) is no longer needed."
            differences.tell(.authVariableRemoved, at: pointer, .string(name), nil, message)
        }
        return differences.all
    }

    /// By the new name, where one credential, or one address, of a tool has its value from another variable.
    private static func renames(in pairs: [(old: CallRecipe, new: CallRecipe)]) -> [String: String] {
        var names: [String: String] = [:]
        for (old, new) in pairs {
            if old.serverVariable != new.serverVariable { names[new.serverVariable] = old.serverVariable }
            for scheme in new.security.joined() {
                let former =
                    old.security.joined().first { $0.name == scheme.name }
                    ?? old.security.joined().first { $0.kind == scheme.kind }
                guard let former else { continue }
                for (name, formerName) in zip(scheme.variables, former.variables) where name != formerName {
                    names[name] = formerName
                }
            }
        }
        return names
    }
}
