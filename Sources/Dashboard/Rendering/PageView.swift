/// A page's view with what every form in it needs: `formToken`.
struct PageView: ComputedFields {
    private let view: any Sendable
    private let formToken: String?
    /// Whether what is wrong stands at the top of the page already, above the view.
    private let hasSummary: Bool

    init(of view: any Sendable, formToken: String?, hasSummary: Bool = false) {
        self.view = view
        self.formToken = formToken
        self.hasSummary = hasSummary
    }

    var computedFields: [String: Any] {
        var fields: [String: Any] = [:]
        for child in Mirror(reflecting: view).children {
            if let label = child.label { fields[label] = child.value }
        }
        if let view = view as? any ComputedFields {
            fields.merge(view.computedFields) { _, computed in computed }
        }
        fields["formToken"] = formToken ?? ""
        fields["hasSummary"] = hasSummary
        if hasSummary, fields["fault"] is String { fields["fault"] = "" }
        return fields
    }
}
