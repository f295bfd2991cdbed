import Foundation

/// The fields of a form, in the order in which they were sent; a name may stand there several times.
struct FormFields: Sendable {
    private let fields: [(name: String, value: String)]

    static let empty = FormFields([])

    init(_ fields: [(name: String, value: String)]) {
        self.fields = fields
    }

    /// Reads `application/x-www-form-urlencoded` (URL Standard, section 5.1). Line ends of text areas become `\n`.
    init(urlEncoded text: String) {
        fields = text.split(separator: "&").map { pair in
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            return (Self.decoded(parts[0]), parts.count > 1 ? Self.decoded(parts[1]) : "")
        }
    }

    /// The first value of that name; none where it was not sent.
    subscript(name: String) -> String? {
        fields.first { $0.name == name }?.value
    }

    /// The value without spaces around it; none where it is empty or was not sent.
    func text(_ name: String) -> String? {
        let text = self[name]?.trimmingCharacters(in: .whitespacesAndNewlines)
        return text?.isEmpty == false ? text : nil
    }

    /// A place in a list, or a count: what an address says of it, kept from 0 to 1,000,000, so that whatever somebody types
    /// can be reckoned with. None where it is no number, or was not sent.
    func position(_ name: String) -> Int? {
        text(name).flatMap { Int($0) }.map { min(max($0, 0), 1_000_000) }
    }

    /// Every value of that name.
    func all(_ name: String) -> [String] {
        fields.filter { $0.name == name }.map(\.value)
    }

    /// Whether a box was ticked, or a button with that name pressed.
    func has(_ name: String) -> Bool {
        fields.contains { $0.name == name }
    }

    /// Names and values whose name begins with the prefix, without it.
    func under(_ prefix: String) -> [(name: String, value: String)] {
        fields.filter { $0.name.hasPrefix(prefix) }.map { (String($0.name.dropFirst(prefix.count)), $0.value) }
    }

    private static func decoded(_ text: Substring) -> String {
        let spaced = String(text.map { $0 == "+" ? " " : $0 })
        return (spaced.removingPercentEncoding ?? spaced).replacing("\r\n", with: "\n")
    }
}
