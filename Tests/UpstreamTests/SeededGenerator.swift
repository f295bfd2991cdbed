/// Random numbers that are the same in each run (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }

    /// Text of letters, of what delimits values somewhere, of controls and of what lies beyond ASCII.
    mutating func text(upTo length: Int, without left: String = "") -> String {
        let pool = Array("abcXYZ019 ,;=&?#/%+[]{}|.\"'\\<>:@!$()*-_~\t\r\n\u{0}é日😀".unicodeScalars)
            .filter { !left.unicodeScalars.contains($0) }
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0...length, using: &self) { text.append(pool.randomElement(using: &self) ?? "a") }
        return String(text)
    }
}
