package import JSON

/// Who answers, for people to read (2026-07-28, Schema: Implementation).
package struct Implementation: Sendable, Hashable {
    package let name: String
    package let title: String?
    package let version: String
    package let description: String?
    package let websiteURL: String?

    package init(
        name: String,
        title: String? = nil,
        version: String,
        description: String? = nil,
        websiteURL: String? = nil
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.websiteURL = websiteURL
    }

    /// The `serverInfo` that clients of that revision know.
    package func object(in revision: Revision) -> JSONObject {
        var object: JSONObject = ["name": .string(name)]
        if revision.hasTitles { object["title"] = title.map(JSONValue.string) }
        object["version"] = .string(version)
        if revision.hasImplementationDetails {
            object["description"] = description.map(JSONValue.string)
            object["websiteUrl"] = websiteURL.map(JSONValue.string)
        }
        return object
    }
}
