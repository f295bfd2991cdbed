import Accounts
import JSON

extension Calls {
    private static let role: JSONObject = ["type": "string", "enum": JSONValue(Member.roles.map(\.rawValue))]
    private static let answerWithAddress: JSONObject = [
        "member": FieldSchema.reference("Member"),
        "sign_in_url": ["type": "string", "description": "Signs the member in, once; shown only in this answer."],
        "expires_at": ["type": "string"],
    ]

    static let members = [
        Call(
            .get,
            "members.list",
            scope: .reader,
            "Lists the people who may sign in to the pages.",
            fields: .page,
            answer: .list("members", of: "Member")
        ).with { $0.needsProject = false },
        Call(
            .post,
            "members.invite",
            scope: .admin,
            "Invites a person; the answer has an address by which they sign in once.",
            fields: [
                .required("email", ["type": "string", "maxLength": 254], "Nothing is sent to it."),
                .required("name", FieldSchema.name, "What their changes are signed with."),
                .required("role", role, "What they may do: what a key of that scope may."),
            ],
            answer: answerWithAddress
        ).with {
            $0.needsProject = false
            $0.creates = true
            $0.status = 201
        },
        Call(
            .post,
            "members.update",
            scope: .admin,
            "Changes a member's name or role.",
            fields: [
                .required("id", FieldSchema.id, "The member."), .optional("name", FieldSchema.name, "The new name."),
                .optional("role", role, "The new role."),
            ],
            answer: .one("member", "Member")
        ).with { $0.needsProject = false },
        Call(
            .post,
            "members.createSignInLink",
            scope: .admin,
            "Makes a new address by which a member signs in once; one made before ends.",
            fields: [
                .optional("id", FieldSchema.id, "The member."),
                .optional("email", ["type": "string", "maxLength": 254], "The member's e-mail, in place of the id."),
            ],
            answer: answerWithAddress
        ).with {
            $0.needsProject = false
            $0.status = 201
        },
        Call(
            .delete,
            "members.remove",
            scope: .admin,
            "Removes a member and signs them out everywhere; what they did stays signed with their name.",
            fields: [.required("id", FieldSchema.id, "The member.")],
            answer: .one("member", "Member")
        ).with { $0.needsProject = false },
    ]
}
