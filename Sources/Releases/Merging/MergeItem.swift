package import JSON
import Tools
import Vocabulary

/// One thing about a toolset that people edit by itself.
enum MergeItem: Hashable {
    case metadata(Toolset.Metadata.Field)
    /// Whether the toolset has the tool.
    case tool(ToolURN)
    case variation(ToolURN, Variation.Field)
    /// Whether the toolset has the prompt.
    case prompt(String)
    /// Whether the toolset has the resource.
    case resource(ResourceURN)
    case order(List)
    case pin(Pin)

    /// A list whose order clients see.
    enum List: String, CaseIterable {
        case tools, prompts, resources
    }

    /// What a toolset may stay on.
    enum Pin: String, CaseIterable {
        case deployment, prompts
    }
}

extension MergeItem {
    /// What is asked about as a whole where both sides changed it: everything about one tool belongs together.
    var group: MergeItem {
        if case .variation(let urn, _) = self { .tool(urn) } else { self }
    }

    /// The list that the item is a member of.
    var list: List? {
        switch self {
        case .tool: .tools
        case .prompt: .prompts
        case .resource: .resources
        case .metadata, .variation, .order, .pin: nil
        }
    }

    /// The text of the item in its list.
    var member: String {
        switch self {
        case .tool(let urn): urn.description
        case .prompt(let name): name
        case .resource(let urn): urn.description
        case .metadata, .variation, .order, .pin: ""
        }
    }

    /// Whether people may give another value than one of those that are there.
    var takesValue: Bool {
        switch self {
        case .metadata(let field): [.name, .description, .instructions, .outputSchemas].contains(field)
        case .variation, .order: true
        case .tool, .prompt, .resource, .pin: false
        }
    }

    /// Metadata first, then what belongs to a tool together, then the rest.
    private var rank: Int {
        switch self {
        case .metadata: 0
        case .tool, .variation: 1
        case .prompt: 2
        case .resource: 3
        case .order: 4
        case .pin: 5
        }
    }
}

extension MergeItem: CustomStringConvertible {
    /// How answers name it: `variation/tools:http:pets:list/title`.
    var description: String {
        switch self {
        case .metadata(let field): "metadata/\(field.rawValue)"
        case .tool(let urn): "tool/\(urn)"
        case .variation(let urn, let field): "variation/\(urn)/\(field.rawValue)"
        case .prompt(let name): "prompt/\(name)"
        case .resource(let urn): "resource/\(urn)"
        case .order(let list): "order/\(list.rawValue)"
        case .pin(let pin): "pin/\(pin.rawValue)"
        }
    }
}

extension MergeItem: Comparable {
    static func < (left: MergeItem, right: MergeItem) -> Bool {
        (left.rank, left.group.description, left.description)
            < (right.rank, right.group.description, right.description)
    }
}

extension Toolset.Metadata {
    /// Metadata is the same when every field says the same in JSON: texts by their code points.
    package static func == (left: Toolset.Metadata, right: Toolset.Metadata) -> Bool {
        Field.allCases.allSatisfy { left[$0] == right[$0] }
    }

    /// One field of the metadata, under its name in the management API.
    enum Field: String, CaseIterable {
        case name, description, instructions
        case documentationURL = "documentation_url"
        case logo
        case outputSchemas = "output_schemas"
    }

    /// What a field says; nothing where it is empty.
    subscript(field: Field) -> JSONValue? {
        switch field {
        case .name: .string(name)
        case .description: .string(description)
        case .instructions: .string(instructions)
        case .documentationURL: documentationURL.map(JSONValue.string)
        case .logo: logo.map { ["sha256": .string($0.digest.hex), "mime_type": .string($0.mimeType)] }
        case .outputSchemas: servesOutputSchemas.map(JSONValue.bool)
        }
    }

    /// Makes a field say something, or nothing for none. False, and no change, where the field cannot say that.
    mutating func set(_ field: Field, to value: JSONValue?) -> Bool {
        switch (field, value) {
        case (.name, let value?):
            guard let text = value.string, !text.isEmpty, text.count <= 200 else { return false }
            name = text
        case (.description, .string(let text)?): description = text
        case (.instructions, .string(let text)?): instructions = text
        case (.documentationURL, .string(let text)?): documentationURL = text
        case (.documentationURL, nil): documentationURL = nil
        case (.logo, let value?):
            guard let digest = value["sha256"]?.string.flatMap({ Digest($0) }),
                let mimeType = value["mime_type"]?.string
            else { return false }
            logo = Toolset.Logo(digest: digest, mimeType: mimeType)
        case (.logo, nil): logo = nil
        case (.outputSchemas, .bool(let flag)?): servesOutputSchemas = flag
        case (.outputSchemas, nil): servesOutputSchemas = nil
        default: return false
        }
        return true
    }
}
