import FoundationEssentials

/// Bytes that a caller gave as text: base64, base64url, or a `data:` URL.
struct FileBytes {
    let bytes: [UInt8]
    /// What a `data:` URL says of them; nothing where it says nothing.
    let mediaType: String?

    /// Reads an argument; `subject` names it at the start of a sentence.
    init(_ text: String, argument: String, subject: String) throws(RequestRefusal) {
        guard text.prefix(5).lowercased() == "data:" else {
            guard let bytes = Self.base64(text[...]) else { throw .notBase64(argument, subject) }
            (self.bytes, mediaType) = (bytes, nil)
            return
        }
        // RFC 2397: data:[<mediatype>][;base64],<data>
        let rest = text.dropFirst(5)
        guard let comma = rest.firstIndex(of: ",") else {
            throw RequestRefusal(
                .argument(argument),
                "\(subject) is a data: URL without a comma: write data:<media type>;base64,<base64>."
            )
        }
        var parameters = rest[..<comma].split(separator: ";", omittingEmptySubsequences: false).map {
            String($0).trimmed
        }
        let isBase64 = parameters.count > 1 && parameters.last?.lowercased() == "base64"
        if isBase64 { parameters.removeLast() }
        let data = Self.percentDecoded(rest[rest.index(after: comma)...])
        if isBase64 {
            guard let bytes = Self.base64(Substring(decoding: data, as: UTF8.self)) else {
                throw .notBase64(argument, subject)
            }
            self.bytes = bytes
        } else {
            bytes = data
        }
        let type = parameters.joined(separator: ";")
        guard parameters.first != "" else {
            mediaType = nil
            return
        }
        guard MediaType.isSafe(type), !MediaType(type).isRange else {
            throw RequestRefusal(
                .argument(argument),
                "\(subject) is a data: URL whose media type is none: write, for example, data:image/png;base64,<base64>."
            )
        }
        mediaType = type
    }

    /// Either alphabet of RFC 4648, with or without padding; space and line breaks between are left out, as encoders
    /// of mail put them in. Nothing where it is not base64.
    private static func base64(_ text: Substring) -> [UInt8]? {
        var digits: [UInt8] = []
        digits.reserveCapacity(text.utf8.count + 3)
        var isURLSafe = false
        var isStandard = false
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "-"), UInt8(ascii: "_"):
                isURLSafe = true
                digits.append(byte == UInt8(ascii: "-") ? UInt8(ascii: "+") : UInt8(ascii: "/"))
            case UInt8(ascii: "+"), UInt8(ascii: "/"):
                isStandard = true
                digits.append(byte)
            case 0x09, 0x0A, 0x0D, 0x20: continue
            default: digits.append(byte)
            }
        }
        guard !(isURLSafe && isStandard) else { return nil }
        if let padding = digits.firstIndex(of: UInt8(ascii: "=")) {
            guard digits.count % 4 == 0, digits.count - padding <= 2,
                digits[padding...].allSatisfy({ $0 == UInt8(ascii: "=") })
            else { return nil }
        } else {
            guard digits.count % 4 != 1 else { return nil }
            digits += Array(repeating: UInt8(ascii: "="), count: (4 - digits.count % 4) % 4)
        }
        let padded = Data(digits)
        guard let data = Data(base64Encoded: padded), data.base64EncodedData() == padded else { return nil }
        return Array(data)
    }

    private static func percentDecoded(_ text: Substring) -> [UInt8] {
        PercentEncoding.decodedBytes(text, plusIsSpace: false)
    }
}

extension RequestRefusal {
    fileprivate static func notBase64(_ argument: String, _ subject: String) -> RequestRefusal {
        RequestRefusal(
            .argument(argument),
            "\(subject) must be bytes written as base64, or a data: URL such as data:image/png;base64,<base64>; it is "
                + "neither."
        )
    }
}
