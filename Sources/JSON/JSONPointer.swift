/// A place in a JSON document (RFC 6901).
package struct JSONPointer: Sendable, Hashable {
    package let tokens: [String]

    package init(_ tokens: [String] = []) {
        self.tokens = tokens
    }

    /// A pointer from its text, percent-encoding already undone; nothing where it neither is empty nor starts with `/`.
    package init?(_ text: String) {
        if text.isEmpty {
            tokens = []
            return
        }
        // By code points throughout: a combining mark may follow `/` or `~`.
        let scalars = text.unicodeScalars
        guard scalars.first == "/" else { return nil }
        tokens = scalars.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(Self.unescaped)
    }

    /// The pointer to a member or an item of what this points to.
    package func appending(_ token: String) -> JSONPointer {
        JSONPointer(tokens + [token])
    }

    /// The pointer to an item of what this points to.
    package func appending(_ index: Int) -> JSONPointer {
        appending(String(index))
    }

    private static func unescaped(_ token: Substring.UnicodeScalarView) -> String {
        var text = String.UnicodeScalarView()
        var rest = token
        while let scalar = rest.popFirst() {
            switch (scalar, rest.first) {
            case ("~", "0"): rest.removeFirst()
            case ("~", "1"):
                rest.removeFirst()
                text.append("/")
                continue
            default: break
            }
            text.append(scalar)
        }
        return String(text)
    }

    private static func escaped(_ token: String) -> String {
        guard token.utf8.contains(where: { $0 == UInt8(ascii: "~") || $0 == UInt8(ascii: "/") }) else { return token }
        return token.unicodeScalars.reduce(into: "") { text, scalar in
            switch scalar {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.unicodeScalars.append(scalar)
            }
        }
    }
}

extension JSONPointer {
    package static func == (left: JSONPointer, right: JSONPointer) -> Bool {
        left.tokens.elementsEqual(right.tokens) { $0.isSameJSON(as: $1) }
    }
}

extension JSONPointer: CustomStringConvertible {
    package var description: String {
        tokens.reduce(into: "") { $0 += "/" + Self.escaped($1) }
    }
}

extension JSONValue {
    /// The value at that place, where there is one.
    package subscript(pointer: JSONPointer) -> JSONValue? {
        var value = self
        for token in pointer.tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let items):
                guard let index = Int(token), items.indices.contains(index), String(index) == token else { return nil }
                value = items[index]
            default:
                return nil
            }
        }
        return value
    }
}
