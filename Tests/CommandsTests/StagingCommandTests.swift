import JSON
import Testing

@testable import Commands

/// `merge`, `discard --undo`, `load`, `pin` and `undo`.
struct StagingCommandTests {
    private static let staged: JSONValue = [
        "slug": "pets", "editing_mode": "staging", "current_release": ["number": 12], "tool_urns": [],
        "staging": ["base_release": 12, "changes": 2, "pinned_deployment_seq": 42, "pins_prompts": false],
    ]

    private static let conflicts = FakeServer.Reply.problem(
        409,
        "merge_conflicts",
        "Nothing was merged.",
        [
            "base_release": 11, "live_release": 12,
            "conflicts": [
                ["item": "metadata/name", "base": "Pets", "live": "Animals", "staging": "Beasts\u{1B}[31m"],
                ["item": "tool/tools:http:pets:get", "base": true, "live": nil, "staging": true],
                ["item": "order/tools", "base": ["a", "b"], "live": ["b", "a"], "staging": ["a"]],
            ],
        ]
    )

    @Test func `conflicts are shown with what each side says, and the commands that answer them`() async throws {
        let outcome = try await slipway("merge", "pets") { _ in Self.conflicts }
        #expect(outcome.status == 2)
        #expect(outcome.requests.map(\.json) == [["slug": "pets"]])
        #expect(
            outcome.output == """
                Staging is based on release 11, and live is release 12 by now. Both changed:

                metadata/name
                  base     Pets
                  live     Animals
                  staging  Beasts [31m

                tool/tools:http:pets:get
                  base     yes
                  live     -
                  staging  yes

                order/tools
                  base     a, b
                  live     b, a
                  staging  a
                """
        )
        #expect(
            outcome.errors == """
                Nothing was merged.
                To take one side for all: slipway merge pets --take staging
                To choose: slipway merge pets --item metadata/name=live, one --item for each
                """
        )
    }

    @Test func `items get the side that they are given, and the rest the one that is taken for all`() async throws {
        let outcome = try await slipway("merge", "pets", "--item", "metadata/name=base", "--take", "live") { request in
            let count = request.json?["resolutions"]?.array?.count ?? 0
            guard count > 1 else {
                return .problem(
                    409,
                    "merge_conflicts",
                    "Nothing was merged.",
                    ["conflicts": [["item": "order/tools", "base": [], "live": [], "staging": []]]]
                )
            }
            return .json(["toolset": Self.staged, "merged": ["base_release": 11, "live_release": 12]])
        }
        #expect(outcome.status == 0)
        #expect(
            outcome.requests.last?.json == [
                "slug": "pets",
                "resolutions": [
                    ["item": "metadata/name", "take": "base"], ["item": "order/tools", "take": "live"],
                ],
            ]
        )
        #expect(outcome.output == "Merged release 12 into staging of pets, which is based on it now: 2 changes.")
        #expect(outcome.errors == "To undo: slipway discard pets --undo")
    }

    @Test func `where nothing is to merge it is said so`() async throws {
        let outcome = try await slipway(
            "merge",
            "pets",
            answering: answers(["toolsets.mergeLiveIntoStaging": ["toolset": Self.staged, "merged": nil]])
        )
        #expect(outcome.status == 0)
        #expect(outcome.output == "There is nothing to merge: staging of pets has all that live has gained.")
        #expect(outcome.errors.isEmpty)
    }

    @Test(arguments: ["metadata/name", "metadata/name=mine", "=live"])
    func `an item without a side is refused`(item: String) async throws {
        let outcome = try await slipway("merge", "pets", "--item", item) { _ in .json(["toolset": Self.staged]) }
        #expect(outcome.status == 1)
        #expect(outcome.requests.isEmpty)
    }

    @Test func `a discard tells how to undo it, and undoing it how to go forward`() async throws {
        let script = answers([
            "toolsets.discardStagingVersion": ["toolset": Self.staged],
            "toolsets.undoDiscard": ["toolset": Self.staged],
        ])
        let discard = try await slipway("discard", "pets", answering: script)
        #expect(discard.errors == "To undo, within 30 days: slipway discard pets --undo")
        let undo = try await slipway("discard", "pets", "--undo", answering: script)
        #expect(undo.requests("toolsets.undoDiscard").map(\.json) == [["slug": "pets"]])
        #expect(undo.output == "Put back what staging of pets was before: 2 changes.")
        let replace = try await slipway("discard", "pets", "--undo", "--replace", answering: script)
        #expect(replace.requests.map(\.json) == [["slug": "pets", "replace": true]])
        let wrong = try await slipway("discard", "pets", "--replace", answering: script)
        #expect(wrong.status == 1)
        #expect(wrong.requests.isEmpty)
    }

    @Test func `a release is loaded by its number`() async throws {
        let script = answers(["toolsets.loadReleaseIntoStaging": ["toolset": Self.staged]])
        let outcome = try await slipway("load", "pets", "9", answering: script)
        #expect(outcome.requests.map(\.json) == [["slug": "pets", "number": 9]])
        #expect(outcome.output.hasPrefix("Staging of pets shows release 9: 2 changes against live."))
    }

    @Test func `a deployment is pinned by its number, and the project followed again in all`() async throws {
        let id = "01a20473-9f79-7130-9f54-4253b5a6b9d1"
        let script = answers([
            "deployments.list": [
                "deployments": [["seq": 43, "id": "x"], ["seq": 42, "id": .string(id)]], "next_cursor": nil,
            ],
            "toolsets.pinDeployment": ["toolset": Self.staged],
        ])
        let pin = try await slipway("pin", "pets", "42", "--variations", "live", answering: script)
        #expect(
            pin.requests("toolsets.pinDeployment").map(\.json) == [
                ["slug": "pets", "deployment_id": .string(id), "variations": "live"]
            ]
        )
        #expect(pin.output == "Staging of pets stays on deployment 42: 2 changes.")
        let follow = try await slipway("pin", "pets", "--follow", answering: script)
        #expect(
            follow.requests.map(\.json) == [
                ["slug": "pets", "deployment_id": nil, "prompts": "newest", "variations": "newest"]
            ]
        )
        let unknown = try await slipway("pin", "pets", "7", answering: script)
        #expect(unknown.status == 1)
        #expect(unknown.errors == "slipway: the project has no deployment 7.")
        #expect(try await slipway("pin", "pets", answering: script).status == 1)
        let both = try await slipway("pin", "pets", "42", "--follow", answering: script)
        #expect(both.status == 1)
        #expect(both.requests.isEmpty)
    }

    @Test func `the last edit is taken back`() async throws {
        let script = answers(["toolsets.undoLastChange": ["toolset": ["slug": "pets", "editing_mode": "iteration"]]])
        let outcome = try await slipway("undo", "pets", answering: script)
        #expect(outcome.requests.map(\.json) == [["slug": "pets"]])
        #expect(outcome.output == "Took back the last edit of pets. That is live.")
    }

    @Test func `status tells what staging stays on, and that live has to be merged`() async throws {
        let toolset: JSONValue = [
            "slug": "pets", "editing_mode": "staging", "current_release": ["number": 12], "tool_urns": [],
            "staging": [
                "base_release": 11, "changes": 2, "pinned_deployment_seq": 42, "pins_prompts": true,
                "live_has_moved": true,
            ],
        ]
        let outcome = try await slipway("status", "pets", answering: answers(["toolsets.get": ["toolset": toolset]]))
        #expect(
            outcome.output.contains(
                "2 changes, based on release 11, stays on deployment 42 and on prompts of a release"
            )
        )
        #expect(
            outcome.errors == """
                Next: to merge what live has gained, before staging can go live: slipway merge pets
                      to see what changes: slipway review pets
                      to discard changes: slipway discard pets
                """
        )
    }

    @Test func `a stale digest on the way to staging mode is an error, not a difference`() async throws {
        let outcome = try await slipway("mode", "pets", "staging", "--confirm", "abc") { _ in
            .problem(422, "confirm_required", "Nothing was switched.", ["confirm_digest": "def"])
        }
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors == "slipway: Nothing was switched. [confirm_required]")
    }
}
