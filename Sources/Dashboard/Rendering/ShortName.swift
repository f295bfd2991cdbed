import Vocabulary

/// The name that something has in addresses and commands: a slug, which all pages call its short name.
enum ShortName {
    static let rule = "Up to 60 small letters (a to z), digits and hyphens, and no hyphen at an end."

    /// What the form says; made of the name where it leaves the short name empty.
    ///
    /// - Throws: ``Problem`` `invalid` at the field, where it is none, or none can be made.
    static func text(of form: FormFields, field: String = "slug", from name: String?) throws -> String {
        if let typed = form.text(field) {
            guard Slug(typed) != nil else { throw problem(field, rule) }
            return typed
        }
        if let made = name.flatMap({ Slug(nearest: $0) }) { return made.text }
        guard name?.isEmpty == false else { throw problem(field, "Write a short name, or a name to make it of.") }
        throw problem(field, "No short name can be made of that name; write one. \(rule)")
    }

    static func problem(_ field: String, _ sentence: String) -> Problem {
        Problem(.invalid, sentence, errors: [.init(pointer: "/\(field)", message: sentence)])
    }
}

extension FormField {
    /// The field for a short name: as it was typed; after a problem, what was made of the name. `origin` is what it is made of
    /// where it is left empty, `suggested` what stands there before anything was sent.
    static func shortName(
        _ field: String = "slug",
        of form: FormFields,
        from origin: (field: String, word: String),
        suggested: String = "",
        problem: Problem? = nil
    ) -> FormField {
        let made = problem == nil ? nil : form.text(origin.field).flatMap { Slug(nearest: $0)?.text }
        return FormField(
            field,
            "Short name",
            value: form.text(field) ?? made ?? suggested,
            hint:
                "It stands in addresses and commands, and cannot be changed later. Left empty, it is made of the \(origin.word).",
            isRequired: false,
            problem: problem.map { $0.code == .nameTaken ? $0.at("/\(field)", from: ["", "/slug"]) : $0 }
        )
    }
}
