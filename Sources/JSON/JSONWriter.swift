/// Writes JSON as bytes: members in their order, numbers as they were written, no space that means nothing.
package struct JSONWriter {
    package private(set) var bytes: [UInt8] = []

    package init() {}

    /// Writes one value.
    package mutating func write(_ value: JSONValue) {
        switch value {
        case .null: write(raw: "null")
        case .bool(let value): write(raw: value ? "true" : "false")
        case .number(let number): write(raw: number.text)
        case .string(let text): write(text)
        case .array(let items): write(items)
        case .object(let object): write(object)
        }
    }

    /// Writes text as a JSON string with the least escaping that RFC 8259 allows.
    package mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var plain = 0
            for (position, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: utf8[plain..<position])
                escape(byte)
                plain = position + 1
            }
            bytes.append(contentsOf: utf8[plain...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Writes bytes that are known to be JSON already, or a part of it.
    package mutating func write(raw json: some Sequence<UInt8>) {
        bytes.append(contentsOf: json)
    }

    /// Writes text that is known to be JSON already, or a part of it.
    package mutating func write(raw json: String) {
        bytes.append(contentsOf: json.utf8)
    }

    private mutating func write(_ items: [JSONValue]) {
        bytes.append(UInt8(ascii: "["))
        for (position, item) in items.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            write(item)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    private mutating func write(_ object: JSONObject) {
        bytes.append(UInt8(ascii: "{"))
        for (position, member) in object.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            write(member.key)
            bytes.append(UInt8(ascii: ":"))
            write(member.value)
        }
        bytes.append(UInt8(ascii: "}"))
    }

    private mutating func escape(_ byte: UInt8) {
        switch byte {
        case 0x22: write(raw: "\\\"")
        case 0x5C: write(raw: "\\\\")
        case 0x08: write(raw: "\\b")
        case 0x0C: write(raw: "\\f")
        case 0x0A: write(raw: "\\n")
        case 0x0D: write(raw: "\\r")
        case 0x09: write(raw: "\\t")
        default:
            let digits = Array("0123456789abcdef".utf8)
            write(raw: "\\u00")
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}

extension JSONValue {
    /// The value as compact JSON.
    package var bytes: [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.bytes
    }

    /// The value as compact JSON text.
    package var text: String {
        String(decoding: bytes, as: UTF8.self)
    }

    /// The value as JSON for people: two spaces a level, one member a line.
    package var prettyText: String {
        var lines = ""
        pretty(into: &lines, indent: "")
        return lines
    }

    private func pretty(into lines: inout String, indent: String) {
        let inner = indent + "  "
        switch self {
        case .array(let items) where !items.isEmpty:
            lines += "[\n"
            for (position, item) in items.enumerated() {
                lines += inner
                item.pretty(into: &lines, indent: inner)
                lines += position < items.count - 1 ? ",\n" : "\n"
            }
            lines += indent + "]"
        case .object(let object) where !object.isEmpty:
            lines += "{\n"
            for (position, member) in object.enumerated() {
                lines += inner + JSONValue.string(member.key).text + ": "
                member.value.pretty(into: &lines, indent: inner)
                lines += position < object.count - 1 ? ",\n" : "\n"
            }
            lines += indent + "}"
        default:
            lines += text
        }
    }
}

extension JSONValue: CustomStringConvertible {
    package var description: String { text }
}
