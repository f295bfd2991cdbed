import Projects
import Testing

/// Prompts are Mustache, with values that go in as they are.
struct PromptTemplateTests {
    private let who = PromptTemplate.Argument(name: "who", description: "", isRequired: true)
    private let tone = PromptTemplate.Argument(name: "tone", description: "", isRequired: false)

    @Test func `values go in without HTML escaping`() throws {
        let prompt = template("Ask {{who}} & tell <all>: {{{who}}}", arguments: [who])
        #expect(
            try prompt.render(["who": #"<b>"O'Neil" & {{tone}}</b>"#])
                == #"Ask <b>"O'Neil" & {{tone}}</b> & tell <all>: <b>"O'Neil" & {{tone}}</b>"#
        )
    }

    @Test func `a section shows only where its argument is given`() throws {
        let prompt = template("Hi {{who}}{{#tone}}, be {{tone}}{{/tone}}{{^tone}}!{{/tone}}", arguments: [who, tone])
        #expect(try prompt.render(["who": "Ann", "tone": "kind"]) == "Hi Ann, be kind")
        #expect(try prompt.render(["who": "Ann"]) == "Hi Ann!")
    }

    @Test func `lines and spaces of the template stay`() throws {
        #expect(try template("a\n\n  b {{who}}\n", arguments: [who]).render(["who": "x"]) == "a\n\n  b x\n")
    }

    @Test func `a missing argument is named`() {
        #expect(throws: PromptFailure.missingArgument("who")) {
            try template("Hi {{who}}", arguments: [tone, who]).render(["tone": "kind"])
        }
    }

    @Test func `an unknown argument is named`() {
        #expect(throws: PromptFailure.unknownArgument("whom")) {
            try template("Hi {{who}}", arguments: [who]).render(["who": "Ann", "whom": "Bob"])
        }
    }

    @Test(arguments: ["Hi {{who", "{{#a}}x", "{{/a}}", "{{#a}}{{/b}}"])
    func `a broken template is refused before it is stored`(text: String) {
        let failure = #expect(throws: PromptFailure.self) { try template(text).check() }
        guard case .template(let message)? = failure else {
            Issue.record("\(String(describing: failure)) is not about the template")
            return
        }
        #expect(message.contains("line 1"))
    }

    @Test func `a sound template is accepted`() throws {
        try template("Hi {{who}}{{! a comment }}").check()
    }

    @Test(arguments: [
        ("{{topic}} {{ who }} {{{raw}}} {{&plain}}", ["who", "raw", "plain"]),
        ("{{#part}}{{.}}{{/part}}{{^none}}{{topic}}{{/none}}", ["part", "none"]),
        ("{{! a comment }}{{>partial}}{{who}}{{who}}", ["who"]), ("{{lowercased(who)}} {{topic.length}}", ["who"]),
        ("no tag, {one} brace }}", []), ("{{open", []),
    ])
    func `names that are used and not declared are told`(_ text: String, _ expected: [String]) {
        let topic = PromptTemplate.Argument(name: "topic", description: "", isRequired: true)
        let content = PromptTemplate.Content(name: "x", description: "", arguments: [topic], template: text)
        #expect(content.undeclaredNames == expected)
    }
}
