package import JSON
package import Projects
package import Vocabulary

/// A resource as one release has it. Its bytes are not here: they are read by their digest when a client asks for them.
package struct CompiledResource: Sendable, Hashable {
    package let urn: ResourceURN
    /// What clients read it by.
    package let uri: String
    package var name: String
    package var title: String?
    package var description: String?
    package var mimeType: String
    /// In bytes.
    package var size: Int
    /// Whether clients get text; base64 otherwise.
    package var isText: Bool
    /// Of the bytes.
    package var digest: Digest
}

extension CompiledResource {
    /// Resources are the same when their objects say the same: texts by their code points.
    package static func == (left: CompiledResource, right: CompiledResource) -> Bool { left.json == right.json }

    /// A resource of a project.
    package init(_ content: Resource.Content, in project: Slug) {
        self.init(
            urn: content.urn,
            uri: content.urn.uri(in: project),
            name: content.name,
            title: content.title,
            description: content.description,
            mimeType: content.mimeType,
            size: content.body.size,
            isText: content.isText,
            digest: content.body.digest
        )
    }

    /// The resource as an object of format 1.
    var json: JSONValue {
        var json: JSONObject = [
            "format": 1, "kind": "resource", "urn": .string(urn.description), "uri": .string(uri),
            "name": .string(name),
        ]
        json["title"] = title.map(JSONValue.string)
        json["description"] = description.map(JSONValue.string)
        json["mime_type"] = .string(mimeType)
        json["size"] = .number(JSONNumber(size))
        json["encoding"] = isText ? "text" : "blob"
        json["content"] = .string(digest.hex)
        return .object(json)
    }

    init(content: [UInt8]) throws {
        let json = try JSONValue(parsing: content)
        guard json["format"]?.integer == 1, json["kind"] == "resource",
            let urn = json["urn"]?.string.flatMap({ ResourceURN($0) }), let uri = json["uri"]?.string,
            let name = json["name"]?.string, let mimeType = json["mime_type"]?.string,
            let size = json["size"]?.integer, let encoding = json["encoding"]?.string,
            ["text", "blob"].contains(encoding), let digest = json["content"]?.string.flatMap({ Digest($0) })
        else { throw ManifestError(reason: "an object is no resource of format 1") }
        self.init(
            urn: urn,
            uri: uri,
            name: name,
            title: json["title"]?.string,
            description: json["description"]?.string,
            mimeType: mimeType,
            size: size,
            isText: encoding == "text",
            digest: digest
        )
    }
}
