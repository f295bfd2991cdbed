import JSON

/// The exact value of a JSON number: a sign, digits, and where the point stands.
///
/// Nothing is rounded and nothing grows with the exponent, so `1e1000000000` costs as much as `1`. Exponents beyond
/// ±10^15 count as ±10^15.
struct Decimal: Sendable, Hashable {
    let isNegative: Bool
    /// From the most significant, without zeros at either end; none for zero.
    let digits: [UInt8]
    /// The power of ten of the last digit.
    let exponent: Int

    private static let largestExponent = 1_000_000_000_000_000

    init(_ number: JSONNumber) {
        var digits: [UInt8] = []
        var exponent = 0
        var isFraction = false
        var isNegative = false
        let utf8 = number.text.utf8
        var position = utf8.startIndex
        scan: while position < utf8.endIndex {
            switch utf8[position] {
            case UInt8(ascii: "-"): isNegative = true
            case UInt8(ascii: "."): isFraction = true
            case UInt8(ascii: "e"), UInt8(ascii: "E"): break scan
            case let byte:
                digits.append(byte - 0x30)
                if isFraction { exponent -= 1 }
            }
            utf8.formIndex(after: &position)
        }
        if position < utf8.endIndex {
            exponent += Self.exponent(utf8[utf8.index(after: position)...])
        }
        while digits.last == 0 {
            digits.removeLast()
            exponent += 1
        }
        digits.removeFirst(digits.prefix { $0 == 0 }.count)
        self.digits = digits
        self.exponent = digits.isEmpty ? 0 : exponent
        self.isNegative = isNegative && !digits.isEmpty
    }

    private static func exponent(_ text: Substring.UTF8View) -> Int {
        var value = 0
        for byte in text where byte >= 0x30 { value = min(value * 10 + Int(byte - 0x30), largestExponent) }
        return text.first == UInt8(ascii: "-") ? -value : value
    }

    /// Whether there is no fractional part.
    var isWhole: Bool { exponent >= 0 }

    /// Whether this is a whole number of times the other; nothing where the other has so many digits that it cannot be
    /// said cheaply (see ``isDivisor``), or is zero.
    func isMultiple(of other: Decimal) -> Bool? {
        guard let divisor = other.divisor else { return nil }
        if digits.isEmpty { return true }
        // The last digit is not zero, so a divisor with a higher last place does not divide.
        guard exponent >= other.exponent else { return false }
        var remainder: UInt128 = 0
        for digit in digits { remainder = (remainder * 10 + UInt128(digit)) % divisor }
        return remainder * Self.powerOfTen(exponent - other.exponent, modulo: divisor) % divisor == 0
    }

    /// Whether ``isMultiple(of:)`` can divide by this: above zero, with at most 18 digits.
    var isDivisor: Bool { divisor != nil && !isNegative }

    private var divisor: UInt128? {
        guard !digits.isEmpty, digits.count <= 18 else { return nil }
        return digits.reduce(0) { $0 * 10 + UInt128($1) }
    }

    private static func powerOfTen(_ exponent: Int, modulo divisor: UInt128) -> UInt128 {
        var result = 1 % divisor
        var base = 10 % divisor
        var rest = exponent
        while rest > 0 {
            if rest & 1 == 1 { result = result * base % divisor }
            base = base * base % divisor
            rest >>= 1
        }
        return result
    }
}

extension Decimal: Comparable {
    static func < (left: Decimal, right: Decimal) -> Bool {
        if left.isNegative != right.isNegative { return left.isNegative }
        return left.isNegative ? right.isSmallerInSize(than: left) : left.isSmallerInSize(than: right)
    }

    private func isSmallerInSize(than other: Decimal) -> Bool {
        if digits.isEmpty || other.digits.isEmpty { return digits.isEmpty && !other.digits.isEmpty }
        let magnitude = digits.count + exponent
        let otherMagnitude = other.digits.count + other.exponent
        if magnitude != otherMagnitude { return magnitude < otherMagnitude }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
