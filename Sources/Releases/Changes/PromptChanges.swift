import JSON
import Projects

/// Which prompt of one content is which of another, and what changes in them: `prompt.*`.
struct PromptChanges {
    /// A prompt of the new content, or one that is gone.
    struct Item {
        /// As clients call it; where it is gone, as they called it.
        let name: String
        let isGone: Bool
        let differences: [RuledDifference]
    }

    private(set) var items: [Item] = []
    private let lostTools: Set<String>

    /// `lostTools` are the names of tools that were served and no longer are.
    init(_ old: CompiledContent, _ new: CompiledContent, lostTools: Set<String>) {
        self.lostTools = lostTools
        let before = Dictionary(old.prompts.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.prompts.map(\.name))
        var gone = old.prompts.filter { !names.contains($0.name) }
        for prompt in new.prompts {
            var former = before[prompt.name]
            if former == nil, let twin = gone.firstIndex(where: { Self.isTwin($0, prompt) }) {
                former = gone.remove(at: twin)
            }
            let differences = former.map { compare($0, prompt) } ?? Self.added(prompt)
            items.append(
                Item(name: prompt.name, isGone: false, differences: differences + brokenReferences(former, prompt))
            )
        }
        for prompt in gone {
            var differences = Differences()
            let message = "The prompt `\(prompt.name)` is gone."
            differences.tell(.promptItemRemoved, at: "", .string(prompt.name), nil, message)
            items.append(Item(name: prompt.name, isGone: true, differences: differences.all))
        }
    }

    /// Whether two prompts of different names are one: they say and take the same.
    private static func isTwin(_ left: PromptTemplate.Content, _ right: PromptTemplate.Content) -> Bool {
        PlainText.isSame(left.template, right.template) && left.arguments == right.arguments
    }

    private static func added(_ prompt: PromptTemplate.Content) -> [RuledDifference] {
        var differences = Differences()
        let message = "The prompt `\(prompt.name)` is new."
        differences.tell(.promptItemAdded, at: "", nil, .string(prompt.name), message)
        tellDirective("The prompt's description", at: "/description", nil, prompt.description, &differences)
        for argument in prompt.arguments { tellDirectives(in: argument, former: nil, &differences) }
        return differences.all
    }

    private func compare(_ old: PromptTemplate.Content, _ new: PromptTemplate.Content) -> [RuledDifference] {
        guard old != new else { return [] }
        var differences = Differences()
        if old.name != new.name {
            let message = "The prompt `\(old.name)` is called `\(new.name)` by now."
            differences.tell(.promptItemRenamed, at: "/name", .string(old.name), .string(new.name), message)
        }
        if !PlainText.isSame(old.description, new.description) {
            let (before, after) = (JSONValue.string(old.description), JSONValue.string(new.description))
            let message = "The prompt's description says something else."
            differences.tell(.promptItemTitleChanged, at: "/description", before, after, message)
            let subject = "The prompt's description"
            Self.tellDirective(subject, at: "/description", old.description, new.description, &differences)
        }
        let renamed = Self.compareArguments(old, new, &differences)
        // What follows from an argument's new name is no other text.
        let text = renamed.reduce(old.template) { Self.renaming($1.0, to: $1.1, in: $0) }
        if !PlainText.isSame(text, new.template) {
            let found = DirectiveText().added(from: old.template, to: new.template).first
            let message = "The prompt says something else\(found.map { "; it \($0.sentence)" } ?? "")."
            let (before, after) = (JSONValue.string(old.template), JSONValue.string(new.template))
            differences.tell(.promptItemBodyChanged, at: "/template", before, after, message)
        }
        return differences.all
    }

    /// `{{name}}` and `{{ name }}`, in a section too.
    private static func renaming(_ name: String, to other: String, in template: String) -> String {
        ["", " ", "#", "/", "^", "&"].reduce(template) { text, sign in
            [("", "}}"), (" ", " }}")].reduce(text) {
                $0.replacing("{{\(sign)\(name)\($1.1)", with: "{{\(sign)\(other)\($1.1)")
            }
        }
    }

    private func brokenReferences(
        _ old: PromptTemplate.Content?,
        _ new: PromptTemplate.Content
    ) -> [RuledDifference] {
        guard !lostTools.isEmpty else { return [] }
        var differences = Differences()
        for name in ToolMentions.names(in: new.template, of: lostTools) {
            let message = "The prompt names the tool `\(name)`, which is gone."
            differences.tell(.promptItemToolReferenceBroken, at: "/template", .string(name), nil, message)
        }
        return differences.all
    }
}

// MARK: - Arguments

extension PromptChanges {
    /// The arguments that have another name by now.
    private static func compareArguments(
        _ old: PromptTemplate.Content,
        _ new: PromptTemplate.Content,
        _ differences: inout Differences
    ) -> [(String, String)] {
        let before = Dictionary(old.arguments.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
        let names = Set(new.arguments.map(\.name))
        var gone = old.arguments.filter { !names.contains($0.name) }
        var come = new.arguments.filter { before[$0.name] == nil }
        var renamed: [(String, String)] = []
        if gone.count == 1, come.count == 1, isRenamed(gone[0], come[0], old, new) {
            renamed = [(gone[0].name, come[0].name)]
            let message = "The argument `\(gone[0].name)` is called `\(come[0].name)` by now."
            let (left, right) = (JSONValue.string(gone[0].name), JSONValue.string(come[0].name))
            differences.tell(.promptArgumentRenamed, at: pointer(come[0].name), left, right, message)
            compare(gone[0], come[0], &differences)
            (gone, come) = ([], [])
        }
        for argument in new.arguments {
            if let former = before[argument.name] { compare(former, argument, &differences) }
        }
        for argument in come {
            let need = argument.isRequired ? "needs" : "takes"
            tellDirectives(in: argument, former: nil, &differences)
            differences.tell(
                argument.isRequired ? .promptArgumentRequiredAdded : .promptArgumentOptionalAdded,
                at: pointer(argument.name),
                nil,
                argument.json,
                "The prompt \(need) the argument `\(argument.name)` by now."
            )
        }
        for argument in gone {
            let message = "The prompt no longer takes the argument `\(argument.name)`."
            differences.tell(.promptArgumentRemoved, at: pointer(argument.name), argument.json, nil, message)
        }
        return renamed
    }

    private static func compare(
        _ old: PromptTemplate.Argument,
        _ new: PromptTemplate.Argument,
        _ differences: inout Differences
    ) {
        let place = pointer(new.name)
        if old.isRequired != new.isRequired {
            let rule: ChangeRule = new.isRequired ? .promptArgumentRequiredSet : .promptArgumentRequiredLifted
            let message = "The argument `\(new.name)` is \(new.isRequired ? "required" : "optional") by now."
            differences.tell(rule, at: place + "/required", .bool(old.isRequired), .bool(new.isRequired), message)
        }
        if !PlainText.isSame(old.description, new.description) {
            let message = "The description of the argument `\(new.name)` says something else."
            let (before, after) = (JSONValue.string(old.description), JSONValue.string(new.description))
            differences.tell(.promptItemTitleChanged, at: place + "/description", before, after, message)
            tellDirectives(in: new, former: old, &differences)
        }
    }

    private static func tellDirectives(
        in argument: PromptTemplate.Argument,
        former: PromptTemplate.Argument?,
        _ differences: inout Differences
    ) {
        let subject = "The description of the argument `\(argument.name)`"
        let place = pointer(argument.name) + "/description"
        tellDirective(subject, at: place, former?.description, argument.description, &differences)
    }

    /// A model reads what lists say of a prompt whether anybody uses the prompt or not.
    private static func tellDirective(
        _ subject: String,
        at place: String,
        _ before: String?,
        _ after: String,
        _ differences: inout Differences
    ) {
        guard let found = DirectiveText().severeAdded(from: before, to: after).first else { return }
        let message = "\(subject) \(found.sentence)."
        differences.tell(.promptItemDirectiveAdded, at: place, before.map(JSONValue.string), .string(after), message)
    }

    /// Where one argument went and one came: they stand in the same place, or are described in the same words.
    private static func isRenamed(
        _ old: PromptTemplate.Argument,
        _ new: PromptTemplate.Argument,
        _ before: PromptTemplate.Content,
        _ after: PromptTemplate.Content
    ) -> Bool {
        if !old.description.isEmpty, PlainText.isSameButForSpace(old.description, new.description) { return true }
        guard PlainText.isBlank(old.description) == PlainText.isBlank(new.description) else { return false }
        return PlainText.isSame(renaming(old.name, to: new.name, in: before.template), after.template)
    }

    private static func pointer(_ argument: String) -> String { JSONPointer(["arguments", argument]).description }
}
