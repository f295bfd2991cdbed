import JSON
import Vocabulary

/// What callers get as a cursor: a position of a store with a mark of the list it belongs to, so that a text that no
/// list gave, or that another list gave, is refused and not taken for a place to go on from.
struct ListCursor {
    /// Which list: the call, the project, and every field but those that choose a part.
    private let list: String

    init(call: String, project: String?, input: JSONObject) {
        let fields = input.filter { $0.key != "cursor" && $0.key != "limit" }.sorted { $0.key < $1.key }
        list = "\(call)|\(project ?? "")|\(JSONValue.object(JSONObject(fields.map { ($0.key, $0.value) })).text)"
    }

    func sealed(_ position: String) -> String {
        "\(mark(position))~\(position)"
    }

    /// - Throws: ``Problem`` `invalid`.
    func opened(_ cursor: String) throws -> String {
        let parts = cursor.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, parts[0] == mark(String(parts[1])) else { throw Problem.wrongCursor(cursor) }
        return String(parts[1])
    }

    private func mark(_ position: String) -> String {
        String(Digest(of: "\(list)|\(position)".utf8).hex.prefix(10))
    }
}
