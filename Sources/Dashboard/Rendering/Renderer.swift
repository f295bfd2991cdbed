import Assets
import Logging
import Mustache
import Vocabulary

/// Turns views into HTML by the templates of the program.
struct Renderer: Sendable {
    private let library: MustacheLibrary
    /// Whether a name that no view has is an error; else it is logged, and shows nothing.
    private let isStrict: Bool

    /// - Throws: ``Problem`` that names a template with a fault, found at the start.
    init(templates: [String: String], isStrict: Bool) throws {
        var library = MustacheLibrary()
        for (name, text) in templates {
            do {
                try library.register(text, named: name)
            } catch {
                throw Problem(.unexpected, "The template \(name) cannot be read: \(error)", cause: error)
            }
        }
        self.library = library
        self.isStrict = isStrict
    }

    /// The HTML of a view.
    ///
    /// - Throws: ``Problem`` where there is no such template, or where it uses a name that no view has.
    func html(_ view: Any, by template: String) throws -> String {
        let misses = ViewNode.Misses()
        guard let html = library.render(ViewNode(view, misses: misses), withTemplate: template) else {
            throw Problem(.unexpected, "There is no template \(template).")
        }
        let unresolved = misses.all
        guard !unresolved.isEmpty else { return html }
        let names = unresolved.joined(separator: ", ")
        guard !isStrict else {
            throw Problem(.unexpected, "The template \(template) uses names that its view has not: \(names).")
        }
        Logger.current.error(
            "A template uses unknown names",
            metadata: ["template": "\(template)", "names": "\(names)"]
        )
        return html
    }
}
