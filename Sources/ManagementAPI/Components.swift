import JSON

/// The schemas of what answers hold.
enum Components {
    static let schemas: JSONObject = [
        "Problem": object([
            "type": string, "title": string, "status": integer, "detail": string, "code": string,
            "errors": ["type": "array", "items": object(["pointer": string, "message": string])],
        ]),
        "Asset": object([
            "id": string, "name": string, "kind": string, "sha256": string, "content_type": string,
            "content_length": integer, "created_at": string,
        ]),
        "Deployment": object([
            "id": string, "seq": integer, "status": ["type": "string", "enum": ["pending", "completed", "failed"]],
            "sources": [
                "type": "array",
                "items": object(["slug": string, "kind": string, "asset_id": string, "output_schemas": boolean]),
            ],
            "tool_count": integer, "diagnostics": object(["error": integer, "warning": integer]),
            "created_at": string, "completed_at": nullableString,
        ]),
        "DeploymentLog": object([
            "level": string, "message": string, "code": nullableString, "source": nullableString,
            "file": nullableString, "pointer": nullableString, "line": nullableInteger, "column": nullableInteger,
        ]),
        "Source": object([
            "slug": string, "kind": string, "asset": reference("Asset"), "output_schemas": boolean,
            "tool_count": integer, "diagnostics": object(["error": integer, "warning": integer]),
            "compiled_at": string, "deployment_seq": integer, "built_in": boolean,
        ]),
        "Document": object([
            "title": nullableString, "version": nullableString, "openapi": nullableString,
            "operation_count": integer, "suggested_slug": string, "fault": anyOrNull,
        ]),
        "DeploymentEffects": object([
            "deployment_id": string, "previous_deployment_id": nullableString, "active": boolean, "added": strings,
            "removed": strings, "changed": strings, "offered_names": anyArray, "toolsets": anyArray,
        ]),
        "ToolUse": object([
            "slug": string, "name": string, "editing_mode": string, "has_own_variation": boolean,
        ]),
        "RequiredVariable": object([
            "name": string,
            "state": ["type": "string", "enum": ["supplied", "brought", "missing", "spared"]], "tools": strings,
        ]),
        "Tool": object(
            [
                "urn": string, "name": string, "title": nullableString, "description": string, "source": nullableString,
                "method": string, "path": string, "tags": strings, "annotations": anyObject, "tokens": integer,
                "deprecated": boolean, "offered_name": string, "input_schema": anyObject, "output_schema": anyObject,
                "call": anyObject,
            ],
            optional: ["offered_name", "input_schema", "output_schema", "call"]
        ),
        "Toolset": object(
            [
                "id": string, "slug": string, "name": string, "description": string, "instructions": string,
                "documentation_url": nullableString, "logo": anyOrNull, "output_schemas": nullableBoolean,
                "tokens": integer, "editing_mode": string, "view": string, "version": integer,
                "etag": string, "tool_urns": strings, "prompt_names": strings, "resource_urns": strings,
                "tool_selection_mode": string, "default_environment_slug": nullableString,
                "staging_environment_slug": nullableString, "mcp_slug": string, "mcp_url": string,
                "mcp_enabled": boolean, "mcp_caller_variables": strings,
                "mcp_is_public": boolean, "pinned_addresses": boolean, "grace_seconds": integer,
                "current_release": anyOrNull, "activation_seq": integer, "staging": anyOrNull,
                "hold": anyOrNull, "built_in": boolean, "change_rules": anyObject, "tools": anyArray,
                "orphans": strings,
                "warnings": anyArray, "created_at": string,
                "updated_at": string,
            ],
            optional: ["tokens", "tools", "orphans", "warnings"]
        ),
        "ToolsetTool": object(
            [
                "urn": string, "name": string, "title": nullableString, "description": string, "tags": strings,
                "source": nullableString, "method": nullableString, "path": nullableString, "annotations": anyObject,
                "confirm": nullableString, "confirm_prompt": nullableString, "tokens": integer, "marks": strings,
                "overridden": strings, "original": anyOrNull, "inherited": anyOrNull, "variations": anyObject,
                "input_schema": anyObject, "output_schema": anyObject, "serves_output_schema": boolean,
                "call": anyObject,
            ],
            optional: [
                "original", "inherited", "variations", "input_schema", "output_schema", "serves_output_schema", "call",
            ]
        ),
        "Metadata": object([
            "name": string, "instructions": string, "documentation_url": nullableString, "logo": anyOrNull,
        ]),
        "Release": object(
            [
                "id": string, "number": integer, "label": nullableString, "digest": string, "notes": string,
                "released_by": string, "created_at": string, "state": string, "deployment_id": nullableString,
                "toolset_version": integer, "metadata_version": integer, "tool_count": integer, "verdicts": anyOrNull,
                "base_release": nullableInteger, "redaction": anyOrNull, "acknowledgements": anyArray,
                "tools": anyArray, "prompts": anyArray, "resources": anyArray, "pins": anyObject,
                "required_variables": strings, "tokens": integer, "manifest": anyObject,
            ],
            optional: [
                "tools", "prompts", "resources", "pins", "required_variables", "tokens", "manifest",
                "acknowledgements",
            ]
        ),
        "Prune": object([
            "dry_run": boolean, "count": integer, "bytes": integer, "kinds": anyArray, "releases": anyArray,
        ]),
        "Activation": object([
            "seq": integer, "release": integer, "previous_release": nullableInteger, "kind": string, "actor": string,
            "reason": string, "at": string,
        ]),
        "Change": object(
            [
                "rule": string, "level": ["type": "string", "enum": ["breaking", "risky", "safe"]], "subject": string,
                "name": string, "pointer": string, "before": [:], "after": [:], "message": string,
                "fingerprint": string, "acknowledgeable": boolean, "rolled_back": anyObject,
            ],
            optional: ["before", "after", "rolled_back"]
        ),
        "Verdicts": object(["breaking": integer, "risky": integer, "safe": integer]),
        "Check": object([
            "id": string, "status": ["type": "string", "enum": ["ok", "warning", "failed"]], "message": string,
            "details": strings,
        ]),
        "Review": object([
            "first": boolean, "live_release": nullableInteger, "base_release": nullableInteger,
            "yours": changes, "project": changes, "merged": changes, "brings_back": changes,
            "acknowledge": strings, "verdicts": reference("Verdicts"),
            "deployments": object(["live": nullableString, "staging": nullableString]),
            "tokens": object(["before": integer, "after": integer]),
            "checks": ["type": "array", "items": reference("Check")],
            "suggested_label": string, "next_release": integer, "review_digest": string, "staging_etag": string,
            "activation_seq": integer,
            "merge_pending": boolean, "mergeable": boolean, "conflicts": anyArray,
        ]),
        "Comparison": object(
            [
                "from": string, "to": string, "changes": changes, "verdicts": reference("Verdicts"),
                "tokens": object(["before": integer, "after": integer]), "activation_seq": integer,
                "review_digest": string,
            ],
            optional: ["review_digest"]
        ),
        "ComparedItem": object(["subject": string, "before": anyOrNull, "after": anyOrNull]),
        "Preflight": object([
            "live_release": nullableInteger, "same_as_live": boolean,
            "checks": ["type": "array", "items": reference("Check")],
        ]),
        "Checkpoint": object([
            "id": string, "digest": string, "actor": string, "at": string, "undone": boolean,
        ]),
        "Variation": object([
            "tool_urn": string, "version": integer, "name": nullableString, "title": nullableString,
            "summary": nullableString, "description": nullableString, "tags": ["type": ["array", "null"]],
            "annotations": anyObject, "confirm": nullableString, "confirm_prompt": nullableString,
            "output_schema": nullableBoolean, "created_by": string, "created_at": string,
        ]),
        "Template": object([
            "id": string, "name": string, "version": integer, "description": string, "arguments": anyArray,
            "prompt": string, "etag": string, "created_at": string,
        ]),
        "Resource": object(
            [
                "id": string, "urn": string, "slug": string, "uri": string, "name": string, "title": nullableString,
                "description": nullableString, "mime_type": string, "size": integer, "sha256": string,
                "encoding": ["type": "string", "enum": ["text", "blob"]], "version": integer, "etag": string,
                "created_at": string, "text": string, "blob": string,
            ],
            optional: ["text", "blob"]
        ),
        "Environment": object([
            "id": string, "slug": string, "name": string, "etag": string,
            "entries": [
                "type": "array", "items": object(["name": string, "value": string, "secret": boolean]),
            ],
            "created_at": string, "updated_at": string,
        ]),
        "Key": object(
            [
                "id": string, "name": string, "prefix": string, "scopes": strings, "project_slug": nullableString,
                "automation": boolean, "created_at": string, "revoked_at": nullableString,
                "last_used_at": nullableString,
            ],
            optional: ["last_used_at"]
        ),
        "Member": object([
            "id": string, "email": string, "name": string, "role": string, "created_at": string,
            "joined_at": nullableString,
        ]),
        "Project": object(["id": string, "slug": string, "name": string, "created_at": string]),
        "Feature": object(["name": string, "on": boolean]),
        "ChangeRule": object([
            "id": string, "about": string, "level": string, "meaning": string, "acknowledgeable": boolean,
        ]),
        "AuditEvent": object([
            "id": string, "actor": string, "action": string, "subject": string, "subject_name": string,
            "summary": string, "at": string,
        ]),
        "ToolCall": object([
            "toolset_id": string, "toolset": string, "release_id": nullableString, "release": nullableInteger,
            "view": string, "tool": string, "urn": string,
            "outcome": string, "status": nullableInteger, "milliseconds": integer, "caller": nullableString,
            "at": string,
        ]),
        "CallCounts": object([
            "calls": integer, "errors": integer, "refused": integer, "p50": nullableInteger, "p95": nullableInteger,
        ]),
        "InvokedCall": object([
            "outcome": string, "status": nullableInteger, "milliseconds": integer, "release": nullableInteger,
            "errors": ["type": "array", "items": object(["pointer": string, "message": string])],
            "request": anyOrNull,
        ]),
        "ServedTool": object(
            [
                "name": string, "urn": string, "title": nullableString, "description": string, "method": string,
                "path": string, "tags": strings, "annotations": anyObject, "tokens": integer, "deprecated": boolean,
                "input_schema": anyObject, "output_schema": anyOrNull, "meta": anyObject,
            ],
            optional: ["input_schema", "output_schema", "meta"]
        ),
    ]

    private static let changes: JSONValue = ["type": "array", "items": reference("Change")]

    private static func reference(_ component: String) -> JSONValue { FieldSchema.reference(component) }

    private static let string: JSONValue = ["type": "string"]
    private static let integer: JSONValue = ["type": "integer"]
    private static let boolean: JSONValue = ["type": "boolean"]
    private static let nullableBoolean: JSONValue = ["type": ["boolean", "null"]]
    private static let strings: JSONValue = ["type": "array", "items": ["type": "string"]]
    private static let nullableString: JSONValue = ["type": ["string", "null"]]
    private static let nullableInteger: JSONValue = ["type": ["integer", "null"]]
    private static let anyObject: JSONValue = ["type": "object"]
    private static let anyOrNull: JSONValue = ["type": ["object", "null"]]
    private static let anyArray: JSONValue = ["type": "array", "items": ["type": "object"]]

    /// An object that always has these members, apart from those named as optional.
    private static func object(_ properties: JSONObject, optional: Set<String> = []) -> JSONValue {
        [
            "type": "object", "properties": .object(properties),
            "required": JSONValue(properties.keys.filter { !optional.contains($0) }),
        ]
    }
}
