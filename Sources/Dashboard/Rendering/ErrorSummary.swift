import JSON

/// A field of a form that can say what is wrong with it.
protocol FaultyField: Sendable {
    /// The id of what has focus when the field is filled in.
    var controlID: String { get }
    /// What the field is called on the page.
    var label: String { get }
    /// What is wrong with its value; empty where nothing is.
    var error: String { get }
}

extension FormField: FaultyField {
    var controlID: String { "field-\(name)" }
}

extension FormSelect: FaultyField {
    var controlID: String { "field-\(name)" }
}

/// What is wrong with a field that its page shows in a way of its own.
struct FieldFault: FaultyField {
    let controlID: String
    let label: String
    let error: String
}

/// What stands at the top of a page whose form was not taken: why, with a link to each field that is wrong.
///
/// It is made of the page's own view, so that no page can forget it.
struct ErrorSummary: Sendable {
    struct Line: Sendable {
        /// `#field-name`
        let address: String
        let text: String
    }

    let sentence: String
    let lines: [Line]
    /// `and 12 more below`; empty where every field is named.
    let more: String

    /// How many fields are named.
    private static let told = 10
    /// How deep views are nested at most.
    private static let depth = 16

    /// None where the view has nothing that is wrong.
    init?(of view: any Sendable) {
        var found = Found()
        Self.collect(from: view, into: &found, depth: 0)
        guard !found.fault.isEmpty || !found.lines.isEmpty else { return nil }
        let count = found.lines.count { $0.address != "#fault" }
        sentence =
            found.fault.isEmpty && count > 0
            ? (count == 1 ? "One field needs another value:" : "\(Count.number(count)) fields need another value:")
            : found.fault
        lines = Array(found.lines.prefix(Self.told))
        let left = found.lines.count - lines.count
        more = left > 0 ? "and \(Count.number(left)) more below" : ""
    }

    private struct Found {
        var fault = ""
        var lines: [Line] = []
    }

    private static func collect(from value: Any, into found: inout Found, depth: Int) {
        guard depth < Self.depth else { return }
        switch value {
        case is String, is Int, is Bool, is JSONValue, is JSONObject: return
        default: break
        }
        if let field = value as? any FaultyField, !field.error.isEmpty {
            let line = Line(address: "#\(field.controlID)", text: "\(field.label): \(field.error)")
            // A view may hold a field twice, in a list of all and in a part of it.
            if !found.lines.contains(where: { $0.address == line.address }) { found.lines.append(line) }
        }
        for child in Mirror(reflecting: value).children {
            guard child.label == "fault", let fault = child.value as? String else {
                collect(from: child.value, into: &found, depth: depth + 1)
                continue
            }
            if fault.isEmpty { continue }
            if depth == 0 { found.fault = fault } else { found.lines.append(Line(address: "#fault", text: fault)) }
        }
    }
}
