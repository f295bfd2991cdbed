import Foundation

/// A form with files, as browsers send it: `multipart/form-data` (RFC 7578), whose parts are split as RFC 2046, section
/// 5.1.1, says.
struct MultipartForm: Sendable {
    /// Why a body is no such form, in one sentence.
    struct Fault: Error, Hashable {
        let message: String
    }

    let fields: FormFields
    let files: [FormFile]

    /// A form of ours has a handful of parts.
    private static let mostParts = 100
    private static let largestHeader = 8 << 10
    private static let largestField = 1 << 20
    private static let dash: UInt8 = 0x2D

    /// Reads a body whose `Content-Type` is given.
    ///
    /// A file that was not chosen (an empty name and no bytes) is left out, since browsers send it all the same. Line
    /// ends of text become `\n`.
    init(_ body: [UInt8], contentType: String) throws(Fault) {
        let boundary = try Self.boundary(of: contentType)
        var fields: [(name: String, value: String)] = []
        var files: [FormFile] = []
        for part in try Self.parts(of: body, boundary: boundary) {
            let (disposition, type, content) = try Self.read(part)
            guard let name = disposition["name"] else { throw Fault(message: "A part of the form has no name.") }
            if let fileName = disposition["filename"] {
                guard !fileName.isEmpty || !content.isEmpty else { continue }
                files.append(FormFile(field: name, name: fileName, contentType: type, content: Array(content)))
            } else {
                guard content.count <= Self.largestField else {
                    throw Fault(message: "The field \(name.prefix(60)) is longer than 1 MiB.")
                }
                let text = String(decoding: content, as: UTF8.self).replacing("\r\n", with: "\n")
                fields.append((name, text))
            }
        }
        self.fields = FormFields(fields)
        self.files = files
    }

    private static func boundary(of contentType: String) throws(Fault) -> [UInt8] {
        for parameter in contentType.split(separator: ";").dropFirst() {
            let pair = parameter.trimmingCharacters(in: .whitespaces)
            guard pair.lowercased().hasPrefix("boundary=") else { continue }
            let value = pair.dropFirst("boundary=".count).filter { $0 != "\"" }
            guard (1...70).contains(value.utf8.count) else { break }
            return [dash, dash] + Array(value.utf8)
        }
        throw Fault(message: "The form does not say where its parts end.")
    }

    /// What stands between the delimiters, without the line ends that belong to them.
    private static func parts(of body: [UInt8], boundary: [UInt8]) throws(Fault) -> [ArraySlice<UInt8>] {
        guard var start = endOfFirstDelimiter(boundary, in: body) else {
            throw Fault(message: "The form has no parts.")
        }
        let delimiter = [0x0D, 0x0A] + boundary
        var parts: [ArraySlice<UInt8>] = []
        while !isClosed(body, at: start) {
            guard let first = lineEnd(body, at: start), let next = body.position(of: delimiter, from: first - 2) else {
                throw Fault(message: "The form ends in the middle; send it again.")
            }
            guard parts.count < mostParts else { throw Fault(message: "The form has more than \(mostParts) parts.") }
            parts.append(body[first..<max(first, next)])
            start = next + delimiter.count
        }
        return parts
    }

    private static func endOfFirstDelimiter(_ boundary: [UInt8], in body: [UInt8]) -> Int? {
        if body.starts(with: boundary) { return boundary.count }
        // What stands before the first delimiter is to be ignored.
        let delimiter = [0x0D, 0x0A] + boundary
        return body.position(of: delimiter, from: 0).map { $0 + delimiter.count }
    }

    private static func isClosed(_ body: [UInt8], at position: Int) -> Bool {
        position + 1 < body.count && body[position] == dash && body[position + 1] == dash
    }

    /// Where the line of a delimiter ends; spaces may stand behind it.
    private static func lineEnd(_ body: [UInt8], at position: Int) -> Int? {
        var position = position
        while position < body.count, body[position] == 0x20 || body[position] == 0x09 { position += 1 }
        guard position + 1 < body.count, body[position] == 0x0D, body[position + 1] == 0x0A else { return nil }
        return position + 2
    }

    private static func read(
        _ part: ArraySlice<UInt8>
    ) throws(Fault) -> (disposition: [String: String], type: String, content: ArraySlice<UInt8>) {
        let bytes = Array(part.prefix(largestHeader))
        let empty: [UInt8] = [0x0D, 0x0A]
        let end: Int
        if bytes.starts(with: empty) {
            end = 0
        } else if let found = bytes.position(of: empty + empty, from: 0) {
            end = found + 2
        } else {
            throw Fault(message: "A part of the form has no head, or a longer one than 8 KiB.")
        }
        var disposition: [String: String] = [:]
        var type = ""
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\r\n") {
            guard let colon = line.firstIndex(of: ":") else { continue }
            let value = String(line[line.index(after: colon)...]).trimmingCharacters(in: .whitespaces)
            switch line[..<colon].lowercased() {
            case "content-disposition": disposition = parameters(of: value)
            case "content-type": type = value
            default: continue
            }
        }
        return (disposition, type, part.dropFirst(end + 2))
    }

    /// `name` and `filename` of a `Content-Disposition`. Browsers write a quote in them as `%22` (HTML, "multipart/form-data
    /// encoding algorithm"), others as `\"`.
    private static func parameters(of header: String) -> [String: String] {
        var parameters: [String: String] = [:]
        var rest = Substring(header)
        while let semicolon = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: semicolon)...].drop { $0 == " " }
            guard let equals = rest.firstIndex(of: "=") else { break }
            let name = rest[..<equals].lowercased()
            rest = rest[rest.index(after: equals)...]
            guard rest.first == "\"" else {
                parameters[name] = rest.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces)
                continue
            }
            let (value, left) = quoted(rest.dropFirst())
            parameters[name] = value
            rest = left
        }
        return parameters
    }

    private static func quoted(_ text: Substring) -> (value: String, rest: Substring) {
        var value = ""
        var rest = text
        while let character = rest.popFirst(), character != "\"" {
            if character == "\\", let next = rest.first, next == "\"" {
                value.append(next)
                rest.removeFirst()
            } else {
                value.append(character)
            }
        }
        let plain = value.replacing("%22", with: "\"").replacing("%0D", with: "\r").replacing("%0A", with: "\n")
        return (plain, rest)
    }
}

/// A file of a form.
struct FormFile: Sendable, Hashable {
    /// The name of the form's field.
    let field: String
    /// What the person's computer calls it, which nobody relies on.
    let name: String
    let contentType: String
    let content: [UInt8]
}

extension [UInt8] {
    /// Where a sequence of bytes stands, from a position on.
    fileprivate func position(of pattern: [UInt8], from start: Int) -> Int? {
        guard let first = pattern.first, count >= pattern.count else { return nil }
        return withUnsafeBufferPointer { bytes in
            var at = Swift.max(start, 0)
            while at + pattern.count <= bytes.count {
                guard let candidate = bytes[at...].firstIndex(of: first), candidate + pattern.count <= bytes.count
                else { return nil }
                if bytes[candidate..<candidate + pattern.count].elementsEqual(pattern) { return candidate }
                at = candidate + 1
            }
            return nil
        }
    }
}
