package import JSON

/// A value of a document together with its place.
package struct Place: Sendable, Hashable {
    package let value: JSONValue
    package let pointer: JSONPointer

    package init(_ value: JSONValue, at pointer: JSONPointer) {
        self.value = value
        self.pointer = pointer
    }

    /// The member with that name, where this is an object that has it; `null`, which is what YAML makes of a name with
    /// nothing behind it, counts as absent.
    package subscript(key: String) -> Place? {
        guard let member = value[key], !member.isNull else { return nil }
        return Place(member, at: pointer.appending(key))
    }
}

/// Where a `$ref` points (RFC 3986, section 4.1; OpenAPI 3.1, 4.8.23).
package enum Reference: Sendable, Hashable {
    /// A place in the same document.
    case local(JSONPointer)
    /// A name that a schema of the same document gives itself (`$anchor`).
    case anchor(String)
    /// Another document.
    case external
    /// No reference at all: its percent-encoding is broken.
    case malformed

    package init(_ text: String) {
        guard text.hasPrefix("#") else {
            self = .external
            return
        }
        guard let fragment = Self.percentDecoded(text.dropFirst()) else {
            self = .malformed
            return
        }
        if let pointer = JSONPointer(fragment) {
            self = .local(pointer)
        } else {
            self = .anchor(fragment)
        }
    }

    /// The text with its percent-encoding undone; nothing where that is broken, or is no UTF-8.
    static func percentDecoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}

extension Document {
    /// The value at a place, where there is one.
    package subscript(pointer: JSONPointer) -> JSONValue? { root[pointer] }

    /// How many references may follow one another before they count as a cycle.
    package static let longestChain = 100

    /// What stands at a place once every Reference Object on the way is followed (OpenAPI 3.1, 4.8.23). For schemas,
    /// where a reference is a keyword among others, this is not the way.
    ///
    /// - Throws: `unresolved_reference`, `external_reference` or `reference_cycle`, at the place of the reference.
    func resolved(_ place: Place) throws(UnresolvedReference) -> Place {
        var place = place
        var visited: Set<JSONPointer> = []
        while let text = place.value["$ref"]?.string {
            let origin = place.pointer
            guard visited.count < Self.longestChain, visited.insert(origin).inserted else {
                throw UnresolvedReference(.referenceCycle, text, at: origin)
            }
            switch Reference(text) {
            case .external: throw UnresolvedReference(.externalReference, text, at: origin)
            case .anchor, .malformed: throw UnresolvedReference(.unresolvedReference, text, at: origin)
            case .local(let pointer):
                guard let value = root[pointer] else {
                    throw UnresolvedReference(.unresolvedReference, text, at: origin)
                }
                place = Place(value, at: pointer)
            }
        }
        return place
    }
}

/// Why a reference leads nowhere.
package struct UnresolvedReference: Error, Sendable, Hashable {
    package let code: DiagnosticCode
    package let reference: String
    /// Where the reference stands.
    package let pointer: JSONPointer

    package init(_ code: DiagnosticCode, _ reference: String, at pointer: JSONPointer) {
        self.code = code
        self.reference = reference
        self.pointer = pointer
    }

    /// One sentence for people.
    package var message: String {
        let name = FileTree.name(ofReference: reference)
        let place = FileTree.name(of: pointer)
        return switch code {
        case .externalReference:
            "The reference \"\(name)\" at \(place) points out of the document, and is not followed."
        case .referenceCycle:
            "The reference \"\(name)\" at \(place) leads back to itself."
        default:
            "The reference \"\(name)\" at \(place) points to nothing in the document."
        }
    }
}

extension JSONValue {
    /// How many members are named `$ref`, counted no further than just beyond the limit; and whether any leads
    /// elsewhere than to a place of the same text, or could, since a part of the text gives itself a name.
    func references(upTo limit: Int) -> (count: Int, mayLeadElsewhere: Bool) {
        var count = 0
        var mayLeadElsewhere = false
        var open = [self]
        while count <= limit, let value = open.popLast() {
            switch value {
            case .array(let items): open.append(contentsOf: items)
            case .object(let object):
                if let reference = object["$ref"] {
                    count += 1
                    if reference.string?.hasPrefix("#") == false { mayLeadElsewhere = true }
                }
                if object["$id"]?.string != nil { mayLeadElsewhere = true }
                open.append(contentsOf: object.lazy.map(\.value))
            default: break
            }
        }
        return (count, mayLeadElsewhere)
    }
}
