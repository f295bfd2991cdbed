import Synchronization

/// The identity of one `Entity`: a UUID of version 7 (RFC 9562), so that ids rise with the time they were made.
package struct ID<Entity>: Sendable, Hashable {
    /// Lower-case, with hyphens.
    package let text: String

    /// An id from its text, or nothing where that is no UUID.
    package init?(_ text: String) {
        let lower = text.lowercased()
        guard UUIDText.isValid(lower) else { return nil }
        self.text = lower
    }

    /// An id that nothing else has, greater than every id this process made before.
    package static func make() -> ID {
        ID(validated: UUIDv7.next())
    }

    private init(validated text: String) {
        self.text = text
    }
}

extension ID: CustomStringConvertible {
    package var description: String { text }
}

extension ID: Comparable {
    package static func < (left: ID, right: ID) -> Bool { left.text < right.text }
}

private enum UUIDText {
    static func isValid(_ text: String) -> Bool {
        let utf8 = Array(text.utf8)
        return utf8.count == 36
            && utf8.enumerated().allSatisfy { position, byte in
                switch position {
                case 8, 13, 18, 23: byte == UInt8(ascii: "-")
                default: (0x30...0x39).contains(byte) || (0x61...0x66).contains(byte)
                }
            }
    }
}

/// Makes UUIDs of version 7: 48 bits of milliseconds, a 12-bit counter within the millisecond, 62 random bits.
private enum UUIDv7 {
    private struct State {
        var millisecond: UInt64 = 0
        var counter: UInt64 = 0
    }

    private static let state = Mutex(State())

    static func next() -> String {
        let now = UInt64(Timestamp.now().milliseconds)
        let (millisecond, counter) = state.withLock { state in
            if now > state.millisecond {
                state.millisecond = now
                state.counter = UInt64.random(in: 0..<1024)
            } else if state.counter < 4095 {
                state.counter += 1
            } else {
                state.millisecond += 1
                state.counter = 0
            }
            return (state.millisecond, state.counter)
        }
        let high = millisecond << 16 | 0x7000 | counter
        let low = UInt64.random(in: 0...UInt64.max) & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        return hyphenated(high, low)
    }

    private static func hyphenated(_ high: UInt64, _ low: UInt64) -> String {
        let digits = Array("0123456789abcdef".utf8)
        var text: [UInt8] = []
        text.reserveCapacity(36)
        for position in 0..<32 {
            if [8, 12, 16, 20].contains(position) { text.append(UInt8(ascii: "-")) }
            let half = position < 16 ? high : low
            text.append(digits[Int(half >> UInt64(60 - (position % 16) * 4) & 15)])
        }
        return String(decoding: text, as: UTF8.self)
    }
}
