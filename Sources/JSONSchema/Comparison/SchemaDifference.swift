package import JSON

/// One difference between two schemas, as ``SchemaComparison`` finds it.
///
/// It takes no side: whether it hurts depends on who writes the values and who reads them, which ``effect`` decides.
package struct SchemaDifference: Sendable, Hashable {
    /// What a difference does to the values that are valid.
    package struct Effect: OptionSet, Sendable, Hashable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// A value that was valid may not be any more. Who writes values must look.
        package static let narrows = Effect(rawValue: 1)
        /// A value that was not valid may be now. Who reads values must look.
        package static let widens = Effect(rawValue: 2)
        /// What cannot be decided counts as both.
        package static let both: Effect = [.narrows, .widens]
    }

    package let kind: Kind
    package let effect: Effect
    /// The place as a reader sees it, with references followed and `allOf` looked through; what holds it however the
    /// schema is split into `$defs`.
    package let pointer: JSONPointer
    /// What stood there; none where nothing did.
    package let before: JSONValue?
    /// What stands there now; none where nothing does.
    package let after: JSONValue?
}

extension SchemaDifference {
    /// What a difference is.
    package enum Kind: String, Sendable, CaseIterable {
        /// A property that values may have now. It narrows where its name was free for other values of a known form; a
        /// name that nobody spoke of does not count as used.
        case propertyAdded
        case requiredPropertyAdded
        /// It narrows where the name is forbidden now, or must have another form.
        case propertyRemoved
        case requiredPropertyRemoved
        /// `before` and `after` are the names; the pointer leads to the new one.
        case propertyRenamed
        case requiredSet, requiredLifted
        case deprecated, undeprecated
        case titleChanged, descriptionChanged, exampleChanged
        case defaultChanged
        case typeNarrowed, typeWidened, typeChanged
        case nullForbidden, nullAllowed
        case enumIntroduced, enumValuesRemoved, enumValuesAdded, enumLifted
        case constIntroduced, constChanged, constLifted
        case boundIntroduced, boundTightened, boundLoosened, boundLifted
        case patternIntroduced, patternChanged, patternWidened, patternLifted
        case formatIntroduced, formatChanged, formatLifted
        /// Properties that have no name in the schema.
        case extraForbidden, extraChanged, extraAllowed
        case branchRemoved, anyBranchAdded, oneBranchAdded
        /// A choice of forms that must hold besides all else, or no longer must.
        case unionIntroduced, unionLifted
        case discriminatorChanged
        /// `not`, `if`, `contains`, `propertyNames`, `dependent*` and `unevaluated*`.
        case conditionIntroduced, conditionTightened, conditionChanged, conditionLoosened, conditionLifted
        /// `x-mcp-header`.
        case mirrorAdded, mirrorChanged, mirrorRemoved
        /// The draft in which a schema is written.
        case dialectChanged
        /// A keyword whose value cannot be read and that is therefore not checked.
        case keywordUnsupported
        /// A keyword that JSON Schema does not know.
        case keywordChanged
        case recursionAdded
        /// The schemas differ here, and more cannot be said: they are too large, too deep, or refer to other documents.
        case undecided
    }
}
