package import JSON

/// Who answers, for people to read (2026-07-28, Schema: Implementation).
package struct Implementation: Sendable, Hashable {
    package let name: String
    package let title: String?
    package let version: String
    package let description: String?
    package let websiteURL: String?
    /// Pictures that clients show for the server.
    package let icons: [Icon]

    package init(
        name: String,
        title: String? = nil,
        version: String,
        description: String? = nil,
        websiteURL: String? = nil,
        icons: [Icon] = []
    ) {
        self.name = name
        self.title = title
        self.version = version
        self.description = description
        self.websiteURL = websiteURL
        self.icons = icons
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
        if revision.hasIcons, !icons.isEmpty { object["icons"] = .array(icons.map(\.json)) }
        return object
    }
}

/// A picture (2026-07-28, Schema: Icon).
package struct Icon: Sendable, Hashable {
    /// An http or https address.
    package let source: String
    package let mimeType: String?

    package init(source: String, mimeType: String? = nil) {
        self.source = source
        self.mimeType = mimeType
    }

    var json: JSONValue {
        var icon: JSONObject = ["src": .string(source)]
        icon["mimeType"] = mimeType.map(JSONValue.string)
        return .object(icon)
    }
}
