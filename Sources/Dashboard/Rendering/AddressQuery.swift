import Foundation

/// The query of an address, in the order in which it is written.
struct AddressQuery: Sendable {
    private var fields: [(name: String, value: String)]

    /// What is empty is left out.
    init(_ fields: [(name: String, value: String?)]) {
        self.fields = fields.compactMap { field in
            field.value.flatMap { $0.isEmpty ? nil : (field.name, $0) }
        }
    }

    /// `?q=pets&page=2`; empty where there is no field.
    var text: String {
        let pairs = fields.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
        return pairs.isEmpty ? "" : "?\(pairs.joined(separator: "&"))"
    }

    /// A part of an address, with everything encoded that could mean something there.
    static func encoded(_ text: String) -> String {
        text.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
    }

    /// RFC 3986, section 2.3.
    private static let allowed = CharacterSet(
        charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
    )
}
