import JSON
import Projects
import Releases
import Testing
import Tools
import Vocabulary

/// An edit of the pets' toolset with what the rules tell of it, there and back.
struct ChangeRow: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let edit: @Sendable (inout Heads) -> Void
    let there: [ChangeRule]
    let back: [ChangeRule]
    let surroundings: ChangeSurroundings
    let base: Heads

    init(
        _ name: String,
        there: [ChangeRule],
        back: [ChangeRule],
        base: Heads = pets,
        surroundings: ChangeSurroundings = ChangeSurroundings(),
        edit: @escaping @Sendable (inout Heads) -> Void
    ) {
        testDescription = name
        self.edit = edit
        self.there = there
        self.back = back
        self.surroundings = surroundings
        self.base = base
    }

    /// Compares there and back, and says what is not as the row wants it.
    func check() throws {
        var edited = base
        edit(&edited)
        let (old, new) = (try CompiledContent(base), try CompiledContent(edited))
        let forward = ContentComparison(from: old, to: new, surroundings: surroundings).changes
        let backward = ContentComparison(from: new, to: old, surroundings: surroundings).changes
        #expect(forward.map(\.rule.rawValue) == there.map(\.rawValue))
        #expect(backward.map(\.rule.rawValue) == back.map(\.rawValue))
        for change in forward + backward {
            #expect(change.level == change.rule.level)
            #expect(change.message.hasSuffix("."))
            #expect(change.pointer.isEmpty || change.pointer.hasPrefix("/"))
        }
    }
}

/// Four tools, of which the last costs so much that others make no share of it; two prompts, two resources.
let pets = heads(
    [
        head("list"), head("get"), head("add"),
        head("about", Variation(description: String(repeating: "What pets are and how they live. ", count: 40))),
    ],
    prompts: [
        prompt("greet", "Say hello to {{who}}.", [("who", "Whom to greet", true)]),
        prompt("part", "Say goodbye.", []),
    ],
    resources: [resource("guide", "Read me"), resource("note", "And me")]
)

func prompt(_ name: String, _ text: String, _ arguments: [(String, String, Bool)]) -> PromptTemplate.Content {
    PromptTemplate.Content(
        name: name,
        description: "A prompt",
        arguments: arguments.map { .init(name: $0.0, description: $0.1, isRequired: $0.2) },
        template: text
    )
}

extension Heads {
    /// The first tool's definition.
    var first: ToolDefinition {
        get { tools[0].definition ?? definition("list") }
        set { tools[0].definition = newValue }
    }

    /// These with the edit made.
    func edited(_ edit: (inout Heads) -> Void) -> Heads {
        var heads = self
        edit(&heads)
        return heads
    }
}

/// What the rules tell of two heads.
func changes(
    from old: Heads,
    to new: Heads,
    rules: ChangeRuleSettings = ChangeRuleSettings(),
    surroundings: ChangeSurroundings = ChangeSurroundings()
) throws -> [Change] {
    ContentComparison(
        from: try CompiledContent(old),
        to: try CompiledContent(new),
        rules: rules,
        surroundings: surroundings
    ).changes
}

/// A parameter of the query that is called like its argument.
func query(_ name: String) -> CallRecipe.Parameter {
    CallRecipe.Parameter(
        argument: name,
        name: name,
        location: .query,
        style: .form,
        explode: true,
        isRequired: false
    )
}
