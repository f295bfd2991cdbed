package import JSON

/// Writes resources as the clients of one revision can read them; see ``ToolEncoding``.
package struct ResourceEncoding: Sendable {
    package let revision: Revision

    package init(for revision: Revision) {
        self.revision = revision
    }

    /// The JSON array of these resources, for ``ServedContent/resourcesJSON(for:)``.
    package func bytes(of resources: some Sequence<JSONObject>) -> [UInt8] {
        JSONValue.array(resources.map { .object(object(for: $0)) }).bytes
    }

    /// One resource, from the form in which it is stored: the members of 2026-07-28, Schema: Resource.
    package func object(for resource: JSONObject) -> JSONObject {
        var object: JSONObject = [:]
        object["uri"] = resource["uri"]
        object["name"] = resource["name"]
        if revision.hasTitles { object["title"] = resource["title"] }
        object["description"] = resource["description"]
        object["mimeType"] = resource["mimeType"]
        object["size"] = resource["size"]
        object["annotations"] = resource["annotations"]
        if revision.hasIcons { object["icons"] = resource["icons"] }
        if revision.hasMetaOnDefinitions { object["_meta"] = resource["_meta"] }
        return object
    }
}
