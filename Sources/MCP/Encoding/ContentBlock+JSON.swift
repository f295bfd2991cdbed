import JSON

extension ContentBlock {
    /// The block as clients of that revision can read it; what they do not know becomes text.
    func object(in revision: Revision) -> JSONObject {
        var object = body(in: revision)
        object["annotations"] = annotations?.object(in: revision).map(JSONValue.object)
        if revision.hasMetaOnDefinitions, !meta.isEmpty { object["_meta"] = .object(meta) }
        return object
    }

    private func body(in revision: Revision) -> JSONObject {
        switch kind {
        case .text(let text): ["type": "text", "text": .string(text)]
        case .image(let media): media.object(type: "image")
        case .audio(let media): media.object(type: "audio")
        case .resourceLink(let link) where revision.hasResourceLinks: link.object
        case .resourceLink(let link): ["type": "text", "text": .string(link.text)]
        case .resource(let resource): ["type": "resource", "resource": .object(resource.object)]
        }
    }
}

extension Media {
    fileprivate func object(type: String) -> JSONObject {
        ["type": .string(type), "data": .string(base64), "mimeType": .string(mimeType)]
    }
}

extension ResourceLink {
    fileprivate var object: JSONObject {
        var object: JSONObject = ["type": "resource_link", "uri": .string(uri), "name": .string(name)]
        object["title"] = title.map(JSONValue.string)
        object["description"] = description.map(JSONValue.string)
        object["mimeType"] = mimeType.map(JSONValue.string)
        object["size"] = size.map { .number(JSONNumber($0)) }
        return object
    }

    fileprivate var text: String {
        "\(title ?? name): \(uri)" + (description.map { "\n\($0)" } ?? "")
    }
}

extension EmbeddedResource {
    /// The resource as a block embeds it, and as `resources/read` answers it.
    var object: JSONObject {
        var object: JSONObject = ["uri": .string(uri)]
        object["mimeType"] = mimeType.map(JSONValue.string)
        switch contents {
        case .text(let text): object["text"] = .string(text)
        case .blob(let base64): object["blob"] = .string(base64)
        }
        return object
    }
}

extension Annotations {
    fileprivate func object(in revision: Revision) -> JSONObject? {
        var object: JSONObject = [:]
        if !audience.isEmpty { object["audience"] = JSONValue(audience.map(\.rawValue)) }
        object["priority"] = priority.flatMap { JSONNumber($0) }.map(JSONValue.number)
        if revision.hasLastModified { object["lastModified"] = lastModified.map(JSONValue.string) }
        return object.isEmpty ? nil : object
    }
}
