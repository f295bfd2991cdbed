import JSON
import JSONSchema
import Testing

/// Patterns mean what they mean in ECMAScript with the flag `u`.
struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        let compiled = try CompiledSchema(["pattern": .string(pattern)])
        #expect(compiled.warnings.isEmpty)
        return compiled.isValid(.string(text))
    }

    @Test(arguments: [
        ("", ""), ("a", "xay"), ("^a$", "a"), ("a|b", "b"), ("^(a|b)*$", "abba"), ("^a{2}$", "aa"), ("^a{2,}$", "aaaa"),
        ("^a{0,1}$", ""), ("^a+?b??$", "aa"), ("^[a-c]+$", "abc"), ("^[^a-c]+$", "xyz"), ("^[\\]\\-a]+$", "]-a"),
        ("^[a-]+$", "a-"), ("^[-a]+$", "-a"), ("^[\\w-]+$", "a-b_1"), ("^[\\w-.]+$", "a-.b"), ("^.$", "😀"),
        ("^\\u{1F600}$", "😀"), ("^\\ud83d\\ude00$", "😀"), ("^\\x41\\u0042$", "AB"), ("^\\/\\.$", "/."),
        ("\\bcat\\b", "a cat!"), ("a\\Bb", "ab"), ("^\\p{Lu}\\p{L}+$", "Éa"), ("^\\P{Lu}$", "a"),
        ("^\\p{General_Category=Decimal_Number}$", "٣"), ("^\\s$", "\u{FEFF}"), ("^\\d+$", "123"),
        ("^[\\d\\s]+$", "1 2"),
        ("^(?=.*\\d)(?=.*[a-z]).{4,}$", "ab1c"), ("^(?!foo)", "bar"), ("(?<=\\$)\\d+", "a $5"),
        ("(?<!\\$)\\b\\d", "a 5"),
        ("^(?<year>\\d{4})$", "2020"), ("^(?:a|b)$", "a"), ("^\\cJ$", "\n"), ("^[\\b]$", "\u{8}"), ("{", "{"),
        ("^a{,2}$", "a{,2}"), ("^[[a]$", "["), ("^[&&~]$", "&"), ("^(?=(?!b)a)a$", "a"), ("^(|a)+$", "aaa"),
        ("^e\u{301}$", "e\u{301}"), ("x*", ""), ("^(a*)*$", "aaa"), ("[]|a", "a"), ("^[^]$", "\n"),
    ])
    func `matches`(pattern: String, text: String) throws {
        #expect(try matches(pattern, text))
    }

    @Test(arguments: [
        ("a", "b"), ("^a$", "a\n"), ("^a$", "b\na"), ("^.$", "\n"), ("^.$", "\u{2028}"), ("^\\d$", "٣"), ("^\\w$", "é"),
        ("^a{2}$", "aaa"), ("^[^a]$", "a"), ("\\bcat\\b", "concat"), ("^(?=.*\\d).{4,}$", "abcd"),
        ("^(?!foo)", "foobar"),
        ("(?<=\\$)\\d", "5"), ("(?<!\\$)\\b\\d", "$5"), ("^\\u00e9$", "e\u{301}"), ("[]", "a"), ("^A$", "a"),
        ("^(?=a)b", "ab"), ("^.$", "e\u{301}"), ("^\\p{Lu}$", "a"),
    ])
    func `does not match`(pattern: String, text: String) throws {
        #expect(try !matches(pattern, text))
    }

    @Test(arguments: [
        "(", ")", "[", "a**", "*", "(?i)a", "(?P<n>a)", "(a)\\1", "\\k<n>", "\\a", "\\Z", "\\p{Nothing}",
        "\\p{Script=Greek}",
        "[b-a]", "a{2,1}", "a{99999}", "\\u12", "\\u{110000}", "\\", "[\\", "\\ud83d\\u0041",
    ])
    func `what is not supported is left out with a warning`(pattern: String) throws {
        let compiled = try CompiledSchema(["pattern": .string(pattern)])
        #expect(compiled.warnings.count == 1)
        #expect(compiled.isValid("anything"))
    }
}
