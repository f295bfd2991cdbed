/// Why a value has no canonical form.
package struct CanonicalizationError: Error, Hashable {
    /// The number that no IEEE 754 double can hold.
    package let number: String
}

extension JSONValue {
    /// The canonical form of RFC 8785: members by the UTF-16 units of their names, numbers as ECMAScript writes the
    /// nearest double. A number out of a double's range has none.
    package var canonicalBytes: [UInt8] {
        get throws(CanonicalizationError) {
            var writer = JSONWriter()
            try writer.writeCanonical(self)
            return writer.bytes
        }
    }
}

extension JSONWriter {
    fileprivate mutating func writeCanonical(_ value: JSONValue) throws(CanonicalizationError) {
        switch value {
        case .number(let number):
            guard let canonical = JSONNumber(number.double) else { throw CanonicalizationError(number: number.text) }
            write(raw: canonical.text)
        case .array(let items):
            write(raw: "[")
            for (position, item) in items.enumerated() {
                if position > 0 { write(raw: ",") }
                try writeCanonical(item)
            }
            write(raw: "]")
        case .object(let object):
            write(raw: "{")
            let members = object.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
            for (position, member) in members.enumerated() {
                if position > 0 { write(raw: ",") }
                write(member.key)
                write(raw: ":")
                try writeCanonical(member.value)
            }
            write(raw: "}")
        default:
            write(value)
        }
    }
}
