/// What an uploaded image is, told by its first bytes and by nothing that anybody says about it.
package enum ImageType: String, Sendable, CaseIterable {
    case png = "image/png"
    case jpeg = "image/jpeg"
    case gif = "image/gif"
    case webp = "image/webp"
    case svg = "image/svg+xml"

    /// Nothing where the bytes are no image of these types.
    package init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: Array("GIF87a".utf8)) || bytes.starts(with: Array("GIF89a".utf8)) {
            self = .gif
        } else if bytes.starts(with: Array("RIFF".utf8)), bytes.dropFirst(8).starts(with: Array("WEBP".utf8)) {
            self = .webp
        } else if Self.isSVG(bytes) {
            self = .svg
        } else {
            return nil
        }
    }

    package var mimeType: String { rawValue }

    /// How large an image may be, in bytes.
    package static let largest = 512 << 10

    /// UTF-8 text whose first element is `svg`. Behind a document type, which may declare entities, nothing is looked for.
    private static func isSVG(_ bytes: [UInt8]) -> Bool {
        guard let text = String(validating: bytes, as: UTF8.self) else { return false }
        var rest = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
        while true {
            rest = rest.drop { $0.isWhitespace }
            if rest.hasPrefix("<?"), let end = rest.firstRange(of: "?>") {
                rest = rest[end.upperBound...]
            } else if rest.hasPrefix("<!--"), let end = rest.firstRange(of: "-->") {
                rest = rest[end.upperBound...]
            } else {
                return ["<svg ", "<svg>", "<svg\n", "<svg\t", "<svg\r"].contains(where: rest.hasPrefix)
            }
        }
    }
}

/// Answers the images that clients show.
package protocol ImageStore: Sendable {
    /// The bytes of an uploaded image; nothing where no image has this SHA-256, whatever else has.
    func image(sha256: String) async throws -> [UInt8]?
}
