import FoundationEssentials
import JSON
import ManagementAPI
import Projects
import Vocabulary

/// `resources.*`
struct ResourceCalls: CallService {
    let resources: any ResourceStore

    var handlers: [String: CallHandler] {
        [
            "resources.create": create, "resources.update": update, "resources.get": get, "resources.list": list,
            "resources.history": history, "resources.delete": delete,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let input = request.input
        let slug = try input.slug("slug")
        guard let mimeType = try input.mimeType() else { throw Problem.missing("mime_type") }
        guard let bytes = try input.resourceBytes() else {
            throw Problem(
                .invalid,
                "The resource \"\(slug)\" says nothing: send its content as text, or its bytes as blob, in base64.",
                errors: [.init(pointer: "/text", message: "text or blob is required")]
            )
        }
        let content = Resource.Content(
            slug: slug,
            name: input.text("name") ?? slug.text,
            title: input.text("title"),
            description: input.text("description"),
            mimeType: mimeType,
            body: Resource.Body(of: bytes)
        )
        let resource = try await resources.createResource(
            content,
            bytes: bytes,
            in: try request.projectID,
            by: request.actor
        )
        return try answer(resource, to: request)
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        let expected = try request.versionEtag
        let bytes = try request.input.resourceBytes()
        while true {
            // Fields that are left out are taken from what was read, so the write must meet that very version.
            let current = try await existing(request)
            do {
                let resource = try await resources.updateResource(
                    try current.content.changed(by: request.input, bytes: bytes),
                    bytes: bytes,
                    expecting: expected ?? current.version,
                    in: try request.projectID,
                    by: request.actor
                )
                return try answer(resource, to: request)
            } catch let problem as Problem where problem.code == .etagMismatch && expected == nil {
                continue
            }
        }
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        let resource = try await existing(request)
        guard request.input["content"]?.bool == true else { return try answer(resource, to: request) }
        guard let bytes = try await resources.resourceBytes(resource.content.body.digest) else {
            throw Problem(
                .databaseDamaged,
                "What the resource \"\(resource.content.slug)\" says is missing; restore the last backup."
            )
        }
        var json = resource.json(in: try request.projectSlug)
        if resource.content.isText {
            json["text"] = .string(String(decoding: bytes, as: UTF8.self))
        } else {
            json["blob"] = .string(Data(bytes).base64EncodedString())
        }
        return CallAnswer(["resource": .object(json)], etag: String(resource.version))
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let project = try request.projectSlug
        let page = try await resources.resources(in: try request.projectID, request.page)
        return CallAnswer("resources", page) { $0.json(in: project) }
    }

    private func history(_ request: CallRequest) async throws -> CallAnswer {
        let project = try request.projectSlug
        let page = try await resources.resourceHistory(
            try request.input.slug("slug"),
            in: try request.projectID,
            request.page
        )
        return CallAnswer("resources", page) { $0.json(in: project) }
    }

    private func delete(_ request: CallRequest) async throws -> CallAnswer {
        try await resources.deleteResource(
            try request.input.slug("slug"),
            expecting: try request.versionEtag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer([:])
    }

    private func existing(_ request: CallRequest) async throws -> Resource {
        let slug = try request.input.slug("slug")
        guard let resource = try await resources.resource(slug, in: try request.projectID) else {
            throw Problem.notFound("resource", slug, list: "resources.list")
        }
        return resource
    }

    private func answer(_ resource: Resource, to request: CallRequest) throws -> CallAnswer {
        CallAnswer(
            ["resource": .object(resource.json(in: try request.projectSlug))],
            etag: String(resource.version)
        )
    }
}

extension Resource.Content {
    /// The content with the fields of an edit; null takes a title or a description away.
    fileprivate func changed(by input: JSONObject, bytes: [UInt8]?) throws -> Resource.Content {
        Resource.Content(
            slug: slug,
            name: input.text("name") ?? name,
            title: input["title"].map(\.string) ?? title,
            description: input["description"].map(\.string) ?? description,
            mimeType: try input.mimeType() ?? mimeType,
            body: bytes.map { Resource.Body(of: $0) } ?? body
        )
    }
}

extension JSONObject {
    fileprivate func mimeType() throws -> String? {
        guard let type = text("mime_type") else { return nil }
        guard MIMEType.isValid(type) else {
            throw Problem(
                .invalid,
                "The value \"\(type.prefix(80))\" of mime_type must be \(MIMEType.rule).",
                errors: [.init(pointer: "/mime_type", message: "must be \(MIMEType.rule)")]
            )
        }
        return type
    }

    /// The bytes that `text` or `blob` gives; nothing where both are left out.
    fileprivate func resourceBytes() throws -> [UInt8]? {
        switch (text("text"), text("blob")) {
        case (nil, nil): return nil
        case (_?, _?):
            throw Problem(
                .invalid,
                "A resource says one thing: send text or blob, not both.",
                errors: [.init(pointer: "/blob", message: "stands beside text")]
            )
        case (let text?, nil): return try Self.checked(Array(text.utf8), field: "text")
        case (nil, let blob?):
            guard let bytes = Data(base64Encoded: blob) else {
                throw Problem(
                    .invalid,
                    "The value of blob is no base64: the standard alphabet with padding, and no line breaks.",
                    errors: [.init(pointer: "/blob", message: "is no base64")]
                )
            }
            return try Self.checked(Array(bytes), field: "blob")
        }
    }

    private static func checked(_ bytes: [UInt8], field: String) throws -> [UInt8] {
        guard bytes.count > Resource.largest else { return bytes }
        throw Problem(
            .tooLarge,
            "A resource may have \(Resource.largest >> 20) MiB at most, and this has \(bytes.count) bytes; nothing was kept. Make several of it, or let clients fetch it elsewhere.",
            errors: [.init(pointer: "/\(field)", message: "has more than \(Resource.largest) bytes")]
        )
    }
}

extension CallRequest {
    /// The slug of the project that the call acts in.
    fileprivate var projectSlug: Slug {
        get throws {
            guard let project else {
                throw Problem(.unexpected, "The call acts in a project, and none was chosen.")
            }
            return project.slug
        }
    }
}

extension Resource {
    fileprivate func json(in project: Slug) -> JSONObject {
        [
            "id": .string(id.text), "urn": .string(content.urn.description), "slug": .string(content.slug.text),
            "uri": .string(content.urn.uri(in: project)), "name": .string(content.name),
            "title": JSONValue(content.title), "description": JSONValue(content.description),
            "mime_type": .string(content.mimeType), "size": JSONValue(content.body.size),
            "sha256": .string(content.body.digest.hex), "encoding": content.isText ? "text" : "blob",
            "version": JSONValue(version), "etag": .string(String(version)),
            "created_at": .string(createdAt.description),
        ]
    }
}
