import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `What is said beside fields` {
    private func text(_ messages: String..., pointer: String = "/name") -> String {
        let problem = Problem(.invalid, "No.", errors: messages.map { .init(pointer: pointer, message: $0) })
        return FieldSentence.text(of: problem, field: "name")
    }

    @Test func `names no field, no call and no pattern`() {
        #expect(text("name must have at least 1 character, not 0") == "Fill this in.")
        #expect(text("name must have at most 200 characters, not 300") == "It is too long: at most 200 characters.")
        #expect(text("name must have at least 8 characters, not 3") == "It is too short: at least 8 characters.")
        #expect(
            text(#"name must match the pattern "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", but "A" does not"#) == ShortName.rule
        )
        #expect(text(#"name must match the pattern "^x$", but "A" does not"#) == "It is not written as it must be.")
        #expect(text("taken") == "It is taken already; choose another one.")
        #expect(text("must be a type like image/png") == "Must be a type like image/png.")
        #expect(text("Done?") == "Done?")
        #expect(text("there is one; choose another slug.") == "There is one; choose another short name.")
    }

    @Test func `says of an empty field one thing`() {
        let pattern = #"name must match the pattern "^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", but "" does not"#
        #expect(text(pattern, "name must have at least 1 character, not 0") == "Fill this in.")
        #expect(text(#"missing required property "name""#, pointer: "") == "Fill this in.")
        #expect(text(#"missing required property "other""#, pointer: "").isEmpty)
        #expect(text("taken", pointer: "/other").isEmpty)
    }

    @Test(arguments: [
        (
            "There is no environment \"x\" in the project; environments.list names those there are.",
            "There is no environment \"x\" in the project."
        ),
        ("The input of keys.create is not right: unknown field \"x\".", "Something is not right: unknown field \"x\"."),
        ("It is in use; give it up first.", "It is in use; give it up first."),
    ])
    func `a message names no calls`(_ message: String, _ expected: String) {
        #expect(Problem(.invalid, message).pageMessage == expected)
    }

    @Test func `a short name is what was typed, else made of the name`() throws {
        func made(_ form: String, _ name: String?) throws -> String {
            try ShortName.text(of: FormFields(urlEncoded: form), from: name)
        }
        #expect(try made("slug=own", "Town library") == "own")
        #expect(try made("slug=", "Town library (v2)") == "town-library-v2")
        for (form, name) in [("slug=Bad!", "Name"), ("slug=", "مكتبة"), ("slug=", "")] {
            let problem = #expect(throws: Problem.self) { try made(form, name) }
            #expect(problem?.errors.map(\.pointer) == ["/slug"])
        }
        let taken = Problem(.nameTaken, "Taken.", errors: [.init(pointer: "/slug", message: "taken")])
        let field = FormField.shortName(
            of: FormFields(urlEncoded: "slug=&name=Town+library"),
            from: ("name", "name"),
            problem: taken
        )
        #expect(field.value == "town-library" && field.error == FieldSentence.taken)
    }

    @Test(arguments: [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567"), (-1000, "-1,000")])
    func `counts are grouped by thousands`(_ count: Int, _ text: String) {
        #expect(Count.number(count) == text)
    }
}
