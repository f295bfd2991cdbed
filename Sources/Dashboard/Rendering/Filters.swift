/// A form that searches and filters a list by the address, as the part `parts/filters` shows it.
struct Filters: Sendable {
    let address: String
    /// The side of a toolset, to stay on it.
    let view: String
    let q: String
    let placeholder: String
    let selects: [FormSelect]
    let isFiltered: Bool
    let clearAddress: String

    init(
        address: String,
        view: String?,
        q: String,
        placeholder: String,
        selects: [FormSelect]
    ) {
        self.address = address
        self.view = view ?? ""
        self.q = q
        self.placeholder = placeholder
        self.selects = selects
        isFiltered = !q.isEmpty || selects.contains { $0.options.contains { $0.isChosen && !$0.value.isEmpty } }
        clearAddress = address + AddressQuery([("view", view)]).text
    }
}
