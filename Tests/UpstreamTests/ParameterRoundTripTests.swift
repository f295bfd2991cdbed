import JSON
import Testing
import Tools
import Upstream

/// What a server reads, by nothing but RFC 3986 and the tables of OpenAPI; shares no code with what writes.
private enum Reader {
    static func unescaped(_ text: some StringProtocol) -> String {
        var bytes: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                bytes.append(value)
                rest = rest.dropFirst(2)
            } else {
                bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func pairs(_ query: String?) -> [(String, Substring)] {
        (query ?? "").split(separator: "&").map { pair in
            let name = pair.prefix { $0 != "=" }
            return (unescaped(name), pair[name.endIndex...].dropFirst())
        }
    }

    /// Texts between a separator that is written as it is: escaped ones are part of a text.
    static func list(_ text: some StringProtocol, by separator: String) -> [String] {
        text.components(by: separator).map { unescaped($0) }
    }

    static func map(_ items: [String]) -> [String: String] {
        stride(from: 0, to: items.count - 1, by: 2).reduce(into: [:]) { $0[items[$1]] = items[$1 + 1] }
    }

    static func map(pairs: [String]) -> [String: String] {
        pairs.reduce(into: [:]) { map, pair in
            let name = pair.prefix { $0 != "=" }
            map[unescaped(name)] = unescaped(pair[name.endIndex...].dropFirst())
        }
    }
}

extension StringProtocol {
    fileprivate func components(by separator: String) -> [String] {
        var parts: [String] = []
        var rest = String(self)[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

/// Serialise, then read with other code: the value is the same, for each style that can say it.
struct ParameterRoundTripTests {
    private typealias Style = CallRecipe.Parameter.Style

    private static func make(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws -> OutgoingRequest {
        let path = parameter.location == .path ? "/p/{v}/x" : "/p"
        return try makeRequest(.of("GET", path, [parameter]), JSONValue.object(["v": value]).text)
    }

    private static func segment(_ parameter: CallRecipe.Parameter, _ value: JSONValue) throws -> String {
        let path = try make(parameter, value).path
        #expect(path.hasPrefix("/p/") && path.hasSuffix("/x"))
        #expect(path.split(separator: "/").count == 3, "the value left its segment: \(path)")
        return String(path.dropFirst(3).dropLast(2))
    }

    /// Texts of which none is empty or climbs.
    private static func texts(_ random: inout SeededGenerator) -> [String] {
        (0..<Int.random(in: 1...4, using: &random)).map { _ in "t" + random.text(upTo: 8) }
    }

    @Test(arguments: 0..<40)
    func `path values come back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let items = Self.texts(&random).map { $0.replacing("/", with: "").replacing("\\", with: "") }
        let list = JSONValue(items)
        let pairs = items.map { ("k\($0)", JSONValue.string($0)) }
        let map = JSONObject(pairs)
        let expected = pairs.reduce(into: [:]) { $0[$1.0] = $1.1.string }
        for explode in [false, true] {
            let simple = try Self.segment(.path("v", .simple, explode: explode), list)
            #expect(Reader.list(simple, by: ",") == items)
            // A dot needs no escape, so exploded labels with dots in them cannot be told apart.
            let label = try Self.segment(.path("v", .label, explode: explode), list)
            #expect(label.hasPrefix("."))
            if !explode || !items.contains(where: { $0.contains(".") }) {
                #expect(Reader.list(label.dropFirst(), by: explode ? "." : ",") == items)
            }
        }
        let matrix = try Self.segment(.path("v", .matrix, explode: true), list)
        #expect(Reader.list(matrix.dropFirst(), by: ";").map { String($0.dropFirst(2)) } == items)
        let joined = try Self.segment(.path("v", .matrix), list)
        #expect(Reader.list(joined.dropFirst(3), by: ",") == items)
        let object = JSONValue.object(map)
        #expect(Reader.map(Reader.list(try Self.segment(.path("v", .simple), object), by: ",")) == expected)
        let exploded = try Self.segment(.path("v", .simple, explode: true), object)
        #expect(Reader.map(pairs: exploded.components(by: ",")) == expected)
        let named = try Self.segment(.path("v", .matrix, explode: true), object)
        #expect(Reader.map(pairs: named.dropFirst().components(by: ";")) == expected)
    }

    @Test(arguments: 0..<40)
    func `query values come back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let items = Self.texts(&random)
        let list = JSONValue(items)
        let exploded = Reader.pairs(try Self.make(.query("v"), list).query)
        #expect(exploded.allSatisfy { $0.0 == "v" })
        #expect(exploded.map { Reader.unescaped($0.1) } == items)
        let joined = try #require(Reader.pairs(try Self.make(.query("v", explode: false), list).query).first)
        #expect(Reader.list(joined.1, by: ",") == items)
        for (style, separator) in [(Style.spaceDelimited, " "), (.pipeDelimited, "|"), (.tabDelimited, "\t")] {
            let clean = items.map { $0.replacing(separator, with: "") }
            let written = try Self.make(.query("v", style, explode: false), JSONValue(clean)).query
            let pair = try #require(Reader.pairs(written).first)
            #expect(Reader.unescaped(pair.1).components(by: separator) == clean)
        }
        let map = JSONObject(items.map { ("k\($0)", .string($0)) })
        let expected = map.reduce(into: [String: String]()) { $0[$1.key] = $1.value.string }
        let members = Reader.pairs(try Self.make(.query("v"), .object(map)).query)
        #expect(members.reduce(into: [:]) { $0[$1.0] = Reader.unescaped($1.1) } == expected)
        let deep = Reader.pairs(try Self.make(.query("v", .deepObject), .object(map)).query)
        #expect(
            deep.reduce(into: [:]) { $0[String($1.0.dropFirst(2).dropLast())] = Reader.unescaped($1.1) } == expected
        )
        let content = Reader.pairs(try Self.make(.query("v", contentType: "application/json"), .object(map)).query)
        #expect(try JSONValue(parsing: Reader.unescaped(try #require(content.first).1)) == .object(map))
        var whole = CallRecipe.Parameter.query("v", contentType: "application/x-www-form-urlencoded")
        whole.location = .querystring
        let form = Reader.pairs(try Self.make(whole, .object(map)).query)
        #expect(form.reduce(into: [:]) { $0[$1.0] = Reader.unescaped($1.1) } == expected)
    }

    @Test(arguments: 0..<40)
    func `headers and cookies come back`(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let items = (0..<3).map { _ in "t" + random.text(upTo: 8, without: ",%\r\n\u{0} \t") }
        let header = try #require(try Self.make(.header("v"), JSONValue(items)).header("v"))
        #expect(Reader.list(header, by: ",") == items)
        let texts = Self.texts(&random)
        let cookie = try #require(try Self.make(.cookie("v"), JSONValue(texts)).header("Cookie"))
        #expect(cookie.components(by: "; ").map { Reader.unescaped($0.dropFirst(2)) } == texts)
        let form = Reader.pairs(
            try makeRequest(
                bodyRecipe("application/x-www-form-urlencoded"),
                JSONValue.object(["body": ["v": JSONValue(texts)]]).text
            ).text
        )
        #expect(form.map { Reader.unescaped($0.1) } == texts)
    }
}
