import JSON
import ManagementAPI
import Projects
import Tools
import Vocabulary

/// `tools.*`
struct ToolCalls: CallService {
    let deployments: any DeploymentStore

    var handlers: [String: CallHandler] {
        ["tools.list": list, "tools.get": get]
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await deployments.tools(
            in: try request.projectID,
            deployment: try request.input.optionalID("deployment_id"),
            source: try request.input.optionalSlug("source"),
            query: request.input.text("q"),
            request.page
        )
        return CallAnswer("tools", page, \.summary)
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let urn = try request.input.urn("urn")
        let tool = try await deployments.tool(
            urn,
            in: try request.projectID,
            deployment: try request.input.optionalID("deployment_id")
        )
        guard let tool else { throw Problem.notFound("tool", urn, list: "tools.list") }
        var json = tool.summary
        json["input_schema"] = .object(tool.inputSchema)
        json["output_schema"] = tool.outputSchema.map(JSONValue.object)
        json["call"] = tool.call.json
        return CallAnswer(["tool": .object(json)])
    }
}

extension ToolDefinition {
    fileprivate var summary: JSONObject {
        var json: JSONObject = [
            "urn": .string(urn.description), "name": .string(name), "title": JSONValue(title),
            "description": .string(description), "source": JSONValue(urn.source?.text),
            "method": .string(call.method), "path": .string(call.path), "tags": JSONValue(tags),
            "annotations": .object(annotations.json), "tokens": JSONValue(tokens), "deprecated": .bool(isDeprecated),
        ]
        json["offered_name"] = offeredName.map(JSONValue.string)
        return json
    }
}
