import Accounts
import JSON
import ManagementAPI
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

    var withOneMoreArgument: PromptDraft {
        var draft = self
        draft.arguments.append(Argument(name: "", description: "", isRequired: false, sample: ""))
        return draft
    }
}

/// A prompt as an agent would get it.
struct PromptPreview: Sendable {
    let text: String
    let fault: String

    /// Renders a draft; an argument without a sample shows as its name in brackets.
    init(of draft: PromptDraft, by visit: Visit) async {
        guard !draft.prompt.isEmpty else {
            (text, fault) = ("", "")
            return
        }
        var arguments = JSONObject()
        for argument in draft.arguments where !argument.name.isEmpty {
            arguments[argument.name] = .string(argument.sample.isEmpty ? "[\(argument.name)]" : argument.sample)
        }
        do {
            let input: JSONObject = [
                "prompt": .string(draft.prompt), "declared": draft.declared, "arguments": .object(arguments),
            ]
            text = try await visit.call("templates.preview", input).body["text"]?.string ?? ""
            fault = ""
        } catch {
            text = ""
            let problem = error as? Problem
            let reason = problem?.errors.first { $0.pointer == "/prompt" }?.message
            fault = reason.map { "The template cannot be read: \($0)." } ?? problem?.message ?? "There is no preview."
        }
    }

    init(text: String = "", fault: String = "") {
        self.text = text
        self.fault = fault
    }
}

/// A prompt with its arguments, a preview, and its history.
struct PromptPage: Sendable {
    struct Row: Sendable {
        let index: Int
        let number: Int
        let name: String
        let description: String
        let isRequired: Bool
        let sample: String
        let error: String
    }

    struct Version: Sendable {
        let version: Int
        let address: String
        let when: Moment?
        let isCurrent: Bool
    }

    let heading: String
    let isNew: Bool
    let listAddress: String
    let action: String
    let previewAddress: String
    let deleteAddress: String
    let etag: String
    let name: FormField
    let description: FormField
    let prompt: FormField
    let rows: [Row]
    let preview: String
    let previewFault: String
    let hasPreview: Bool
    let versions: [Version]
    let hasVersions: Bool
    /// The version that is shown and is not the newest; empty where it is.
    let oldVersion: String
    let mayEdit: Bool
    let button: String
    let fault: String

    init(
        _ draft: PromptDraft,
        current: JSONValue?,
        history: [JSONValue],
        preview: PromptPreview = PromptPreview(),
        visit: Visit,
        problem: Problem? = nil,
        now: Timestamp = .now()
    ) {
        let own = current?["name"]?.string
        listAddress = Address.section(.prompts, in: visit.project)
        let address = own.map { Address.page($0, of: .prompts, in: visit.project) } ?? "\(listAddress)/~new"
        heading = own ?? "New prompt"
        isNew = own == nil
        action = address
        previewAddress = "\(listAddress)/~preview"
        deleteAddress = isNew ? "" : "\(address)/delete"
        etag = visit.form.text("etag") ?? current?["etag"]?.string ?? ""
        (name, description, prompt) = Self.fields(draft, problem)
        let empty = PromptDraft.Argument(name: "", description: "", isRequired: false, sample: "")
        let shown = draft.arguments.isEmpty && isNew && !visit.form.has("add_argument") ? [empty] : draft.arguments
        rows = shown.enumerated().map { Row($0.offset, $0.element, problem) }
        self.preview = preview.text
        previewFault = preview.fault
        hasPreview = !preview.text.isEmpty
        let newest = current?["version"]?.integer ?? 0
        versions = history.map { Version($0, newest: newest, address: address, now: now) }
        hasVersions = versions.count > 1
        let asked = visit.query.text("version") ?? ""
        oldVersion = asked == String(newest) ? "" : asked
        mayEdit = visit.caller.allows(.producer)
        button = isNew ? "Create prompt" : "Write version \(newest + 1)"
        let isShown = !name.error.isEmpty || !description.error.isEmpty || !prompt.error.isEmpty
        fault = isShown || rows.contains { !$0.error.isEmpty } ? "" : problem?.message ?? ""
    }
}

extension PromptPage {
    fileprivate static func fields(
        _ draft: PromptDraft,
        _ problem: Problem?
    ) -> (name: FormField, description: FormField, prompt: FormField) {
        let name = FormField(
            "name",
            "Name",
            value: draft.name,
            hint: "What agents ask for. It cannot be changed later.",
            problem: problem.map { $0.code == .nameTaken ? $0.at("/name", from: [""]) : $0 }
        )
        let description = FormField(
            "description",
            "Description",
            value: draft.description,
            hint: "What the prompt is for; people choose by it.",
            isRequired: false,
            problem: problem
        )
        let prompt = FormField(
            "prompt",
            "Template",
            value: draft.prompt,
            hint:
                "Mustache: {{topic}} stands for the argument topic, {{#topic}}…{{/topic}} is shown where it is given.",
            problem: problem
        )
        return (name, description, prompt)
    }
}

extension PromptPage.Row {
    init(_ index: Int, _ argument: PromptDraft.Argument, _ problem: Problem?) {
        self.index = index
        number = index + 1
        name = argument.name
        description = argument.description
        isRequired = argument.isRequired
        sample = argument.sample
        let errors = problem?.errors.filter { $0.pointer.hasPrefix("/arguments/\(index)/") } ?? []
        error = errors.isEmpty ? "" : "A name has letters, digits and _, begins with no digit, and stands here once"
    }
}

extension PromptPage.Version {
    init(_ template: JSONValue, newest: Int, address: String, now: Timestamp) {
        version = template["version"]?.integer ?? 0
        self.address = Address.query(address, ["version": String(version)])
        when = Moment(template["created_at"]?.string, now: now)
        isCurrent = version == newest
    }
}
