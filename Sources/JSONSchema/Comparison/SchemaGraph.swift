import JSON

/// The subschemas of both schemas that are compared, each with its ``SchemaFacts``.
///
/// A node stands for some subschemas that must hold together, at a place where only some types can occur. Nodes refer
/// to one another by index, so a recursive schema is a graph with cycles.
struct SchemaGraph {
    /// Why a schema cannot be taken apart.
    struct Failure: Error {
        let message: String
    }

    /// What makes two nodes the same.
    struct Key: Hashable {
        let source: Int
        let seeds: [Int]
        let types: JSONTypes
        let allowsNull: Bool
    }

    let sources: [SchemaSource]
    private(set) var keys: [Key] = []
    private(set) var facts: [SchemaFacts] = []
    private var indexes: [Key: Int] = [:]
    private var plain: [Seeds: Int] = [:]
    private var patterns: [JSONName: Pattern] = [:]
    private var work: Int
    private let nodeLimit: Int

    private struct Seeds: Hashable {
        let source: Int
        let atoms: [Int]
    }

    /// Takes schemas apart; the root of each is the node with its index.
    init(_ sources: [SchemaSource], limits: SchemaComparison.Limits) throws(Failure) {
        self.sources = sources
        work = limits.work
        nodeLimit = limits.nodes
        for source in sources.indices { _ = try node(source, [sources[source].root]) }
        for source in sources.indices { _ = try node(source, []) }
        var next = 0
        while next < keys.count {
            var reading = FactsReading(key: keys[next], source: sources[keys[next].source])
            let result = try reading.facts(&self)
            facts[next] = result
            next += 1
        }
        let idle = facts.map(\.isIdle)
        for node in facts.indices { facts[node].dropIdle { idle[$0] } }
    }

    /// The node with that key, where there is one.
    func index(of key: Key) -> Int? { indexes[key] }

    /// The node of a schema where anything will do.
    func any(_ source: Int) -> Int { plain[Seeds(source: source, atoms: [])] ?? source }

    /// Pays for work on the way to the facts.
    mutating func spend(_ count: Int) throws(Failure) {
        work -= count
        guard work >= 0 else { throw Failure(message: "the schemas are too large to be compared") }
    }

    /// The node for some subschemas that stand where anything may.
    mutating func node(_ source: Int, _ atoms: [Int]) throws(Failure) -> Int {
        let seeds = Seeds(source: source, atoms: atoms)
        if let known = plain[seeds] { return known }
        try spend(1)
        guard let allowsNull = sources[source].accepts(.null, atoms) else {
            throw Failure(message: "the schemas are too complex to be compared")
        }
        let node = try node(Key(source: source, seeds: atoms, types: .allButNull, allowsNull: allowsNull))
        plain[seeds] = node
        return node
    }

    /// The node with that key.
    mutating func node(_ key: Key) throws(Failure) -> Int {
        if let known = indexes[key] { return known }
        guard keys.count < nodeLimit else { throw Failure(message: "the schemas are too large to be compared") }
        keys.append(key)
        facts.append(SchemaFacts())
        indexes[key] = keys.count - 1
        return keys.count - 1
    }

    /// The node for what must hold of two; none where either asks nothing.
    mutating func both(_ left: Int?, _ right: Int?) throws(Failure) -> Int? {
        guard let left else { return right }
        guard let right, left != right else { return left }
        let more = keys[right].seeds.filter { !keys[left].seeds.contains($0) }
        if more.isEmpty { return left }
        return try node(keys[left].source, keys[left].seeds + more)
    }

    /// Whether a value is valid for a node; nothing where that is too much work.
    func accepts(_ value: JSONValue, _ node: Int) -> Bool? {
        let key = keys[node]
        if value.isNull { return key.allowsNull }
        guard key.types.allows(value) else { return false }
        return sources[key.source].accepts(value, key.seeds)
    }

    /// Whether a pattern occurs in a name; nothing where that is too much work.
    mutating func matches(_ pattern: JSONName, _ name: JSONName) -> Bool? {
        guard let program = patterns[pattern] ?? (try? Pattern(pattern.text)) else { return nil }
        patterns[pattern] = program
        var steps = 20_000
        let isMatch = program.matches(name.text, steps: &steps)
        return steps < 0 ? nil : isMatch
    }
}
