import JSON
import Tools

/// A value as the styles of parameters see it. What is nested deeper is written as JSON, since no style has a place
/// for it.
enum ParameterValue {
    case text(String)
    case list([String])
    case map([(key: String, text: String)])

    /// Nothing for `null`, which is left out; so are the `null`s inside lists and maps.
    init?(_ value: JSONValue) {
        switch value {
        case .null: return nil
        case .array(let items): self = .list(items.compactMap(Self.text))
        case .object(let object):
            self = .map(object.compactMap { member in Self.text(member.value).map { (member.key, $0) } })
        default: self = .text(Self.text(value) ?? "")
        }
    }

    private static func text(_ value: JSONValue) -> String? {
        switch value {
        case .null: nil
        case .string(let text): text
        default: value.text
        }
    }

    var isText: Bool { if case .text = self { true } else { false } }

    /// Every text that came from the caller.
    var texts: [String] {
        switch self {
        case .text(let text): [text]
        case .list(let items): items
        case .map(let members): members.flatMap { [$0.key, $0.text] }
        }
    }

    /// The same value with each text turned into another.
    func mapTexts(_ transform: (String) -> String) -> ParameterValue {
        switch self {
        case .text(let text): .text(transform(text))
        case .list(let items): .list(items.map(transform))
        case .map(let members): .map(members.map { (transform($0.key), transform($0.text)) })
        }
    }
}

extension CallRecipe.Parameter {
    /// What stands in a path or a header for a value whose texts are encoded already (RFC 6570, sections 3.2.2, 3.2.5
    /// and 3.2.7).
    func joined(_ value: ParameterValue) -> String {
        switch style {
        case .label: "." + parts(of: value).joined(separator: explode ? "." : ",")
        case .matrix: matrix(value)
        default: parts(of: value).joined(separator: location == .path ? writtenSeparator(.strict) : separator)
        }
    }

    /// What stands between the items of a value that is one pair.
    private var separator: String {
        switch style {
        case .spaceDelimited: " "
        case .pipeDelimited: "|"
        case .tabDelimited: "\t"
        default: ","
        }
    }

    /// A comma stays, as RFC 6570 writes it; what no URL may hold is encoded.
    private func writtenSeparator(_ encoding: PercentEncoding) -> String {
        separator == "," ? separator : encoding.encode(separator)
    }

    private func parts(of value: ParameterValue) -> [String] {
        switch value {
        case .text(let text): [text]
        case .list(let items): items
        case .map(let members):
            explode ? members.map { "\($0.key)=\($0.text)" } : members.flatMap { [$0.key, $0.text] }
        }
    }

    private func matrix(_ value: ParameterValue) -> String {
        let name = PercentEncoding.strict.encode(name)
        switch value {
        case .text(let text): return Self.named(name, text)
        case .list(let items) where explode: return items.map { Self.named(name, $0) }.joined()
        case .map(let members) where explode: return members.map { Self.named($0.key, $0.text) }.joined()
        default: return ";\(name)=" + parts(of: value).joined(separator: ",")
        }
    }

    /// RFC 6570, section 3.2.7: an empty value has no `=`.
    private static func named(_ name: String, _ text: String) -> String {
        text.isEmpty ? ";\(name)" : ";\(name)=\(text)"
    }

    /// The pairs that a value makes by its style alone, whatever it is.
    func pairs(styled value: JSONValue, encoding: PercentEncoding) -> [QueryPair] {
        if style == .deepObject, case .object(let object) = value { return deepPairs(object, encoding: encoding) }
        return ParameterValue(value).map { pairs($0, encoding: encoding) } ?? []
    }

    /// The pairs that stand in a query or a cookie; an empty list or map is left out (RFC 6570, section 3.2.8).
    func pairs(_ value: ParameterValue, encoding: PercentEncoding) -> [QueryPair] {
        func pair(_ key: String, _ text: String) -> QueryPair { QueryPair(key, encoding.encode(text)) }
        switch value {
        case .text(let text): return [pair(name, text)]
        case .list(let items) where items.isEmpty: return []
        case .map(let members) where members.isEmpty: return []
        case .list(let items) where explode || style == .deepObject: return items.map { pair(name, $0) }
        case .map(let members) where style == .deepObject: return members.map { pair("\(name)[\($0.key)]", $0.text) }
        case .map(let members) where explode: return members.map { pair($0.key, $0.text) }
        default:
            let texts = parts(of: value.mapTexts(encoding.encode))
            return [QueryPair(name, texts.joined(separator: writtenSeparator(encoding)))]
        }
    }

    /// `filter[size][min]=3`: how servers that read `deepObject` read what is nested in it.
    func deepPairs(_ object: JSONObject, encoding: PercentEncoding, under prefix: String? = nil) -> [QueryPair] {
        object.flatMap { member -> [QueryPair] in
            let key = "\(prefix ?? name)[\(member.key)]"
            switch member.value {
            case .object(let inner): return deepPairs(inner, encoding: encoding, under: key)
            case .array(let items):
                return items.compactMap { ParameterValue.scalar($0) }.map { QueryPair(key, encoding.encode($0)) }
            default: return ParameterValue.scalar(member.value).map { [QueryPair(key, encoding.encode($0))] } ?? []
            }
        }
    }
}

extension ParameterValue {
    /// The text of one item; nothing for `null`.
    static func scalar(_ value: JSONValue) -> String? { text(value) }
}

/// A pair of a query, a form or a cookie.
struct QueryPair {
    /// As it is, not encoded: it is what credentials are compared with.
    let name: String
    /// Encoded.
    let text: String

    init(_ name: String, _ text: String) {
        self.name = name
        self.text = text
    }

    var encoded: String { "\(PercentEncoding.strict.encode(name))=\(text)" }
}
