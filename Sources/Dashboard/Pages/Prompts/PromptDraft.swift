import JSON
import Vocabulary

/// A prompt as a form has it.
struct PromptDraft: Sendable {
    struct Argument: Sendable {
        var name: String
        var description: String
        var isRequired: Bool
        /// What the preview says for it.
        var sample: String
        var isRemoved = false
    }

    var name: String
    var description: String
    var prompt: String
    var arguments: [Argument]

    init(_ template: JSONValue) {
        name = template["name"]?.string ?? ""
        description = template["description"]?.string ?? ""
        prompt = template["prompt"]?.string ?? ""
        arguments = (template["arguments"]?.array ?? []).map {
            Argument(
                name: $0["name"]?.string ?? "",
                description: $0["description"]?.string ?? "",
                isRequired: $0["required"]?.bool == true,
                sample: ""
            )
        }
    }

    /// Reads `argument-0-name`, `-description`, `-required`, `-sample`, `-remove`; rows without a name say nothing.
    init(_ form: FormFields) {
        name = form.text("name") ?? ""
        description = form.text("description") ?? ""
        prompt = form["prompt"] ?? ""
        arguments = form.under("argument-").filter { $0.name.hasSuffix("-name") }.compactMap { key, name in
            let row = "argument-\(key.dropLast("-name".count))"
            let argument = Argument(
                name: name.trimmed,
                description: form.text("\(row)-description") ?? "",
                isRequired: form.has("\(row)-required"),
                sample: form["\(row)-sample"] ?? "",
                isRemoved: form.has("\(row)-remove")
            )
            return argument.name.isEmpty && argument.description.isEmpty || argument.isRemoved ? nil : argument
        }
    }

    /// As `templates.create` takes the arguments.
    var declared: JSONValue {
        .array(
            arguments.map {
                [
                    "name": .string($0.name), "description": .string($0.description), "required": .bool($0.isRequired),
                ]
            }
        )
    }

    var input: JSONObject {
        [
            "name": .string(name), "description": .string(description), "prompt": .string(prompt),
            "arguments": declared,
        ]
    }

    /// The draft with a row more for each of these names; an empty one is for a name that is typed next.
    func declaring(_ names: [String]) -> PromptDraft {
        var draft = self
        draft.arguments += names.map { Argument(name: $0, description: "", isRequired: false, sample: "") }
        return draft
    }
}
