/// A path with expressions: `/pets/{petId}`.
struct PathTemplate {
    /// What stands for an expression.
    struct Expansion {
        let argument: String
        /// Encoded.
        let text: String
    }

    private let text: String

    init(_ text: String) {
        self.text = text
    }

    /// The path with each expression filled in. No segment that an argument has a part in may be `.` or `..`.
    func filled(with expansions: [String: Expansion]) throws(RequestRefusal) -> String {
        guard text.hasPrefix("/"), !text.contains("?"), !text.contains("#") else {
            throw RequestRefusal(.recipe, "The tool's path \"\(text)\" is none: the API's document must be corrected.")
        }
        var segments: [String] = []
        for segment in text.split(separator: "/", omittingEmptySubsequences: false) {
            segments.append(try fill(segment, with: expansions))
        }
        return segments.joined(separator: "/")
    }

    private func fill(_ segment: Substring, with expansions: [String: Expansion]) throws(RequestRefusal) -> String {
        var filled = ""
        var rest = segment
        var argument: String?
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else { break }
            let name = String(rest[rest.index(after: open)..<close])
            guard let expansion = expansions[name] else {
                throw RequestRefusal(
                    .recipe,
                    "The tool's path has a place \"{\(name)}\" for which no argument was given."
                )
            }
            filled += PercentEncoding.url.encode(String(rest[..<open])) + expansion.text
            argument = expansion.argument
            rest = rest[rest.index(after: close)...]
        }
        filled += PercentEncoding.url.encode(String(rest))
        if let argument, [".", ".."].contains(filled.replacing("%2E", with: ".").replacing("%2e", with: ".")) {
            throw .dotSegment(argument)
        }
        return filled
    }
}
