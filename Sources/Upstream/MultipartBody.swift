import JSON
import Tools

/// A body of parts (RFC 2046, section 5.1; RFC 7578).
struct MultipartBody {
    let contentType: String
    let bytes: [UInt8]

    /// One part: its header lines and what follows them.
    private struct Part {
        var lines: [String]
        var contentType: String
        let bytes: [UInt8]
    }

    /// A part for each member, or item of a list, in the order of the body.
    init(_ given: GivenBody, body: CallRecipe.Body, arguments: JSONObject) throws(RequestRefusal) {
        var parts: [Part] = []
        let type = MediaType(body.contentType)
        if type.essence != "multipart/form-data", case .array(let items) = given.value {
            for item in items { parts.append(Part(lines: [], contentType: item.partType, bytes: item.partBytes)) }
        } else {
            for (name, value) in try given.members(as: type.essence) {
                let encoding = body.parts.first { $0.name == name } ?? CallRecipe.Body.Part(name: name)
                parts += try Self.parts(of: value, encoding: encoding, given: given, arguments: arguments)
            }
        }
        let boundary = Self.boundary(outside: parts.flatMap { $0.lines.map { Array($0.utf8) } + [$0.bytes] })
        var bytes: [UInt8] = []
        for part in parts {
            let head = ["--\(boundary)"] + part.lines + ["Content-Type: \(part.contentType)"]
            bytes += Array((head.joined(separator: "\r\n") + "\r\n\r\n").utf8) + part.bytes + [0x0D, 0x0A]
        }
        self.bytes = bytes + Array("--\(boundary)--\r\n".utf8)
        contentType = Self.contentType(body.contentType, boundary: boundary, first: parts.first?.contentType)
    }

    /// The recipe's media type with this boundary in place of one that the document may have written, and with the
    /// type of the root for `multipart/related` (RFC 2387, section 3.1).
    private static func contentType(_ text: String, boundary: String, first: String?) -> String {
        var parameters = text.split(separator: ";").map { String($0).trimmed }
        let names = parameters.map { $0.prefix { $0 != "=" }.lowercased() }
        parameters = zip(names, parameters).filter { $0.0 != "boundary" }.map(\.1)
        if MediaType(text).essence == "multipart/related", !names.contains("type"), let first {
            parameters.append("type=\"\(MediaType(first).essence)\"")
        }
        return (parameters + ["boundary=\(boundary)"]).joined(separator: "; ")
    }

    /// A delimiter that occurs in none of the texts. It is made of them, so that the same call makes the same request;
    /// that it does not occur is checked, since who writes a part could compute it too. `digest` is for a test.
    static func boundary(
        outside texts: [[UInt8]],
        digest: ([UInt8]) -> String = { Digest(of: $0).hex }
    ) -> String {
        var seed = texts.flatMap(\.self)
        while true {
            let boundary = "slipway-" + digest(seed).prefix(40)
            let mark = Array(boundary.utf8)
            if !texts.contains(where: { $0.holds(mark) }) { return boundary }
            seed = mark + seed
        }
    }

    // MARK: - One member

    private static func parts(
        of value: JSONValue,
        encoding: CallRecipe.Body.Part,
        given: GivenBody,
        arguments: JSONObject
    ) throws(RequestRefusal) -> [Part] {
        let lines = try headerLines(of: encoding)
        if encoding.isFile { return try files(value, encoding, given: given, arguments: arguments, lines: lines) }
        if let parameter = encoding.styled {
            return parameter.pairs(styled: value, encoding: .none).map { pair in
                Part(
                    lines: [disposition(pair.name)] + lines,
                    contentType: JSONValue.string(pair.text).partType,
                    bytes: Array(pair.text.utf8)
                )
            }
        }
        var parts: [Part] = []
        for item in value.repeated {
            var (type, bytes) = (item.partType, item.partBytes)
            if let own = encoding.specificType {
                bytes = Array(try given.formText(item, contentType: own, member: encoding.name).utf8)
                type = own
            }
            parts.append(Part(lines: [disposition(encoding.name)] + lines, contentType: type, bytes: bytes))
        }
        return parts
    }

    private static func files(
        _ value: JSONValue,
        _ encoding: CallRecipe.Body.Part,
        given: GivenBody,
        arguments: JSONObject,
        lines: [String]
    ) throws(RequestRefusal) -> [Part] {
        let names = try fileNames(of: encoding, arguments: arguments)
        let items = value.repeated
        var parts: [Part] = []
        for (position, item) in items.enumerated() {
            guard let text = item.string else {
                throw given.refusal(of: encoding.name, "is a file: give it as a string of base64, or as a data: URL")
            }
            let argument = given.argument(of: encoding.name)
            let file = try FileBytes(text, argument: argument, subject: given.subject(encoding.name))
            // Who writes a data: URL knows better what the bytes are than the first of the types that the API takes.
            let type = file.mediaType ?? encoding.specificType ?? "application/octet-stream"
            var usual = items.count > 1 ? "\(encoding.name)-\(position + 1)" : encoding.name
            if let end = MediaType(type).fileExtension, end != "bin" { usual += ".\(end)" }
            let name = position < names.count && !names[position].isEmpty ? names[position] : usual
            let line = disposition(encoding.name, fileName: name)
            parts.append(Part(lines: [line] + lines, contentType: type, bytes: file.bytes))
        }
        return parts
    }

    /// The names that the caller gave: one, or a list for a list of files.
    private static func fileNames(
        of encoding: CallRecipe.Body.Part,
        arguments: JSONObject
    ) throws(RequestRefusal) -> [String] {
        guard let argument = encoding.fileNameArgument, let value = arguments[argument] else { return [] }
        let names = value.repeated.map(\.string)
        guard names.allSatisfy({ $0 != nil }) else {
            throw RequestRefusal(.argument(argument), "The argument \"\(argument)\" is a file's name and must be text.")
        }
        return names.compactMap(\.self)
    }

    private static func disposition(_ name: String, fileName: String? = nil) -> String {
        "Content-Disposition: form-data; name=\"\(name.quotedInPart)\""
            + (fileName.map { "; filename=\"\($0.quotedInPart)\"" } ?? "")
    }

    /// The headers that the document fixes. What frames the part is not among them.
    private static func headerLines(of encoding: CallRecipe.Body.Part) throws(RequestRefusal) -> [String] {
        let framing: Set<String> = [
            "content-type", "content-disposition", "content-length", "content-transfer-encoding",
        ]
        let own = encoding.headers.filter { !framing.contains($0.key.lowercased()) }.sorted { $0.key < $1.key }
        guard own.allSatisfy({ HeaderName.isToken($0.key) && !$0.value.hasControlCharacter }) else {
            throw RequestRefusal(
                .recipe,
                "The API's document gives the part \"\(encoding.name)\" a header that is none."
            )
        }
        return own.map { "\($0.key): \($0.value)" }
    }
}

extension CallRecipe.Body.Part {
    /// The media type, where it is one and not a range.
    fileprivate var specificType: String? {
        contentType.flatMap { MediaType.isSafe($0) && !MediaType($0).isRange ? $0 : nil }
    }
}

extension JSONValue {
    /// The media type of a part with this value where nobody says another (OpenAPI 3.1, 4.8.15).
    fileprivate var partType: String {
        switch self {
        case .array, .object, .null: "application/json"
        case .string(let text) where !text.utf8.allSatisfy({ $0 < 0x80 }): "text/plain; charset=utf-8"
        default: "text/plain"
        }
    }

    fileprivate var partBytes: [UInt8] { string.map { Array($0.utf8) } ?? bytes }
}

extension String {
    /// The text between quotes in `Content-Disposition` (HTML, multipart/form-data encoding algorithm; RFC 7578,
    /// section 4.2): quotes and line breaks are escaped, and with them all that no header may hold.
    fileprivate var quotedInPart: String {
        var quoted = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "%22"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F:
                let digits = String(scalar.value, radix: 16, uppercase: true)
                quoted += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted
    }
}

extension [UInt8] {
    /// Whether the bytes occur somewhere in these.
    fileprivate func holds(_ wanted: [UInt8]) -> Bool {
        guard let first = wanted.first, count >= wanted.count else { return wanted.isEmpty }
        return (0...(count - wanted.count)).contains { start in
            self[start] == first && self[start..<(start + wanted.count)].elementsEqual(wanted)
        }
    }
}
