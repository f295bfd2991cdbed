/// A number as it was written.
///
/// JSON does not bound numbers, so the text is the value: `1.10`, `1e3` and `9007199254740993` come out as they went
/// in.
package struct JSONNumber: Sendable, Hashable {
    /// The number in the grammar of RFC 8259, section 6.
    package let text: String

    /// Takes text that is known to be a JSON number: the parser's, or another writer's.
    init(validated text: String) {
        self.text = text
    }

    /// A number from its text, or nothing where the text is not a number of RFC 8259.
    package init?(_ text: String) {
        guard let value = try? JSONValue(parsing: text), case .number(let number) = value, number.text == text else {
            return nil
        }
        self = number
    }

    package init(_ value: Int) {
        text = String(value)
    }

    /// A number from a finite double, written as ECMAScript does (RFC 8785, section 3.2.2.3).
    package init?(_ value: Double) {
        guard value.isFinite else { return nil }
        text = value.ecmaScriptText
    }

    /// The value where it is whole and fits in 64 bits, whichever way it is written: `5`, `5.0`, `50e-1`.
    package var integer: Int? {
        if let value = Int(text) { return value }
        let parts = text.split { $0 == "e" || $0 == "E" }
        let mantissa = parts[0].split(separator: ".")
        let fraction = mantissa.count > 1 ? mantissa[1] : ""
        var digits = String(mantissa[0] + fraction)
        if digits.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "-") }) { return 0 }
        guard let exponent = parts.count > 1 ? Int(parts[1]) : 0, (-1_000_000...1_000_000).contains(exponent) else {
            return nil
        }
        var places = exponent - fraction.utf8.count
        while places < 0, digits.utf8.last == UInt8(ascii: "0") {
            digits.removeLast()
            places += 1
        }
        guard (0..<20).contains(places) else { return nil }
        return Int(digits + String(repeating: "0", count: places))
    }

    /// The nearest double; infinite where the number is beyond its range.
    package var double: Double {
        Double(text) ?? .infinity
    }
}

extension Double {
    /// The shortest text that reads back as this double, in the format of ECMAScript's `Number.prototype.toString`.
    var ecmaScriptText: String {
        if self == 0 { return "0" }
        let sign = self < 0 ? "-" : ""
        // Swift prints the same shortest digits and differs only in where it sets the point and the exponent.
        let parts = magnitude.description.split(separator: "e")
        let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        var exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
        let fraction = mantissa.count > 1 && mantissa[1] != "0" ? mantissa[1] : ""
        var digits = String(mantissa[0] + fraction)
        exponent += mantissa[0].utf8.count
        let leadingZeros = digits.utf8.prefix { $0 == UInt8(ascii: "0") }.count
        digits.removeFirst(leadingZeros)
        exponent -= leadingZeros
        while digits.hasSuffix("0") { digits.removeLast() }

        let count = digits.utf8.count
        switch exponent {
        case count...21 where exponent >= count:
            return sign + digits + String(repeating: "0", count: exponent - count)
        case 1..<22:
            let point = digits.index(digits.startIndex, offsetBy: exponent)
            return sign + digits[..<point] + "." + digits[point...]
        case -5...0:
            return sign + "0." + String(repeating: "0", count: -exponent) + digits
        default:
            let first = digits.removeFirst()
            let rest = digits.isEmpty ? "" : "." + digits
            return "\(sign)\(first)\(rest)e\(exponent > 0 ? "+" : "-")\(abs(exponent - 1))"
        }
    }
}
