/// A page, or a dialog, that says what will happen before it does. The template is `confirm`.
struct ConfirmPage: Sendable {
    let title: String
    /// What will happen, a sentence each.
    let sentences: [String]
    /// Names that the sentences speak of.
    var names: [String] = []
    /// Verb, object and number.
    let button: String
    /// Where the form goes.
    let action: String
    /// Where the person came from.
    let back: String
    var etag = ""
    /// Whether something stands against it that the sentences name; then there is no button.
    var isBarred = false
    /// Why it was not done; empty before it was tried.
    var fault = ""
}

extension ConfirmPage: ComputedFields {
    var computedFields: [String: Any] { ["hasNames": !names.isEmpty] }
}
