import JSON
import Vocabulary

/// What callers get as a cursor: a position of a store with a mark of the list it belongs to, so that a text that no
/// list gave, or that another list gave, is refused and not taken for a place to go on from.
enum ListCursor {
    static func sealed(_ position: String, of call: String) -> String {
        "\(mark(position, call))~\(position)"
    }

    /// - Throws: ``Problem`` `invalid`.
    static func opened(_ cursor: String, of call: String) throws -> String {
        let parts = cursor.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == mark(String(parts[1]), call) else { throw Problem.wrongCursor(cursor) }
        return String(parts[1])
    }

    private static func mark(_ position: String, _ call: String) -> String {
        String(Digest(of: "\(call)|\(position)".utf8).hex.prefix(10))
    }
}
