import ArgumentParser
import JSON
import Testing

@testable import Commands

struct ReviewCommandTests {
    private static let removed: JSONValue = [
        "rule": "set.tool.removed", "level": "breaking", "subject": "tools:http:pets:list", "name": "list",
        "pointer": "", "message": "The tool is gone.", "fingerprint": "aaaaaaaaaaaaaaaa", "acknowledgeable": true,
    ]
    private static let retitled: JSONValue = [
        "rule": "tool.title.changed", "level": "safe", "subject": "tools:http:pets:get", "name": "get",
        "pointer": "/title", "message": "The title is another.", "fingerprint": "bbbbbbbbbbbbbbbb",
        "acknowledgeable": true,
    ]

    private static func review(_ change: (inout JSONObject) -> Void = { _ in }) -> JSONValue {
        var review: JSONObject = [
            "first": false, "live_release": 12, "base_release": 12, "yours": [removed, retitled], "project": [],
            "merged": [], "brings_back": [], "acknowledge": ["aaaaaaaaaaaaaaaa"],
            "verdicts": ["breaking": 1, "risky": 0, "safe": 1], "tokens": ["before": 120, "after": 100],
            "checks": [
                ["id": "names", "status": "ok", "message": "fine", "details": []],
                [
                    "id": "variables", "status": "warning", "message": "Something lacks.",
                    "details": ["KEY, needed by get"],
                ],
            ],
            "suggested_label": "2.0.0", "review_digest": "d-e-f-4", "staging_etag": "e", "activation_seq": 4,
            "merge_pending": false, "mergeable": true, "conflicts": [],
        ]
        change(&review)
        return ["review": .object(review)]
    }

    @Test func `a review stands in groups, with levels and fingerprints, and with the command that publishes it`()
        async throws
    {
        let outcome = try await slipway(
            "review",
            "pets",
            answering: answers(["toolsets.reviewStagingVersion": Self.review()])
        )
        #expect(outcome.status == 0)
        #expect(
            outcome.output == """
                pets  staging, based on release 12, against live: release 12

                Your changes
                  list
                    breaking  set.tool.removed: The tool is gone.  [aaaaaaaaaaaaaaaa]
                  get
                    safe      tool.title.changed: The title is another.  [bbbbbbbbbbbbbbbb]

                Checks
                  warning  Something lacks.
                    KEY, needed by get

                1 breaking, 1 safe; about 120 tokens before, 100 after. Suggested label: 2.0.0.
                """
        )
        #expect(
            outcome.errors
                == "Next: to make this live: slipway publish pets -m NOTES --acknowledge aaaaaaaaaaaaaaaa --reviewed d-e-f-4"
        )
    }

    @Test func `a review with a check that failed prints no publish, which would be refused`() async throws {
        let review = Self.review {
            $0["checks"] = [["id": "variables", "status": "failed", "message": "Something lacks.", "details": []]]
        }
        let outcome = try await slipway(
            "review",
            "pets",
            answering: answers(["toolsets.reviewStagingVersion": review])
        )
        #expect(outcome.errors == "Mend what a check says has failed: a publish is refused until then.")
    }

    @Test func `with exit code a review ends with 2 where there are changes`() async throws {
        let changed = answers(["toolsets.reviewStagingVersion": Self.review()])
        #expect(try await slipway("review", "pets", "--exit-code", answering: changed).status == 2)
        let same = Self.review {
            $0["yours"] = []
            $0["verdicts"] = ["breaking": 0, "risky": 0, "safe": 0]
        }
        let outcome = try await slipway(
            "review",
            "pets",
            "--exit-code",
            answering: answers(["toolsets.reviewStagingVersion": same])
        )
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("No change for callers."))
        #expect(outcome.errors.isEmpty)
    }

    @Test func `what is brought back is told with what took it back`() async throws {
        var back = Self.retitled.object ?? [:]
        back["rolled_back"] = ["from": 12, "to": 9, "actor": "key:ada", "reason": "slow", "at": nil]
        let review = Self.review { $0["brings_back"] = [.object(back)] }
        let outcome = try await slipway(
            "review",
            "pets",
            answering: answers(["toolsets.reviewStagingVersion": review])
        )
        #expect(
            outcome.output.contains(
                "Brings back what was rolled back\n  get\n    safe      tool.title.changed: The title is another. (rolled back from release 12 by key:ada)"
            )
        )
    }

    @Test func `a publish that nobody acknowledged shows the changes, and the command that takes them`() async throws {
        let refusal = FakeServer.Reply.problem(
            422,
            "unacknowledged",
            "Staging brings 1 breaking change.",
            ["changes": [Self.removed]]
        )
        let words = ["publish", "pets", "-m", "Fewer tools", "--label", "2.0.0", "--project", "p"]
        let outcome = try await FakeServer.with({ _ in refusal }) { server in
            let paper = Paper()
            let command = try #require(try SlipwayCommand.parseAsRoot(words) as? PublishCommand)
            let profile = try Profile.resolve(flags: command.options, environment: ["SLIPWAY_SERVER": server.address])
            var status: Int32 = 0
            do {
                try await command.run(on: profile, console: paper.console())
            } catch {
                status = SlipwayCommand.report(error, console: paper.console())
            }
            return Outcome(status: status, output: paper.output, errors: paper.errors, requests: server.requests)
        }
        #expect(outcome.status == 2)
        #expect(
            outcome.output == """
                Staging brings 1 breaking change.

                  list
                    breaking  set.tool.removed: The tool is gone.  [aaaaaaaaaaaaaaaa]
                """
        )
        #expect(
            outcome.errors
                == "To take it knowingly: slipway publish pets -m 'Fewer tools' --label 2.0.0 --acknowledge aaaaaaaaaaaaaaaa --project p"
        )
    }

    @Test func `a publish sends what was seen, and says what changed`() async throws {
        let answer: JSONValue = [
            "activated": false,
            "release": [
                "number": 13, "tool_count": 2, "base_release": 12, "verdicts": ["breaking": 1, "risky": 0, "safe": 1],
            ],
        ]
        let outcome = try await slipway(
            "publish",
            "pets",
            "-m",
            "x",
            "--create-only",
            "--acknowledge",
            "aaaaaaaaaaaaaaaa",
            "--reviewed",
            "d-e-f-4",
            "--lift-hold",
            answering: answers(["toolsets.publishStagingVersion": answer])
        )
        #expect(
            outcome.requests.map(\.json) == [
                [
                    "acknowledge": ["aaaaaaaaaaaaaaaa"], "review_digest": "d-e-f-4", "lift_hold": true, "slug": "pets",
                    "notes": "x", "activate": false,
                ]
            ]
        )
        #expect(
            outcome.output == "Made release 13 of pets with 2 tools. It is not live. What changed: 1 breaking, 1 safe."
        )
        #expect(outcome.errors == "To make it live: slipway activate pets 13")
    }

    @Test func `comparing ends with 2 where callers see a difference`() async throws {
        func comparison(_ changes: JSONValue) -> FakeServer.Script {
            answers([
                "toolsets.compareReleases": [
                    "comparison": [
                        "from": "9", "to": "live", "changes": changes,
                        "verdicts": ["breaking": 1, "risky": 0, "safe": 0],
                    ]
                ]
            ])
        }
        let changed = try await slipway("compare", "pets", "9", "live", answering: comparison([Self.removed]))
        #expect(changed.status == 2)
        #expect(changed.output.hasPrefix("From release 9 to live: 1 breaking\n  list\n    breaking  set.tool.removed"))
        #expect(changed.requests.map(\.query) == ["slug=pets&from=9&to=live"])
        let same = try await slipway("compare", "pets", "9", "live", answering: comparison([]))
        #expect(same.status == 0)
        #expect(same.output == "Callers see no difference between release 9 and live.")
    }

    @Test func `an activation, a label and a hold say what came of it`() async throws {
        let script = answers([
            "toolsets.activateRelease": ["activated": true, "release": ["number": 13]],
            "toolsets.listActivations": [
                "activations": [["release": 13, "previous_release": 12]], "next_cursor": nil,
            ],
            "toolsets.setReleaseLabel": ["release": ["number": 13]],
            "toolsets.liftHold": ["toolset": ["slug": "pets"]],
        ])
        let live = try await slipway("activate", "pets", "13", "--expected-seq", "7", answering: script)
        #expect(
            live.requests("toolsets.activateRelease").map(\.json) == [
                ["slug": "pets", "number": 13, "expected_activation_seq": 7]
            ]
        )
        #expect(live.output == "Release 13 of pets is live.")
        #expect(live.errors == "To undo: slipway rollback pets 12 -m REASON")
        let label = try await slipway("label", "pets", "13", "spring", answering: script)
        #expect(label.requests.map(\.json) == [["slug": "pets", "number": 13, "label": "spring"]])
        let none = try await slipway("label", "pets", "13", "--remove", answering: script)
        #expect(none.requests.map(\.json) == [["slug": "pets", "number": 13, "label": nil]])
        #expect(none.output == "Release 13 of pets has no label.")
        let lifted = try await slipway("lift-hold", "pets", "-m", "mended", answering: script)
        #expect(lifted.requests.map(\.json) == [["slug": "pets", "reason": "mended"]])
        #expect(lifted.output == "The hold of pets is lifted: automations may publish again.")
    }

    @Test func `rules are shown, and set one by one`() async throws {
        let toolset: JSONValue = [
            "toolset": ["change_rules": ["profile": "typed", "rules": ["tool.title.changed": "off"]]]
        ]
        let script = answers(["toolsets.get": toolset, "toolsets.setChangeRules": toolset])
        let shown = try await slipway("rules", "pets", answering: script)
        #expect(shown.calls == ["toolsets.get"])
        #expect(
            shown.output == """
                Profile                       typed
                Removal of a deprecated tool  as any removal
                tool.title.changed            off
                """
        )
        let set = try await slipway(
            "rules",
            "pets",
            "--profile",
            "typed",
            "--set",
            "tool.title.changed=off",
            "--set",
            "set.tool.added=default",
            "--deprecation-days",
            "0",
            answering: script
        )
        #expect(
            set.requests.map(\.json) == [
                [
                    "slug": "pets", "profile": "typed", "rules": ["tool.title.changed": "off", "set.tool.added": nil],
                    "deprecation_days": nil,
                ]
            ]
        )
    }

    @Test(arguments: [["label", "pets", "1"], ["rules", "pets", "--set", "no-level"]])
    func `a command line that says too little ends with 1`(words: [String]) async throws {
        #expect(throws: (any Error).self) { try SlipwayCommand.parseAsRoot(words) }
    }
}
