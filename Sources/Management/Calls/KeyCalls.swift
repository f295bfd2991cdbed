import Accounts
import JSON
import ManagementAPI
import Projects
import Vocabulary

/// `keys.*`
struct KeyCalls: CallService {
    let keys: any KeyStore
    let projects: any ProjectStore

    var handlers: [String: CallHandler] {
        ["keys.create": create, "keys.list": list, "keys.revoke": revoke, "keys.verify": verify]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let project = try await project(of: request)
        let secret = KeySecret.make()
        let key = try await keys.createKey(
            name: request.input.text("name") ?? "",
            secret: secret,
            scopes: request.input["scopes"]?.array?.compactMap { $0.string.flatMap { Scope(rawValue: $0) } } ?? [],
            project: project?.id ?? request.caller.projectID,
            isAutomation: request.input["automation"]?.bool ?? false,
            by: request.actor
        )
        return CallAnswer(["key": .object(try await json(key)), "secret": .string(secret.text)])
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await keys.keys(of: request.caller.projectID, request.page)
        var items: [JSONObject] = []
        for key in page.items { items.append(try await json(key, isListed: true)) }
        return CallAnswer("keys", Page(items: items, nextCursor: page.nextCursor), \.self)
    }

    private func revoke(_ request: CallRequest) async throws -> CallAnswer {
        let id: ID<APIKey> = try request.input.id("id")
        if let project = request.caller.projectID, try await keys.key(id)?.projectID != project {
            throw Problem(
                .notFound,
                "There is no key with the id \(id) in the project; keys.list names those there are."
            )
        }
        return CallAnswer(["key": .object(try await json(try await keys.revokeKey(id, by: request.actor)))])
    }

    private func verify(_ request: CallRequest) async throws -> CallAnswer {
        guard case .key(let key) = request.caller else {
            throw Problem(.invalid, "keys.verify tells about the key that it is called with; call it with a key.")
        }
        return CallAnswer(["key": .object(try await json(key))])
    }

    /// The project that the new key is for; a key of one project makes only keys of that project.
    private func project(of request: CallRequest) async throws -> Project? {
        guard let slug = try request.input.optionalSlug("project_slug") else { return nil }
        guard let project = try await projects.project(slug),
            request.caller.projectID == nil || request.caller.projectID == project.id
        else { throw Problem(.notFound, "There is no project \"\(slug)\" that this key may use.") }
        return project
    }

    private func json(_ key: APIKey, isListed: Bool = false) async throws -> JSONObject {
        var slug: String?
        if let id = key.projectID { slug = try await projects.project(id)?.slug.text }
        var json: JSONObject = [
            "id": .string(key.id.text), "name": .string(key.name), "prefix": .string(key.prefix),
            "scopes": JSONValue(key.scopes.map(\.rawValue)), "project_slug": JSONValue(slug),
            "automation": .bool(key.isAutomation), "created_at": .string(key.createdAt.description),
            "revoked_at": JSONValue(key.revokedAt?.description),
        ]
        // Elsewhere it was not asked for, and null would say that the key was never used.
        if isListed { json["last_used_at"] = JSONValue(key.lastUsedAt?.description) }
        return json
    }
}
