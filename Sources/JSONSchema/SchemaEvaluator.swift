import JSON

/// One check of one value.
///
/// Works in one of two ways: without collecting it stops at the first error; with it, it goes on to find more.
struct SchemaEvaluator {
    let table: SchemaTable
    let limits: SchemaLimits
    let collects: Bool

    /// Where in the value the check is.
    var path: [InstanceStep] = []
    var failures: [Failure] = []
    /// How many more steps the check may take; a check that has none left fails.
    var steps: Int
    private var depth = 0
    /// The resources that the check has come through, outermost first (core, section 7.1).
    private var scope: [Int] = []
    /// The targets of references that are being applied to the value at ``path``, from ``activeBase``.
    private var active: [Int] = []
    private var activeBase = 0

    init(table: SchemaTable, limits: SchemaLimits, collects: Bool) {
        self.table = table
        self.limits = limits
        self.collects = collects
        steps = limits.steps
    }

    /// Whether the check ran out of steps or depth; what it found does not count then.
    var isExhausted: Bool { steps < 0 }

    /// Whether a value is valid.
    mutating func accepts(_ instance: JSONValue, _ root: Int) -> Bool {
        evaluate(root, instance) != nil && !isExhausted
    }

    /// What is wrong with a value.
    mutating func errors(of instance: JSONValue, against root: Int) -> [ValidationError] {
        if accepts(instance, root) { return [] }
        let errors = failures.prefix(limits.errors).map { failure in
            let place = table.nodes[failure.node].location
            return ValidationError(
                instancePointer: JSONPointer(failure.path.map(\.token)),
                schemaPointer: failure.keyword.map(place.appending) ?? place,
                message: failure.message
            )
        }
        // What was found is true, but it is not all.
        return isExhausted ? errors.prefix(limits.errors - 1) + [.tooComplex] : errors
    }

    // MARK: - Subschemas

    /// Applies a subschema to a value; nothing where the value is not valid.
    mutating func evaluate(_ id: Int, _ value: JSONValue) -> Evaluated? {
        guard enter() else { return nil }
        defer { depth -= 1 }
        let resource = table.nodes[id].resource
        let entersResource = scope.last != resource
        if entersResource { scope.append(resource) }
        defer { if entersResource { scope.removeLast() } }
        var evaluated = Evaluated()
        var isValid = true
        for rule in table.nodes[id].rules {
            if !isValid, rule.dependsOnOthers { continue }
            if apply(rule, of: id, to: value, &evaluated) { continue }
            isValid = false
            if !collects || isExhausted { return nil }
        }
        // Whoever gets this will merge it.
        guard isValid, spend(evaluated.count / 4) else { return nil }
        return evaluated
    }

    private mutating func enter() -> Bool {
        guard spend(1) else { return false }
        guard depth < limits.depth else {
            steps = -1
            return false
        }
        depth += 1
        return true
    }

    /// Pays for work; false where there is nothing left to pay with.
    mutating func spend(_ count: Int) -> Bool {
        steps = steps < count ? -1 : steps - count
        return steps >= 0
    }

    /// Applies a subschema to a member or an item.
    mutating func descend(_ step: InstanceStep, _ id: Int, _ value: JSONValue) -> Bool {
        path.append(step)
        let outerBase = activeBase
        activeBase = active.count
        defer {
            activeBase = outerBase
            path.removeLast()
        }
        return evaluate(id, value) != nil
    }

    /// Applies a subschema and keeps its failures apart.
    mutating func attempt(_ id: Int, _ value: JSONValue) -> (evaluated: Evaluated?, failures: [Failure]) {
        let outer = failures
        failures = []
        let evaluated = evaluate(id, value)
        defer { failures = outer }
        return (evaluated, failures)
    }

    // MARK: - References

    /// Applies what a reference leads to.
    ///
    /// One that leads back to itself without a step into the value asks for nothing new, and is taken as satisfied.
    mutating func follow(_ target: Int, _ value: JSONValue, _ evaluated: inout Evaluated) -> Bool {
        if active[activeBase...].contains(target) { return true }
        active.append(target)
        defer { active.removeLast() }
        guard let inner = evaluate(target, value) else { return false }
        evaluated.merge(inner)
        return true
    }

    /// What `$dynamicRef` leads to: the outermost resource with such an anchor wins (core, section 8.2.3.2).
    func dynamicTarget(_ reference: Int, anchor: String) -> Int {
        let first = table.targets[reference]
        guard table.resources[table.nodes[first].resource].dynamicAnchors[anchor] == first else { return first }
        for resource in scope {
            if let target = table.resources[resource].dynamicAnchors[anchor] { return target }
        }
        return first
    }
}

extension ValidationError {
    /// The check had to be given up; the value counts as not valid.
    static let tooComplex = ValidationError(
        instancePointer: JSONPointer(),
        schemaPointer: JSONPointer(),
        message: "the schema is too complex to check this value against it"
    )
}

/// Which members or items of one value some subschema has looked at, by position.
struct Evaluated {
    private(set) var positions: Set<Int> = []

    mutating func insert(_ position: Int) { positions.insert(position) }

    mutating func merge(_ other: Evaluated) {
        if positions.isEmpty { positions = other.positions } else { positions.formUnion(other.positions) }
    }

    var count: Int { positions.count }

    func contains(_ position: Int) -> Bool { positions.contains(position) }
}

/// A step from a value to one inside it.
enum InstanceStep: Sendable, Hashable {
    case member(String)
    case item(Int)

    var token: String {
        switch self {
        case .member(let name): name
        case .item(let index): String(index)
        }
    }
}

/// Something that is wrong, before it is told to anyone.
struct Failure {
    let path: [InstanceStep]
    let node: Int
    /// None where the whole subschema is meant.
    let keyword: String?
    let cause: Cause
    let message: String

    /// What tells the forms of a choice apart.
    enum Cause {
        case type(JSONTypes)
        case value
        /// So many members that must be there.
        case missing(Int)
        case other
    }
}
