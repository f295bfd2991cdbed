/// What a tool is called across deployments: `tools:http:<source>:<name>`, `tools:function:<source>:<name>` or
/// `tools:prompt:<name>`. It carries no version; a deployment decides which definition it means.
package struct ToolURN: Sendable, Hashable {
    /// What a tool is made from.
    package enum Kind: String, Sendable {
        case http, function, prompt
    }

    package let kind: Kind
    /// The source of an HTTP or function tool; none for a prompt.
    package let source: Slug?
    package let name: String

    /// The URN of the tool that a source makes under that name.
    package init(kind: Kind = .http, source: Slug, name: String) {
        self.kind = kind
        self.source = source
        self.name = name
    }

    /// A URN from its text, or nothing where it has not one of the three forms.
    package init?(_ text: String) {
        // By bytes: lists of thousands are read at each look at a toolset, and splitting characters takes ten times as long.
        let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
            .map { String(Substring($0)) }
        guard parts.count >= 3, parts[0] == "tools", let kind = Kind(rawValue: parts[1]) else { return nil }
        self.kind = kind
        switch kind {
        case .prompt:
            guard parts.count == 3 else { return nil }
            source = nil
            name = parts[2]
        case .http, .function:
            guard parts.count == 4, let slug = Slug(parts[2]) else { return nil }
            source = slug
            name = parts[3]
        }
        guard ToolName.isValid(name) else { return nil }
    }
}

extension ToolURN: LosslessStringConvertible {
    package var description: String {
        if let source { "tools:\(kind.rawValue):\(source):\(name)" } else { "tools:\(kind.rawValue):\(name)" }
    }
}

extension ToolURN: Comparable {
    package static func < (left: ToolURN, right: ToolURN) -> Bool { left.description < right.description }
}

/// The rule for names that MCP clients see: `^[A-Za-z0-9_-]{1,60}$`, what all models and hosts accept.
package enum ToolName {
    package static let longest = 60
    package static let rule = "1 to 60 characters of A-Z, a-z, 0-9, '_' and '-'"

    /// Whether the rule holds.
    package static func isValid(_ name: String) -> Bool {
        (1...longest).contains(name.utf8.count) && name.utf8.allSatisfy(isAllowed)
    }

    /// Whether a name may hold the character, given as UTF-8.
    package static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x5F
            || byte == 0x2D
    }
}
