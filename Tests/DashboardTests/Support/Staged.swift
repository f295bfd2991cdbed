import JSON
import Vocabulary

@testable import Dashboard

/// A toolset in staging mode with a history, as the management API answers about it.
enum Staged {
    static let now = Timestamp("2026-11-27T12:00:00.000Z") ?? Timestamp(milliseconds: 0)

    /// Live is release 12 after a rollback from 13; staging has 3 changes.
    static func place(
        mayPublish: Bool = true,
        mayEdit: Bool = true,
        staging: JSONObject = [:],
        name: String = "Library"
    ) -> ToolsetPlace {
        var side: JSONObject = [
            "etag": "e1", "base_release": 12, "pinned_deployment_id": nil, "pinned_deployment_seq": nil,
            "pins_prompts": false, "live_has_moved": false, "replaced": nil, "changes": 3,
        ]
        for (key, value) in staging { side[key] = value }
        let toolset: JSONValue = [
            "slug": "library", "name": .string(name), "etag": "t1", "editing_mode": "staging", "view": "staging",
            "mcp_slug": "library", "mcp_url": "http://localhost/mcp/library", "mcp_enabled": true,
            "mcp_is_public": false, "pinned_addresses": true, "activation_seq": 14,
            "current_release": ["number": 12, "digest": "aa12"], "staging": .object(side), "hold": nil,
            "tools": [["name": "getBook", "urn": "tools:http:library:getBook"]],
        ]
        return ToolsetPlace(
            toolset: toolset,
            activation: ["release": 12, "kind": "publish", "actor": "Ada", "at": "2026-11-25T12:00:00.000Z"],
            slug: "library",
            project: Slug("default"),
            isStagingMode: true,
            isStagingView: true,
            mayEdit: mayEdit,
            mayPublish: mayPublish
        )
    }

    static func change(
        _ rule: String,
        _ level: String,
        of subject: String = "tools:http:library:getBook",
        name: String = "getBook",
        message: String,
        before: JSONValue? = nil,
        after: JSONValue? = nil,
        fingerprint: String
    ) -> JSONValue {
        var json: JSONObject = [
            "rule": .string(rule), "level": .string(level), "subject": .string(subject), "name": .string(name),
            "pointer": "", "message": .string(message), "fingerprint": .string(fingerprint), "acknowledgeable": true,
        ]
        json["before"] = before
        json["after"] = after
        return .object(json)
    }

    static let title = change(
        "tool.title.changed",
        "safe",
        message: "The title is \"A book\" in place of \"Book\".",
        before: "Book",
        after: "A book",
        fingerprint: "0000000000000001"
    )
    static let required = change(
        "input.property.required-set",
        "breaking",
        message: "`limit` must be given by now.",
        fingerprint: "0000000000000002"
    )
    static let description = change(
        "tool.description.changed",
        "risky",
        of: "tools:http:library:find",
        name: "find",
        message: "The description says something else.",
        before: "Finds books by their title.",
        after: "Finds books by their title or author.",
        fingerprint: "0000000000000003"
    )
    static let rightToLeft = change(
        "tool.description.changed",
        "risky",
        of: "tools:http:library:find",
        name: "a_very_long_name_of_a_tool_that_no_screen_is_wide_enough_for_and_wraps",
        message: "The description says something else.",
        before: "ابحث عن كتاب",
        after: "ابحث عن كتاب بالمؤلف",
        fingerprint: "0000000000000004"
    )

    /// A review of these changes.
    static func review(
        yours: [JSONValue] = [],
        project: [JSONValue] = [],
        _ more: JSONObject = [:]
    ) -> JSONValue {
        let breaking = (yours + project).filter { $0["level"] == "breaking" }
        var review: JSONObject = [
            "first": false, "live_release": 12, "base_release": 12, "yours": .array(yours),
            "project": .array(project), "merged": [], "brings_back": [],
            "acknowledge": .array(breaking.map { $0["fingerprint"] ?? .null }),
            "tokens": ["before": 512, "after": 500],
            "checks": [
                ["id": "names", "status": "ok", "message": "Every tool has a name of its own.", "details": []],
                ["id": "size", "status": "warning", "message": "There are 130 tools.", "details": ["128 is safe"]],
            ],
            "suggested_label": "2.0.0", "next_release": 14, "review_digest": "d-1", "staging_etag": "e1",
            "activation_seq": 14, "merge_pending": false, "conflicts": [],
        ]
        for (key, value) in more { review[key] = value }
        return .object(review)
    }

    static let deployments = ReviewedDeploymentPair(liveID: "d42", live: 42, staging: 45)

    static func release(_ number: Int, _ more: JSONObject = [:]) -> JSONValue {
        var release: JSONObject = [
            "number": JSONValue(number), "label": nil, "digest": .string("aa\(number)"),
            "notes": "Notes of \(number)\nmore",
            "released_by": "Ada", "created_at": .string("2026-11-\(number + 9)T12:00:00.000Z"), "state": "was_live",
            "deployment_id": "d42", "tool_count": 2, "verdicts": ["breaking": 1, "risky": 0, "safe": 2],
            "base_release": JSONValue(number - 1), "redaction": nil,
        ]
        for (key, value) in more { release[key] = value }
        return .object(release)
    }

    static func activation(_ seq: Int, _ release: Int, _ kind: String, _ at: String, from previous: Int) -> JSONValue {
        [
            "seq": JSONValue(seq), "release": JSONValue(release), "previous_release": JSONValue(previous),
            "kind": .string(kind), "actor": "key:ci", "reason": "Upstream 500s", "at": .string(at),
        ]
    }

    /// 14 was never live, 13 was for an hour, 12 is live again.
    static let history = ReleaseHistory(
        releases: [
            release(14, ["created_at": "2026-11-27T10:00:00.000Z"]), release(13), release(12, ["label": "1.4.0"]),
            release(11, ["redaction": ["reason": "a secret", "actor": "Ada", "at": "2026-11-26T12:00:00.000Z"]]),
        ],
        activations: [
            activation(14, 12, "rollback", "2026-11-22T13:00:00.000Z", from: 13),
            activation(13, 13, "publish", "2026-11-22T12:00:00.000Z", from: 12),
            activation(12, 12, "publish", "2026-11-21T12:00:00.000Z", from: 11),
            activation(11, 11, "publish", "2026-11-20T12:00:00.000Z", from: 10),
        ],
        live: 12,
        now: now
    )
}
