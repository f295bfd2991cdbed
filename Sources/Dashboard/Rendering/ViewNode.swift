import Mustache
import Synchronization

/// A view struct as Mustache reads it: its fields are looked up once, not at every tag.
///
/// What is absent or empty is falsy and ends the search, so that a field without a value never shows the one of an outer
/// view with the same name.
struct ViewNode: MustacheParent {
    private let fields: [String: Any]
    /// Set on the outermost view: it is asked last, so what it does not know, nobody does.
    private let misses: Misses?

    /// The names that a template used and no view had.
    final class Misses: Sendable {
        private let names = Mutex<Set<String>>([])

        var all: [String] { names.withLock { $0.sorted() } }

        func note(_ name: String) { names.withLock { _ = $0.insert(name) } }
    }

    init(_ view: Any, misses: Misses? = nil) {
        var fields: [String: Any] = [:]
        var mirror: Mirror? = Mirror(reflecting: view)
        while let current = mirror {
            for child in current.children {
                if let label = child.label, fields[label] == nil { fields[label] = Self.value(child.value) }
            }
            mirror = current.superclassMirror
        }
        if let view = view as? any ComputedFields {
            for (name, value) in view.computedFields { fields[name] = Self.value(value) }
        }
        self.fields = fields
        self.misses = misses
    }

    func child(named name: String) -> Any? {
        let child = fields[name]
        if child == nil { misses?.note(name) }
        return child
    }

    private static func value(_ value: Any) -> Any {
        switch value {
        case let flag as Bool: flag
        case let text as String: ViewText(text)
        case let number as Int: ViewText(String(number))
        case let items as [Any]: items.map(Self.value)
        case let text as any ViewTextConvertible: ViewText(text.viewText)
        default: other(value)
        }
    }

    private static func other(_ value: Any) -> Any {
        let mirror = Mirror(reflecting: value)
        if mirror.displayStyle == .optional {
            return mirror.children.first.map { Self.value($0.value) } ?? ViewText("")
        }
        if mirror.displayStyle == .enum { return ViewText(String(describing: value)) }
        return ViewNode(value)
    }
}

/// Fields of a view beside those that are stored.
protocol ComputedFields {
    var computedFields: [String: Any] { get }
}

/// A value that templates show as one text.
protocol ViewTextConvertible {
    var viewText: String { get }
}

/// Text in a template; empty text is falsy.
struct ViewText: MustacheCustomRenderable, MustacheParent {
    let renderText: String

    init(_ text: String) {
        renderText = text
    }

    var isNull: Bool { renderText.isEmpty }

    func child(named name: String) -> Any? { nil }
}
