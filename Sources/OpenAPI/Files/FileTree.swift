package import JSON

/// How the files of one document hang in one tree: each that is reached under its name in a member of the root, so
/// that a reference into another file is a pointer like any other.
package enum FileTree {
    /// The member of the root. A document that has a member of that name gets one with a number behind it.
    static let member = "x-slipway-files"

    /// The file in which a place stands, and the place in it; nothing for what stands in the main file.
    package static func split(_ pointer: JSONPointer) -> (file: String, pointer: JSONPointer)? {
        guard pointer.tokens.count >= 2, pointer.tokens[0].hasPrefix(member) else { return nil }
        return (pointer.tokens[1], JSONPointer(Array(pointer.tokens.dropFirst(2))))
    }

    /// A place for people: `schemas/pet.yaml#/Pet`, or the pointer alone.
    package static func name(of pointer: JSONPointer) -> String {
        split(pointer).map { "\($0.file)#\($0.pointer)" } ?? pointer.description
    }

    /// A reference for people, as if it had not been led into the tree.
    package static func name(ofReference text: String) -> String {
        guard text.hasPrefix("#/\(member)"), case .local(let pointer) = Reference(text) else { return text }
        return name(of: pointer)
    }

    /// The text of a reference to a place.
    static func reference(to pointer: JSONPointer) -> String {
        "#" + pointer.description.replacing("%", with: "%25")
    }
}

/// Names of files: relative paths with `/` between their parts, none of them empty, `.` or `..`.
enum FileName {
    static func isValid(_ name: String) -> Bool {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        return !name.contains("\\") && !name.contains("\0") && name.utf8.count <= 1024
            && parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
    }

    /// How many folders it is in.
    static func depth(_ name: String) -> Int { name.utf8.count { $0 == UInt8(ascii: "/") } }
}
