import Accounts
import JSON
import ManagementAPI
import Projects
import Vocabulary

/// `projects.*`, `features.*` and `auditLogs.*`
struct ProjectCalls: CallService {
    let projects: any ProjectStore

    var handlers: [String: CallHandler] {
        [
            "projects.create": create, "projects.list": list, "projects.get": get, "features.list": listFeatures,
            "features.set": setFeature, "auditLogs.list": listAuditEvents,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        guard request.caller.projectID == nil else {
            throw Problem(.forbidden, "A key of one project makes no projects; use a key of the organization.")
        }
        let slug = try request.input.slug("slug")
        let project = try await projects.createProject(
            slug: slug,
            name: request.input.text("name") ?? slug.text,
            by: request.actor
        )
        return CallAnswer(["project": .object(project.json)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        if let own = request.caller.projectID {
            let project = try await projects.project(own)
            return CallAnswer("projects", Page(items: project.map { [$0] } ?? [], nextCursor: nil), \.json)
        }
        return CallAnswer("projects", try await projects.projects(request.page), \.json)
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let slug = try request.input.slug("slug")
        guard let project = try await projects.project(slug),
            request.caller.projectID == nil || request.caller.projectID == project.id
        else { throw Problem(.notFound, "There is no project \"\(slug)\" that this key may use.") }
        return CallAnswer(["project": .object(project.json)])
    }

    private func listFeatures(_ request: CallRequest) async throws -> CallAnswer {
        var features: [JSONValue] = []
        for feature in Feature.allCases {
            features.append(["name": .string(feature.rawValue), "on": .bool(try await projects.isFeatureOn(feature))])
        }
        return CallAnswer(["features": .array(features)])
    }

    private func setFeature(_ request: CallRequest) async throws -> CallAnswer {
        guard request.caller.projectID == nil else {
            throw Problem(.forbidden, "Flags belong to the organization; use a key of the organization.")
        }
        let name = request.input.text("name") ?? ""
        guard let feature = Feature(rawValue: name), let isOn = request.input["on"]?.bool else {
            throw Problem.missing("name")
        }
        try await projects.setFeature(feature, on: isOn, by: request.actor)
        return CallAnswer(["feature": ["name": .string(name), "on": .bool(isOn)]])
    }

    private func listAuditEvents(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await projects.auditEvents(
            in: try request.projectID,
            includingOrganization: request.caller.projectID == nil,
            where: AuditFilter(actor: request.input.text("actor"), action: request.input.text("action")),
            request.page
        )
        return CallAnswer("audit_logs", page, \.json)
    }
}

extension Project {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "slug": .string(slug.text), "name": .string(name),
            "created_at": .string(createdAt.description),
        ]
    }
}

extension AuditEvent {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "actor": .string(actor), "action": .string(action), "subject": .string(subject),
            "subject_name": .string(subjectName), "summary": .string(summary), "at": .string(at.description),
        ]
    }
}
