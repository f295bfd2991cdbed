import ArgumentParser
import JSON
import Testing

@testable import Commands

struct KeyTests {
    private static let key: JSONValue = [
        "id": "0198", "name": "ci", "prefix": "slp_ab", "scopes": ["reader"], "project_slug": nil, "automation": true,
        "created_at": "2026-11-22T17:08:30.125Z", "revoked_at": nil,
    ]

    @Test func `the secret of a new key stands alone on standard output`() async throws {
        let outcome = try await slipway(
            "keys",
            "create",
            "ci",
            "--scope",
            "reader",
            "--scope",
            "producer",
            "--project-slug",
            "p",
            "--automation",
            answering: answers(["keys.create": ["key": Self.key, "secret": "slp_new"]])
        )
        #expect(
            outcome.requests.map(\.json) == [
                ["name": "ci", "scopes": ["reader", "producer"], "project_slug": "p", "automation": true]
            ]
        )
        #expect(outcome.output == "slp_new")
        #expect(outcome.errors.contains("slipway keys revoke 0198"))
        #expect(!outcome.errors.contains("slp_"))
    }

    @Test func `keys are listed and revoked`() async throws {
        let script = answers([
            "keys.list": ["keys": [Self.key], "next_cursor": nil], "keys.revoke": ["key": Self.key],
        ])
        let list = try await slipway("keys", answering: script)
        #expect(list.output.hasSuffix("0198  ci    slp_ab  reader  all      a program  2026-11-22 17:08  in use"))
        let revoked = try await slipway("keys", "revoke", "0198", answering: script)
        #expect(revoked.requests.map(\.json) == [["id": "0198"]])
        #expect(revoked.output == "Revoked the key ci. It opens nothing any more.")
    }

    @Test func `without a key the refusal says where to get one`() async throws {
        try await FakeServer.with({ _ in .problem(401, "unauthorized", "A key is needed.") }) { server in
            var profile = Profile()
            profile.server = try ServerAddress(server.address)
            let paper = Paper()
            let command = try #require(try SlipwayCommand.parseAsRoot(["keys"]) as? KeyListCommand)
            do {
                try await command.run(on: profile, console: paper.console())
            } catch {
                #expect(SlipwayCommand.report(error, console: paper.console()) == 1)
            }
            #expect(paper.errors.hasPrefix("slipway: A key is needed. [unauthorized]\n  No key was sent."))
        }
    }
}
