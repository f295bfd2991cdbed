/// A set of code points: a character class of a pattern.
struct ScalarSet: Sendable {
    var items: [Item] = []
    var isNegated = false

    indirect enum Item: Sendable {
        case range(ClosedRange<UInt32>)
        case set(ScalarSet)
        case category(Set<Unicode.GeneralCategory>)
        case property(@Sendable (Unicode.Scalar) -> Bool)
    }

    func contains(_ value: UInt32) -> Bool {
        items.contains { item in
            switch item {
            case .range(let range): return range.contains(value)
            case .set(let set): return set.contains(value)
            case .category(let categories):
                guard let scalar = Unicode.Scalar(value) else { return false }
                return categories.contains(scalar.properties.generalCategory)
            case .property(let holds): return Unicode.Scalar(value).map(holds) ?? false
            }
        } != isNegated
    }

    var negated: ScalarSet { ScalarSet(items: items, isNegated: !isNegated) }

    static func one(_ value: UInt32) -> ScalarSet { ScalarSet(items: [.range(value...value)]) }

    private static func ranges(_ ranges: ClosedRange<UInt32>...) -> ScalarSet {
        ScalarSet(items: ranges.map(Item.range))
    }

    /// `\d`.
    static let digit = ranges(0x30...0x39)
    /// `\w`.
    static let word = ranges(0x30...0x39, 0x41...0x5A, 0x5F...0x5F, 0x61...0x7A)
    /// `\s`: white space and line ends of ECMAScript (ECMA-262, sections 12.2 and 12.3).
    static let space = ranges(
        0x09...0x0D,
        0x20...0x20,
        0xA0...0xA0,
        0x1680...0x1680,
        0x2000...0x200A,
        0x2028...0x2029,
        0x202F...0x202F,
        0x205F...0x205F,
        0x3000...0x3000,
        0xFEFF...0xFEFF
    )
    /// `.`: all but the line ends of ECMAScript.
    static let dot = ranges(0x0A...0x0A, 0x0D...0x0D, 0x2028...0x2029).negated
}

/// A set with its answers for ASCII worked out.
struct CompactScalarSet: Sendable {
    private let set: ScalarSet
    private let ascii: UInt128

    init(_ set: ScalarSet) {
        self.set = set
        ascii = (0..<128).reduce(0) { set.contains($1) ? $0 | 1 << UInt128($1) : $0 }
    }

    func contains(_ value: UInt32) -> Bool {
        value < 128 ? ascii >> UInt128(value) & 1 == 1 : set.contains(value)
    }
}

extension ScalarSet {
    /// The set of `\p{…}`, where the standard library knows the property.
    ///
    /// It knows general categories and the binary properties below, but no scripts.
    init?(property text: String) {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        if parts.count == 2 {
            guard ["General_Category", "gc"].contains(parts[0]), let set = Self.categories(parts[1]) else { return nil }
            self = set
        } else if let set = Self.categories(text) ?? Self.binary(text) {
            self = set
        } else {
            return nil
        }
    }

    private static func categories(_ name: String) -> ScalarSet? {
        let found = categoryNames.filter { [$0.short, $0.long, $0.group].contains(name) }.map(\.category)
        if !found.isEmpty { return ScalarSet(items: [.category(Set(found))]) }
        guard let group = groupNames[name] else { return nil }
        return categories(group)
    }

    private static func binary(_ name: String) -> ScalarSet? {
        switch name {
        case "Any": ScalarSet(items: [.range(0...0x10FFFF)])
        case "ASCII": ScalarSet(items: [.range(0...0x7F)])
        case "Alphabetic", "Alpha": ScalarSet(items: [.property { $0.properties.isAlphabetic }])
        case "Lowercase", "Lower": ScalarSet(items: [.property { $0.properties.isLowercase }])
        case "Uppercase", "Upper": ScalarSet(items: [.property { $0.properties.isUppercase }])
        case "White_Space", "space": ScalarSet(items: [.property { $0.properties.isWhitespace }])
        case "Emoji": ScalarSet(items: [.property { $0.properties.isEmoji }])
        case "Emoji_Presentation": ScalarSet(items: [.property { $0.properties.isEmojiPresentation }])
        case "ID_Start", "IDS": ScalarSet(items: [.property { $0.properties.isIDStart }])
        case "ID_Continue", "IDC": ScalarSet(items: [.property { $0.properties.isIDContinue }])
        case "Ideographic", "Ideo": ScalarSet(items: [.property { $0.properties.isIdeographic }])
        default: nil
        }
    }

    private static let groupNames = [
        "Letter": "L", "Mark": "M", "Combining_Mark": "M", "Number": "N", "Punctuation": "P", "punct": "P",
        "Symbol": "S", "Separator": "Z", "Other": "C",
    ]

    private struct CategoryName {
        let short: String
        let long: String
        let category: Unicode.GeneralCategory
        var group: String { String(short.prefix(1)) }

        init(_ short: String, _ long: String, _ category: Unicode.GeneralCategory) {
            self.short = short
            self.long = long
            self.category = category
        }
    }

    private static let categoryNames = [
        CategoryName("Lu", "Uppercase_Letter", .uppercaseLetter),
        CategoryName("Ll", "Lowercase_Letter", .lowercaseLetter),
        CategoryName("Lt", "Titlecase_Letter", .titlecaseLetter),
        CategoryName("Lm", "Modifier_Letter", .modifierLetter),
        CategoryName("Lo", "Other_Letter", .otherLetter),
        CategoryName("Mn", "Nonspacing_Mark", .nonspacingMark),
        CategoryName("Mc", "Spacing_Mark", .spacingMark),
        CategoryName("Me", "Enclosing_Mark", .enclosingMark),
        CategoryName("Nd", "Decimal_Number", .decimalNumber),
        CategoryName("Nd", "digit", .decimalNumber),
        CategoryName("Nl", "Letter_Number", .letterNumber),
        CategoryName("No", "Other_Number", .otherNumber),
        CategoryName("Pc", "Connector_Punctuation", .connectorPunctuation),
        CategoryName("Pd", "Dash_Punctuation", .dashPunctuation),
        CategoryName("Ps", "Open_Punctuation", .openPunctuation),
        CategoryName("Pe", "Close_Punctuation", .closePunctuation),
        CategoryName("Pi", "Initial_Punctuation", .initialPunctuation),
        CategoryName("Pf", "Final_Punctuation", .finalPunctuation),
        CategoryName("Po", "Other_Punctuation", .otherPunctuation),
        CategoryName("Sm", "Math_Symbol", .mathSymbol),
        CategoryName("Sc", "Currency_Symbol", .currencySymbol),
        CategoryName("Sk", "Modifier_Symbol", .modifierSymbol),
        CategoryName("So", "Other_Symbol", .otherSymbol),
        CategoryName("Zs", "Space_Separator", .spaceSeparator),
        CategoryName("Zl", "Line_Separator", .lineSeparator),
        CategoryName("Zp", "Paragraph_Separator", .paragraphSeparator),
        CategoryName("Cc", "Control", .control),
        CategoryName("Cf", "Format", .format),
        CategoryName("Cs", "Surrogate", .surrogate),
        CategoryName("Co", "Private_Use", .privateUse),
        CategoryName("Cn", "Unassigned", .unassigned),
    ]
}
