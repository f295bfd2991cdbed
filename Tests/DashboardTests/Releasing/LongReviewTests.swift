import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `A review of hundreds of changes` {
    private let words = RuleWords([
        ["id": "set.tool.removed", "meaning": "A tool is gone from the list; calls of it fail."],
        ["id": "tool.description.changed", "meaning": "A `description` says something else."],
    ])

    /// 30 tools that are gone, and 40 whose description changed.
    private static let changes = (1...70).map { number in
        let isGone = number <= 30
        return Staged.change(
            isGone ? "set.tool.removed" : "tool.description.changed",
            isGone ? "breaking" : "risky",
            of: "tools:http:library:t\(number)",
            name: "t\(number)",
            message: isGone ? "`t\(number)` is gone." : "The description says something else.",
            before: isGone ? nil : "Old.",
            after: isGone ? nil : .string(number == 70 ? "Finds Lemons." : "New."),
            fingerprint: "000000000000\(1000 + number)"
        )
    }

    private func page(_ form: String, query: String = "", outcome: ReviewOutcome? = nil) -> ReviewPage {
        ReviewPage(
            Staged.place(),
            Staged.review(yours: Self.changes),
            deployments: Staged.deployments,
            form: PublishForm(FormFields(urlEncoded: form), query: FormFields(urlEncoded: query)),
            outcome: outcome,
            words: words,
            now: Staged.now
        )
    }

    @Test func `begins with the kinds of changes, the worst first`() throws {
        let page = page("")
        try expectSnapshot(of: page, by: "review/show", named: "review-long")
        let kinds = try #require(page.overview).kinds
        #expect(kinds.map(\.words) == ["A tool is gone from the list", "A description says something else"])
        #expect(kinds.map(\.count) == ["30 changes", "40 changes"])
        #expect(page.pages.map(\.range) == ["1 to 25 of 70 tools and texts"])
    }

    @Test(arguments: [
        ("level=risky", 40), ("level=&tool=t7", 2), ("level=&q=LEMONS", 1), ("level=&q=is+gone", 30),
        ("kind=breaking:set.tool.removed&level=safe&tool=x", 30), ("level=safe&clear=1", 70), ("level=safe", 0),
    ])
    func `is filtered by level, kind, tool and words`(form: String, count: Int) {
        let page = page(form)
        let total = page.pages.first?.range.split(separator: " ").dropFirst(4).first.flatMap { Int($0) }
        #expect((total ?? page.groups.first?.subjects.count ?? 0) == count)
        #expect(page.overview?.matchesNothing == (count == 0))
    }

    @Test func `is filtered by its address too, and by the form where there is one`() {
        #expect(page("", query: "level=risky").groups[0].subjects.first?.name == "t31")
        #expect(page("level=&q=", query: "level=risky").groups[0].subjects.first?.name == "t1")
    }

    @Test func `one box takes all that are shown of a kind, and each of them is sent`() throws {
        let box = try #require(page("").together.first)
        #expect(box.label == "all 25 shown here: A tool is gone from the list")
        let sent = PublishForm(FormFields(urlEncoded: "understood=\(box.value)")).ticked
        #expect(sent.count == 25 && sent.contains("0000000000001025") && !sent.contains("0000000000001026"))
        #expect(page("understood=\(box.value)").together.isEmpty, "nothing is left to take")
    }

    @Test func `the part with the first missing tick is shown, whatever the filter hides`() {
        let missing: JSONValue = [["fingerprint": "0000000000001028"]]
        let outcome = ReviewOutcome(
            Problem(.unacknowledged, "No.", details: [.init("changes", json: missing.text)])
        )
        let page = page("level=risky", outcome: outcome)
        #expect(page.groups[0].subjects.contains { $0.name == "t28" })
        #expect(page.groups[0].subjects.first?.name == "t26")
    }

    @Test func `a check with many names folds them`() {
        let names = (1...437).map { JSONValue.string("tools:http:library:t\($0)") }
        let strip = CheckStrip([
            ["id": "operations", "status": "warning", "message": "Gone.", "details": .array(names)]
        ])
        #expect(strip.warnings[0].details.map(\.text) == ["t1", "t2", "t3", "t4", "t5"])
        #expect(strip.warnings[0].more == "and 432 more")
        #expect(strip.warnings[0].rest.count == 432)
    }
}
