import Vocabulary

/// A choice of one of several values, as the part `parts/select` shows it.
struct FormSelect: Sendable {
    let name: String
    let label: String
    let options: [FormOption]
    let hint: String
    /// What is wrong with the value; empty where nothing is.
    let error: String

    /// The options as value and label; its error is that of the problem whose pointer is the field's name.
    init(
        _ name: String,
        _ label: String,
        _ options: [(value: String, label: String)],
        chosen: String,
        hint: String = "",
        problem: Problem? = nil
    ) {
        self.name = name
        self.label = label
        self.options = options.map { FormOption(value: $0.value, label: $0.label, isChosen: $0.value == chosen) }
        self.hint = hint
        error = FieldSentence.text(of: problem, field: name)
    }
}
