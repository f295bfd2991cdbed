import JSON

/// A body, told apart by what can be shown of it.
enum AnswerBody {
    case empty
    case text(String, JSONValue?)
    case binary([UInt8], mediaType: String)

    init(_ answer: UpstreamAnswer) {
        let coding = answer.headers["content-encoding"]?.lowercased() ?? "identity"
        let type = answer.headers["content-type"].map(MediaType.init)
        if answer.body.isEmpty {
            self = .empty
        } else if coding != "identity" {
            // It was asked for without; what cannot be bounded is not unpacked.
            self = .binary(answer.body, mediaType: coding == "gzip" ? "application/gzip" : "application/octet-stream")
        } else if let text = Self.text(answer, type: type) {
            // Nothing but space is nothing: no model reads an item of it.
            guard !text.trimmed.isEmpty || answer.isTruncated else {
                self = .empty
                return
            }
            let isJSON = !answer.isTruncated && (type?.isJSON ?? true)
            self = .text(text, isJSON ? try? JSONValue(parsing: Array(answer.body.withoutByteOrderMark)) : nil)
        } else {
            self = .binary(answer.body, mediaType: type?.shown ?? "application/octet-stream")
        }
    }

    /// The body, where it is complete JSON.
    var json: JSONValue? {
        if case .text(_, let json) = self { json } else { nil }
    }

    private static func text(_ answer: UpstreamAnswer, type: MediaType?) -> String? {
        var bytes = answer.body.withoutByteOrderMark
        if let type, !type.isText { return nil }
        if let charset = type?.charset, ["iso-8859-1", "latin1", "windows-1252"].contains(charset) {
            return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        }
        // Of another charset only what all have in common is read; the rest stays bytes, which say what they are.
        guard type?.isUnicode ?? true || bytes.isPlainASCII else { return nil }
        if answer.isTruncated { bytes = bytes.withoutTornCharacter }
        if type == nil {
            return bytes.contains(0) ? nil : String(validating: bytes, as: UTF8.self)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}

extension [UInt8] {
    /// The bytes without the mark that some servers put before UTF-8; readers of JSON may leave it out (RFC 8259, 8.1).
    fileprivate var withoutByteOrderMark: ArraySlice<UInt8> {
        starts(with: [0xEF, 0xBB, 0xBF]) ? self[3...] : self[...]
    }
}

extension MediaType {
    /// Whether its text is UTF-8, as it is where it does not say.
    fileprivate var isUnicode: Bool { ["utf-8", "utf8", "us-ascii", "ascii", ""].contains(charset ?? "") }

    /// Type and subtype, and with text that is not UTF-8 its charset too: without it nobody can read the bytes.
    fileprivate var shown: String {
        guard isText, !isUnicode, let charset, charset.utf8.count <= 40, HeaderName.isToken(charset) else {
            return essence
        }
        return "\(essence); charset=\(charset)"
    }
}

extension ArraySlice<UInt8> {
    /// Whether it is ASCII without control characters, by some of which other charsets switch or write.
    fileprivate var isPlainASCII: Bool {
        allSatisfy { (0x20...0x7E).contains($0) || [0x09, 0x0A, 0x0D].contains($0) }
    }

    /// The bytes without the beginning of a UTF-8 character at their end.
    fileprivate var withoutTornCharacter: ArraySlice<UInt8> {
        guard let start = suffix(3).lastIndex(where: { $0 & 0xC0 != 0x80 }) else { return self }
        let length =
            switch self[start] {
            case 0xC0..<0xE0: 2
            case 0xE0..<0xF0: 3
            case 0xF0...: 4
            default: 1
            }
        return endIndex - start < length ? self[..<start] : self
    }
}

extension AnswerBody {
    /// The content of a call that succeeded.
    func content(of answer: UpstreamAnswer, to request: OutgoingRequest) -> [ToolCallOutcome.Content] {
        let outcome = "The call succeeded: the API answered \(answer.statusText) to \(request.summary)"
        let cut =
            "only the first \(answer.body.count) bytes of the answer were read. Ask for less, for example with a "
            + "filter or a smaller page."
        let lines = answer.shownHeaders(to: request, isEmpty: isEmpty)
        let headers: [ToolCallOutcome.Content] = lines.isEmpty ? [] : [.text(lines.joined(separator: "\n"))]
        switch self {
        case .empty:
            return [.text("\(outcome), with no content.")] + headers
        case .text(let text, _):
            return [.text(text)] + (answer.isTruncated ? [.text("[Cut: \(cut)]")] : []) + headers
        case .binary(let bytes, let mediaType):
            guard !answer.isTruncated else { return [.text("\(outcome), with \(mediaType); \(cut)")] }
            let sentence = "\(outcome), with \(bytes.count) bytes of \(mediaType)."
            let file: ToolCallOutcome.Content =
                switch mediaType.prefix(6) {
                case "image/": .image(bytes, mediaType: mediaType)
                case "audio/": .audio(bytes, mediaType: mediaType)
                default: .binary(bytes, mediaType: mediaType)
                }
            return [.text(sentence), file] + headers
        }
    }

    private var isEmpty: Bool { if case .empty = self { true } else { false } }

    /// The body in a sentence about an error: `: text` or ` with ...`.
    func excerpt(limit: Int, isTruncated: Bool) -> String {
        switch self {
        case .empty: return " with no content."
        case .binary(let bytes, let mediaType): return " with \(bytes.count) bytes of \(mediaType)."
        case .text(let text, _):
            let whole = text.trimmed
            let start = whole.prefix(limit)
            guard start.endIndex < whole.endIndex || isTruncated else {
                let ends = start.last.map { ".!?}]>".contains($0) } ?? true
                return start.isEmpty ? " with no content." : ": \(start)\(ends ? "" : ".")"
            }
            return ": \(start)…"
        }
    }
}

extension UpstreamAnswer {
    /// The header lines of an answer that a model can do something with: where the new thing is (`Location`), where the
    /// next page is (`Link` with a relation), when to look again (`Retry-After` of a 202), and the version of what has
    /// no body to show it (`ETag`). All others stay here.
    fileprivate func shownHeaders(to request: OutgoingRequest, isEmpty: Bool) -> [String] {
        let shown: [(name: String, isOfUse: Bool)] = [
            ("Location", true), ("Link", headers["link"]?.contains("rel=") == true), ("Retry-After", status == 202),
            ("ETag", isEmpty), ("Content-Type", request.method == "HEAD"), ("Content-Length", request.method == "HEAD"),
        ]
        return shown.compactMap { name, isOfUse in
            guard isOfUse, let value = headers[name.lowercased()]?.trimmed, !value.isEmpty, !value.hasControlCharacter
            else { return nil }
            return "\(name): \(value.prefix(500))" + (value.count > 500 ? "…" : "")
        }
    }
}
