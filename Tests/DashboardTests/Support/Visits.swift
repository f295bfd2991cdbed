import Accounts
import JSON
import ManagementAPI
import Projects
import Vocabulary

@testable import Dashboard

/// A management API that answers what a test says, by the name of the call, and remembers what it was asked for.
final class ScriptedDesk: ManagementDesk {
    private static let usual: [String: JSONObject] = [
        "features.list": ["features": [["name": "toolset_staging", "on": true]]]
    ]
    let answers: [String: JSONObject]

    init(_ answers: [String: JSONObject] = [:]) {
        self.answers = answers
    }

    func run(_ order: CallOrder, for caller: Caller) async throws -> CallAnswer {
        guard let answer = answers[order.name] ?? Self.usual[order.name] else {
            throw Problem(.unexpected, "Nothing is scripted for \(order.name).")
        }
        return CallAnswer(answer, etag: "etag")
    }
}

extension Visit {
    /// A visit of Ada, with the role that is named, to the project `default`.
    static func of(
        _ role: Scope = .admin,
        query: String = "",
        form: String = "",
        parameters: [String: String] = [:],
        address: String = "/",
        desk: any ManagementDesk = ScriptedDesk()
    ) -> Visit {
        let member = Member(
            id: .make(),
            organizationID: .make(),
            email: "ada@example.com",
            name: "Ada",
            role: role,
            createdAt: Timestamp(milliseconds: 0),
            joinedAt: Timestamp(milliseconds: 0),
            removedAt: nil
        )
        return Visit(
            session: Session(
                id: .make(),
                caller: .person(member),
                createdAt: Timestamp(milliseconds: 1_764_000_000_000),
                expiresAt: Timestamp(milliseconds: 4_000_000_000_000)
            ),
            formToken: FormToken(of: KeySecret("secret")),
            address: address,
            query: FormFields(urlEncoded: query),
            form: FormFields(urlEncoded: form),
            parameters: ["project": "default"].merging(parameters) { _, own in own },
            desk: desk
        )
    }
}
