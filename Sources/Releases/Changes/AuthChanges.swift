import JSON
import Tools

/// What changes in the credentials that a tool's calls need: `auth.scheme.*` and `auth.scope.*`.
struct AuthChanges {
    private typealias Scheme = CallRecipe.SecurityScheme

    private let old: CallRecipe
    private let new: CallRecipe
    private var differences = Differences()

    static func differences(from old: CallRecipe, to new: CallRecipe) -> [RuledDifference] {
        guard old.security != new.security else { return [] }
        var changes = AuthChanges(old: old, new: new)
        changes.compareSchemes()
        return changes.differences.all
    }

    private init(old: CallRecipe, new: CallRecipe) {
        self.old = old
        self.new = new
    }

    private mutating func compareSchemes() {
        let before = Self.schemes(of: old)
        let after = Self.schemes(of: new)
        var gone = before.keys.filter { after[$0] == nil }.sorted()
        var come = after.keys.filter { before[$0] == nil }.sorted()
        var successors: [String: String] = [:]
        for name in before.keys.filter({ after[$0] != nil }).sorted() {
            if let left = before[name], let right = after[name] { compare(left, right) }
        }
        // One for one is one change, and so is a scheme that only has another name.
        for name in come {
            guard let right = after[name] else { continue }
            let twin = gone.first { before[$0]?.keepsAll(of: right) == true } ?? (gone.count == 1 ? gone.first : nil)
            guard let twin, let left = before[twin] else { continue }
            gone.removeAll { $0 == twin }
            come.removeAll { $0 == name }
            successors[twin] = name
            guard !left.keepsAll(of: right) else { continue }
            tell(.authSchemeChanged, name, left.json, right.json, "is needed in place of \"\(twin)\"")
        }
        let stillSuffices = isStillMet(successors)
        for name in come {
            guard let right = after[name] else { continue }
            if stillSuffices {
                let message = "A call may also be authorized by the scheme \"\(name)\"."
                differences.tell(.authVariableAdded, at: Self.pointer(name), nil, right.json, message)
            } else {
                tell(.authSchemeAdded, name, nil, right.json, "is needed by now")
            }
        }
        for name in gone {
            let rule: ChangeRule = stillSuffices ? .authSchemeRemoved : .authSchemeChanged
            tell(rule, name, before[name]?.json, nil, stillSuffices ? "is no longer needed" : "is no longer taken")
        }
        if gone.isEmpty, come.isEmpty { compareNeed(stillSuffices, successors) }
    }

    /// Whether whatever met an old alternative still meets a new one; where none was needed, still none. One caller may
    /// have the credentials of one alternative, and another those of another.
    private func isStillMet(_ successors: [String: String]) -> Bool {
        if new.security.isEmpty || new.security.contains(where: \.isEmpty) { return true }
        if old.security.isEmpty || old.security.contains(where: \.isEmpty) { return false }
        return old.security.allSatisfy { alternative in
            let names = Set(alternative.map { successors[$0.name] ?? $0.name })
            return new.security.contains { Set($0.map(\.name)).isSubset(of: names) }
        }
    }

    /// The same schemes, combined in another way.
    private mutating func compareNeed(_ stillSuffices: Bool, _ successors: [String: String]) {
        let before = Self.alternatives(of: old, successors)
        let after = Self.alternatives(of: new)
        guard before != after else { return }
        let left = JSONValue(before.map { $0.joined(separator: " and ") })
        let right = JSONValue(after.map { $0.joined(separator: " and ") })
        if !stillSuffices {
            let message = "What a call needs to be authorized is more than before."
            differences.tell(.authSchemeAdded, at: "/call/security", left, right, message)
        } else {
            let message = "What a call needs to be authorized is less than before, or other ways are gone."
            differences.tell(.authSchemeRemoved, at: "/call/security", left, right, message)
        }
    }

    private mutating func compare(_ left: Scheme, _ right: Scheme) {
        if !left.form.isSameJSON(as: right.form) {
            tell(.authSchemeChanged, right.name, left.json, right.json, "is another kind of credential by now")
        } else if !left.tokenAddress.isSameJSON(as: right.tokenAddress) {
            tell(
                .authSchemeIssuerChanged,
                right.name,
                left.tokenAddress.map(JSONValue.string),
                right.tokenAddress.map(JSONValue.string),
                "gets its tokens from another address"
            )
        }
        compareScopes(of: left.name)
    }

    /// Each alternative that has the scheme asks for its own scopes. Who has those of an old one needs more only where
    /// no new one is content with them.
    private mutating func compareScopes(of name: String) {
        let before = Self.scopeSets(of: name, in: old)
        let after = Self.scopeSets(of: name, in: new)
        guard Set(before) != Set(after) else { return }
        let pointer = JSONPointer(["call", "security", name, "scopes"]).description
        var needed: Set<String> = []
        for set in before where !after.contains(where: { $0.isSubset(of: set) }) {
            needed.formUnion((after.first ?? []).subtracting(set))
        }
        for scope in needed.sorted() {
            let message = "A call needs the scope \(PlainText.quoted(scope)) by now."
            differences.tell(.authScopeAdded, at: pointer, nil, .string(scope), message)
        }
        let told = differences.all.count
        let known = before.reduce(into: Set<String>()) { $0.formUnion($1) }
        let isKnown = after.reduce(into: Set<String>()) { $0.formUnion($1) }
        for scope in known.subtracting(isKnown).sorted() {
            let message = "A call no longer needs the scope \(PlainText.quoted(scope))."
            differences.tell(.authScopeRemoved, at: pointer, .string(scope), nil, message)
        }
        for scope in isKnown.subtracting(known).subtracting(needed).sorted() {
            let message = "A call may also be made with the scope \(PlainText.quoted(scope)), and needs no other."
            differences.tell(.authScopeRemoved, at: pointer, nil, .string(scope), message)
        }
        guard needed.isEmpty, differences.all.count == told else { return }
        let message = "A call needs fewer of its scopes at once."
        differences.tell(.authScopeRemoved, at: pointer, Self.json(before), Self.json(after), message)
    }

    private static func json(_ sets: [Set<String>]) -> JSONValue {
        JSONValue(sets.map { $0.sorted().joined(separator: " ") }.sorted())
    }

    private static func scopeSets(of name: String, in call: CallRecipe) -> [Set<String>] {
        call.security.compactMap { alternative in
            alternative.first { $0.name == name }.map { Set($0.scopes) }
        }
    }

    private mutating func tell(
        _ rule: ChangeRule,
        _ name: String,
        _ before: JSONValue?,
        _ after: JSONValue?,
        _ what: String
    ) {
        differences.tell(rule, at: Self.pointer(name), before, after, "The security scheme \"\(name)\" \(what).")
    }

    private static func pointer(_ name: String) -> String { JSONPointer(["call", "security", name]).description }

    /// By name, each as the first alternative has it.
    private static func schemes(of call: CallRecipe) -> [String: Scheme] {
        Dictionary(call.security.joined().map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// The names of each alternative, in an order that says nothing; one that is empty where nothing is needed.
    private static func alternatives(of call: CallRecipe, _ successors: [String: String] = [:]) -> [[String]] {
        let alternatives = call.security.map { Set($0.map { successors[$0.name] ?? $0.name }).sorted() }
        return Set(alternatives.isEmpty ? [[]] : alternatives).sorted { $0.lexicographicallyPrecedes($1) }
    }
}

extension CallRecipe.SecurityScheme {
    /// How the credential is sent, in words.
    fileprivate var form: String {
        switch kind {
        case .apiKey(let name, let location):
            "apiKey in \(location.rawValue) \(location == .header ? name.lowercased() : name)"
        case .basic: "basic"
        case .bearer: "bearer"
        case .clientCredentials: "clientCredentials"
        case .openIDConnect: "openIdConnect"
        }
    }

    fileprivate var json: JSONValue { ["name": .string(name), "type": .string(form)] }

    /// Whether the other is this scheme under another name; its variables, whose names follow, are told apart.
    fileprivate func keepsAll(of other: CallRecipe.SecurityScheme) -> Bool {
        kind == other.kind
    }
}
