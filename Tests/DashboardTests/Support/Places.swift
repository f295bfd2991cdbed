import JSON
import Vocabulary

@testable import Dashboard

extension ToolsetPlace {
    /// The toolset `library` from one of its sides, as `toolsets.get` tells it, with some of it said otherwise.
    static func of(
        _ side: Side = .iteration,
        mayEdit: Bool = true,
        mayPublish: Bool = true,
        _ fields: JSONObject = [:]
    ) throws -> ToolsetPlace {
        let base = try JSONValue(
            parsing: #"""
                {"slug": "library", "name": "Town library", "description": "Books & <loans>", "instructions": "",
                 "documentation_url": null, "logo": null, "output_schemas": null, "etag": "e1",
                 "tool_urns": ["tools:http:library:searchBooks", "tools:http:library:getBook"],
                 "prompt_names": ["recommend", "overdue"], "resource_urns": ["resources:asset:rules"],
                 "default_environment_slug": "production", "staging_environment_slug": null,
                 "mcp_slug": "library", "mcp_url": "http://localhost/mcp/library", "mcp_enabled": true,
                 "mcp_caller_variables": ["LIBRARY_CARD_KEY"], "mcp_is_public": false, "pinned_addresses": false,
                 "grace_seconds": 30, "current_release": null, "staging": null, "hold": null,
                 "change_rules": {"profile": "agent", "rules": {"set.order.changed": "off"}, "deprecation_days": 30},
                 "warnings": []}
                """#
        )
        var toolset = base.object ?? [:]
        toolset["editing_mode"] = side == .iteration ? "iteration" : "staging"
        if side != .iteration {
            toolset["current_release"] = ["number": 12]
            toolset["staging"] = [
                "changes": 2, "base_release": 12, "difference": ["removed_tools": ["returnBook"]],
            ]
        }
        for (name, value) in fields { toolset[name] = value }
        return ToolsetPlace(
            toolset: .object(toolset),
            activation: side == .iteration
                ? nil : ["kind": "publish", "actor": "Ada", "at": "2020-01-02T03:04:05Z"],
            slug: "library",
            project: Slug("default"),
            isStagingMode: side != .iteration,
            isStagingView: side == .staging,
            mayEdit: mayEdit,
            mayPublish: mayPublish
        )
    }

    /// What somebody looks at.
    enum Side {
        case iteration, live, staging
    }
}

/// A tool as `toolsets.getTool` tells it.
let searchBooks: JSONValue = [
    "urn": "tools:http:library:searchBooks", "name": "searchBooks", "title": "Search books",
    "description": "Finds it.\nQuickly.", "tags": ["books", "search"], "source": "library", "method": "GET",
    "path": "/books", "annotations": ["readOnlyHint": true, "openWorldHint": true], "confirm": "always",
    "confirm_prompt": nil, "tokens": 90, "marks": ["changed", "overridden"], "overridden": ["description", "confirm"],
    "original": [
        "name": "searchBooks", "title": "Search", "description": "Finds books.", "tags": ["books", "search"],
        "annotations": ["readOnlyHint": true, "openWorldHint": true], "confirm": nil, "confirm_prompt": nil,
        "tokens": 100,
    ],
    "inherited": [
        "name": "searchBooks", "title": "Search books", "description": "Finds books.", "tags": ["books", "search"],
        "annotations": ["readOnlyHint": true, "openWorldHint": true], "confirm": nil, "confirm_prompt": nil,
        "tokens": 100,
    ],
    "variations": [
        "global": ["title": "Search books"],
        "own": ["description": "Finds it.\r\nQuickly.", "confirm": "always"],
    ],
    "input_schema": [
        "type": "object", "required": ["q"],
        "properties": [
            "q": ["type": "string", "description": "Words", "minLength": 1],
            "filter": ["$ref": "#/$defs/Filter"],
            "order": ["enum": ["title", "year"], "default": "title"],
        ],
        "$defs": [
            "Filter": [
                "type": "object",
                "properties": ["tags": ["type": "array", "items": ["type": "string"]], "year": ["type": "integer"]],
            ]
        ],
    ],
    "output_schema": ["type": "object"], "serves_output_schema": false,
    "call": [
        "method": "GET", "server": "https://library.example", "path": "/books",
        "parameters": [["argument": "q", "name": "q", "in": "query"]],
        "security": [[["variables": ["LIBRARY_CARD_KEY"]]]],
    ],
]
