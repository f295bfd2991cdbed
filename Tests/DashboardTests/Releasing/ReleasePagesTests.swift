import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `The history of a toolset` {
    private func timeline(_ query: String = "", _ history: ReleaseHistory = Staged.history) -> ReleaseTimelinePage {
        ReleaseTimelinePage(
            Staged.place(),
            history,
            query: FormFields(urlEncoded: query),
            actor: "key:ci",
            now: Staged.now
        )
    }

    @Test func `releases and events stand in one line of time`() throws {
        let page = timeline()
        try expectSnapshot(of: page, by: "releases/list", named: "releases-many")
        #expect(page.rows.map { $0.release?.number ?? 0 } == [14, 0, 13, 12, 11])
        #expect(page.rows[1].event?.sentence == "key ci rolled back 13 → 12")
        let states = page.rows.compactMap(\.release).map(\.state)
        #expect(states == ["Never live", "Was live 1 h 0 min", "Live", "Was live 1 d 0 h"])
        let turns = page.rows.compactMap(\.release).map(\.actions.turnLabel)
        #expect(
            turns == ["Make release 14 live", "Return to release 13", "", ""],
            "nothing for what is live or redacted"
        )
    }

    @Test(arguments: [
        ("show=live", [0, 13, 12, 11]), ("show=labelled", [12]), ("show=mine", [0]),
        ("show=breaking", [14, 13, 12, 11]),
        ("q=1.4.0", [12]), ("q=nothing+like+that", []),
    ])
    func `filters`(query: String, numbers: [Int]) {
        #expect(timeline(query).rows.map { $0.release?.number ?? 0 } == numbers)
    }

    @Test func `teaches where nothing was released`() throws {
        let empty = ReleaseHistory(releases: [], activations: [], live: nil, now: Staged.now)
        try expectSnapshot(of: timeline("", empty), by: "releases/list", named: "releases-empty")
    }

    @Test func `one release with everything that it pins`() throws {
        let details = Staged.release(
            13,
            [
                "tools": [["name": "getBook", "urn": "tools:http:library:getBook", "digest": "0123456789abcdef"]],
                "prompts": [], "resources": [], "required_variables": ["CARD_KEY"], "tokens": 512,
                "pins": [
                    "deployment_id": "d42", "toolset_version": 3, "metadata_version": 1,
                    "global_variations_version": nil, "own_variations_version": 2,
                    "prompts": [["name": "greet", "version": 4]],
                ],
                "acknowledgements": [
                    [
                        "fingerprint": "0000000000000002", "rule": "set.tool.removed",
                        "subject": "tools:http:library:x",
                        "actor": "Ada", "at": "2026-11-22T12:00:00.000Z",
                    ]
                ],
            ]
        )
        let words = RuleWords([
            ["id": "set.tool.removed", "meaning": "A tool is gone from the list; calls of it fail."]
        ])
        let page = ReleasePage(
            Staged.place(),
            details,
            deployment: 42,
            Staged.history,
            words: words,
            now: Staged.now
        )
        try expectSnapshot(of: page, by: "releases/show", named: "release")
        #expect(page.actions.turnLabel == "Return to release 13")
    }

    @Test func `a tool of a release is shown as it was frozen, with the playground of that release`() throws {
        let item: JSONValue = [
            "subject": "tools:http:library:getBook",
            "after": [
                "name": "getBook", "tokens": 12,
                "definition": [
                    "name": "getBook", "description": "ابحث عن كتاب",
                    "inputSchema": ["type": "object", "properties": ["id": ["type": "string"]], "required": ["id"]],
                ],
                "call": ["method": "GET", "server": "https://library.example", "path": "/books/{id}"],
            ],
        ]
        let page = ReleaseItemPage(Staged.place(), item, release: 9, now: Staged.now)
        try expectSnapshot(of: page, by: "releases/item", named: "release-item")
        #expect(page.tryAddress.hasSuffix("/playground?view=live&release=9&tool=getBook"))
        #expect(page.header.crumbs.map(\.title) == ["Toolsets", "Library", "Releases", "Release 9", "getBook"])
        let prompt = ReleaseItemPage(
            Staged.place(),
            ["subject": "tools:prompt:greet", "after": ["name": "greet"]],
            release: 9
        )
        #expect(prompt.tryAddress.isEmpty && prompt.text.isEmpty)
    }

    @Test func `any two are compared`() throws {
        let sides = CompareSides(FormFields(urlEncoded: "from=11&to=staging"), Staged.place(), Staged.history)
        let comparison: JSONValue = [
            "from": "11", "to": "staging", "changes": [Staged.required, Staged.description],
            "verdicts": ["breaking": 1, "risky": 1, "safe": 0], "tokens": ["before": 1, "after": 2],
        ]
        let page = ComparePage(Staged.place(), Staged.history, sides: sides, comparison: comparison, now: Staged.now)
        try expectSnapshot(of: page, by: "releases/compare", named: "compare")
        #expect(page.title == "From release 11 to staging")
        #expect(page.list?.subjects.allSatisfy { $0.changes.allSatisfy { $0.box == nil } } == true)
    }

    private func turn(_ number: Int, same: Bool = false, changes: [JSONValue] = [Staged.required]) -> ReleaseTurn {
        ReleaseTurn(
            place: Staged.place(),
            history: Staged.history,
            release: Staged.history.release(number) ?? .null,
            comparison: ["changes": .array(changes), "verdicts": ["breaking": 1, "risky": 0, "safe": 0]],
            preflight: ["live_release": 12, "same_as_live": .bool(same), "checks": []]
        )
    }

    @Test func `a return tells what callers lose and gain`() throws {
        let page = RollBackPage(turn(13), form: RollBackForm(.empty), now: Staged.now)
        try expectSnapshot(of: page, by: "releases/roll-back", named: "return")
        #expect(page.isReturn && !page.isOff && page.pauses)
    }

    @Test func `a rollback without a reason says so beside the field, with the rest kept`() throws {
        let problem = Problem(.invalid, "Say why.", errors: [.init(pointer: "/reason", message: "must not be empty")])
        let history = ReleaseHistory(
            releases: Staged.history.releases,
            activations: Staged.history.activations,
            live: 13,
            now: Staged.now
        )
        let turn = ReleaseTurn(
            place: Staged.place(),
            history: history,
            release: history.release(12) ?? .null,
            comparison: turn(12).comparison,
            preflight: turn(12).preflight
        )
        let form = RollBackForm(FormFields(urlEncoded: "form_token=x&staging=load"))
        let page = RollBackPage(turn, form: form, problem: problem, now: Staged.now)
        try expectSnapshot(of: page, by: "releases/roll-back", named: "roll-back-without-reason")
        #expect(!page.reason.error.isEmpty && page.fault.isEmpty)
        #expect(page.loads && !page.pauses)
    }

    @Test func `what is byte for byte live cannot be gone back to`() {
        #expect(RollBackPage(turn(13, same: true), form: RollBackForm(.empty), now: Staged.now).isOff)
    }

    @Test func `a release that never was live is made live with its ticks`() throws {
        let page = ActivatePage(turn(14), form: PublishForm(.empty), now: Staged.now)
        try expectSnapshot(of: page, by: "releases/activate", named: "activate")
        #expect(page.isMadeOnOther.hasPrefix("Release 14 was made on release 13, and live is release 12 by now."))
        #expect(page.list?.subjects.first?.changes.first?.box != nil)
    }
}

@Suite struct `Pages that replace what staging says` {
    @Test func `a discard tells what goes`() throws {
        let review = Staged.review(yours: [Staged.required], project: [Staged.description])
        let page = ReplacementPage(discarding: review, Staged.place(), now: Staged.now)
        try expectSnapshot(of: page, by: "staging/replace", named: "discard")
        #expect(page.button == "Discard 1 change")
    }

    @Test func `where there is nothing to discard the page says so and has no button`() throws {
        let none = Staged.place(staging: ["changes": 0])
        let page = ReplacementPage(discarding: Staged.review(), none, now: Staged.now)
        try expectSnapshot(of: page, by: "staging/replace", named: "discard-nothing")
        let project = ReplacementPage(
            discarding: Staged.review(project: [Staged.description]),
            Staged.place(staging: ["changes": 1]),
            now: Staged.now
        )
        #expect(!page.isOffered && !project.isOffered)
        #expect(project.explanation.contains("1 change of the project stays"))
    }

    @Test func `a side without a text of its own shows the one that applies, and where it is from`() {
        let texts = MergeTexts(
            tools: [
                "tools:http:library:getBook": [
                    "inherited": ["title": "Book", "tags": []],
                    "variations": ["global": ["title": "Book"], "own": [:]],
                ]
            ],
            items: ["tools:http:library:getBook": ["before": ["definition": ["title": "Old book"]]]]
        )
        let review = Staged.review(yours: [], ["merge_pending": true, "conflicts": Self.conflicts])
        let form = MergeForm(FormFields(urlEncoded: "take-variation/tools:http:library:getBook/title=base"))
        let page = MergePage(Staged.place(), review, form: form, texts: texts, now: Staged.now)
        let item = page.groups[0].items[0]
        #expect(item.sides.map(\.text) == ["Old book", "One book", "A book"])
        #expect(item.sides.map(\.origin) == ["from its document", "", ""])
        #expect(item.result == "Book", "staging gets what its own deployment says")
        #expect(
            texts.text(of: "title", tool: "tools:http:library:getBook", on: "staging")?.origin
                == "from the project’s variation"
        )
    }

    @Test func `putting back over newer edits is asked about`() throws {
        try expectSnapshot(
            of: ReplacementPage(undoing: Staged.place(), now: Staged.now),
            by: "staging/replace",
            named: "undo-discard"
        )
    }

    private static let conflicts: JSONValue = [
        ["item": "variation/tools:http:library:getBook/title", "live": "One book", "staging": "A book"],
        ["item": "variation/tools:http:library:getBook/tags", "base": ["a"], "live": ["b"], "staging": ["c", "d"]],
        ["item": "metadata/instructions", "base": "", "live": "Be kind.", "staging": "Be quick."],
        ["item": "tool/tools:http:library:find", "base": true, "live": false, "staging": true],
    ]

    private func page(_ form: String, problem: Problem? = nil) -> MergePage {
        let review = Staged.review(yours: [], ["merge_pending": true, "conflicts": Self.conflicts])
        return MergePage(
            Staged.place(),
            review,
            form: MergeForm(FormFields(urlEncoded: form)),
            problem: problem,
            now: Staged.now
        )
    }

    @Test func `conflicts are grouped by what belongs together, with nothing chosen`() throws {
        let page = page("")
        try expectSnapshot(of: page, by: "staging/merge", named: "merge")
        #expect(page.groups.map(\.title) == ["Tool getBook", "Name and texts", "Tool find"])
        #expect(page.progress == "0 of 4 decided")
    }

    @Test func `one button takes a side for a whole tool, and what is chosen elsewhere is kept`() {
        let page = page(
            "all=live%3Atool%2Ftools%3Ahttp%3Alibrary%3AgetBook&take-metadata%2Finstructions=own&text-metadata%2Finstructions=Both."
        )
        let items = page.groups.flatMap(\.items)
        #expect(items.map(\.result) == ["One book", "b", "Both.", ""])
        #expect(page.progress == "3 of 4 decided")
    }

    @Test func `choices become resolutions`() {
        let form = MergeForm(
            FormFields(
                urlEncoded:
                    "take-metadata%2Finstructions=own&text-metadata%2Finstructions=Both.&take-tool%2Ftools%3Ahttp%3Alibrary%3Afind=base&take-variation%2Ftools%3Ahttp%3Alibrary%3AgetBook%2Ftags=own&text-variation%2Ftools%3Ahttp%3Alibrary%3AgetBook%2Ftags=x%0Ay"
            )
        )
        let kinds = (Self.conflicts.array ?? []).map(MergeItemView.Kind.init)
        #expect(
            JSONValue.array(form.resolutions(of: kinds)) == [
                ["item": "variation/tools:http:library:getBook/tags", "value": ["x", "y"]],
                ["item": "metadata/instructions", "value": "Both."],
                ["item": "tool/tools:http:library:find", "take": "base"],
            ]
        )
    }

    @Test func `what is left is marked`() throws {
        let page = page("take-metadata%2Finstructions=live", problem: Problem(.mergeConflicts, "Conflicts."))
        try expectSnapshot(of: page, by: "staging/merge", named: "merge-left")
        #expect(page.fault == "3 items still need a side. Nothing was changed.")
    }
}
