import JSON
import Vocabulary

/// A path item; where it is a reference with members beside it, its own members win (OpenAPI 3.1, 4.8.9 leaves it
/// open).
struct PathItem {
    struct Referenced {
        let item: JSONObject
        let pointer: JSONPointer
    }

    /// A method of a path item, with what stands under it.
    struct Entry {
        /// As it is sent.
        let method: String
        let place: Place?
        /// Where the operation stands, as if its path item were no reference.
        let pointer: JSONPointer
    }

    let path: String
    let pointer: JSONPointer
    let written: JSONObject
    let referenced: Referenced?

    /// A member of the path item and where it really stands; `null` counts as absent.
    subscript(key: String) -> Place? {
        if let value = written[key], !value.isNull { return Place(value, at: pointer.appending(key)) }
        guard let referenced else { return nil }
        return Place(.object(referenced.item), at: referenced.pointer)[key]
    }

    /// The operations that the item has, in the order of the document, and what looks like one and cannot be.
    func entries(in version: Document.Version) -> (entries: [Entry], misplaced: [Diagnostic]) {
        let keys = written.keys + (referenced?.item.keys.filter { written[$0] == nil } ?? [])
        var entries: [Entry] = []
        var misplaced: [Diagnostic] = []
        for key in keys {
            if Operation.methods(in: version).contains(key) {
                let operation = pointer.appending(key)
                entries.append(Entry(method: key.uppercased(), place: self[key], pointer: operation))
            } else if key == "additionalOperations", version >= .v32 {
                addAdditional(to: &entries, &misplaced)
            } else if key == "query" || key == "additionalOperations", self[key]?.value.object != nil {
                let message = "\"\(key)\" of \"\(path)\" is known since OpenAPI 3.2; it is left out."
                misplaced.append(Diagnostic(.warning, .unsupportedMethod, message, at: pointer.appending(key)))
            }
        }
        return (entries, misplaced)
    }

    /// The operations of methods that have no field of their own; their names are sent as they are written (OpenAPI
    /// 3.2, 4.9.1). A method that has one would stand there twice.
    private func addAdditional(to entries: inout [Entry], _ misplaced: inout [Diagnostic]) {
        guard let additional = self["additionalOperations"] else { return }
        let place = pointer.appending("additionalOperations")
        guard let operations = additional.value.object else {
            let message = "\"additionalOperations\" of \"\(path)\" must be an object."
            return misplaced.append(Diagnostic(.error, .malformedPathItem, message, at: place))
        }
        for method in operations.keys where !method.hasPrefix("x-") {
            let pointer = place.appending(method)
            guard !Operation.methods(in: .v32).contains(method.lowercased()) else {
                let message = "\(method) \(path) is no tool: the method belongs under \"\(method.lowercased())\"."
                misplaced.append(Diagnostic(.error, .malformedOperation, message, at: pointer))
                continue
            }
            entries.append(Entry(method: method, place: additional[method], pointer: pointer))
        }
    }

    /// Whether a method may have it in its name (RFC 9110, section 5.6.2).
    static func isTokenCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: "!#$%&'*+-.^_`|~".utf8.contains(byte)
        }
    }
}
