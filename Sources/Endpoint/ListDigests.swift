import MCP

/// Names what clients see in each list of some content: where two names of a list differ, its clients have to be told.
struct ListDigests: Sendable, Hashable {
    private let names: [ListKind: String]

    init(_ name: (ListKind) -> String) {
        names = Dictionary(uniqueKeysWithValues: ListKind.allCases.map { ($0, name($0)) })
    }

    /// Reads what ``text`` wrote.
    init?(text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == ListKind.allCases.count else { return nil }
        names = Dictionary(uniqueKeysWithValues: zip(ListKind.allCases, parts))
    }

    var text: String { ListKind.allCases.map { names[$0] ?? "" }.joined(separator: ".") }

    /// The lists that are other ones than they were.
    func changes(since former: ListDigests) -> Set<ListKind> {
        Set(ListKind.allCases.filter { names[$0] != former.names[$0] })
    }
}
