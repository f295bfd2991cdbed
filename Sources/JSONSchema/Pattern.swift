/// A regular expression of ECMAScript, of which one only wants to know whether it occurs in a text.
///
/// All ways to match are followed at once, so the time grows with the length of the text times the size of the
/// pattern and never explodes: nobody can stop the server with `(a+)+$`. Look-ahead and look-behind are found out for
/// all places of a text in one run each. Back-references cannot be had that way and are refused.
struct Pattern: Sendable {
    /// Why a pattern is refused, to follow the pattern in a sentence: `is nested too deeply`.
    struct Failure: Error {
        let message: String
        /// Whether the pattern could be read, but has too many instructions.
        var isSize = false
    }

    private var programs: [Program] = []
    /// How many instructions there are.
    private(set) var size = 0
    private let limit: Int

    /// The most instructions that one pattern may have.
    static let largest = 20_000

    private struct Program: Sendable {
        var instructions: [Instruction] = [.accept]
        var start = 0
        /// Runs from the end of the text to its start; for look-ahead.
        let isReversed: Bool
    }

    private enum Instruction: Sendable {
        case accept
        case scalar(CompactScalarSet, next: Int)
        case split([Int])
        case start(next: Int)
        case end(next: Int)
        case boundary(isNegated: Bool, next: Int)
        /// Whether another program accepts at this place.
        case look(program: Int, isNegated: Bool, next: Int)
    }

    /// Reads a pattern that has at most so many instructions.
    init(_ text: String, limit: Int = largest) throws(Failure) {
        self.limit = limit
        var parser = PatternParser(text)
        let node = try parser.parse()
        _ = try addProgram(node, isReversed: false)
    }

    /// Whether a pattern plainly asks nothing, since it occurs in every text: `.*`, `^`, `x?`. That of others is not known.
    static func occursEverywhere(_ text: String) -> Bool {
        var parser = PatternParser(text)
        guard let node = try? parser.parse() else { return false }
        return node.matchesNothing(atStart: true) || node.matchesNothing(atStart: false)
    }

    /// Whether the pattern occurs in a text.
    ///
    /// Takes its work from `steps`; false where that is used up.
    func matches(_ text: String, steps: inout Int) -> Bool {
        guard let main = programs.indices.last else { return false }
        // What it costs to make ready, before any character is read.
        steps -= (text.utf8.count + size) / 16
        guard steps >= 0 else { return false }
        let scalars = text.unicodeScalars.map(\.value)
        var tables: [[Bool]] = []
        // A program only looks at those before it.
        for index in programs.indices.dropLast() {
            steps -= scalars.count / 16
            guard steps >= 0 else { return false }
            tables.append(run(programs[index], scalars, tables, &steps, stopsEarly: false))
        }
        return run(programs[main], scalars, tables, &steps, stopsEarly: true).contains(true) && steps >= 0
    }
}

// MARK: - Building

extension Pattern {
    private mutating func addProgram(_ node: PatternNode, isReversed: Bool) throws(Failure) -> Int {
        var program = Program(isReversed: isReversed)
        program.start = try emit(node, before: 0, in: &program)
        programs.append(program)
        return programs.count - 1
    }

    private mutating func append(_ instruction: Instruction, to program: inout Program) throws(Failure) -> Int {
        size += 1
        guard size <= limit else { throw Failure(message: "is too large", isSize: true) }
        program.instructions.append(instruction)
        return program.instructions.count - 1
    }

    /// Adds a node so that it goes on with the instruction `next`; gives where it begins.
    private mutating func emit(
        _ node: PatternNode,
        before next: Int,
        in program: inout Program
    ) throws(Failure) -> Int {
        switch node {
        case .scalar(let set):
            return try append(.scalar(set, next: next), to: &program)
        case .sequence(let nodes):
            var start = next
            for node in program.isReversed ? nodes : nodes.reversed() {
                start = try emit(node, before: start, in: &program)
            }
            return start
        case .choice(let nodes):
            var starts: [Int] = []
            for node in nodes { starts.append(try emit(node, before: next, in: &program)) }
            return try append(.split(starts), to: &program)
        case .repeated(let node, let least, let most):
            return try emit(node, least, most, before: next, in: &program)
        case .start: return try append(.start(next: next), to: &program)
        case .end: return try append(.end(next: next), to: &program)
        case .boundary(let isNegated): return try append(.boundary(isNegated: isNegated, next: next), to: &program)
        case .look(let inner, let isAhead, let isNegated):
            let index = try addProgram(inner, isReversed: isAhead)
            return try append(.look(program: index, isNegated: isNegated, next: next), to: &program)
        }
    }

    private mutating func emit(
        _ node: PatternNode,
        _ least: Int,
        _ most: Int?,
        before next: Int,
        in program: inout Program
    ) throws(Failure) -> Int {
        var start = next
        if let most {
            for _ in least..<most {
                let body = try emit(node, before: start, in: &program)
                start = try append(.split([body, next]), to: &program)
            }
        } else {
            start = try append(.split([]), to: &program)
            let body = try emit(node, before: start, in: &program)
            program.instructions[start] = .split([body, next])
        }
        for _ in 0..<least { start = try emit(node, before: start, in: &program) }
        return start
    }
}

// MARK: - Running

extension Pattern {
    /// At which places of a text a program accepts, when it may begin anywhere.
    private func run(
        _ program: Program,
        _ scalars: [UInt32],
        _ tables: [[Bool]],
        _ steps: inout Int,
        stopsEarly: Bool
    ) -> [Bool] {
        var accepts = [Bool](repeating: false, count: scalars.count + 1)
        var threads = Threads(count: program.instructions.count)
        for step in 0...scalars.count {
            let place = program.isReversed ? scalars.count - step : step
            follow(program.start, program, at: place, scalars, tables, &threads)
            accepts[place] = threads.hasAccepted
            steps -= 1 + threads.work / 8
            if steps < 0 || stopsEarly && threads.hasAccepted || step == scalars.count { break }
            let scalar = scalars[program.isReversed ? place - 1 : place]
            let waiting = threads.take()
            for (set, next) in waiting where set.contains(scalar) {
                let reached = program.isReversed ? place - 1 : place + 1
                follow(next, program, at: reached, scalars, tables, &threads)
            }
        }
        return accepts
    }

    /// Adds a thread, and all that it reaches without reading a character.
    private func follow(
        _ start: Int,
        _ program: Program,
        at place: Int,
        _ scalars: [UInt32],
        _ tables: [[Bool]],
        _ threads: inout Threads
    ) {
        threads.stack.append(start)
        while let index = threads.stack.popLast() {
            guard threads.visit(index) else { continue }
            switch program.instructions[index] {
            case .accept: threads.hasAccepted = true
            case .scalar(let set, let next): threads.waiting.append((set, next))
            case .split(let targets): threads.stack.append(contentsOf: targets)
            case .start(let next): if place == 0 { threads.stack.append(next) }
            case .end(let next): if place == scalars.count { threads.stack.append(next) }
            case .boundary(let isNegated, let next):
                if Self.isBoundary(place, scalars) != isNegated { threads.stack.append(next) }
            case .look(let program, let isNegated, let next):
                if tables[program][place] != isNegated { threads.stack.append(next) }
            }
        }
    }

    private static func isBoundary(_ place: Int, _ scalars: [UInt32]) -> Bool {
        let before = place > 0 && ScalarSet.word.contains(scalars[place - 1])
        let after = place < scalars.count && ScalarSet.word.contains(scalars[place])
        return before != after
    }

    /// The ways to match that are open at one place.
    private struct Threads {
        var waiting: [(set: CompactScalarSet, next: Int)] = []
        var stack: [Int] = []
        var hasAccepted = false
        private(set) var work = 0
        private var visited: [Int]
        private var generation = 1

        init(count: Int) {
            visited = [Int](repeating: 0, count: count)
        }

        mutating func visit(_ index: Int) -> Bool {
            work += 1
            guard visited[index] != generation else { return false }
            visited[index] = generation
            return true
        }

        /// Gives what waits for the next character and makes ready for the place after it.
        mutating func take() -> [(set: CompactScalarSet, next: Int)] {
            generation += 1
            work = 0
            hasAccepted = false
            defer { waiting.removeAll(keepingCapacity: true) }
            return waiting
        }
    }
}
