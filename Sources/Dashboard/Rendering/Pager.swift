/// Which part of a long list is shown, with links to the parts beside it. The part `parts/pager` shows it.
struct Pager: Sendable {
    /// `51 to 100 of 507`
    let text: String
    let previous: String
    let next: String

    /// How many items a page shows.
    static let size = 50

    /// `address` answers the address of a page by its number, which begins at 1.
    init(page: Int, total: Int, address: (Int) -> String) {
        let last = max(1, (total + Self.size - 1) / Self.size)
        let page = min(max(page, 1), last)
        let start = (page - 1) * Self.size
        let end = min(total, start + Self.size)
        text = total > Self.size ? "\(Count.number(start + 1)) to \(Count.number(end)) of \(Count.number(total))" : ""
        previous = page > 1 ? address(page - 1) : ""
        next = page < last ? address(page + 1) : ""
    }
}
