import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// Deployments: how each went, and what it means for toolsets.
struct DeploymentPages: PageController {
    private static let path = "\(SourcePages.path)/deployments"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .get("\(Self.path)/{deployment}", show),
            .get("\(Self.path)/{deployment}/redeploy", scope: .producer, confirmRedeployment),
            .post("\(Self.path)/{deployment}/redeploy", scope: .producer, redeploy),
        ]
    }

    static func address(_ id: String, in project: Slug?) -> String {
        "\(Address.section(.sources, in: project))/deployments/\(id)"
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        var deployments = try await visit.call("deployments.list", input).body
        let builtIn = try await visit.builtInSource()
        deployments["deployments"] = .array((deployments["deployments"]?.array ?? []).map(builtIn.leftOut))
        let active = try await visit.call("deployments.active").body["deployment"]?["id"]?.string
        let page = DeploymentListPage(deployments, active: active, visit: visit)
        return .page("Deployments", page, by: "source/deployments", in: .sources)
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let id = JSONValue.string(visit["deployment"])
        let deployment = try await visit.call("deployments.get", ["id": id]).body["deployment"] ?? .null
        let logs = try await visit.all("deployments.logs", "logs", ["id": id], limit: DeploymentPage.mostLines)
        let effects =
            deployment["status"]?.string == "completed"
            ? try await visit.call("deployments.effects", ["id": id]).body["effects"] : nil
        let builtIn = try await visit.builtInSource()
        let shown = builtIn.leftOut(of: deployment)
        // Notes of what came with the server are no news beside those of somebody's own documents; errors are.
        let isNews: (JSONValue) -> Bool = { line in
            shown["built_in"]?.bool == true || line["level"] == "error" || builtIn == nil
                || line["source"]?.string != builtIn?.slug
        }
        let page = DeploymentPage(
            shown,
            logs: logs.filter(isNews),
            effects: effects,
            previous: try await before(deployment, effects, visit).map(builtIn.leftOut),
            visit: visit
        )
        return .page(page.title, page, by: "source/deployment", in: .sources)
    }

    /// The deployment that this one is compared with: the one before; where it failed or is not done, the one that is active.
    private func before(_ deployment: JSONValue, _ effects: JSONValue?, _ visit: Visit) async throws -> JSONValue? {
        if effects != nil {
            guard let id = effects?["previous_deployment_id"]?.string else { return nil }
            return try await visit.call("deployments.get", ["id": .string(id)]).body["deployment"]
        }
        return try await visit.call("deployments.active").body["deployment"]
    }

    private func confirmRedeployment(_ visit: Visit) async throws -> PageAnswer {
        let id = visit["deployment"]
        let all = try await visit.call("deployments.get", ["id": .string(id)]).body["deployment"] ?? .null
        let deployment = try await visit.builtInSource().leftOut(of: all)
        let address = Self.address(id, in: visit.project)
        let seq = deployment["seq"]?.integer ?? 0
        let page = ConfirmPage(
            title: "Deploy the sources of deployment \(seq) again",
            sentences: [
                "A new deployment is made of the documents that deployment \(seq) had; sources that came later go away.",
                "Toolsets in iteration mode follow at once; in staging mode it waits in staging, and live stays as it is.",
            ],
            names: (deployment["sources"]?.array ?? []).compactMap { $0["slug"]?.string },
            button: "Deploy sources of deployment \(seq)",
            action: "\(address)/redeploy",
            back: address
        )
        return .page(page.title, page, by: "confirm", in: .sources)
    }

    private func redeploy(_ visit: Visit) async throws -> PageAnswer {
        let input: JSONObject = ["id": .string(visit["deployment"]), "wait": false]
        let id = try await visit.call("deployments.redeploy", input).body["deployment"]?["id"]?.string ?? ""
        return .redirect(to: Self.address(id, in: visit.project), nil)
    }
}

/// Deployments, newest first.
struct DeploymentListPage: Sendable {
    struct Item: Sendable {
        let seq: Int
        let address: String
        let isActive: Bool
        let isPending: Bool
        let isFailed: Bool
        let when: Moment?
        let sources: String
        let toolCount: String
        let errors: String
        let warnings: String
    }

    let deployments: [Item]
    let isEmpty: Bool
    let sourcesAddress: String
    let more: String

    init(_ answer: JSONObject, active: String?, visit: Visit, now: Timestamp = .now()) {
        deployments = (answer["deployments"]?.array ?? []).map {
            Item($0, active: active, project: visit.project, now: now)
        }
        isEmpty = deployments.isEmpty
        sourcesAddress = Address.section(.sources, in: visit.project)
        let list = "\(sourcesAddress)/deployments"
        more = answer["next_cursor"]?.string.map { Address.query(list, ["cursor": $0]) } ?? ""
    }
}

extension DeploymentListPage.Item {
    init(_ deployment: JSONValue, active: String?, project: Slug?, now: Timestamp) {
        let id = deployment["id"]?.string ?? ""
        seq = deployment["seq"]?.integer ?? 0
        address = DeploymentPages.address(id, in: project)
        isActive = id == active
        isPending = deployment["status"]?.string == "pending"
        isFailed = deployment["status"]?.string == "failed"
        when = Moment(deployment["created_at"]?.string, now: now)
        let slugs = (deployment["sources"]?.array ?? []).compactMap { $0["slug"]?.string }.joined(separator: ", ")
        sources = deployment["built_in"]?.bool == true ? BuiltInSource.label(slugs) : slugs
        toolCount = "\(Count.of(deployment["tool_count"]?.integer ?? 0, "tool")) in all"
        errors = Count.ofSome(deployment["diagnostics"]?["error"]?.integer, "error")
        warnings = Count.ofSome(deployment["diagnostics"]?["warning"]?.integer, "warning")
    }
}
