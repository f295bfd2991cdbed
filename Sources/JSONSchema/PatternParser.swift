/// A regular expression as it is written.
indirect enum PatternNode: Sendable {
    case scalar(CompactScalarSet)
    case sequence([PatternNode])
    case choice([PatternNode])
    case repeated(PatternNode, least: Int, most: Int?)
    case start
    case end
    case boundary(isNegated: Bool)
    case look(PatternNode, isAhead: Bool, isNegated: Bool)
}

extension PatternNode {
    /// Whether it matches without a character before it, or behind it, at an end of whatever text.
    func matchesNothing(atStart: Bool) -> Bool {
        switch self {
        case .scalar, .boundary, .look: false
        case .sequence(let nodes): nodes.allSatisfy { $0.matchesNothing(atStart: atStart) }
        case .choice(let nodes): nodes.contains { $0.matchesNothing(atStart: atStart) }
        case .repeated(let node, let least, _): least == 0 || node.matchesNothing(atStart: atStart)
        case .start: atStart
        case .end: !atStart
        }
    }
}

/// Reads the patterns of ECMAScript with the flag `u` (ECMA-262, section 22.2.1), and a few that only work without it:
/// a brace or a bracket that opens nothing, and needless escapes of signs.
struct PatternParser {
    private let scalars: [Unicode.Scalar]
    private var offset = 0
    private var depth = 0

    private static let longest = 4_000
    private static let deepest = 50
    private static let largestCount = 5_000

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
    }

    mutating func parse() throws(Pattern.Failure) -> PatternNode {
        guard scalars.count <= Self.longest else {
            throw Pattern.Failure(message: "is longer than \(Self.longest) characters")
        }
        let node = try choice()
        guard offset == scalars.count else { throw Pattern.Failure(message: "has a closing parenthesis too many") }
        return node
    }

    private var next: Unicode.Scalar? { offset < scalars.count ? scalars[offset] : nil }

    private mutating func take(_ text: String) -> Bool {
        guard scalars[offset...].starts(with: text.unicodeScalars) else { return false }
        offset += text.unicodeScalars.count
        return true
    }

    private mutating func advance() throws(Pattern.Failure) -> Unicode.Scalar {
        guard let scalar = next else { throw Pattern.Failure(message: "ends too early") }
        offset += 1
        return scalar
    }

    // MARK: - Structure

    private mutating func choice() throws(Pattern.Failure) -> PatternNode {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepest else { throw Pattern.Failure(message: "is nested too deeply") }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(Pattern.Failure) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            nodes.append(try quantified(try term()))
        }
        return nodes.count == 1 ? nodes[0] : .sequence(nodes)
    }

    private mutating func term() throws(Pattern.Failure) -> PatternNode {
        let scalar = try advance()
        switch scalar {
        case "^": return .start
        case "$": return .end
        case ".": return .scalar(CompactScalarSet(.dot))
        case "(": return try group()
        case "[": return .scalar(CompactScalarSet(try characterClass()))
        case "\\": return try escape()
        case "*", "+", "?": throw Pattern.Failure(message: "repeats nothing")
        default: return .scalar(CompactScalarSet(.one(scalar.value)))
        }
    }

    private mutating func group() throws(Pattern.Failure) -> PatternNode {
        var look: (isAhead: Bool, isNegated: Bool)?
        if take("?=") {
            look = (true, false)
        } else if take("?!") {
            look = (true, true)
        } else if take("?<=") {
            look = (false, false)
        } else if take("?<!") {
            look = (false, true)
        } else if take("?<") {
            while try advance() != ">" {}
        } else if !take("?:"), next == "?" {
            throw Pattern.Failure(message: "has a group that ECMAScript does not know")
        }
        let inner = try choice()
        guard take(")") else { throw Pattern.Failure(message: "has a group that is not closed") }
        guard let look else { return inner }
        return .look(inner, isAhead: look.isAhead, isNegated: look.isNegated)
    }

    private mutating func quantified(_ node: PatternNode) throws(Pattern.Failure) -> PatternNode {
        let least: Int
        let most: Int?
        if take("*") {
            (least, most) = (0, nil)
        } else if take("+") {
            (least, most) = (1, nil)
        } else if take("?") {
            (least, most) = (0, 1)
        } else if let counts = try counts() {
            (least, most) = counts
        } else {
            return node
        }
        _ = take("?")
        if let sign = next, sign == "*" || sign == "+" || sign == "?" {
            throw Pattern.Failure(message: "repeats a repetition")
        }
        return .repeated(node, least: least, most: most)
    }

    private mutating func counts() throws(Pattern.Failure) -> (Int, Int?)? {
        let start = offset
        guard take("{") else { return nil }
        if let least = try number() {
            if take("}") { return (least, least) }
            if take(",") {
                if take("}") { return (least, nil) }
                if let most = try number(), take("}") {
                    guard least <= most else { throw Pattern.Failure(message: "has a repetition out of order") }
                    return (least, most)
                }
            }
        }
        offset = start
        return nil
    }

    private mutating func number() throws(Pattern.Failure) -> Int? {
        var value: Int?
        while let scalar = next, ("0"..."9").contains(scalar) {
            value = (value ?? 0) * 10 + Int(scalar.value - 0x30)
            guard let value, value <= Self.largestCount else {
                throw Pattern.Failure(message: "repeats more than \(Self.largestCount) times")
            }
            offset += 1
        }
        return value
    }
}

// MARK: - Characters

extension PatternParser {
    private mutating func escape() throws(Pattern.Failure) -> PatternNode {
        if take("b") { return .boundary(isNegated: false) }
        if take("B") { return .boundary(isNegated: true) }
        if let scalar = next, ("1"..."9").contains(scalar) || scalar == "k" {
            throw Pattern.Failure(message: "refers back to a group")
        }
        return .scalar(CompactScalarSet(try escapedSet()))
    }

    /// What stands after a backslash, inside a class or outside.
    private mutating func escapedSet() throws(Pattern.Failure) -> ScalarSet {
        let scalar = try advance()
        switch scalar {
        case "d": return .digit
        case "D": return .digit.negated
        case "w": return .word
        case "W": return .word.negated
        case "s": return .space
        case "S": return .space.negated
        case "p": return try property()
        case "P": return try property().negated
        case "t": return .one(0x09)
        case "n": return .one(0x0A)
        case "v": return .one(0x0B)
        case "f": return .one(0x0C)
        case "r": return .one(0x0D)
        case "0": return .one(0)
        case "c": return .one(try advance().value & 31)
        case "x": return .one(try hexadecimal(2))
        case "u": return .one(try unicode())
        default:
            let isName = scalar.isASCII && ScalarSet.word.contains(scalar.value) && scalar != "_"
            guard !isName else { throw Pattern.Failure(message: "has an escape that ECMAScript does not know") }
            return .one(scalar.value)
        }
    }

    private mutating func property() throws(Pattern.Failure) -> ScalarSet {
        guard take("{") else { throw Pattern.Failure(message: "names no property after \\p") }
        var name = ""
        while let scalar = next, scalar != "}" {
            name.unicodeScalars.append(scalar)
            offset += 1
        }
        guard take("}"), let set = ScalarSet(property: name) else {
            throw Pattern.Failure(message: "asks for a property of characters that is not supported")
        }
        return set
    }

    private mutating func hexadecimal(_ count: Int) throws(Pattern.Failure) -> UInt32 {
        var text = ""
        for _ in 0..<count { text.unicodeScalars.append(try advance()) }
        guard text.utf8.count == count, let value = UInt32(text, radix: 16) else {
            throw Pattern.Failure(message: "has an escape without its hexadecimal digits")
        }
        return value
    }

    private mutating func unicode() throws(Pattern.Failure) -> UInt32 {
        if take("{") {
            var text = ""
            while !take("}") { text.unicodeScalars.append(try advance()) }
            guard let value = UInt32(text, radix: 16), value <= 0x10FFFF else {
                throw Pattern.Failure(message: "has an escape without its hexadecimal digits")
            }
            return value
        }
        let first = try hexadecimal(4)
        guard (0xD800..<0xDC00).contains(first), take("\\u") else { return first }
        let second = try hexadecimal(4)
        guard (0xDC00..<0xE000).contains(second) else {
            throw Pattern.Failure(message: "has half a surrogate pair")
        }
        return 0x10000 + ((first - 0xD800) << 10) + (second - 0xDC00)
    }

    private mutating func characterClass() throws(Pattern.Failure) -> ScalarSet {
        var set = ScalarSet()
        set.isNegated = take("^")
        while !take("]") {
            let first = try classMember()
            guard next == "-", offset + 1 < scalars.count, scalars[offset + 1] != "]" else {
                set.items.append(.set(first))
                continue
            }
            offset += 1
            let last = try classMember()
            if let low = first.only, let high = last.only {
                guard low <= high else { throw Pattern.Failure(message: "has a range out of order") }
                set.items.append(.range(low...high))
            } else {
                // A class cannot begin or end a range: the hyphen means itself.
                set.items += [.set(first), .range(0x2D...0x2D), .set(last)]
            }
        }
        return set
    }

    private mutating func classMember() throws(Pattern.Failure) -> ScalarSet {
        let scalar = try advance()
        guard scalar == "\\" else { return .one(scalar.value) }
        if take("b") { return .one(0x08) }
        return try escapedSet()
    }
}

extension ScalarSet {
    /// The code point of a set of one that was written as itself.
    fileprivate var only: UInt32? {
        guard !isNegated, items.count == 1, case .range(let range)? = items.first, range.count == 1 else { return nil }
        return range.lowerBound
    }
}
