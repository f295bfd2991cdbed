import Accounts
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The summary of what is wrong` {
    private struct Form: Sendable {
        let fault: String
        let fields: [FormField]
        var section: Section?

        struct Section: Sendable {
            let fault: String
            let choice: FormSelect
        }
    }

    private func field(_ name: String, wrong: String = "") -> FormField {
        let problem = Problem(
            .invalid,
            "No.",
            errors: wrong.isEmpty ? [] : [.init(pointer: "/\(name)", message: wrong)]
        )
        return FormField(name, name.uppercased(), problem: problem)
    }

    @Test func `leads to each field that is wrong`() throws {
        let summary = try #require(
            ErrorSummary(
                of: Form(
                    fault: "",
                    fields: [field("a", wrong: "must be short"), field("b"), field("c", wrong: "is odd")]
                )
            )
        )
        #expect(summary.sentence == "2 fields need another value:")
        #expect(summary.lines.map(\.address) == ["#field-a", "#field-c"])
        #expect(summary.lines.map(\.text) == ["A: Must be short.", "C: Is odd."])
    }

    @Test func `tells what is wrong with the whole, and leads to a part that says more`() throws {
        let whole = try #require(ErrorSummary(of: Form(fault: "Somebody was faster.", fields: [])))
        #expect(whole.sentence == "Somebody was faster." && whole.lines.isEmpty)
        let section = Form.Section(fault: "Choose a picture.", choice: FormSelect("x", "X", [], chosen: ""))
        let part = try #require(ErrorSummary(of: Form(fault: "", fields: [], section: section)))
        #expect(part.lines.map(\.address) == ["#fault"])
        #expect(part.lines.map(\.text) == ["Choose a picture."])
    }

    @Test func `names a field once, and counts what is too much to name`() throws {
        let same = field("a", wrong: "is odd")
        #expect(try #require(ErrorSummary(of: Form(fault: "", fields: [same, same]))).lines.count == 1)
        let many = (1...30).map { field("f\($0)", wrong: "is odd") }
        let summary = try #require(ErrorSummary(of: Form(fault: "", fields: many)))
        #expect(summary.lines.count == 10 && summary.more == "and 20 more below")
        #expect(summary.sentence == "30 fields need another value:")
    }

    @Test func `is not there where nothing is wrong`() {
        #expect(ErrorSummary(of: Form(fault: "", fields: [field("a")])) == nil)
    }
}

@Suite struct `The address of a form that is opened` {
    private let routes: [PageRoute] = [
        .get("/projects/{project}/things/{thing}") { _ in .redirect(to: "/", nil) },
        .post("/projects/{project}/things/{thing}", scope: .producer) { _ in .redirect(to: "/", nil) },
        .post("/projects/{project}/things/{thing}/parts/remove", scope: .producer) { _ in .redirect(to: "/", nil) },
        .post(
            "/projects/{project}/things/{thing}/pin",
            scope: .producer,
            page: "/projects/{project}/things/{thing}/review"
        ) { _ in
            .redirect(to: "/", nil)
        },
    ]

    private func address(_ path: String, of route: Int) async throws -> String? {
        let visit = Visit.of(parameters: ["thing": "a b"], address: path)
        guard case .redirect(let address, nil) = try await FormReturn.routes(for: routes)[route].handler(visit) else {
            return nil
        }
        return address
    }

    @Test func `leads to the page that has the form`() async throws {
        #expect(FormReturn.routes(for: routes).map(\.path) == routes.dropFirst(2).map(\.path))
        #expect(FormReturn.routes(for: routes).allSatisfy { $0.method == .get })
        let near = try await address("/projects/default/things/a%20b/parts/remove?view=live", of: 0)
        #expect(near == "/projects/default/things/a%20b?view=live")
        let named = try await address("/projects/default/things/a%20b/pin", of: 1)
        #expect(named == "/projects/default/things/a%20b/review")
    }
}
