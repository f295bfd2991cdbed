import JSON
import OpenAPI

/// What a tool's arguments are called: each after its parameter or member of the body, with an underscore for what is
/// not `A-Z a-z 0-9 _ . -`, at most 64 characters.
///
/// Where several want one name, the one that is spelled exactly so has it, else the first of path, query, header,
/// cookie, body; the others get their place as a suffix (`id` in the path and `id` in the body: `id` and `id_body`). A
/// body that is one argument is always `body`. The result depends on what arguments there are, not on their order.
struct ArgumentNames {
    static let body = "body"
    private static let longest = 64
    private var names: [Origin: String] = [:]
    private var taken: Set<String> = []

    /// What an argument is for.
    enum Origin: Hashable {
        case parameter(Operation.Parameter.Location, String)
        /// A member of the body.
        case member(String)
        /// The name of the file that a member of the body is.
        case fileName(String)
    }

    /// Names for parameters, members of a body that is taken apart, those of them that are files, and a body that is
    /// not.
    init(_ parameters: [Operation.Parameter], members: [String] = [], files: [String] = [], hasBody: Bool) {
        if hasBody { taken.insert(Self.body) }
        let origins = parameters.map { Origin.parameter($0.location, $0.name) } + members.map(Origin.member)
        let sorted = origins.sorted { $0.rank < $1.rank }
        for origin in sorted {
            let wanted = Self.sanitized(origin.name)
            guard !wanted.isEmpty, taken.insert(wanted).inserted else { continue }
            names[origin] = wanted
        }
        for origin in sorted where names[origin] == nil { names[origin] = free(for: origin) }
        for file in files.sorted() {
            let origin = Origin.fileName(file)
            let wanted = Self.joined(self[.member(file)], "filename")
            names[origin] = taken.insert(wanted).inserted ? wanted : marked(wanted, origin)
        }
    }

    subscript(origin: Origin) -> String { names[origin] ?? origin.name }

    subscript(parameter: Operation.Parameter) -> String { self[.parameter(parameter.location, parameter.name)] }

    private mutating func free(for origin: Origin) -> String {
        let wanted = Self.sanitized(origin.name)
        let base = wanted.isEmpty ? origin.place : wanted
        let placed = Self.joined(base, origin.place)
        if !wanted.isEmpty, taken.insert(placed).inserted { return placed }
        return marked(base, origin)
    }

    /// The name with digits that only depend on what the argument is for.
    private mutating func marked(_ base: String, _ origin: Origin) -> String {
        let mark = Digest(of: "\(origin.place) \(origin.name)".utf8).hex
        var digits = 6
        while digits < 60, !taken.insert(Self.joined(base, mark.prefix(digits))).inserted { digits += 2 }
        return Self.joined(base, mark.prefix(digits))
    }

    private static func joined(_ base: String, _ suffix: some StringProtocol) -> String {
        base.prefix(max(0, longest - 1 - suffix.utf8.count)) + "_" + suffix
    }

    fileprivate static func sanitized(_ name: String) -> String {
        let text = name.replacingRuns { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
        }
        return String(text.prefix(longest))
    }
}

extension ArgumentNames.Origin {
    fileprivate var name: String {
        switch self {
        case .parameter(_, let name), .member(let name), .fileName(let name): name
        }
    }

    /// What tells it from others of its name.
    fileprivate var place: String {
        switch self {
        case .parameter(let location, _): location.rawValue
        case .member: "body"
        case .fileName: "filename"
        }
    }

    fileprivate var rank: (Int, Int, String) {
        let place =
            switch self {
            case .parameter(.path, _): 0
            case .parameter(.query, _): 1
            case .parameter(.header, _): 2
            case .parameter(.cookie, _): 3
            case .parameter(.querystring, _): 4
            case .member: 5
            case .fileName: 6
            }
        return (ArgumentNames.sanitized(name) == name ? 0 : 1, place, name)
    }
}
