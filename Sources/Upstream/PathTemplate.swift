/// A path with expressions, and with a query where the document wrote one: `/pets/{petId}`, `/responses?beta=true`.
struct PathTemplate {
    /// What stands for an expression.
    struct Expansion {
        let argument: String
        /// Encoded for the path.
        let text: String
        /// Encoded for the path's own query, where it may hold nothing that ends a pair or its name, whatever the
        /// parameter allows in the path.
        let queryText: String
    }

    private let text: String
    private let path: Substring
    private let ownQuery: Substring

    init(_ text: String) {
        self.text = text
        path = text.prefix { $0 != "?" }
        ownQuery = text[path.endIndex...].dropFirst()
    }

    /// The path with each expression filled in. No segment that an argument has a part in may be `.` or `..`.
    func filled(with expansions: [String: Expansion]) throws(RequestRefusal) -> String {
        guard text.hasPrefix("/"), !text.contains("#") else {
            throw RequestRefusal(.recipe, "The tool's path \"\(text)\" is none: the API's document must be corrected.")
        }
        var segments: [String] = []
        for segment in path.split(separator: "/", omittingEmptySubsequences: false) {
            let (filled, argument) = try fill(segment, with: expansions, \.text, encoding: .url)
            if let argument, Self.climbs(filled) { throw .dotSegment(argument) }
            segments.append(filled)
        }
        return segments.joined(separator: "/")
    }

    /// Whether a reader takes the segment for `.` or `..`: with its escapes decoded, as RFC 3986, section 6.2.2.2, lets it,
    /// and without what follows a semicolon, as servers do that know parameters of segments.
    private static func climbs(_ segment: String) -> Bool {
        let name = segment.prefix { $0 != ";" }
        return [".", ".."].contains(name.replacing("%2E", with: ".").replacing("%2e", with: "."))
    }

    /// The query that the path holds itself, as it is written, with each expression filled in; nothing where there is
    /// none. No pair that an argument has a part in may have one of the reserved names, which are those of credentials.
    func query(
        with expansions: [String: Expansion],
        reserved names: Set<String>
    ) throws(RequestRefusal) -> String? {
        guard !ownQuery.isEmpty else { return nil }
        var pairs: [String] = []
        for pair in ownQuery.split(separator: "&", omittingEmptySubsequences: false) {
            let (filled, argument) = try fill(pair, with: expansions, \.queryText, encoding: .query)
            if let argument, names.contains(PercentEncoding.decode(filled.prefix { $0 != "=" })) {
                throw .credential(argument)
            }
            pairs.append(filled)
        }
        return pairs.joined(separator: "&")
    }

    /// The part with its expressions filled in, and the last argument that has a share in it.
    private func fill(
        _ part: Substring,
        with expansions: [String: Expansion],
        _ text: KeyPath<Expansion, String>,
        encoding: PercentEncoding
    ) throws(RequestRefusal) -> (text: String, argument: String?) {
        var filled = ""
        var rest = part
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
            filled += encoding.encode(String(rest[..<open])) + expansion[keyPath: text]
            argument = expansion.argument
            rest = rest[rest.index(after: close)...]
        }
        return (filled + encoding.encode(String(rest)), argument)
    }
}
