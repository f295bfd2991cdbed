/// Which of several names somebody may have meant.
enum SpellingDistance {
    /// Longer names, and more of them, are not compared: the work stays small whatever a schema holds.
    private static let longest = 64
    private static let most = 500

    /// The name that is nearest to a text, where one is near: a third of its letters may differ, at most three. Case and
    /// `_`, `-`, `.` and spaces do not count; of two that are as near the first.
    static func nearest(to text: String, among names: some Sequence<String>) -> String? {
        guard let wanted = folded(text) else { return nil }
        let allowed = min(3, wanted.count / 3)
        var best: (name: String, distance: Int)?
        for name in names.prefix(most) {
            guard let letters = folded(name), abs(letters.count - wanted.count) <= allowed else { continue }
            let distance = distance(wanted, letters)
            if distance <= allowed, distance < best?.distance ?? .max { best = (name, distance) }
        }
        return best?.name
    }

    private static func folded(_ text: String) -> [Unicode.Scalar]? {
        guard text.utf8.count <= longest else { return nil }
        let letters = text.lowercased().unicodeScalars.filter { !"_-. ".unicodeScalars.contains($0) }
        return letters.isEmpty ? nil : Array(letters)
    }

    /// How many letters must be added, removed, changed or swapped with their neighbour.
    private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
        var before: [Int] = []
        var last = Array(0...right.count)
        for row in 1...left.count {
            var current = [row]
            for column in 1...right.count {
                let isSame = left[row - 1] == right[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, left[row - 1] == right[column - 2], left[row - 2] == right[column - 1] {
                    cost = min(cost, before[column - 2] + 1)
                }
                current.append(cost)
            }
            before = last
            last = current
        }
        return last[right.count]
    }
}
