import JSON

/// A scalar as it is written, and what it says by the core schema of YAML 1.2.2 (section 10.3.2).
struct YAMLScalar {
    let text: String
    let tag: String?
    /// Whether it stands there without quotes, and not as a block.
    let isPlain: Bool

    /// The value. Quoted text is always a string, and so are `yes`, `no`, `on`, `off` and dates. What JSON has no
    /// number for (`.inf`, `.nan`, a hexadecimal number of more than 64 bits) stays text.
    var value: JSONValue {
        switch tag {
        case nil: isPlain ? Self.resolved(text) : .string(text)
        case "tag:yaml.org,2002:null", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:int", "tag:yaml.org,2002:float":
            Self.resolved(text)
        default: .string(text)
        }
    }

    /// Whether this, as the name of a member, asks to merge another mapping (`<<`).
    var isMergeKey: Bool { isPlain && text == "<<" && (tag == nil || tag == "tag:yaml.org,2002:merge") }

    private static func resolved(_ text: String) -> JSONValue {
        guard let first = text.utf8.first else { return .null }
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."):
            return number(text) ?? .string(text)
        default:
            switch text {
            case "null", "Null", "NULL", "~": return .null
            case "true", "True", "TRUE": return .bool(true)
            case "false", "False", "FALSE": return .bool(false)
            default: return .string(text)
            }
        }
    }

    private static func number(_ text: String) -> JSONValue? {
        if text.hasPrefix("0x") || text.hasPrefix("0o") {
            let digits = text.dropFirst(2)
            guard digits.first != "-", digits.first != "+" else { return nil }
            return UInt64(digits, radix: text.hasPrefix("0x") ? 16 : 8).flatMap { JSONNumber(String($0)) }.map {
                .number($0)
            }
        }
        guard isDecimal(text.utf8) else { return nil }
        return (JSONNumber(text) ?? JSONNumber(normalized(text))).map { .number($0) }
    }

    /// `[-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?`
    private static func isDecimal(_ text: String.UTF8View) -> Bool {
        var rest = text[...]
        func digits() -> Int {
            let count = rest.prefix { (0x30...0x39).contains($0) }.count
            rest = rest.dropFirst(count)
            return count
        }
        func take(_ bytes: UInt8...) -> Bool {
            guard let first = rest.first, bytes.contains(first) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = take(UInt8(ascii: "-"), UInt8(ascii: "+"))
        let whole = digits()
        let fraction = take(UInt8(ascii: ".")) ? digits() : 0
        guard whole + fraction > 0 else { return false }
        if take(UInt8(ascii: "e"), UInt8(ascii: "E")) {
            _ = take(UInt8(ascii: "-"), UInt8(ascii: "+"))
            guard digits() > 0 else { return false }
        }
        return rest.isEmpty
    }

    /// A decimal number of YAML in the grammar of JSON: `+1` is `1`, `.5` is `0.5`, `1.` is `1.0`, `007` is `7`.
    private static func normalized(_ text: String) -> String {
        let sign = text.hasPrefix("-") ? "-" : ""
        let unsigned = text.drop { $0 == "-" || $0 == "+" }
        let mantissa = unsigned.prefix { $0 != "e" && $0 != "E" }
        let exponent = unsigned.dropFirst(mantissa.count)
        let parts = mantissa.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let whole = parts[0].drop { $0 == "0" }
        let fraction = parts.count > 1 ? "." + (parts[1].isEmpty ? "0" : parts[1]) : ""
        return sign + (whole.isEmpty ? "0" : whole) + fraction + exponent
    }
}
