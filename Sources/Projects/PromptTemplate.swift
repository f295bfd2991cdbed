import JSON
import Mustache
package import Vocabulary

/// A prompt with arguments, one version of it: every edit is a new row of the same history.
package struct PromptTemplate: Sendable, Hashable {
    package let id: ID<PromptTemplate>
    package let version: Int
    package let content: Content
    package let createdAt: Timestamp

    package init(id: ID<PromptTemplate>, version: Int, content: Content, createdAt: Timestamp) {
        self.id = id
        self.version = version
        self.content = content
        self.createdAt = createdAt
    }

    /// What an editor writes.
    package struct Content: Sendable, Hashable {
        /// Identifies the prompt in its project; follows ``ToolName/rule``.
        package var name: String
        package var description: String
        package var arguments: [Argument]
        /// Mustache; `{{name}}` stands for the argument `name`.
        package var template: String

        package init(name: String, description: String, arguments: [Argument], template: String) {
            self.name = name
            self.description = description
            self.arguments = arguments
            self.template = template
        }

        /// Texts are the same when their code points are.
        package static func == (left: Content, right: Content) -> Bool {
            left.name.isSameJSON(as: right.name) && left.description.isSameJSON(as: right.description)
                && left.arguments == right.arguments && left.template.isSameJSON(as: right.template)
        }
    }

    /// A value that the template may name.
    package struct Argument: Sendable, Hashable {
        package var name: String
        package var description: String
        package var isRequired: Bool

        package init(name: String, description: String, isRequired: Bool) {
            self.name = name
            self.description = description
            self.isRequired = isRequired
        }

        /// Texts are the same when their code points are.
        package static func == (left: Argument, right: Argument) -> Bool {
            left.name.isSameJSON(as: right.name) && left.description.isSameJSON(as: right.description)
                && left.isRequired == right.isRequired
        }
    }
}

/// A template that Mustache cannot read, or arguments that do not fit.
package enum PromptFailure: Error, Hashable {
    /// The template's fault, in Mustache's words.
    case template(String)
    case missingArgument(String)
    case unknownArgument(String)
}

extension PromptTemplate.Content {
    /// Checks the template without rendering it.
    package func check() throws(PromptFailure) {
        _ = try compiled()
    }

    /// The text of the prompt with these arguments. Values go in as they are, without HTML escaping.
    package func render(_ values: [String: String]) throws(PromptFailure) -> String {
        if let missing = arguments.first(where: { $0.isRequired && values[$0.name] == nil }) {
            throw .missingArgument(missing.name)
        }
        if let unknown = values.keys.sorted().first(where: { key in !arguments.contains { $0.name == key } }) {
            throw .unknownArgument(unknown)
        }
        return try compiled().render(values)
    }

    /// The names that the template uses and no argument declares, in the order of the text. Nothing stands where they are,
    /// since arguments are all that a prompt gets.
    package var undeclaredNames: [String] {
        let declared = Set(arguments.map(\.name))
        var names: [String] = []
        for tag in template.split(separator: "{{", omittingEmptySubsequences: false).dropFirst() {
            guard let name = Self.name(in: tag), !declared.contains(name), !names.contains(name) else { continue }
            names.append(name)
        }
        return names
    }

    /// The name that a tag looks up: `topic` of `{{topic}}`, `{{{topic}}}`, `{{#topic}}` and `{{lowercased(topic.x)}}`; none of
    /// comments, ends of sections and partials.
    private static func name(in tag: Substring) -> String? {
        guard let end = tag.firstRange(of: "}}")?.lowerBound else { return nil }
        var content = tag[..<end].drop { $0.isWhitespace }
        if let sign = content.first, "{&#^".contains(sign) { content = content.dropFirst() }
        if let open = content.lastIndex(of: "(") { content = content[content.index(after: open)...] }
        let name = content.drop { $0.isWhitespace }.prefix { !$0.isWhitespace && !".})".contains($0) }
        guard let first = name.first, first.isLetter || first == "_" else { return nil }
        return String(name)
    }

    /// `expected section end` of the library's `expectedSectionEnd`.
    private static func words(of error: any Error) -> String {
        "\(error)".reduce(into: "") { text, character in
            text += character.isUppercase ? " \(character.lowercased())" : String(character)
        }
    }

    /// The library reads sections by recursion, so a template of thousands of them would end the server.
    private static let mostSections = 100

    private func compiled() throws(PromptFailure) -> MustacheTemplate {
        // Counted wherever they stand, so that no trick with delimiters hides a level.
        let sections = template.split(separator: "{{", omittingEmptySubsequences: false).dropFirst().count { tag in
            tag.drop { $0.isWhitespace }.first.map { "#^$<".contains($0) } ?? false
        }
        guard sections <= Self.mostSections else { throw .template("it has more than \(Self.mostSections) sections") }
        let tags = template.split(separator: "{{", omittingEmptySubsequences: false).dropFirst()
        if let open = tags.first(where: { !$0.contains("}}") }) {
            let line = template[..<open.startIndex].count(where: \.isNewline) + 1
            throw .template("a tag is not closed by }} in line \(line)")
        }
        guard !template.contains("{{=") else { throw .template("delimiters other than {{ and }} are not supported") }
        do {
            return try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}" + template)
        } catch let error as MustacheTemplate.ParserError {
            throw .template("\(Self.words(of: error.error)) in line \(error.context.lineNumber)")
        } catch {
            throw .template("\(error)")
        }
    }
}
