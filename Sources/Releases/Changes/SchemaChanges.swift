package import JSON
package import JSONSchema

/// The rules `input.*` and `output.*` over the schemas of one tool.
///
/// Pure, and the same in every run. A rule tells no difference that narrows what callers may send, or widens what they
/// may get, as safe; see ``SchemaComparison`` for what counts and what cannot be decided.
package enum SchemaChanges {
    /// What changes for who sends arguments.
    ///
    /// `isDirectiveAdded` says whether a text tells a model to do something, or leads it somewhere, that the text before
    /// did not; it is asked for every title, description, example and default that is new or changed. `isDirective` is asked
    /// for every name and every value that the schema did not have.
    package static func input(
        from old: JSONObject,
        to new: JSONObject,
        isDirectiveAdded: (_ before: String?, _ after: String) -> Bool = { _, _ in false },
        isDirective: (String) -> Bool = { _ in false }
    ) -> [RuledDifference] {
        let comparison = SchemaComparison(from: .object(old), to: .object(new))
        let texts = told(comparison, .input, isDirectiveAdded, inputRule)
        return texts + words(from: old, to: new, .input, told: texts, isDirective)
    }

    /// What changes for who reads results; none is a tool that promises no form of them. Their texts stand in the list of
    /// tools too, and a model reads them there.
    package static func output(
        from old: JSONObject?,
        to new: JSONObject?,
        isDirectiveAdded: (_ before: String?, _ after: String) -> Bool = { _, _ in false },
        isDirective: (String) -> Bool = { _ in false }
    ) -> [RuledDifference] {
        guard let old, let new else {
            if old == nil, new == nil { return [] }
            let isAdded = old == nil
            let texts = SchemaTexts(in: new.map(JSONValue.object), at: ["outputSchema"])
            let found =
                texts.sentences.filter { isDirectiveAdded(nil, $0.text) } + texts.words.filter { isDirective($0.text) }
            return [
                RuledDifference(
                    rule: isAdded ? .outputSchemaAdded : .outputSchemaRemoved,
                    pointer: Side.output.root,
                    before: old.map(JSONValue.object),
                    after: new.map(JSONValue.object),
                    message: isAdded
                        ? "Results now have a schema, which clients check them against."
                        : "Results no longer have a schema."
                )
            ]
                + found.map { text in
                    RuledDifference(
                        rule: .outputTextDirectiveAdded,
                        pointer: text.pointer,
                        before: nil,
                        after: .string(text.text),
                        message: "A text of the new schema of results tells the model to do something."
                    )
                }
        }
        let comparison = SchemaComparison(from: .object(old), to: .object(new))
        let texts = told(comparison, .output, isDirectiveAdded, outputRule)
        return texts + words(from: old, to: new, .output, told: texts, isDirective)
    }

    /// Names and values that order the model around, and that stand nowhere in the old schema.
    private static func words(
        from old: JSONObject,
        to new: JSONObject,
        _ side: Side,
        told: [RuledDifference],
        _ isDirective: (String) -> Bool
    ) -> [RuledDifference] {
        guard old != new else { return [] }
        let known = Set(SchemaTexts(in: .object(old)).words.map { JSONName($0.text) })
        var seen = Set(told.filter { $0.rule == side.directiveAdded }.map(\.pointer))
        return SchemaTexts(in: .object(new)).words.compactMap { word in
            guard !known.contains(JSONName(word.text)), isDirective(word.text),
                let place = JSONPointer(word.pointer), seen.insert(side.root + word.pointer).inserted
            else { return nil }
            return RuledDifference(
                rule: side.directiveAdded,
                pointer: side.root + word.pointer,
                before: nil,
                after: .string(word.text),
                message: SchemaWording(side).directive(at: place)
            )
        }
    }

    /// The differences of a comparison by their rules. A text that leads the model somewhere is told as that, wherever it
    /// is new.
    private static func told(
        _ comparison: SchemaComparison,
        _ side: Side,
        _ isDirectiveAdded: (_ before: String?, _ after: String) -> Bool,
        _ rule: (SchemaDifference) -> ChangeRule?
    ) -> [RuledDifference] {
        let told = comparison.differences.compactMap { difference in
            let isDirective = difference.newTexts.contains { isDirectiveAdded(difference.textBefore, $0) }
            return (isDirective ? side.directiveAdded : rule(difference)).map { ruled(difference, $0, side) }
        }
        var seen = Set(told.filter { $0.rule == side.directiveAdded }.map(\.pointer))
        let inside = comparison.newTexts.filter { isDirectiveAdded(nil, $0.text) }.map { text in
            RuledDifference(
                rule: side.directiveAdded,
                pointer: side.root + text.pointer.description,
                before: nil,
                after: .string(text.text),
                message: SchemaWording(side).directive(at: text.pointer)
            )
        }
        return told + inside.filter { seen.insert($0.pointer).inserted }
    }

    /// Which of the two schemas of a tool is meant.
    enum Side: String {
        case input = "inputSchema"
        case output = "outputSchema"

        /// The pointer to the schema in the tool.
        var root: String { "/" + rawValue }
        /// The rule for a text that now tells a model to do something.
        var directiveAdded: ChangeRule { self == .input ? .inputTextDirectiveAdded : .outputTextDirectiveAdded }
    }

    private static func ruled(_ difference: SchemaDifference, _ rule: ChangeRule, _ side: Side) -> RuledDifference {
        let wording = SchemaWording(side)
        return RuledDifference(
            rule: rule,
            pointer: side.root + difference.pointer.description,
            before: difference.before,
            after: difference.after,
            message: rule == side.directiveAdded
                ? wording.directive(at: difference.pointer) : wording.sentence(for: difference)
        )
    }
}

extension SchemaDifference {
    /// The texts that a model reads now, where the difference is one of texts.
    fileprivate var newTexts: [String] {
        switch kind {
        case .titleChanged, .descriptionChanged: [after?.string].compactMap(\.self)
        case .exampleChanged: after?.array?.compactMap(\.string) ?? []
        case .defaultChanged: [after?.string].compactMap(\.self)
        case .keywordChanged: [after?.string ?? after?.text].compactMap(\.self)
        default: []
        }
    }

    /// What a model read before at the place.
    fileprivate var textBefore: String? {
        before?.string ?? before?.array?.compactMap(\.string).joined(separator: "\n")
    }
}

// MARK: - Rules

extension SchemaChanges {
    /// The rule that tells a difference of inputs.
    static func inputRule(of difference: SchemaDifference) -> ChangeRule {
        switch difference.kind {
        case .propertyAdded:
            difference.effect.contains(.narrows) ? .inputExtraSchemaChanged : .inputPropertyOptionalAdded
        case .requiredPropertyAdded: .inputPropertyRequiredAdded
        case .propertyRemoved, .requiredPropertyRemoved:
            difference.effect.contains(.narrows) ? .inputPropertyClosedRemoved : .inputPropertyOpenRemoved
        case .propertyRenamed: .inputPropertyRenamed
        case .requiredSet: .inputPropertyRequiredSet
        case .requiredLifted: .inputPropertyRequiredLifted
        case .deprecated, .undeprecated: .inputPropertyDeprecated
        case .titleChanged: .inputTextTitleChanged
        case .descriptionChanged: .inputTextDescriptionChanged
        case .exampleChanged: .inputTextExampleChanged
        case .defaultChanged:
            difference.before == nil
                ? .inputDefaultAdded : difference.after == nil ? .inputDefaultRemoved : .inputDefaultChanged
        case .extraForbidden: .inputExtraForbidden
        case .extraChanged: .inputExtraSchemaChanged
        case .extraAllowed: .inputExtraAllowed
        case .mirrorAdded: .inputMirrorAdded
        case .mirrorChanged: .inputMirrorChanged
        case .mirrorRemoved: .inputMirrorRemoved
        case .keywordUnsupported, .keywordChanged:
            difference.after == nil ? .inputDialectChanged : .inputDialectKeywordUnsupported
        case .dialectChanged, .undecided: .inputDialectChanged
        case .recursionAdded: .inputDialectRecursionAdded
        default: inputValueRule(of: difference.kind)
        }
    }

    private static func inputValueRule(of kind: SchemaDifference.Kind) -> ChangeRule {
        switch kind {
        case .typeNarrowed: .inputTypeNarrowed
        case .typeWidened: .inputTypeWidened
        case .typeChanged: .inputTypeChanged
        case .nullForbidden: .inputNullForbidden
        case .nullAllowed: .inputNullAllowed
        case .enumIntroduced: .inputEnumIntroduced
        case .enumValuesRemoved: .inputEnumValueRemoved
        case .enumValuesAdded: .inputEnumValueAdded
        case .enumLifted: .inputEnumLifted
        case .constIntroduced: .inputConstIntroduced
        case .constChanged: .inputConstChanged
        case .constLifted: .inputConstLifted
        case .boundIntroduced: .inputBoundIntroduced
        case .boundTightened: .inputBoundTightened
        case .boundLoosened: .inputBoundLoosened
        case .boundLifted: .inputBoundLifted
        case .patternIntroduced: .inputPatternIntroduced
        case .patternChanged: .inputPatternChanged
        case .patternWidened: .inputPatternWidened
        case .patternLifted: .inputPatternLifted
        case .formatIntroduced: .inputFormatIntroduced
        case .formatChanged: .inputFormatChanged
        case .formatLifted: .inputFormatLifted
        default: inputChoiceRule(of: kind)
        }
    }

    private static func inputChoiceRule(of kind: SchemaDifference.Kind) -> ChangeRule {
        switch kind {
        case .branchRemoved: .inputUnionBranchRemoved
        case .anyBranchAdded: .inputUnionAnyofBranchAdded
        case .oneBranchAdded: .inputUnionOneofBranchAdded
        case .unionIntroduced: .inputUnionAllofAdded
        case .unionLifted: .inputUnionAllofRemoved
        case .discriminatorChanged: .inputUnionDiscriminatorChanged
        case .conditionIntroduced: .inputConditionIntroduced
        case .conditionTightened: .inputConditionTightened
        case .conditionLoosened, .conditionLifted: .inputConditionLifted
        default: .inputConditionChanged
        }
    }

    /// The rule that tells a difference of outputs; none where it means nothing to who reads results.
    static func outputRule(of difference: SchemaDifference) -> ChangeRule? {
        let widens = difference.effect.contains(.widens)
        switch difference.kind {
        case .propertyAdded, .requiredPropertyAdded: return widens ? .outputTypeWidened : .outputPropertyAdded
        case .propertyRemoved: return .outputPropertyOptionalRemoved
        case .requiredPropertyRemoved: return .outputPropertyRequiredRemoved
        case .propertyRenamed: return .outputPropertyRenamed
        case .requiredSet: return .outputPropertyRequiredSet
        case .requiredLifted: return .outputPropertyRequiredLifted
        case .typeChanged: return difference.pointer.tokens.count == 1 ? .outputSchemaRootChanged : .outputTypeChanged
        case .nullAllowed: return .outputNullAllowed
        case .nullForbidden: return .outputNullForbidden
        case .enumIntroduced, .enumValuesRemoved, .enumValuesAdded, .enumLifted, .constIntroduced, .constChanged,
            .constLifted:
            return widens ? .outputEnumValueAdded : .outputEnumValueRemoved
        case .boundIntroduced, .boundTightened, .boundLoosened, .boundLifted, .patternIntroduced, .patternChanged,
            .patternWidened, .patternLifted, .formatIntroduced, .formatChanged, .formatLifted:
            return widens ? .outputBoundLoosened : .outputBoundTightened
        case .discriminatorChanged, .dialectChanged, .keywordUnsupported, .undecided: return .outputTypeWidened
        case .descriptionChanged, .exampleChanged, .defaultChanged: return .outputTextChanged
        case .deprecated, .undeprecated, .titleChanged, .keywordChanged: return .outputTextAnnotationChanged
        case .mirrorAdded, .mirrorChanged, .mirrorRemoved, .recursionAdded: return nil
        default: return widens ? .outputTypeWidened : .outputTypeNarrowed
        }
    }
}
