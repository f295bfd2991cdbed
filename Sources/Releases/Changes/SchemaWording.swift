import JSON
import JSONSchema

/// The sentences that tell people what differs between two schemas of a tool.
struct SchemaWording {
    private let side: SchemaChanges.Side

    init(_ side: SchemaChanges.Side) {
        self.side = side
    }

    /// One sentence about a difference.
    func sentence(for difference: SchemaDifference) -> String {
        let subject = subject(of: difference.pointer)
        let before = difference.before?.short ?? "nothing"
        let after = difference.after?.short ?? "nothing"
        return propertySentence(difference, subject, before, after)
            ?? valueSentence(difference, subject, before, after)
            ?? choiceSentence(difference, subject, before, after)
            ?? "\(subject) changed in a way that cannot be judged; compare both schemas."
    }

    /// A text now tells the model to do something.
    func directive(at pointer: JSONPointer) -> String {
        "A text of \(subject(of: pointer, isFirst: false)) now tells the model to do something, or leads it somewhere."
    }

    private func propertySentence(
        _ difference: SchemaDifference,
        _ subject: String,
        _ before: String,
        _ after: String
    ) -> String? {
        let isClosed = difference.effect.contains(.narrows)
        switch difference.kind {
        case .propertyAdded where side == .input && isClosed:
            return "\(subject) is new, and its name could have other values before."
        case .propertyAdded where side == .output && difference.effect.contains(.widens):
            return "\(subject) is new, and the schema before did not allow it."
        case .propertyAdded: return "\(subject) is new\(side == .input ? " and optional" : "")."
        case .requiredPropertyAdded:
            return side == .input ? "\(subject) is new and required." : "\(subject) is new and always there."
        case .propertyRemoved, .requiredPropertyRemoved:
            guard side == .input else { return "\(subject) is gone." }
            return isClosed
                ? "\(subject) is gone and no longer taken." : "\(subject) is gone; a value for it is still let through."
        case .propertyRenamed: return "\(before) is now called \(after)."
        case .requiredSet: return side == .input ? "\(subject) is now required." : "\(subject) is now always there."
        case .requiredLifted:
            return side == .input ? "\(subject) is no longer required." : "\(subject) may now be missing."
        case .deprecated: return "\(subject) is now deprecated."
        case .undeprecated: return "\(subject) is no longer deprecated."
        case .extraForbidden: return "\(subject) no longer may have properties that the schema does not name."
        case .extraChanged: return "Other properties at \(subject) must now be as \(after) says."
        case .extraAllowed: return "\(subject) may now have properties that it could not have before."
        default: return nil
        }
    }

    private func valueSentence(
        _ difference: SchemaDifference,
        _ subject: String,
        _ before: String,
        _ after: String
    ) -> String? {
        let takes = side == .input ? "takes" : "has"
        let take = side == .input ? "take" : "have"
        switch difference.kind {
        case .typeNarrowed: return "\(subject) now \(takes) only \(after.types), no longer \(before.types)."
        case .typeWidened: return "\(subject) now \(takes) \(after.types), before only \(before.types)."
        case .typeChanged: return "\(subject) is now \(after.types), not \(before.types)."
        case .nullForbidden: return "\(subject) can no longer be null."
        case .nullAllowed: return "\(subject) can now be null."
        case .enumIntroduced: return "\(subject) now \(takes) only \(difference.after?.list ?? after)."
        case .enumValuesRemoved: return "\(subject) no longer \(takes) \(difference.before?.list ?? before)."
        case .enumValuesAdded: return "\(subject) now also \(takes) \(difference.after?.list ?? after)."
        case .enumLifted: return "\(subject) may now \(take) other values than \(difference.before?.list ?? before)."
        case .constIntroduced: return "\(subject) must now be \(after)."
        case .constChanged: return "\(subject) must now be \(after), not \(before)."
        case .constLifted: return "\(subject) need no longer be \(before)."
        case .boundIntroduced: return "\(subject) now has the limit \(difference.keyword) \(after)."
        case .boundTightened, .boundLoosened:
            return "The limit \(difference.keyword) of \(inside(difference)) is now \(after), not \(before)."
        case .boundLifted: return "\(subject) no longer has the limit \(difference.keyword) \(before)."
        case .patternIntroduced: return "\(subject) must now match the pattern \(after)."
        case .patternWidened where difference.after == nil:
            return "\(subject) need no longer match the pattern \(before)."
        case .patternChanged, .patternWidened: return "\(subject) must now match the pattern \(after), not \(before)."
        case .patternLifted: return "\(subject) need no longer match the pattern \(before)."
        case .formatIntroduced: return "\(subject) now has the \(difference.keyword) \(after)."
        case .formatChanged: return "The \(difference.keyword) of \(inside(difference)) is now \(after), not \(before)."
        case .formatLifted: return "\(subject) no longer has the \(difference.keyword) \(before)."
        default: return textSentence(difference, subject, before, after)
        }
    }

    private func textSentence(
        _ difference: SchemaDifference,
        _ subject: String,
        _ before: String,
        _ after: String
    ) -> String? {
        switch difference.kind {
        case .titleChanged where difference.before == nil: "\(subject) now has the title \(after)."
        case .titleChanged where difference.after == nil: "\(subject) no longer has the title \(before)."
        case .titleChanged: "The title of \(inside(difference)) is now \(after), not \(before)."
        case .descriptionChanged where difference.before == nil: "\(subject) now has a description: \(after)."
        case .descriptionChanged where difference.after == nil:
            "\(subject) no longer has its description \(before)."
        case .descriptionChanged: "The description of \(inside(difference)) is now \(after), not \(before)."
        case .exampleChanged where difference.before == nil: "\(subject) now has examples: \(after)."
        case .exampleChanged where difference.after == nil: "\(subject) no longer has its examples \(before)."
        case .exampleChanged: "The examples of \(inside(difference)) are now \(after), not \(before)."
        case .defaultChanged where difference.before == nil: "\(subject) now has the default \(after)."
        case .defaultChanged where difference.after == nil: "\(subject) no longer has the default \(before)."
        case .defaultChanged: "The default of \(inside(difference)) is now \(after), not \(before)."
        default: nil
        }
    }

    private func choiceSentence(
        _ difference: SchemaDifference,
        _ subject: String,
        _ before: String,
        _ after: String
    ) -> String? {
        switch difference.kind {
        case .branchRemoved: "\(subject) can no longer have the form \(before)."
        case .anyBranchAdded: "\(subject) can now have the form \(after) too."
        case .oneBranchAdded: "\(subject) must match exactly one form; \(after) may make others ambiguous."
        case .unionIntroduced: "\(subject) must now have one of the forms \(after) as well."
        case .unionLifted: "\(subject) need no longer match the forms \(before) as before."
        case .discriminatorChanged:
            "What tells the forms of \(inside(difference)) apart is now \(after), not \(before)."
        case .conditionIntroduced: "\(subject) has a new condition: \(difference.keyword) \(after)."
        case .conditionTightened: "The condition \(difference.keyword) of \(inside(difference)) asks more: \(after)."
        case .conditionChanged: "The condition \(difference.keyword) of \(inside(difference)) is now \(after)."
        case .conditionLoosened: "The condition \(difference.keyword) of \(inside(difference)) asks less: \(after)."
        case .conditionLifted: "\(subject) no longer has the condition \(difference.keyword) \(before)."
        case .mirrorAdded: "\(subject) is now repeated in the header \(after)."
        case .mirrorChanged: "\(subject) is now repeated in the header \(after), not \(before)."
        case .mirrorRemoved: "\(subject) is no longer repeated in the header \(before)."
        case .dialectChanged: "The schema is now written in \(after), not \(before)."
        case .keywordUnsupported where difference.after != nil:
            "\(subject) has \(difference.keyword) \(after), which cannot be read and is not checked."
        case .keywordUnsupported, .keywordChanged:
            "The keyword \(difference.keyword) of \(inside(difference)) is now \(after), not \(before)."
        case .recursionAdded: "\(subject) can now contain values of its own form, to any depth."
        default: nil
        }
    }

    // MARK: - Places

    private func inside(_ difference: SchemaDifference) -> String { subject(of: difference.pointer, isFirst: false) }

    /// What a pointer leads to, by the names that callers use: `filter.status`, `tags[]`.
    private func subject(of pointer: JSONPointer, isFirst: Bool = true) -> String {
        var path = ""
        var tokens = pointer.tokens[...]
        steps: while let keyword = tokens.popFirst() {
            switch keyword {
            case "properties":
                guard let name = tokens.popFirst() else { break steps }
                path += (path.isEmpty ? "" : ".") + name.prefix(80)
            case "patternProperties":
                tokens = tokens.dropFirst()
                path += path.isEmpty ? "*" : ".*"
            case "additionalProperties": if !tokens.isEmpty { path += path.isEmpty ? "*" : ".*" }
            case "items", "contains": path += keyword == "contains" && tokens.isEmpty ? "" : "[]"
            case "prefixItems": path += "[\(tokens.popFirst() ?? "")]"
            case "anyOf", "oneOf", "dependentSchemas": tokens = tokens.dropFirst()
            default: continue
            }
        }
        if !path.isEmpty { return "`\(path)`" }
        return switch (side, isFirst) {
        case (.input, true): "The object of arguments"
        case (.input, false): "the object of arguments"
        case (.output, true): "The result"
        case (.output, false): "the result"
        }
    }
}

extension SchemaDifference {
    /// The keyword at whose place something differs.
    fileprivate var keyword: String {
        let tokens = pointer.tokens
        let named = ["dependentRequired", "dependentSchemas"]
        if tokens.count > 1, named.contains(tokens[tokens.count - 2]) { return tokens[tokens.count - 2] }
        return tokens.last ?? ""
    }
}

extension JSONValue {
    /// As JSON, cut where it is long.
    fileprivate var short: String {
        let text = text
        return text.count <= 80 ? text : text.prefix(80) + "…"
    }

    /// The values of an array, as many as a reader can use.
    fileprivate var list: String? {
        guard let array else { return nil }
        let shown = array.prefix(8).map(\.short).joined(separator: ", ")
        return shown + (array.count > 8 ? " and \(array.count - 8) more" : "")
    }
}

extension String {
    /// Types as JSON, in words.
    fileprivate var types: String {
        let names = split { !$0.isLetter }.joined(separator: " or ")
        return names.isEmpty ? "nothing" : names
    }
}
