import ArgumentParser
import JSON
import Testing

@testable import Commands

struct RetentionTests {
    private static let rehearsed: JSONValue = [
        "prune": [
            "dry_run": true, "count": 3, "bytes": 812,
            "kinds": [
                ["kind": "releases", "count": 1, "bytes": 0], ["kind": "staging_copies", "count": 2, "bytes": 812],
            ],
            "releases": [["toolset": "pets", "number": 3]],
        ]
    ]

    @Test func `a dry run says what would go and how to take it away`() async throws {
        let outcome = try await slipway("prune", "--dry-run", answering: answers(["releases.prune": Self.rehearsed]))
        #expect(outcome.requests("releases.prune").map(\.json) == [["dry_run": true]])
        #expect(
            outcome.output == """
                This would be taken away:
                KIND            COUNT  BYTES
                releases        1      0
                staging copies  2      812
                Release 3 of pets
                """
        )
        #expect(outcome.errors.hasPrefix("To take it away: slipway prune"))
    }

    @Test func `without the flag it is taken away`() async throws {
        let nothing: JSONValue = [
            "prune": ["dry_run": false, "count": 0, "bytes": 0, "kinds": [], "releases": []]
        ]
        let outcome = try await slipway("prune", answering: answers(["releases.prune": nothing]))
        #expect(outcome.requests("releases.prune").map(\.json) == [["dry_run": false]])
        #expect(outcome.output == "Nothing to take away: something keeps all that there is.")
    }

    @Test func `an export is written as canonical JSON`() async throws {
        let answer: JSONValue = ["export": ["kind": "release", "format": 1]]
        let outcome = try await slipway("export", "pets", "2", answering: answers(["toolsets.exportRelease": answer]))
        #expect(outcome.output == #"{"format":1,"kind":"release"}"#)
        #expect(outcome.requests("toolsets.exportRelease").first?.fields["number"] == "2")
    }

    @Test(arguments: [["verify", "a.db", "--data-dir", "data"], ["export", "pets", "0"]])
    func `words that make no sense are refused`(words: [String]) {
        #expect(throws: (any Error).self) { try SlipwayCommand.parseAsRoot(words) }
    }
}
