import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Pages of keys, members and the audit log` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)
    private let at: JSONValue = "2025-11-24T15:00:00.000Z"

    @Test func `list keys, and explain scopes`() throws {
        let answer: JSONObject = [
            "keys": [
                [
                    "id": "k1", "name": "ci", "prefix": "slw_ab", "scopes": ["publisher"], "project_slug": nil,
                    "automation": true, "created_at": at, "revoked_at": nil,
                ],
                [
                    "id": "k2", "name": "old <x>", "prefix": "(given)", "scopes": ["reader"], "project_slug": "default",
                    "automation": false, "created_at": at, "revoked_at": at,
                ],
            ]
        ]
        let page = KeyListPage(answer, visit: .of(.admin), now: now)
        try expectSnapshot(of: page, by: "access/keys", named: "keys")
        #expect(page.keys.map(\.prefix) == ["slw_ab…", "(given)"])
        let reader = KeyListPage([:], visit: .of(.publisher), now: now)
        try expectSnapshot(of: reader, by: "access/keys", named: "keys-publisher")
        #expect(!reader.mayManage)
    }

    @Test func `show a secret once`() throws {
        let key: JSONObject = ["key": ["name": "ci"], "secret": "slw_secret"]
        try expectSnapshot(of: SecretPage(key: key, visit: .of(.admin)), by: "access/secret", named: "key-secret")
        let member: JSONObject = [
            "member": ["name": "Bob", "role": "reader"], "sign_in_url": "https://x/sign-in/sli_1", "expires_at": at,
        ]
        let page = SecretPage(member: member, isNew: true, now: now)
        try expectSnapshot(of: page, by: "access/secret", named: "member-invited")
        #expect(page.title == "Bob is invited")
    }

    @Test func `list members, and keep an invitation that was refused`() throws {
        let answer: JSONObject = [
            "members": [
                ["id": "m1", "name": "Ada", "email": "ada@example.com", "role": "admin", "joined_at": at],
                ["id": "m2", "name": "נועה", "email": "noa@example.com", "role": "reader", "joined_at": nil],
            ]
        ]
        let fault = Problem(.nameTaken, "There is a member with this e-mail already.")
        let visit = Visit.of(.admin, form: "email=ada%40example.com&name=Ada&role=publisher")
        let page = MemberListPage(answer, visit: visit, problem: fault, now: now)
        try expectSnapshot(of: page, by: "access/members", named: "members-fault")
        #expect(page.email.value == "ada@example.com" && !page.email.error.isEmpty)
        #expect(page.roles.first { $0.isChosen }?.value == "publisher")
        let reader = MemberListPage(answer, visit: .of(.reader), now: now)
        try expectSnapshot(of: reader, by: "access/members", named: "members-reader")
        let none = MemberListPage(["members": []], visit: .of(.admin), now: now)
        try expectSnapshot(of: none, by: "access/members", named: "members-empty")
        let member = answer["members"]?.array?.last ?? .null
        try expectSnapshot(of: MemberPage(member, visit: .of(.admin)), by: "access/member", named: "member")
    }

    @Test func `keep the role of the only admin`() throws {
        let ada: JSONValue = ["id": "m1", "name": "Ada", "email": "a@b", "role": "admin", "joined_at": at]
        let eve: JSONValue = ["id": "m2", "name": "Eve", "email": "e@b", "role": "admin", "joined_at": nil]
        let visit = Visit.of(.admin, form: "role=reader&name=Ada")
        let page = MemberPage(ada, among: [ada, eve], visit: visit)
        try expectSnapshot(of: page, by: "access/member", named: "member-last-admin")
        #expect(page.isLastAdmin && page.roles.first { $0.isChosen }?.value == "admin")
        #expect(!MemberPage(eve, among: [ada, eve], visit: .of(.admin)).isLastAdmin)
        var joined = eve.object ?? [:]
        joined["joined_at"] = at
        #expect(!MemberPage(ada, among: [ada, .object(joined)], visit: visit).isLastAdmin)
    }

    @Test(arguments: [
        (
            "toolset.publish", "library", "published release 13, labelled spring",
            "Published release 13 of library, labelled spring"
        ),
        ("toolset.create_release", "library", "made release 4, not live", "Made release 4 of library, not live"),
        (
            "toolset.rollback", "library", "rolled back from release 12 to release 9",
            "Rolled back library from release 12 to release 9"
        ),
        ("toolset.lift_hold", "library", "lifted the hold", "Toolset library: lifted the hold"),
        (
            "toolset.set_change_rules", "library", "set the change rules from {} to {}",
            "Set the change rules of library"
        ),
        (
            "variation.upsert", "tools:http:library:getBook", "in the whole project",
            "Changed the tool getBook in the whole project"
        ),
        ("environment.update", "production", "set A", "Changed the environment production: set A"),
        ("prompt.update", "plan", "version 2", "Wrote version 2 of the prompt plan"),
        ("key.create", "ci", "created with the scopes publisher", "Created the key ci with the scope publisher"),
        ("key.create", "x", "created with the scopes reader, admin", "Created the key x with the scopes reader, admin"),
        ("environment.create", "demo", "created with ", "Created the environment demo"),
        ("member.sign_in", "Ada", "signed in", "Signed in"),
        ("deployment.create", "7", "of library, pets", "Made deployment 7 of library, pets"),
        ("asset.upload", "library.yaml", "sha256 sha256:0123456789abcdef", "Uploaded library.yaml"),
        ("robot.dance", "r2", "twice", "Robot r2: dance, twice"),
    ])
    func `say events as sentences`(_ action: String, _ name: String, _ summary: String, _ expected: String) {
        let event: JSONValue = [
            "action": .string(action), "subject_name": .string(name), "summary": .string(summary), "subject": "x",
        ]
        let sentence = AuditSentence(event, project: Slug("default"))
        #expect("\(sentence.before)\(sentence.name.isEmpty ? "" : " \(sentence.name)")\(sentence.after)" == expected)
        #expect(sentence.raw.contains(summary), "the whole of it stands there too")
        #expect(sentence.digest == (action == "asset.upload" ? "0123456789ab" : ""))
    }

    @Test(arguments: [
        ("in the toolset pets", "/projects/default/toolsets/pets/tools/edit?urn="),
        ("in the whole project", "/projects/default/variations/~edit?urn="),
    ])
    func `lead to the editor of whoever changed a tool`(_ summary: String, _ address: String) {
        let event: JSONValue = [
            "action": "variation.upsert", "subject_name": "tools:http:pets:get", "summary": .string(summary),
        ]
        #expect(AuditSentence(event, project: Slug("default")).address.hasPrefix(address))
    }

    @Test func `list events, filtered`() throws {
        let answer: JSONObject = [
            "audit_logs": [
                [
                    "actor": "key:ci", "action": "toolset.switch_mode", "subject_name": "library",
                    "summary": "to staging",
                    "at": at,
                ]
            ], "next_cursor": "9",
        ]
        let page = AuditPage(answer, visit: .of(.reader, query: "actor=key%3Aci&action=toolset.switch_mode"), now: now)
        try expectSnapshot(of: page, by: "access/audit", named: "audit")
        #expect(page.events[0].what.before == "Toolset" && page.events[0].what.after == ": to staging")
        #expect(
            page.actions.last?.isChosen == true,
            "an action of the address stays chosen, also where the list has it not"
        )
        let none = AuditPage(["audit_logs": []], visit: .of(.reader), now: now)
        try expectSnapshot(of: none, by: "access/audit", named: "audit-empty")
    }
}
