/// How bad a change is for callers.
package enum ChangeLevel: String, Sendable, CaseIterable {
    /// What was valid before goes on as it was.
    case safe
    /// Still valid, but choice, result or cost may differ, or it cannot be decided.
    case risky
    /// A call or an approval that was valid before may now fail, do something else, or cover more.
    case breaking
}

extension ChangeLevel: Comparable {
    package static func < (left: ChangeLevel, right: ChangeLevel) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .safe: 0
        case .risky: 1
        case .breaking: 2
        }
    }
}

/// How many changes there are of each level.
package struct Verdicts: Sendable, Hashable {
    package var breaking: Int
    package var risky: Int
    package var safe: Int

    package init(breaking: Int = 0, risky: Int = 0, safe: Int = 0) {
        self.breaking = breaking
        self.risky = risky
        self.safe = safe
    }

    /// The worst level that occurs; none where nothing changed.
    package var worst: ChangeLevel? {
        breaking > 0 ? .breaking : risky > 0 ? .risky : safe > 0 ? .safe : nil
    }
}
