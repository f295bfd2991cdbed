import Accounts
import JSON
import Vocabulary

/// A resource, and what it says.
struct ResourcePage: Sendable {
    let heading: String
    let isNew: Bool
    let listAddress: String
    let action: String
    let deleteAddress: String
    let downloadAddress: String
    let etag: String
    let uri: String
    let facts: String
    let isText: Bool
    let slug: FormField
    let title: FormField
    let description: FormField
    let mimeType: FormField
    /// What the media type was before somebody typed.
    let formerType: String
    let version: Int
    let text: FormField
    let mayEdit: Bool
    let button: String
    let fault: String

    init(_ resource: JSONValue?, visit: Visit, problem: Problem? = nil) {
        let own = resource?["slug"]?.string
        let form = visit.form
        listAddress = ResourcePages.list(in: visit.project)
        heading = own ?? "New resource"
        isNew = own == nil
        action = "\(listAddress)/\(own ?? "~new")"
        deleteAddress = isNew ? "" : "\(action)/delete"
        downloadAddress = isNew ? "" : "\(action)/content"
        etag = form.text("etag") ?? resource?["etag"]?.string ?? ""
        uri = resource?["uri"]?.string ?? ""
        version = resource?["version"]?.integer ?? 0
        formerType = form["mime_type_was"] ?? resource?["mime_type"]?.string ?? ""
        facts = isNew ? "" : "Version \(version), \(Size.text(resource?["size"]?.integer ?? 0))"
        isText = isNew || resource?["encoding"]?.string == "text"
        let fields = ResourceFormFields(resource: resource, form: form, problem: problem)
        (slug, title, description) = (fields.slug, fields.title, fields.description)
        (mimeType, text) = (fields.mimeType, fields.text)
        mayEdit = visit.caller.allows(.producer)
        button = isNew ? "Create resource" : "Write version \(version + 1)"
        let isShown = [slug, title, description, mimeType, text].contains { !$0.error.isEmpty }
        fault = isShown ? "" : problem?.pageMessage ?? ""
    }
}

/// The fields of a resource's form: as typed, else as they are.
private struct ResourceFormFields {
    let resource: JSONValue?
    let form: FormFields
    let problem: Problem?

    var slug: FormField { .shortName(of: form, from: ("title", "title"), problem: problem) }

    var title: FormField { field("title", "Title", hint: "What people read.") }

    var description: FormField {
        field("description", "Description", hint: "What it is good for; agents decide by it.")
    }

    var mimeType: FormField {
        FormField(
            "mime_type",
            "Media type",
            value: form["mime_type"] ?? resource?["mime_type"]?.string ?? "",
            hint: "Such as application/json. Left empty, a text is text/markdown, and a file is what its name says.",
            isRequired: false,
            problem: problem
        )
    }

    var text: FormField { field("text", "Text", hint: "Or choose a file below, which is taken instead.") }

    private func field(_ name: String, _ label: String, hint: String) -> FormField {
        FormField(
            name,
            label,
            value: form[name] ?? resource?[name]?.string ?? "",
            hint: hint,
            isRequired: false,
            problem: problem
        )
    }
}
