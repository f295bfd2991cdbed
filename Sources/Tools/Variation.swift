import JSON
import Vocabulary

/// An override for one tool. What is `nil` is not overridden.
///
/// Two layers exist, the project's global group and a toolset's own: own wins over global wins over the definition,
/// field by field.
package struct Variation: Sendable, Hashable {
    package var name: String?
    package var title: String?
    /// A short description that is served where no layer overrides the description itself.
    package var summary: String?
    package var description: String?
    package var tags: [String]?
    package var annotations: ToolAnnotations
    package var confirm: ConfirmMode?
    /// What a person is asked before the call, where it must be confirmed.
    package var confirmPrompt: String?
    /// Whether clients get the tool's output schema; where no layer says it, the toolset does, and then its source.
    package var outputSchema: Bool?

    package init(
        name: String? = nil,
        title: String? = nil,
        summary: String? = nil,
        description: String? = nil,
        tags: [String]? = nil,
        annotations: ToolAnnotations = ToolAnnotations(),
        confirm: ConfirmMode? = nil,
        confirmPrompt: String? = nil,
        outputSchema: Bool? = nil
    ) {
        self.name = name
        self.title = title
        self.summary = summary
        self.description = description
        self.tags = tags
        self.annotations = annotations
        self.confirm = confirm
        self.confirmPrompt = confirmPrompt
        self.outputSchema = outputSchema
    }

    /// When a person is asked before a tool is called. Stored, shown and told to clients in `_meta`.
    package enum ConfirmMode: String, Sendable, CaseIterable {
        case never, session, always
    }

    /// Whether nothing is overridden.
    package var isEmpty: Bool { self == Variation() }

    /// This layer where it says something, else the lower one.
    package func over(_ lower: Variation) -> Variation {
        Variation(
            name: name ?? lower.name,
            title: title ?? lower.title,
            // A description of this layer also stands in front of a summary of the lower one.
            summary: summary ?? (description == nil ? lower.summary : nil),
            description: description ?? (summary == nil ? lower.description : nil),
            tags: tags ?? lower.tags,
            annotations: annotations.over(lower.annotations),
            confirm: confirm ?? lower.confirm,
            confirmPrompt: confirmPrompt ?? lower.confirmPrompt,
            outputSchema: outputSchema ?? lower.outputSchema
        )
    }
}

extension Variation {
    /// This own layer with as few changes as it takes for the tool to show again what `wanted`, own over global, made of
    /// `definition`, whatever the global layer says now. A title, or a wish to be asked, that only the global layer
    /// brings cannot be overridden by nothing; there the least that can be said is said.
    ///
    /// `servesOutputSchema` is what holds for the tool where no variation says it.
    package func keeping(
        _ wanted: Variation,
        over global: Variation,
        of definition: ToolDefinition,
        servesOutputSchema: Bool = false
    ) -> Variation {
        let now = over(global)
        guard now != wanted else { return self }
        var own = self
        let hints = wanted.annotations.over(definition.annotations)
        let before = definition.applying(wanted)
        let after = definition.applying(now)
        if now.name != wanted.name { own.name = wanted.name ?? definition.name }
        if !after.title.isSameJSON(as: before.title) { own.title = before.title ?? definition.name }
        if !after.description.isSameJSON(as: before.description) { own.description = before.description }
        if !after.tags.isSameJSON(as: before.tags) { own.tags = before.tags }
        if after.annotations != before.annotations { own.annotations = hints }
        if now.confirm != wanted.confirm { own.confirm = wanted.confirm ?? .never }
        if !now.confirmPrompt.isSameJSON(as: wanted.confirmPrompt) { own.confirmPrompt = wanted.confirmPrompt ?? "" }
        if now.outputSchema != wanted.outputSchema { own.outputSchema = wanted.outputSchema ?? servesOutputSchema }
        return own
    }
}

extension ToolDefinition {
    /// The definition as a variation makes it; the name stays, since it belongs to the toolset.
    package func applying(_ variation: Variation) -> ToolDefinition {
        var tool = self
        tool.title = variation.title ?? title
        tool.description = variation.description ?? variation.summary ?? description
        tool.tags = variation.tags ?? tags
        tool.annotations = variation.annotations.over(annotations)
        return tool
    }
}
