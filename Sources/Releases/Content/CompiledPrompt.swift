package import JSON
package import Projects

extension PromptTemplate.Content {
    /// The prompt as an object of format 1.
    var json: JSONValue {
        [
            "format": 1, "kind": "prompt", "name": .string(name), "description": .string(description),
            "arguments": .array(arguments.map(\.json)), "template": .string(template),
        ]
    }

    init(content: [UInt8]) throws {
        let json = try JSONValue(parsing: content)
        guard json["format"]?.integer == 1, json["kind"] == "prompt", let name = json["name"]?.string,
            let description = json["description"]?.string, let template = json["template"]?.string,
            let arguments = json["arguments"]?.array
        else { throw ManifestError(reason: "an object is no prompt of format 1") }
        self.init(
            name: name,
            description: description,
            arguments: arguments.compactMap { PromptTemplate.Argument(json: $0) },
            template: template
        )
    }
}

extension PromptTemplate.Argument {
    /// The argument as MCP and the management API write it.
    package var json: JSONValue {
        ["name": .string(name), "description": .string(description), "required": .bool(isRequired)]
    }

    package init?(json: JSONValue) {
        guard let name = json["name"]?.string else { return nil }
        self.init(
            name: name,
            description: json["description"]?.string ?? "",
            isRequired: json["required"]?.bool ?? false
        )
    }
}
