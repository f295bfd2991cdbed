import JSON
import OpenAPI

/// What a tool's arguments are called: each after its parameter, with an underscore for what is not
/// `A-Z a-z 0-9 _ . -`, at most 64 characters.
///
/// Where parameters want one name, the one that is spelled exactly so has it, else the first of path, query, header,
/// cookie; the others get their place as a suffix (`id` in the path and `id` in the query: `id` and `id_query`). A JSON
/// body is always `body`. The result depends on which parameters there are, not on their order.
struct ArgumentNames {
    static let body = "body"
    private static let longest = 64
    private var names: [Key: String] = [:]
    private var taken: Set<String> = []

    private struct Key: Hashable {
        let location: Operation.Parameter.Location
        let name: String

        init(_ parameter: Operation.Parameter) {
            location = parameter.location
            name = parameter.name
        }
    }

    init(_ parameters: [Operation.Parameter], hasBody: Bool) {
        if hasBody { taken.insert(Self.body) }
        let sorted = parameters.sorted { Self.rank($0) < Self.rank($1) }
        for parameter in sorted {
            let wanted = Self.sanitized(parameter.name)
            guard !wanted.isEmpty, taken.insert(wanted).inserted else { continue }
            names[Key(parameter)] = wanted
        }
        for parameter in sorted where names[Key(parameter)] == nil {
            names[Key(parameter)] = free(for: parameter)
        }
    }

    subscript(parameter: Operation.Parameter) -> String {
        names[Key(parameter)] ?? parameter.name
    }

    private mutating func free(for parameter: Operation.Parameter) -> String {
        let location = parameter.location.rawValue
        let wanted = Self.sanitized(parameter.name)
        let base = wanted.isEmpty ? location : wanted
        let placed = Self.joined(base, location)
        if !wanted.isEmpty, taken.insert(placed).inserted { return placed }
        let mark = Digest(of: "\(location) \(parameter.name)".utf8).hex
        var digits = 6
        while digits < 60, !taken.insert(Self.joined(base, mark.prefix(digits))).inserted { digits += 2 }
        return Self.joined(base, mark.prefix(digits))
    }

    private static func joined(_ base: String, _ suffix: some StringProtocol) -> String {
        base.prefix(max(0, longest - 1 - suffix.utf8.count)) + "_" + suffix
    }

    private static func sanitized(_ name: String) -> String {
        let text = name.replacingRuns { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
        return String(text.prefix(longest))
    }

    private static func rank(_ parameter: Operation.Parameter) -> (Int, Int, String) {
        let location =
            switch parameter.location {
            case .path: 0
            case .query: 1
            case .header: 2
            case .cookie: 3
            case .querystring: 4
            }
        return (sanitized(parameter.name) == parameter.name ? 0 : 1, location, parameter.name)
    }
}
