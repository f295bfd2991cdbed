import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// The calls that prune, redact and export.
struct RetentionCalls: CallService {
    let retention: any RetentionStore
    let present: ToolsetPresentation

    var handlers: [String: CallHandler] {
        ["releases.prune": prune, "toolsets.redactRelease": redact, "toolsets.exportRelease": export]
    }

    private func prune(_ request: CallRequest) async throws -> CallAnswer {
        let dryRun = request.input["dry_run"]?.bool ?? true
        let report = try await retention.prune(dryRun: dryRun, in: try request.projectID, by: request.actor)
        return CallAnswer(["prune": .object(report.json(dryRun: dryRun))])
    }

    private func redact(_ request: CallRequest) async throws -> CallAnswer {
        let report = try await retention.redact(
            RedactionOrder(
                try item(in: request.input),
                text: request.input.text("text"),
                reason: request.input.text("reason") ?? ""
            ),
            from: try request.input.release(),
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer([
            "release": .object(present.json(report.release)), "object": .string(report.object),
            "releases": JSONValue(report.releases), "remains": JSONValue(report.remains),
        ])
    }

    private func export(_ request: CallRequest) async throws -> CallAnswer {
        let export = try await retention.export(
            try request.input.release(),
            includingDocuments: request.input["documents"]?.bool ?? false,
            in: try request.projectID
        )
        return CallAnswer(["export": .object(export.json)])
    }

    private func item(in input: JSONObject) throws -> ReleaseItem {
        switch (input["tool_urn"], input.text("prompt_name"), input.text("resource_urn")) {
        case (.some, nil, nil): return .tool(try input.urn("tool_urn"))
        case (nil, let name?, nil): return .prompt(name)
        case (nil, nil, let text?):
            guard let urn = ResourceURN(text) else {
                throw Problem(
                    .invalid,
                    "The value \"\(text.prefix(80))\" of resource_urn is no URN of a resource.",
                    errors: [
                        .init(pointer: "/resource_urn", message: "is no URN of a resource (resources:asset:<slug>)")
                    ]
                )
            }
            return .resource(urn)
        default:
            throw Problem(
                .invalid,
                "Name one item: tool_urn, prompt_name or resource_urn.",
                errors: [.init(pointer: "", message: "needs exactly one of tool_urn, prompt_name, resource_urn")]
            )
        }
    }
}

extension PruneReport {
    fileprivate func json(dryRun: Bool) -> JSONObject {
        [
            "dry_run": .bool(dryRun), "count": JSONValue(count),
            "bytes": JSONValue(amounts.values.reduce(0) { $0 + $1.bytes }),
            "kinds": .array(
                Kind.allCases.compactMap { kind in
                    amounts[kind].flatMap { amount in
                        amount.count == 0
                            ? nil
                            : [
                                "kind": .string(kind.rawValue), "count": JSONValue(amount.count),
                                "bytes": JSONValue(amount.bytes),
                            ]
                    }
                }
            ),
            "releases": .array(
                releases.map { ["toolset": .string($0.toolset.text), "number": JSONValue($0.number)] }
            ),
        ]
    }
}
