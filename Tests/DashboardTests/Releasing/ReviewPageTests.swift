import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The review page` {
    private func page(
        _ review: JSONValue,
        place: ToolsetPlace = Staged.place(),
        form: String = "",
        outcome: ReviewOutcome? = nil
    ) -> ReviewPage {
        ReviewPage(
            place,
            review,
            deployments: Staged.deployments,
            form: PublishForm(FormFields(urlEncoded: form)),
            outcome: outcome,
            now: Staged.now
        )
    }

    @Test func `teaches where nothing changed, and offers what was discarded`() throws {
        let replaced: JSONObject = [
            "changes": 0, "replaced": ["by": "discard", "actor": "Ada", "at": "2026-11-27T11:00:00.000Z"],
        ]
        let page = page(Staged.review(), place: Staged.place(staging: replaced))
        try expectSnapshot(of: page, by: "review/show", named: "review-empty")
        #expect(page.isEmpty && page.foot == nil)
        #expect(page.replaced?.button == "Put the discarded changes back")
    }

    @Test func `asks for a tick of each breaking change and drafts the notes`() throws {
        let review = Staged.review(yours: [Staged.title, Staged.required], project: [Staged.description])
        let page = page(review)
        try expectSnapshot(of: page, by: "review/show", named: "review-many")
        #expect(page.groups.map(\.title) == ["Your changes", "Project changes"])
        #expect(page.groups[0].subjects[0].changes.map(\.level) == ["breaking", "safe"], "the worst first")
        #expect(page.groups[0].subjects[0].changes.map { $0.box == nil } == [false, true])
        #expect(page.foot?.openBoxes == "1 of 1 box left to tick")
        #expect(
            page.foot?.notes == """
                2 tools changed

                - getBook:
                  - limit must be given by now.
                  - The title is "A book" in place of "Book".
                - find: The description says something else.
                """
        )
        #expect(page.total == "3 changes: 2 of this toolset, 1 of the project")
        #expect(page.groups[1].pins?.choices.first?.label == "Stay on deployment 42")
    }

    @Test func `one change is its own notes`() {
        #expect(
            page(Staged.review(yours: [Staged.description])).foot?.notes == "find: The description says something else."
        )
    }

    @Test func `long names and text from right to left`() throws {
        try expectSnapshot(
            of: page(Staged.review(yours: [Staged.rightToLeft]), place: Staged.place(name: "مكتبة المدينة")),
            by: "review/show",
            named: "review-right-to-left"
        )
    }

    @Test func `a reader sees the changes and is told why there is no form`() throws {
        let page = page(
            Staged.review(yours: [Staged.required]),
            place: Staged.place(mayPublish: false, mayEdit: false)
        )
        try expectSnapshot(of: page, by: "review/show", named: "review-reader")
        #expect(page.foot == nil)
        #expect(page.groups[0].subjects[0].changes[0].box == nil)
    }

    @Test func `what moved is told, with notes and ticks kept`() throws {
        let outcome = ReviewOutcome(
            Problem(
                .stagingMoved,
                "Somebody edited.",
                details: [.init("last_change_by", "key:ci")]
            )
        )
        let form =
            "notes=Mine&seen=00000000000000020000000000000009&understood=0000000000000002&reason-0000000000000002=Agreed"
        let page = page(
            Staged.review(yours: [Staged.title, Staged.required]),
            form: form,
            outcome: outcome
        )
        try expectSnapshot(of: page, by: "review/show", named: "review-moved")
        #expect(page.moved?.sentence == "key ci edited staging while you were looking.")
        #expect(page.moved?.difference.hasPrefix("1 change is new, 1 change is gone.") == true)
        #expect(page.foot?.notes == "Mine")
        #expect(page.foot?.openBoxes == "")
        #expect(page.groups[0].subjects[0].changes.map(\.isNew) == [false, true])
    }

    @Test func `a tick that is missing is marked where it belongs`() throws {
        let changes = JSONValue.array([Staged.required])
        let outcome = ReviewOutcome(
            Problem(.unacknowledged, "No.", details: [.init("changes", json: changes.text)])
        )
        let page = page(Staged.review(yours: [Staged.required]), form: "notes=x", outcome: outcome)
        try expectSnapshot(of: page, by: "review/show", named: "review-unacknowledged")
        #expect(page.fault == "1 change below waits for “Understood”. Nothing was published.")
        #expect(page.groups[0].subjects[0].changes[0].box?.isMissing == true)
    }

    @Test func `hundreds of tools come in parts, and ticks of other parts are kept`() {
        let changes = (1...120).map { number in
            let id = String(1000 + number)
            return Staged.change(
                "set.tool.removed",
                "breaking",
                of: "tools:http:library:t\(number)",
                name: "t\(number)",
                message: "gone",
                fingerprint: "000000000000\(id)"
            )
        }
        let page = page(
            Staged.review(yours: changes),
            form: "page=2&understood=0000000000001001&understood=0000000000001060&reason-0000000000001001=Old"
        )
        #expect(page.pages.map(\.range) == ["26 to 50 of 120 tools and texts"])
        #expect(page.pages.map { [$0.previous, $0.next] } == [["1", "3"]])
        #expect(page.groups[0].subjects.count == 25)
        #expect(page.groups[0].subjects.first?.name == "t26")
        #expect(page.foot?.kept.map(\.name) == ["understood", "understood", "reason-0000000000001001"])
        #expect(page.foot?.openBoxes == "118 of 120 boxes left to tick")
    }

    @Test func `a change that a rollback took back says so`() {
        var back = Staged.title.object ?? [:]
        back["rolled_back"] = [
            "from": 13, "to": 12, "actor": "Ada", "reason": "Upstream 500s", "at": "2026-11-27T10:00:00.000Z",
        ]
        let page = page(Staged.review(yours: [Staged.title], ["brings_back": [.object(back)]]))
        #expect(
            page.groups[0].subjects[0].changes[0].broughtBack
                == "Ada took it back 2 hours ago, by the rollback 13 → 12: “Upstream 500s”."
        )
        #expect(page.checks.broughtBack == "Brings back 1 change that a rollback took back")
    }

    @Test func `what is safe and comes back together needs one box, and what breaks one of its own`() throws {
        let changes = ["0000000000000005", "0000000000000006"].map { fingerprint in
            Staged.change("tool.title.changed", "safe", message: "A title.", fingerprint: fingerprint)
        }
        let back = (changes + [Staged.required]).map { change -> JSONValue in
            var json = change.object ?? [:]
            json["rolled_back"] = [
                "from": 13, "to": 12, "actor": "Ada", "reason": "", "at": "2026-11-27T10:00:00.000Z",
            ]
            return .object(json)
        }
        let asked: JSONObject = [
            "brings_back": .array(back),
            "acknowledge": ["0000000000000002", "0000000000000005", "0000000000000006"],
        ]
        let review = Staged.review(yours: changes + [Staged.required], asked)
        let first = page(review)
        try expectSnapshot(of: first, by: "review/show", named: "review-returning")
        #expect(first.returning.map(\.sentence) == ["2 safe changes of release 13 come back"])
        #expect(first.groups[0].subjects[0].changes.map { $0.box == nil } == [false, true, true])
        #expect(first.foot?.openBoxes == "2 of 2 boxes left to tick")
        let form = "understood=0000000000000005%2C0000000000000006&understood=0000000000000002"
        #expect(page(review, form: form).foot?.openBoxes == "")
        #expect(PublishForm(FormFields(urlEncoded: form)).ticked.count == 3)
    }

    @Test func `names and quotations in a sentence go their own way`() {
        let change = Staged.change("r", "safe", message: "`عنوان` is \"ب\" by now.", fingerprint: "1")
        let sentence = ChangeList([change], prefix: "x").subjects[0].changes[0].sentence
        #expect(sentence.map(\.text) == ["عنوان", " is ", "\"ب\"", " by now."])
        #expect(sentence.map(\.isCode) == [true, false, false, false])
        #expect(sentence.map(\.isQuoted) == [false, false, true, false])
    }

    @Test func `a publish sends what was seen, and reasons go into the notes`() {
        let form = PublishForm(
            FormFields(
                urlEncoded:
                    "notes=N&label=2.0.0&activate=no&understood=0000000000000002&reason-0000000000000002=Agreed&staging_etag=e1&review_digest=d-1&activation_seq=14"
            )
        )
        let notes = form.notes(reasonedBy: [Staged.required])
        #expect(notes == "N\n\nTaken knowingly:\n- getBook: `limit` must be given by now. Agreed")
        #expect(
            JSONValue.object(form.publication(of: "library", notes: "N")) == [
                "slug": "library", "notes": "N", "activate": false, "label": "2.0.0",
                "acknowledge": ["0000000000000002"], "staging_etag": "e1", "review_digest": "d-1",
                "expected_activation_seq": 14,
            ]
        )
    }

    @Test func `one item is compared as model, as JSON and as call`() throws {
        let item: JSONValue = [
            "subject": "tools:http:library:find",
            "before": [
                "name": "find", "definition": ["name": "find", "description": "Old."], "call": ["method": "GET"],
                "tokens": 10,
            ],
            "after": [
                "name": "find", "definition": ["name": "find", "description": "New."], "call": ["method": "GET"],
                "tokens": 12,
            ],
        ]
        let page = ItemComparisonPage(
            Staged.place(),
            item,
            sides: ComparedSides(from: "live", to: "13"),
            now: Staged.now
        )
        try expectSnapshot(of: page, by: "changes/item", named: "item-comparison")
        #expect(page.parts.map(\.lines.isSame) == [false, false, true])
        #expect(page.tokens == "About 10 → 12 tokens")
    }
}
