import JSON
import Testing

@testable import Commands

struct MemberTests {
    private static let member: JSONValue = [
        "id": "0198", "email": "ada@example.com", "name": "Ada", "role": "admin",
        "created_at": "2026-11-22T17:08:30.125Z", "joined_at": nil,
    ]

    @Test func `a sign-in address stands alone on standard output`() async throws {
        let reply: JSONValue = [
            "member": Self.member, "sign_in_url": "http://x/sign-in/sli_1", "expires_at": "2026-11-29T17:08:30.125Z",
        ]
        let outcome = try await slipway(
            "sign-in",
            "ada@example.com",
            answering: answers(["members.createSignInLink": reply])
        )
        #expect(outcome.requests.map(\.json) == [["email": "ada@example.com"]])
        #expect(outcome.output == "http://x/sign-in/sli_1")
        #expect(outcome.errors.contains("Ada in once, as admin, until 2026-11-29 17:08"))
        #expect(!outcome.errors.contains("sli_"))
    }

    @Test(arguments: ["sign-in", "members"])
    func `members are listed`(command: String) async throws {
        let script = answers(["members.list": ["members": [Self.member], "next_cursor": nil]])
        let outcome = try await slipway(command, answering: script)
        #expect(outcome.output.hasSuffix("ada@example.com  Ada   admin  2026-11-22 17:08  not yet"))
        #expect(outcome.errors.contains("slipway sign-in EMAIL"))
    }
}
