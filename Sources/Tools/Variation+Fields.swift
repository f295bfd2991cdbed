package import JSON
import Vocabulary

extension Variation {
    /// One thing that a variation overrides, under its name in the management API.
    package enum Field: String, Sendable, CaseIterable {
        case name, title, summary, description, tags
        case readOnlyHint = "annotations/read_only_hint"
        case destructiveHint = "annotations/destructive_hint"
        case idempotentHint = "annotations/idempotent_hint"
        case openWorldHint = "annotations/open_world_hint"
        case confirm
        case confirmPrompt = "confirm_prompt"
        case outputSchema = "output_schema"
    }

    /// What a field says; nothing where it is not overridden.
    package subscript(field: Field) -> JSONValue? {
        switch field {
        case .name: name.map(JSONValue.string)
        case .title: title.map(JSONValue.string)
        case .summary: summary.map(JSONValue.string)
        case .description: description.map(JSONValue.string)
        case .tags: tags.map { JSONValue($0) }
        case .readOnlyHint: annotations.isReadOnly.map(JSONValue.bool)
        case .destructiveHint: annotations.isDestructive.map(JSONValue.bool)
        case .idempotentHint: annotations.isIdempotent.map(JSONValue.bool)
        case .openWorldHint: annotations.isOpenWorld.map(JSONValue.bool)
        case .confirm: confirm.map { .string($0.rawValue) }
        case .confirmPrompt: confirmPrompt.map(JSONValue.string)
        case .outputSchema: outputSchema.map(JSONValue.bool)
        }
    }

    /// Makes a field say something, or nothing for none. False, and no change, where the field cannot say that.
    package mutating func set(_ field: Field, to value: JSONValue?) -> Bool {
        guard Self.accepts(value, for: field) else { return false }
        switch field {
        case .name: name = value?.string
        case .title: title = value?.string
        case .summary: summary = value?.string
        case .description: description = value?.string
        case .tags: tags = value?.array?.compactMap(\.string)
        case .readOnlyHint: annotations.isReadOnly = value?.bool
        case .destructiveHint: annotations.isDestructive = value?.bool
        case .idempotentHint: annotations.isIdempotent = value?.bool
        case .openWorldHint: annotations.isOpenWorld = value?.bool
        case .confirm: confirm = value?.string.flatMap { ConfirmMode(rawValue: $0) }
        case .confirmPrompt: confirmPrompt = value?.string
        case .outputSchema: outputSchema = value?.bool
        }
        return true
    }

    private static func accepts(_ value: JSONValue?, for field: Field) -> Bool {
        guard let value else { return true }
        return switch field {
        case .name: value.string.map(ToolName.isValid) ?? false
        case .title, .summary, .description, .confirmPrompt: value.string != nil
        case .tags: value.array?.allSatisfy { $0.string != nil } ?? false
        case .readOnlyHint, .destructiveHint, .idempotentHint, .openWorldHint, .outputSchema: value.bool != nil
        case .confirm: value.string.flatMap { ConfirmMode(rawValue: $0) } != nil
        }
    }
}

extension Variation {
    /// Two variations are the same when every field says the same in JSON: texts by their code points.
    package static func == (left: Variation, right: Variation) -> Bool {
        Field.allCases.allSatisfy { left[$0] == right[$0] }
    }
}

extension Variation {
    /// This variation with every field said: what it leaves to the definition is said as the definition says it.
    ///
    /// `servesOutputSchema` is what holds for the tool where no variation says it.
    package func stating(_ definition: ToolDefinition, servesOutputSchema: Bool) -> Variation {
        let effective = definition.applying(self)
        return Variation(
            name: name ?? definition.name,
            title: effective.title ?? definition.name,
            summary: summary,
            description: effective.description,
            tags: effective.tags,
            annotations: effective.annotations,
            confirm: confirm ?? .never,
            confirmPrompt: confirmPrompt ?? "",
            outputSchema: outputSchema ?? servesOutputSchema
        )
    }

    /// This own layer without what it overrides only to hold what an earlier state showed: fields that say exactly what
    /// one of `stated` says, where a global layer has something to say and `earlier`, the own layer of that state, has
    /// not.
    package func releasing(_ stated: [Variation], earlier: Variation, globals: [Variation]) -> Variation {
        var own = self
        for field in Field.allCases where self[field] != nil && earlier[field] == nil {
            guard globals.contains(where: { $0.speaks(of: field) }),
                stated.contains(where: { $0[field] == self[field] })
            else { continue }
            _ = own.set(field, to: nil)
        }
        return own
    }

    /// A summary stands in the place of a description.
    private func speaks(of field: Field) -> Bool {
        self[field] != nil || field == .description && summary != nil
    }
}
