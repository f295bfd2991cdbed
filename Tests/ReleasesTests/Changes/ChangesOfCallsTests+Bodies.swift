import JSON
import Testing
import Tools

@testable import Releases

/// Bodies that come and go without an argument, and descriptions that are made of the call.
extension ChangesOfCallsTests {
    private static let requiredBody = CallRecipe.Body(
        content: .members([CallRecipe.Body.Member(argument: "limit", name: "limit", isRequired: true)]),
        contentType: "application/json",
        isRequired: true
    )

    /// The first tool as an operation without texts.
    private static func untold(
        _ method: String,
        _ path: String,
        before: String = "",
        after: String = ""
    ) -> Heads {
        pets.edited {
            $0.first.call.method = method
            $0.first.call.path = path
            $0.first.description = "\(before)\(method) \(path)\(after)"
            $0.first.annotations = ToolAnnotations()
        }
    }

    static let bodyRows: [ChangeRow] = [
        ChangeRow(
            "a body that may be left out",
            there: [.execBodyRequiredChanged],
            back: [.execBodyRequiredChanged],
            base: with { $0.body = body("application/json") }
        ) {
            $0.first.call.body?.isRequired = false
        },
        ChangeRow(
            "a body of which a member is required",
            there: [],
            back: [],
            base: with { $0.body = requiredBody }
        ) {
            $0.first.call.body?.isRequired = false
        },
        ChangeRow(
            "an empty body where there was none",
            there: [.execBodyRequiredChanged],
            back: [.execBodyRequiredChanged]
        ) {
            $0.first.call.body = body("application/json")
        },
        ChangeRow(
            "a body that may be left out where there was none",
            there: [],
            back: []
        ) {
            $0.first.call.body = body("application/json")
            $0.first.call.body?.isRequired = false
        },
        ChangeRow(
            "another path of an operation without texts",
            there: [.execPathChanged],
            back: [.execPathChanged],
            base: untold("GET", "/pets/list")
        ) {
            $0.first.description = "GET /v2/pets/list"
            $0.first.call.path = "/v2/pets/list"
        },
        ChangeRow(
            "another method of a deprecated operation without texts, with a body",
            there: [.execMethodChanged],
            back: [.execMethodChanged],
            base: untold("PUT", "/pets/list", before: "Deprecated. ", after: "\n\nBody: The pet.")
        ) {
            $0.first.description = "Deprecated. PATCH /pets/list\n\nBody: The pet."
            $0.first.call.method = "PATCH"
        },
        ChangeRow(
            "another path of an operation without texts, and a body that says something else",
            there: [.toolDescriptionChanged, .execPathChanged],
            back: [.toolDescriptionChanged, .execPathChanged],
            base: untold("GET", "/pets/list", after: "\n\nBody: The pet.")
        ) {
            $0.first.description = "GET /v2/pets/list\n\nBody: The dog."
            $0.first.call.path = "/v2/pets/list"
        },
        ChangeRow(
            "another path of an operation whose description names it in a sentence",
            there: [.toolDescriptionChanged, .execPathChanged],
            back: [.toolDescriptionChanged, .execPathChanged],
            base: untold("GET", "/pets/list", after: " gives all pets.")
        ) {
            $0.first.description = "GET /v2/pets/list gives all pets."
            $0.first.call.path = "/v2/pets/list"
        },
        ChangeRow(
            "a description that names another operation, and the same call",
            there: [.toolDescriptionChanged],
            back: [.toolDescriptionChanged],
            base: untold("GET", "/pets/list")
        ) {
            $0.first.description = "GET /dogs"
        },
    ]

    @Test(arguments: bodyRows) func `what is sent without arguments, and who names the call, is told once`(
        row: ChangeRow
    ) throws {
        try row.check()
    }
}
