import Accounts
package import JSON

extension Calls {
    /// The OpenAPI 3.1 document of the management API, made from the calls that serve it.
    package static func openAPI(server: String, version: String) -> JSONValue {
        var paths = JSONObject()
        for call in all {
            paths[call.path] = [call.method.rawValue.lowercased(): .object(call.operation)]
        }
        return [
            "openapi": "3.1.0",
            "info": [
                "title": "Slipway", "version": .string(version),
                "description": .string(
                    "The management API of Slipway. Each operation names the scope that its key must have (x-slipway-scope). A key goes into Authorization; the project into Slipway-Project, which may be left out where the key belongs to one project or there is only one."
                ),
            ],
            "servers": [["url": .string(server)]],
            "security": [["key": []]],
            "paths": .object(paths),
            "components": [
                "securitySchemes": ["key": ["type": "http", "scheme": "bearer"]],
                "parameters": [
                    "Project": [
                        "name": "Slipway-Project", "in": "header", "schema": .object(FieldSchema.slug),
                        "description": "The project; where left out, the one the key belongs to.",
                    ],
                    "Etag": [
                        "name": "If-Match", "in": "header", "schema": ["type": "string"],
                        "description": "The etag that was read; another state is refused with 412.",
                    ],
                    "IdempotencyKey": [
                        "name": "Idempotency-Key", "in": "header",
                        "schema": ["type": "string", "minLength": 1, "maxLength": 255],
                        "description": "A repeated request with the same key makes nothing twice.",
                    ],
                ],
                "responses": [
                    "Problem": [
                        "description": "What went wrong (RFC 9457).",
                        "content": ["application/problem+json": ["schema": FieldSchema.reference("Problem")]],
                    ]
                ],
                "schemas": .object(Components.schemas),
            ],
        ]
    }
}

extension Call {
    /// The operation of the OpenAPI document.
    fileprivate var operation: JSONObject {
        var operation: JSONObject = [
            "operationId": .string(name),
            "tags": [.string(service)],
            "summary": .string(summary),
            "x-slipway-scope": .string(scope.rawValue),
        ]
        var parameters: [JSONValue] = needsProject ? [["$ref": "#/components/parameters/Project"]] : []
        if takesEtag { parameters.append(["$ref": "#/components/parameters/Etag"]) }
        if creates { parameters.append(["$ref": "#/components/parameters/IdempotencyKey"]) }
        if takesQuery { parameters += fields.map(\.parameter) }
        if !parameters.isEmpty { operation["parameters"] = .array(parameters) }
        if takesDocument {
            operation["requestBody"] = [
                "required": true,
                "content": .object(
                    JSONObject(mediaTypes.map { ($0, ["schema": .object(Self.bodySchema(of: $0))]) })
                ),
            ]
        } else if !takesQuery {
            operation["requestBody"] = [
                "required": true, "content": ["application/json": ["schema": .object(inputSchema)]],
            ]
        }
        operation["responses"] = [
            String(status): [
                "description": "Done.",
                "content": ["application/json": ["schema": .object(answerSchema)]],
            ],
            "default": ["$ref": "#/components/responses/Problem"],
        ]
        return operation
    }

    /// What a body is that goes up as it stands: bytes have no schema of their own (OpenAPI 3.1, 4.8.14.3).
    private static func bodySchema(of type: String) -> JSONObject {
        switch type {
        case "application/yaml": ["type": "string"]
        case "application/json": ["type": "object"]
        default: [:]
        }
    }

    private var answerSchema: JSONObject {
        ["type": "object", "properties": .object(answer), "required": JSONValue(answer.keys.map(\.self))]
    }
}

extension Field {
    fileprivate var parameter: JSONValue {
        var schema = self.schema
        schema["description"] = nil
        var parameter: JSONObject = ["name": .string(name), "in": "query", "required": .bool(isRequired)]
        parameter["description"] = self.schema["description"]
        parameter["schema"] = .object(schema)
        return .object(parameter)
    }
}
