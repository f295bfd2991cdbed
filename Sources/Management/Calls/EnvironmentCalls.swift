import Accounts
import JSON
import ManagementAPI
import Projects
import Vocabulary

/// `environments.*`
struct EnvironmentCalls: CallService {
    let environments: any EnvironmentStore
    let vault: Vault

    var handlers: [String: CallHandler] {
        [
            "environments.create": create, "environments.list": list, "environments.get": get,
            "environments.update": update, "environments.delete": delete,
            "environments.clone": clone,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let slug = try request.input.slug("slug")
        let id = ID<CallEnvironment>.make()
        let environment = try await environments.createEnvironment(
            id: id,
            slug: slug,
            name: request.input.text("name") ?? slug.text,
            entries: try entries(in: request.input, of: id),
            in: try request.projectID,
            by: request.actor
        )
        return try answer(environment)
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await environments.environments(in: try request.projectID, request.page)
        return CallAnswer(
            "environments",
            Page(items: try page.items.map(json), nextCursor: page.nextCursor),
            \.self
        )
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        try answer(try await existing(request))
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        let environment = try await existing(request)
        let removed = try request.input.names("remove") ?? []
        let known = Set(environment.entries.map(\.name))
        if let unknown = removed.first(where: { !known.contains($0) }) {
            throw Problem(
                .notFound,
                "The environment \"\(environment.slug)\" has no variable \(unknown); nothing was changed.",
                errors: [.init(pointer: "/remove", message: "\(unknown) is not known")]
            )
        }
        let updated = try await environments.updateEnvironment(
            environment.slug,
            name: request.input.text("name"),
            setting: try entries(in: request.input, of: environment.id),
            removing: removed,
            expecting: try request.versionEtag,
            in: try request.projectID,
            by: request.actor
        )
        return try answer(updated)
    }

    /// What a secret says stays where it is, unless a key that may manage keys asks for it: whoever reads a clone by
    /// calling with it could send its secrets anywhere. A secret is rather left out than empty, so that a call names
    /// what is missing.
    private func clone(_ request: CallRequest) async throws -> CallAnswer {
        let origin = try await existing(request)
        let slug = try request.input.slug("new_slug")
        let withSecrets = request.input["include_secrets"]?.bool ?? false
        guard !withSecrets || request.caller.allows(.admin) else {
            throw Problem(
                .insufficientScope,
                "Copying secrets needs scope admin, which \(request.caller.description) has not; clone without include_secrets and set them again."
            )
        }
        let id = ID<CallEnvironment>.make()
        let taken = origin.entries.filter { withSecrets || !$0.isSecret }
        let opened = try CallEnvironmentValues(of: taken, in: origin.id, vault: vault)
        let environment = try await environments.createEnvironment(
            id: id,
            slug: slug,
            name: request.input.text("name") ?? slug.text,
            entries: try opened.sealed(for: id, by: vault),
            in: try request.projectID,
            by: request.actor
        )
        let leftOut = origin.entries.filter { !withSecrets && $0.isSecret }.map(\.name)
        var answer = try self.answer(environment)
        answer.body["left_out"] = JSONValue(leftOut)
        return answer
    }

    private func delete(_ request: CallRequest) async throws -> CallAnswer {
        try await environments.deleteEnvironment(
            try request.input.slug("slug"),
            expecting: try request.versionEtag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer([:])
    }

    private func existing(_ request: CallRequest) async throws -> CallEnvironment {
        let slug = try request.input.slug("slug")
        guard let environment = try await environments.environment(slug, in: try request.projectID) else {
            throw Problem.notFound("environment", slug, list: "environments.list")
        }
        return environment
    }

    private func entries(in input: JSONObject, of environment: ID<CallEnvironment>) throws -> [CallEnvironment.Entry] {
        var entries: [CallEnvironment.Entry] = []
        for (position, item) in (input["entries"]?.array ?? []).enumerated() {
            let name = item["name"]?.string ?? ""
            guard !entries.contains(where: { $0.name == name }) else {
                throw Problem(
                    .invalid,
                    "The variable \(name) stands in the list twice; nothing was changed.",
                    errors: [.init(pointer: "/entries/\(position)/name", message: "stands in the list twice")]
                )
            }
            let place = CallEnvironment.place(of: name, in: environment)
            entries.append(
                CallEnvironment.Entry(
                    name: name,
                    sealedValue: try vault.seal(item["value"]?.string ?? "", for: place),
                    isSecret: item["secret"]?.bool ?? true
                )
            )
        }
        return entries
    }

    private func answer(_ environment: CallEnvironment) throws -> CallAnswer {
        CallAnswer(["environment": .object(try json(environment))], etag: String(environment.version))
    }

    private func json(_ environment: CallEnvironment) throws -> JSONObject {
        let entries = try environment.entries.map { entry -> JSONValue in
            let place = CallEnvironment.place(of: entry.name, in: environment.id)
            let value = entry.isSecret ? "[redacted]" : try vault.open(entry.sealedValue, for: place)
            return ["name": .string(entry.name), "value": .string(value), "secret": .bool(entry.isSecret)]
        }
        return [
            "id": .string(environment.id.text), "slug": .string(environment.slug.text),
            "name": .string(environment.name), "etag": .string(String(environment.version)),
            "entries": .array(entries), "created_at": .string(environment.createdAt.description),
            "updated_at": .string(environment.updatedAt.description),
        ]
    }
}

/// Variables in the clear, on their way from one environment to another: a sealed value opens nowhere but in its own.
private struct CallEnvironmentValues {
    private let values: [(entry: CallEnvironment.Entry, value: String)]

    init(of entries: [CallEnvironment.Entry], in environment: ID<CallEnvironment>, vault: Vault) throws {
        values = try entries.map {
            ($0, try vault.open($0.sealedValue, for: CallEnvironment.place(of: $0.name, in: environment)))
        }
    }

    func sealed(for environment: ID<CallEnvironment>, by vault: Vault) throws -> [CallEnvironment.Entry] {
        try values.map { entry, value in
            let place = CallEnvironment.place(of: entry.name, in: environment)
            return CallEnvironment.Entry(
                name: entry.name,
                sealedValue: try vault.seal(value, for: place),
                isSecret: entry.isSecret
            )
        }
    }
}
