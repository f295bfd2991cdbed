import Vocabulary

/// A field of a form as the part `parts/field` shows it: with its label, its hint, and what is wrong beside it.
struct FormField: Sendable {
    let name: String
    let label: String
    let value: String
    let hint: String
    /// What is wrong with the value; empty where nothing is.
    let error: String
    let isRequired: Bool

    /// A field; its error is that of the problem whose pointer is the field's name.
    init(
        _ name: String,
        _ label: String,
        value: String = "",
        hint: String = "",
        isRequired: Bool = true,
        problem: Problem? = nil
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.hint = hint
        self.isRequired = isRequired
        error = FieldSentence.text(of: problem, field: name)
    }
}

/// One of several values to choose from.
struct FormOption: Sendable {
    let value: String
    let label: String
    let isChosen: Bool
}
