import JSON
import JSONSchema
import Testing

/// What a comparison says of values, held against the validator.
struct ComparisonSoundnessTests {
    @Test(arguments: 0..<8)
    func `where nothing narrows or widens, values stay what they are`(part: Int) throws {
        var shown = [0, 0]
        for number in 0..<500 {
            let seed = UInt64(part * 10_000 + number)
            var generator = SeededGenerator(seed: seed)
            let old = generator.document()
            var new = old
            if generator.chance(5) {
                new = generator.document()
            } else {
                for _ in 0...Int.random(in: 0...2, using: &generator) { new = generator.changed(new) }
            }
            guard let before = try? CompiledSchema(old), let after = try? CompiledSchema(new) else { continue }
            let comparison = SchemaComparison(from: old, to: new)
            let effect = comparison.effect
            let free = comparison.freeNames
            for _ in 0..<60 where effect != .both {
                let value = generator.value()
                let (isOld, isNew) = (before.isValid(value), after.isValid(value))
                if !effect.contains(.narrows), isOld {
                    shown[0] += 1
                    #expect(isNew || value.mentions(free), "seed \(seed): \(old) to \(new) refuses \(value)")
                }
                if !effect.contains(.widens), isNew {
                    shown[1] += 1
                    #expect(isOld, "seed \(seed): \(old) to \(new) allows \(value)")
                }
            }
        }
        #expect(shown.allSatisfy { $0 > 500 }, "\(shown)")
    }

    @Test func `enough comparisons can be decided for the rest to mean something`() {
        var decided = 0
        for seed in UInt64(0)..<500 {
            var generator = SeededGenerator(seed: seed)
            let old = generator.document()
            let new = generator.changed(old)
            let effect = SchemaComparison(from: old, to: new).effect
            if effect == .narrows || effect == .widens { decided += 1 }
        }
        #expect(decided > 100, "\(decided)")
    }
}

extension SchemaComparison {
    /// The names that the new schema speaks of and the old one left open.
    fileprivate var freeNames: Set<String> {
        Set(differences.filter { $0.kind == .propertyAdded && $0.effect.isEmpty }.compactMap(\.pointer.tokens.last))
    }
}

extension JSONValue {
    /// Whether any object in the value has one of some names.
    fileprivate func mentions(_ names: Set<String>) -> Bool {
        switch self {
        case .array(let items): items.contains { $0.mentions(names) }
        case .object(let object): object.contains { names.contains($0.key) || $0.value.mentions(names) }
        default: false
        }
    }
}
