import Accounts
import Testing
import Vocabulary

struct MemberTests {
    @Test(arguments: ["Ada", "Ada  Lovelace ", "عائشة", "Ömer (Ops)"])
    func `names that people have are taken, with single spaces`(_ name: String) throws {
        #expect(try !Member.checkedName(name).contains("  "))
    }

    @Test(arguments: ["", "  ", "system", "System", "key:ci", "KEY: ci", "a\u{7}b", String(repeating: "a", count: 81)])
    func `names that could be taken for something else are refused`(_ name: String) {
        let problem = #expect(throws: Problem.self) { try Member.checkedName(name) }
        #expect(problem?.errors.map(\.pointer) == ["/name"])
    }

    @Test(arguments: [("Ada@Example.com ", "ada@example.com"), ("a@b", "a@b")])
    func `e-mail is kept in lower case`(_ text: String, _ expected: String) throws {
        #expect(try Member.checkedEmail(text) == expected)
    }

    @Test(arguments: ["", "ada", "@example.com", "ada@", "a@b@c"])
    func `what is no e-mail is refused`(_ text: String) {
        #expect(throws: Problem.self) { try Member.checkedEmail(text) }
    }
}
