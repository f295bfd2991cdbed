import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Messages of the management API on pages` {
    @Test(arguments: [
        (
            "There is no release 99 of \"library\"; toolsets.listReleases names those it has.",
            "There is no release 99 of \"library\"."
        ),
        (
            "The flag is off; an admin can turn it on by features.set. Nothing was changed.",
            "The flag is off. Nothing was changed."
        ),
        (
            "Somebody edited it; look again. Nothing was changed.",
            "Somebody edited it; look again. Nothing was changed."
        ),
        (
            "Nothing was changed: x is not known. tools.list and resources.list name what there is.",
            "Nothing was changed: x is not known."
        ),
        ("There is no tool \"x\"; instances.listTools names them.", "There is no tool \"x\"."),
    ])
    func `say nothing of calls`(message: String, told: String) {
        #expect(Problem(.invalid, message).pageMessage == told)
    }

    @Test func `name fields in words where the input was not understood`() {
        let error = Problem.FieldError(pointer: "/notes", message: "notes must have at most 100 characters, not 200")
        let problem = Problem(.invalid, "The input of toolsets.publishStagingVersion is not right: …", errors: [error])
        #expect(problem.pageMessage.hasPrefix("Notes: It is too long"))
    }

    @Test func `what is wrong with an item is told of the whole list`() {
        let problem = Problem(.invalid, "No.", errors: [.init(pointer: "/tags/1", message: "is long")])
        #expect(problem.about("tags").errors == [.init(pointer: "/tags", message: "is long")])
        #expect(problem.about("tag").errors.isEmpty)
    }
}
