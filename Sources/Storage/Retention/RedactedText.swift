import Foundation
import JSON
import Projects

/// The very text that must not be kept, where whoever redacts names it: by it the answer tells what still holds it.
struct RedactedText {
    private let words: String

    init(_ text: String) {
        words = Self.flat(text)
    }

    /// Whether one of some texts has it in it.
    func stands(in texts: [String?]) -> Bool {
        texts.contains { text in
            // By bytes: to Swift's text, what is followed by a mark that joins it is another character.
            text.map { Self.flat($0).utf8.firstRange(of: words.utf8) != nil } ?? false
        }
    }

    /// Whether bytes have it in them: as a string of JSON, however it is escaped there, or as text. Of bytes that are no
    /// text, such as an archive, nobody can say that they do not.
    func stands(in bytes: [UInt8]) -> Bool {
        if let json = try? JSONValue(parsing: bytes) { return stands(in: json.texts) }
        guard let text = String(validating: bytes, as: UTF8.self) else { return true }
        return stands(in: [text])
    }

    /// White space counts as one space: a document may break a line where it is read as one.
    private static func flat(_ text: String) -> String {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).map { String($0) }.joined(separator: " ")
    }
}

extension JSONValue {
    /// Every string in it, names of members among them.
    fileprivate var texts: [String] {
        switch self {
        case .string(let text): [text]
        case .array(let items): items.flatMap(\.texts)
        case .object(let members): members.flatMap { [$0.0] + $0.1.texts }
        case .number, .bool, .null: []
        }
    }
}
