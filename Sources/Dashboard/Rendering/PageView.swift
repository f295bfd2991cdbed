/// A page's view with what every form in it needs: `formToken`.
struct PageView: ComputedFields {
    private let view: any Sendable
    private let formToken: String?

    init(of view: any Sendable, formToken: String?) {
        self.view = view
        self.formToken = formToken
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
        return fields
    }
}
