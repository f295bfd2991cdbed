/// An HTTP request to an address that speaks MCP, as plain values.
package struct Incoming: Sendable {
    /// The HTTP method, in upper case.
    package let method: String
    package let headers: HeaderFields
    package let body: [UInt8]

    /// A request as a transport read it; the transport has bounded the body's size already.
    package init(method: String, headers: HeaderFields, body: [UInt8]) {
        self.method = method
        self.headers = headers
        self.body = body
    }
}

/// The header lines of a request: names without regard to case, values with the space around them removed (RFC 9110).
package struct HeaderFields: Sendable {
    private let fields: [(name: String, value: String)]

    /// Header lines in the order in which they came; a name may come twice.
    package init(_ fields: [(String, String)] = []) {
        self.fields = fields.map { ($0.0.lowercased(), $0.1.trimmingOptionalSpace) }
    }

    /// The value of every line of that name.
    package func values(_ name: String) -> [String] {
        let name = name.lowercased()
        return fields.compactMap { $0.name == name ? $0.value : nil }
    }
}

extension HeaderFields: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, String)...) { self.init(elements) }
}

extension StringProtocol {
    /// The text without the spaces and tabs around it (RFC 9110, section 5.6.3).
    var trimmingOptionalSpace: String {
        var text = Substring(self)
        while let byte = text.utf8.first, byte == 0x20 || byte == 0x09 { text.unicodeScalars.removeFirst() }
        while let byte = text.utf8.last, byte == 0x20 || byte == 0x09 { text.unicodeScalars.removeLast() }
        return String(text)
    }
}
