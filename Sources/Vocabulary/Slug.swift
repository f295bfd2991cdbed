/// A name that stands in an address: 1 to 60 characters of `a-z`, `0-9` and `-`, with a letter or digit at both ends.
package struct Slug: Sendable, Hashable {
    package let text: String

    package static let rule = "1 to 60 characters of a-z, 0-9 and '-', starting and ending with a letter or digit"

    /// A slug from its text, or nothing where the rule does not hold.
    package init?(_ text: String) {
        let utf8 = text.utf8
        guard (1...60).contains(utf8.count), utf8.allSatisfy(Self.isAllowed), utf8.first != 0x2D, utf8.last != 0x2D
        else {
            return nil
        }
        self.text = text
    }

    /// The nearest slug to any text: `Acme Pets (v2).yaml` becomes `acme-pets-v2-yaml`. Nothing where no character is left.
    package init?(nearest text: String) {
        var slug = ""
        for byte in text.lowercased().utf8 {
            if Self.isAllowed(byte), byte != 0x2D {
                slug.unicodeScalars.append(Unicode.Scalar(byte))
            } else if !slug.isEmpty, !slug.hasSuffix("-") {
                slug += "-"
            }
        }
        slug = String(slug.prefix(60))
        while slug.hasSuffix("-") { slug.removeLast() }
        self.init(slug)
    }

    /// The source, environment and toolset that a first start makes.
    package static let slipway = Slug(checked: "slipway")
    /// The project that a first start makes.
    package static let firstProject = Slug(checked: "default")

    private init(checked text: String) {
        self.text = text
    }

    private static func isAllowed(_ byte: UInt8) -> Bool {
        (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || byte == 0x2D
    }
}

extension Slug: CustomStringConvertible {
    package var description: String { text }
}

extension Slug: Comparable {
    package static func < (left: Slug, right: Slug) -> Bool { left.text < right.text }
}
