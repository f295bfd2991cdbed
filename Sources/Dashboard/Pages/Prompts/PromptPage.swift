import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// A prompt with its arguments, a preview, and its history.
struct PromptPage: Sendable {
    struct Row: Sendable {
        let index: Int
        let number: Int
        let name: String
        let description: String
        let isRequired: Bool
        let sample: String
        /// What the preview says where there is no sample.
        let placeholder: String
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
    let undeclared: String
    let declareLabel: String
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
        // Where the field says it already, it is not said again.
        undeclared = prompt.error.isEmpty ? preview.warning : ""
        declareLabel = preview.declareLabel
        let newest = current?["version"]?.integer ?? 0
        versions = history.map { Version($0, newest: newest, address: address, now: now) }
        hasVersions = versions.count > 1
        let asked = visit.query.text("version") ?? ""
        oldVersion = asked == String(newest) ? "" : asked
        mayEdit = visit.caller.allows(.producer)
        button = isNew ? "Create prompt" : "Write version \(newest + 1)"
        let isShown = !name.error.isEmpty || !description.error.isEmpty || !prompt.error.isEmpty
        fault = isShown || rows.contains { !$0.error.isEmpty } ? "" : problem?.pageMessage ?? ""
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
            hint: "What agents ask for: letters, digits, _ and -. It cannot be changed later.",
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
        placeholder = argument.name.isEmpty ? "" : "[\(argument.name)]"
        let errors = problem?.errors.filter { $0.pointer.hasPrefix("/arguments/\(index)/") } ?? []
        error = errors.isEmpty ? "" : "A name has letters, digits and _, begins with no digit, and stands here once."
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
