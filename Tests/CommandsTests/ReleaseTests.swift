import ArgumentParser
import JSON
import Testing

@testable import Commands

struct ReleaseTests {
    private static let staged: JSONValue = [
        "slug": "pets", "editing_mode": "staging", "current_release": ["number": 12], "tool_urns": [],
    ]

    private static func rolledBack(from previous: Int, to number: Int) -> JSONValue {
        [
            "toolset": staged, "previous_release": JSONValue(previous),
            "kind": number < previous ? "rollback" : "roll_forward",
            "verdicts": ["breaking": 0, "risky": 0, "safe": 0], "warnings": [],
        ]
    }

    private func rollBack(_ words: String..., answer: JSONValue) async throws -> Outcome {
        let script = answers(["toolsets.rollbackToRelease": answer])
        return try await FakeServer.with(script) { server in
            let paper = Paper()
            let command = try #require(try SlipwayCommand.parseAsRoot(["rollback"] + words) as? RollbackCommand)
            let environment = ["SLIPWAY_SERVER": server.address]
            let profile = try Profile.resolve(flags: command.options, environment: environment)
            try await command.run(on: profile, console: paper.console())
            return Outcome(status: 0, output: paper.output, errors: paper.errors, requests: server.requests)
        }
    }

    @Test func `after a roll back stands the command that returns`() async throws {
        let outcome = try await rollBack("pets", "9", "-m", "it is slow", answer: Self.rolledBack(from: 12, to: 9))
        #expect(
            outcome.requests("toolsets.rollbackToRelease").map(\.json)
                == [["slug": "pets", "number": 9, "reason": "it is slow"]]
        )
        #expect(
            outcome.output == """
                Rolled back to release 9: it is live in place of release 12. Staging stays as it is.
                To undo: slipway rollback pets 12
                """
        )
    }

    @Test func `a roll back tells what changes for callers, the hold, and warnings`() async throws {
        var toolset = Self.staged.object ?? [:]
        toolset["hold"] = ["from": 12, "to": 9, "reason": "it is slow", "actor": "key:ada"]
        var answer = Self.rolledBack(from: 12, to: 9).object ?? [:]
        answer["toolset"] = .object(toolset)
        answer["verdicts"] = ["breaking": 1, "risky": 2, "safe": 0]
        answer["warnings"] = [["id": "operations", "status": "warning", "message": "One is gone.", "details": []]]
        let outcome = try await rollBack("pets", "9", "-m", "it is slow", answer: .object(answer))
        #expect(
            outcome.output == """
                Rolled back to release 9: it is live in place of release 12. Staging stays as it is.
                For callers of what was live: 1 breaking, 2 risky.
                Automations wait until a person publishes, returns, or lifts the hold: slipway lift-hold pets
                To undo: slipway rollback pets 12
                """
        )
        #expect(outcome.errors == "Warning: One is gone.")
        let free = try await rollBack("pets", "9", "-m", "x", "--no-hold", answer: .object(answer))
        #expect(free.requests.map(\.json) == [["slug": "pets", "number": 9, "reason": "x", "hold": false]])
    }

    @Test func `after a return stands the command that rolls back, which takes a reason`() async throws {
        let outcome = try await rollBack("pets", "12", "--project", "p", answer: Self.rolledBack(from: 9, to: 12))
        #expect(outcome.requests("toolsets.rollbackToRelease").map(\.json) == [["slug": "pets", "number": 12]])
        #expect(
            outcome.output == """
                Returned to release 12: it is live in place of release 9. Staging stays as it is.
                To undo: slipway rollback pets 9 --project p -m REASON
                """
        )
    }

    @Test func `for programs the command that undoes it stands beside the JSON`() async throws {
        let answer = Self.rolledBack(from: 12, to: 9)
        let outcome = try await rollBack("pets", "9", "--json", answer: answer)
        #expect(try JSONValue(parsing: outcome.output) == answer)
        #expect(outcome.errors == "To undo: slipway rollback pets 12")
    }

    @Test func `a refused rollback says why, and how programs see it`() async throws {
        let script: FakeServer.Script = { _ in
            .problem(422, "invalid", "Say why.", ["errors": [["pointer": "/reason", "message": "is needed"]]])
        }
        let outcome = try await slipway("rollback", "pets", "9", answering: script)
        #expect(outcome.status == 1)
        #expect(outcome.output.isEmpty)
        #expect(outcome.errors == "slipway: Say why. [invalid]\n  /reason: is needed")

        let json = try await slipway("rollback", "pets", "9", "--json", answering: script)
        #expect(try JSONValue(parsing: json.output)["code"] == "invalid")
        #expect(json.status == 1)
    }

    private static let difference = FakeServer.Reply.problem(
        422,
        "confirm_required",
        "Look.",
        [
            "confirm_digest": ["abc123"], "added_tools": ["new"], "removed_tools": ["old"], "changed_prompts": ["p"],
            "added_resources": ["guide"], "metadata_changed": false, "order_changed": true,
        ]
    )

    @Test func `a difference is shown, and the command that takes it`() async throws {
        let outcome = try await slipway("mode", "pets", "iteration") { _ in Self.difference }
        #expect(outcome.status == 2)
        #expect(outcome.calls.count == 1)
        #expect(
            outcome.output == """
                What changes for callers:
                  + tool new
                  - tool old
                  ~ prompt p
                  + resource guide
                  ~ the order of tools, prompts or resources
                """
        )
        #expect(
            outcome.errors == """
                pets stays in staging mode.
                To make this live: slipway mode pets iteration --confirm abc123
                """
        )
    }

    @Test func `where callers see no difference it is said so`() async throws {
        let same = FakeServer.Reply.problem(422, "confirm_required", "Send it.", ["confirm_digest": ["a"]])
        let outcome = try await slipway("mode", "pets", "iteration") { _ in same }
        #expect(outcome.status == 2)
        #expect(outcome.output == "Callers will see no difference.")
    }

    @Test func `yes takes the difference once`() async throws {
        let outcome = try await slipway("mode", "pets", "iteration", "--yes") { request in
            request.json?["confirm_digest"] == "abc123"
                ? .json(["toolset": ["editing_mode": "iteration"]]) : Self.difference
        }
        #expect(outcome.status == 0)
        #expect(outcome.output == "pets is in iteration mode. Every edit is live at once.")

        let moving = try await slipway("mode", "pets", "iteration", "--yes") { _ in Self.difference }
        #expect(moving.status == 1)
        #expect(moving.calls.count == 2)
    }

    @Test func `publishing, staging and discarding say what is live`() async throws {
        let script = answers([
            "toolsets.publishStagingVersion": [
                "activated": true, "release": ["number": 13, "tool_count": 1, "base_release": 9],
            ],
            "toolsets.switchEditingMode": ["toolset": Self.staged],
            "toolsets.discardStagingVersion": ["toolset": Self.staged],
        ])
        let publish = try await slipway("publish", "pets", "-m", "Fewer tools", answering: script)
        #expect(
            publish.requests("toolsets.publishStagingVersion").map(\.json) == [
                ["slug": "pets", "notes": "Fewer tools"]
            ]
        )
        #expect(publish.output == "Published release 13 of pets with 1 tool. It is live.")
        #expect(publish.errors == "To undo: slipway rollback pets 9 -m REASON")
        let mode = try await slipway("mode", "pets", "staging", answering: script)
        #expect(mode.output.hasPrefix("pets is in staging mode. Live is release 12;"))
        let discard = try await slipway("discard", "pets", answering: script)
        #expect(discard.output == "Discarded the changes of pets. Staging is equal to release 12.")
    }

    @Test func `releases and activations are tables`() async throws {
        let releases: JSONValue = [
            [
                "number": 2, "state": "live", "label": "spring", "tool_count": 3,
                "verdicts": ["breaking": 1, "risky": 0, "safe": 2], "released_by": "me", "notes": "More\nlines",
                "created_at": "2026-11-22T17:08:30.125Z",
            ],
            [
                "number": 1, "state": "was_live", "tool_count": 2, "released_by": "me", "notes": "", "created_at": nil,
                "redaction": ["reason": "A secret", "actor": "key:ada", "at": "2026-11-22T17:08:30.125Z"],
            ],
        ]
        let activations: JSONValue = [
            ["seq": 2, "release": 2, "previous_release": 1, "kind": "publish", "actor": "me", "reason": "", "at": nil]
        ]
        let script = answers([
            "toolsets.listReleases": ["releases": releases, "next_cursor": nil],
            "toolsets.listActivations": ["activations": activations, "next_cursor": nil],
            "toolsets.getReleaseDetails": [
                "release": [
                    "number": 2, "state": "live", "notes": "More\nlines", "tools": [["name": "t", "urn": "u"]],
                    "resources": [["name": "guide", "urn": "resources:asset:guide"]],
                    "redaction": ["reason": "A secret", "actor": "key:ada", "at": "2026-11-22T17:08:30.125Z"],
                ]
            ],
        ])
        let list = try await slipway("releases", "pets", answering: script)
        #expect(
            list.output == """
                RELEASE  LABEL   STATE               CHANGES             TOOLS  BY  WHEN (UTC)        NOTES
                2        spring  live                1 breaking, 2 safe  3      me  2026-11-22 17:08  More
                1                was live, redacted                      2      me  -
                """
        )
        let log = try await slipway("activations", "pets", answering: script)
        #expect(log.output.contains("\n2    2     1       published  me"))
        let details = try await slipway("releases", "pets", "2", answering: script)
        #expect(details.output.contains("live, redacted"))
        #expect(details.output.contains("by key:ada: A secret"))
        #expect(details.output.contains("\n\nMore\nlines\n\nTOOL\nt     u"))
        #expect(details.output.contains("\n\nRESOURCE\nguide     resources:asset:guide"))
    }
}
