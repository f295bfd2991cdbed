/// A media type, as far as this room tells them apart.
struct MediaType {
    /// Type and subtype in lower case, without parameters.
    let essence: String
    /// In lower case; nothing where none is given.
    let charset: String?

    init(_ text: String) {
        let parts = text.split(separator: ";").map { String($0).trimmed.lowercased() }
        essence = parts.first ?? ""
        charset = parts.dropFirst().first { $0.hasPrefix("charset=") }
            .map { $0.dropFirst("charset=".count).trimmingQuotes }
    }

    var isJSON: Bool { essence == "application/json" || essence == "text/json" || essence.hasSuffix("+json") }
    var isRange: Bool { essence.isEmpty || essence.hasSuffix("/*") }
    var isForm: Bool { essence == "application/x-www-form-urlencoded" }
    var isMultipart: Bool { essence.hasPrefix("multipart/") }
    var isXML: Bool { essence == "application/xml" || essence == "text/xml" || essence.hasSuffix("+xml") }
    /// Whether every JSON text is a text of it too (YAML 1.2, section 1.3).
    var isYAML: Bool { Self.yaml.contains(essence) || essence.hasSuffix("+yaml") }
    /// Whether it is a sequence of JSON texts (OpenAPI 3.2, 4.14.3: sequential media types).
    var isJSONSequence: Bool { Self.sequences.contains(essence) || essence == "application/json-seq" }

    var isText: Bool {
        isJSON || isXML || isYAML || isForm || isJSONSequence || essence.hasPrefix("text/")
            || Self.textual.contains(essence)
    }

    /// Whether the text of a header: type, slash, subtype, and printable ASCII behind.
    static func isSafe(_ text: String) -> Bool {
        let essence = text.prefix { $0 != ";" }.split(separator: "/", omittingEmptySubsequences: false)
        return text.utf8.count <= 255 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && essence.count == 2
            && essence.allSatisfy { HeaderName.isToken(String($0).trimmed) }
    }

    private static let yaml: Set<String> = ["application/yaml", "application/x-yaml", "text/yaml", "text/x-yaml"]
    private static let sequences: Set<String> = [
        "application/jsonl", "application/x-ndjson", "application/x-jsonlines",
    ]
    private static let textual: Set<String> = [
        "application/javascript", "application/graphql", "application/toml", "application/sql",
    ]
}

extension Substring {
    fileprivate var trimmingQuotes: String { String(self).replacing("\"", with: "") }
}

extension MediaType {
    /// What names of files of the type end with, where it is one that is often met; nothing otherwise.
    var fileExtension: String? {
        if let known = Self.extensions[essence] { return known }
        if isJSON { return "json" }
        return isXML ? "xml" : nil
    }

    private static let extensions: [String: String] = [
        "text/plain": "txt", "text/html": "html", "text/csv": "csv", "text/markdown": "md", "text/css": "css",
        "application/pdf": "pdf", "application/zip": "zip", "application/gzip": "gz", "application/yaml": "yaml",
        "application/octet-stream": "bin", "application/msword": "doc", "application/x-tar": "tar",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation": "pptx",
        "image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/svg+xml": "svg",
        "image/bmp": "bmp", "image/tiff": "tiff", "image/avif": "avif", "image/heic": "heic",
        "image/vnd.microsoft.icon": "ico", "audio/mpeg": "mp3", "audio/wav": "wav", "audio/x-wav": "wav",
        "audio/ogg": "ogg", "audio/flac": "flac", "audio/mp4": "m4a", "audio/webm": "weba", "video/mp4": "mp4",
        "video/webm": "webm", "video/mpeg": "mpeg", "video/quicktime": "mov",
    ]
}
