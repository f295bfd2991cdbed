/// Characters that a person does not see and a model reads.
enum HiddenCharacters {
    /// The code points of a text that nobody sees and that no script or emoji needs where they stand, each once, in
    /// order: `U+200B`.
    static func found(in text: String) -> [String] {
        guard !text.utf8.allSatisfy({ (0x20..<0x7F).contains($0) || $0 == 0x0A || $0 == 0x09 }) else { return [] }
        let scalars = Array(text.unicodeScalars)
        let isRightToLeft = scalars.contains { isRightToLeftLetter($0) }
        var found: [String] = []
        var seen: Set<Unicode.Scalar> = []
        var position = 0
        while position < scalars.count {
            if let flag = flagLength(at: position, in: scalars) {
                position += flag
                continue
            }
            let scalar = scalars[position]
            if isHidden(scalar), !isNeeded(at: position, in: scalars, isRightToLeft), seen.insert(scalar).inserted {
                let digits = String(scalar.value, radix: 16, uppercase: true)
                found.append("U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
            }
            position += 1
        }
        return found
    }

    /// The text without them.
    static func removed(from text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !isHidden($0) }))
    }

    /// Controls but for tab and line ends, joiners, marks and overrides of direction, fillers, the block of tags, and
    /// selectors of variants.
    static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D, 0x85: false
        case 0x00..<0x20, 0x7F..<0xA0, 0xAD, 0x034F, 0x061C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B...0x180F,
            0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0,
            0xFFF9...0xFFFB, 0x1BCA0...0x1BCA3, 0x1D173...0x1D17A, 0xE0000...0xE0FFF:
            true
        default: false
        }
    }

    /// Joiners inside words and emoji, marks in text that runs from right to left, and one selector behind a character
    /// that has variants.
    private static func isNeeded(at position: Int, in scalars: [Unicode.Scalar], _ isRightToLeft: Bool) -> Bool {
        let before = position > 0 ? scalars[position - 1] : nil
        let after = position + 1 < scalars.count ? scalars[position + 1] : nil
        switch scalars[position].value {
        case 0x200C, 0x200D:
            guard let before, let after else { return false }
            let isInWord = joinsLetters(before) && joinsLetters(after)
            return isInWord || isPictographic(before) && isPictographic(after)
        case 0x200E, 0x200F, 0x061C: return isRightToLeft
        case 0xFE0E, 0xFE0F: return before.map { isPictographic($0) || isKeycap($0, after) } ?? false
        case 0xE0100...0xE01EF: return before?.properties.isIdeographic ?? false
        case 0xFE00...0xFE02: return before.map { $0.properties.isIdeographic || $0.properties.isMath } ?? false
        default: return false
        }
    }

    /// The number of code points of a flag of a region, such as that of Scotland, which are tags behind a black flag.
    private static func flagLength(at position: Int, in scalars: [Unicode.Scalar]) -> Int? {
        guard scalars[position].value == 0x1F3F4 else { return nil }
        let tags = scalars[(position + 1)...].prefix(8)
        guard let end = tags.firstIndex(where: { $0.value == 0xE007F }), end > position + 3 else { return nil }
        let isRegion = scalars[(position + 1)..<end].allSatisfy {
            (0xE0061...0xE007A).contains($0.value) || (0xE0030...0xE0039).contains($0.value)
        }
        return isRegion ? end - position + 1 : nil
    }

    private static func isPictographic(_ scalar: Unicode.Scalar) -> Bool {
        (scalar.properties.isEmoji && scalar.value > 0xFF) || scalar.properties.isEmojiModifier
            || scalar.value == 0xFE0F || scalar.value == 0xA9 || scalar.value == 0xAE
    }

    /// `1️⃣` is a digit, a selector and a frame.
    private static func isKeycap(_ scalar: Unicode.Scalar, _ after: Unicode.Scalar?) -> Bool {
        after?.value == 0x20E3 && ((0x30...0x39).contains(scalar.value) || scalar == "#" || scalar == "*")
    }

    /// Letters of scripts whose letters join, or of which joiners are a part: Arabic, Syriac, those of India, Mongolian.
    private static func joinsLetters(_ scalar: Unicode.Scalar) -> Bool {
        (0x0600..<0x0E00).contains(scalar.value) || (0x1800..<0x18B0).contains(scalar.value)
            || (0xFB50..<0xFE00).contains(scalar.value) || (0xFE70..<0xFEFF).contains(scalar.value)
    }

    private static func isRightToLeftLetter(_ scalar: Unicode.Scalar) -> Bool {
        (0x05D0..<0x0800).contains(scalar.value) || (0xFB1D..<0xFE00).contains(scalar.value)
    }
}
