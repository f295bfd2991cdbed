/// Values with weights, of which those stay that were used last: up to twice a capacity.
package struct RecentValues<Key: Hashable & Sendable, Value: Sendable>: Sendable {
    private let capacity: Int
    private var recent: [Key: (value: Value, weight: Int)] = [:]
    private var former: [Key: (value: Value, weight: Int)] = [:]
    private var weight = 0

    /// `capacity` is how much may weigh what was used last.
    package init(capacity: Int) {
        self.capacity = capacity
    }

    /// The value of a key, which is used by that.
    package subscript(key: Key) -> Value? {
        mutating get {
            if let found = recent[key] { return found.value }
            guard let found = former.removeValue(forKey: key) else { return nil }
            keep(found.value, for: key, weight: found.weight)
            return found.value
        }
    }

    /// Keeps a value; one that is heavier than all may be together is not kept.
    package mutating func keep(_ value: Value, for key: Key, weight: Int) {
        guard weight <= capacity else { return }
        if self.weight + weight > capacity {
            former = recent
            recent = [:]
            self.weight = 0
        }
        if let replaced = recent.updateValue((value, weight), forKey: key) { self.weight -= replaced.weight }
        self.weight += weight
    }
}
