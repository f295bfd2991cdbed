/// The closed list of what can change for agents. The raw value is the rule's id, a promise to programs: it is never
/// renamed. What each says and how bad it is stands in its properties; `docs/reference/changes.md` is made from them.
package enum ChangeRule: String, Sendable, CaseIterable {
    // set.tool
    case setToolRemoved = "set.tool.removed"
    case setToolTwinAdded = "set.tool.twin-added"
    case setToolAdded = "set.tool.added"
    // set.order
    case setOrderChanged = "set.order.changed"
    // set.size
    case setSizeLimitCrossed = "set.size.limit-crossed"
    case setSizeReduced = "set.size.reduced"
    // set.tokens
    case setTokensBudgetCrossed = "set.tokens.budget-crossed"
    case setTokensShareRaised = "set.tokens.share-raised"
    case setTokensReduced = "set.tokens.reduced"
    // tool.name
    case toolNameChanged = "tool.name.changed"
    case toolNameRebound = "tool.name.rebound"
    case toolNameReused = "tool.name.reused"
    case toolNameNearClashed = "tool.name.near-clashed"
    // tool.title
    case toolTitleChanged = "tool.title.changed"
    // tool.icons
    case toolIconsChanged = "tool.icons.changed"
    // tool.meta
    case toolMetaChanged = "tool.meta.changed"
    // tool.description
    case toolDescriptionDirectiveAdded = "tool.description.directive-added"
    case toolDescriptionChanged = "tool.description.changed"
    case toolDescriptionRemoved = "tool.description.removed"
    case toolDescriptionTruncated = "tool.description.truncated"
    case toolDescriptionWhitespaceChanged = "tool.description.whitespace-changed"
    // tool.lifecycle
    case toolLifecycleSunsetPassed = "tool.lifecycle.sunset-passed"
    case toolLifecycleDeprecated = "tool.lifecycle.deprecated"
    case toolLifecycleUndeprecated = "tool.lifecycle.undeprecated"
    // input.property
    case inputPropertyRequiredAdded = "input.property.required-added"
    case inputPropertyRenamed = "input.property.renamed"
    case inputPropertyClosedRemoved = "input.property.closed-removed"
    case inputPropertyRequiredSet = "input.property.required-set"
    case inputPropertyOpenRemoved = "input.property.open-removed"
    case inputPropertyOptionalAdded = "input.property.optional-added"
    case inputPropertyRequiredLifted = "input.property.required-lifted"
    case inputPropertyDeprecated = "input.property.deprecated"
    // input.text
    case inputTextDirectiveAdded = "input.text.directive-added"
    case inputTextDescriptionChanged = "input.text.description-changed"
    case inputTextExampleChanged = "input.text.example-changed"
    case inputTextTitleChanged = "input.text.title-changed"
    // input.type
    case inputTypeNarrowed = "input.type.narrowed"
    case inputTypeChanged = "input.type.changed"
    case inputTypeWidened = "input.type.widened"
    // input.null
    case inputNullForbidden = "input.null.forbidden"
    case inputNullAllowed = "input.null.allowed"
    // input.enum
    case inputEnumValueRemoved = "input.enum.value-removed"
    case inputEnumIntroduced = "input.enum.introduced"
    case inputEnumValueAdded = "input.enum.value-added"
    case inputEnumLifted = "input.enum.lifted"
    // input.const
    case inputConstIntroduced = "input.const.introduced"
    case inputConstChanged = "input.const.changed"
    case inputConstLifted = "input.const.lifted"
    // input.default
    case inputDefaultAdded = "input.default.added"
    case inputDefaultChanged = "input.default.changed"
    case inputDefaultRemoved = "input.default.removed"
    // input.bound
    case inputBoundTightened = "input.bound.tightened"
    case inputBoundIntroduced = "input.bound.introduced"
    case inputBoundLoosened = "input.bound.loosened"
    case inputBoundLifted = "input.bound.lifted"
    // input.pattern
    case inputPatternIntroduced = "input.pattern.introduced"
    case inputPatternChanged = "input.pattern.changed"
    case inputPatternWidened = "input.pattern.widened"
    case inputPatternLifted = "input.pattern.lifted"
    // input.format
    case inputFormatIntroduced = "input.format.introduced"
    case inputFormatChanged = "input.format.changed"
    case inputFormatLifted = "input.format.lifted"
    // input.extra
    case inputExtraForbidden = "input.extra.forbidden"
    case inputExtraSchemaChanged = "input.extra.schema-changed"
    case inputExtraAllowed = "input.extra.allowed"
    // input.union
    case inputUnionBranchRemoved = "input.union.branch-removed"
    case inputUnionAllofAdded = "input.union.allof-added"
    case inputUnionDiscriminatorChanged = "input.union.discriminator-changed"
    case inputUnionOneofBranchAdded = "input.union.oneof-branch-added"
    case inputUnionAllofRemoved = "input.union.allof-removed"
    case inputUnionAnyofBranchAdded = "input.union.anyof-branch-added"
    // input.condition
    case inputConditionIntroduced = "input.condition.introduced"
    case inputConditionTightened = "input.condition.tightened"
    case inputConditionChanged = "input.condition.changed"
    case inputConditionLifted = "input.condition.lifted"
    // input.dialect
    case inputDialectChanged = "input.dialect.changed"
    case inputDialectKeywordUnsupported = "input.dialect.keyword-unsupported"
    case inputDialectRecursionAdded = "input.dialect.recursion-added"
    // input.mirror
    case inputMirrorAdded = "input.mirror.added"
    case inputMirrorChanged = "input.mirror.changed"
    case inputMirrorRemoved = "input.mirror.removed"
    // output.schema
    case outputSchemaRootChanged = "output.schema.root-changed"
    case outputSchemaAdded = "output.schema.added"
    case outputSchemaRemoved = "output.schema.removed"
    // output.property
    case outputPropertyRequiredRemoved = "output.property.required-removed"
    case outputPropertyRenamed = "output.property.renamed"
    case outputPropertyOptionalRemoved = "output.property.optional-removed"
    case outputPropertyRequiredLifted = "output.property.required-lifted"
    case outputPropertyAdded = "output.property.added"
    case outputPropertyRequiredSet = "output.property.required-set"
    // output.text
    case outputTextDirectiveAdded = "output.text.directive-added"
    case outputTextChanged = "output.text.changed"
    case outputTextAnnotationChanged = "output.text.annotation-changed"
    // output.type
    case outputTypeChanged = "output.type.changed"
    case outputTypeWidened = "output.type.widened"
    case outputTypeNarrowed = "output.type.narrowed"
    // output.null
    case outputNullAllowed = "output.null.allowed"
    case outputNullForbidden = "output.null.forbidden"
    // output.enum
    case outputEnumValueAdded = "output.enum.value-added"
    case outputEnumValueRemoved = "output.enum.value-removed"
    // output.bound
    case outputBoundLoosened = "output.bound.loosened"
    case outputBoundTightened = "output.bound.tightened"
    // output.content
    case outputContentMediaChanged = "output.content.media-changed"
    case outputContentFilterChanged = "output.content.filter-changed"
    case outputContentCapLowered = "output.content.cap-lowered"
    case outputContentErrorMappingChanged = "output.content.error-mapping-changed"
    case outputContentCapRaised = "output.content.cap-raised"
    // hint.read-only
    case hintReadOnlyRelaxed = "hint.read-only.relaxed"
    case hintReadOnlyTightened = "hint.read-only.tightened"
    case hintReadOnlyMadeExplicit = "hint.read-only.made-explicit"
    // hint.destructive
    case hintDestructiveRelaxed = "hint.destructive.relaxed"
    case hintDestructiveTightened = "hint.destructive.tightened"
    case hintDestructiveMadeExplicit = "hint.destructive.made-explicit"
    // hint.idempotent
    case hintIdempotentRelaxed = "hint.idempotent.relaxed"
    case hintIdempotentTightened = "hint.idempotent.tightened"
    case hintIdempotentMadeExplicit = "hint.idempotent.made-explicit"
    // hint.open-world
    case hintOpenWorldRelaxed = "hint.open-world.relaxed"
    case hintOpenWorldTightened = "hint.open-world.tightened"
    case hintOpenWorldMadeExplicit = "hint.open-world.made-explicit"
    // hint.method
    case hintMethodDeleteMarkedReadOnly = "hint.method.delete-marked-read-only"
    case hintMethodWriteMarkedReadOnly = "hint.method.write-marked-read-only"
    case hintMethodDeleteMarkedHarmless = "hint.method.delete-marked-harmless"
    // confirm.policy
    case confirmPolicyRelaxed = "confirm.policy.relaxed"
    case confirmPolicyTightened = "confirm.policy.tightened"
    case confirmPolicyPromptChanged = "confirm.policy.prompt-changed"
    // exec.method
    case execMethodEscalated = "exec.method.escalated"
    case execMethodDeleteIntroduced = "exec.method.delete-introduced"
    case execMethodChanged = "exec.method.changed"
    case execMethodReduced = "exec.method.reduced"
    // exec.host
    case execHostChanged = "exec.host.changed"
    case execHostSchemeDowngraded = "exec.host.scheme-downgraded"
    case execHostPrivateReached = "exec.host.private-reached"
    case execHostVariableChanged = "exec.host.variable-changed"
    // exec.path
    case execPathChanged = "exec.path.changed"
    // exec.param
    case execParamMoved = "exec.param.moved"
    case execParamStyleChanged = "exec.param.style-changed"
    case execParamRenamedUpstream = "exec.param.renamed-upstream"
    // exec.body
    case execBodyMediaChanged = "exec.body.media-changed"
    case execBodyRequiredChanged = "exec.body.required-changed"
    // exec.header
    case execHeaderSecretExposed = "exec.header.secret-exposed"
    case execHeaderAdded = "exec.header.added"
    case execHeaderChanged = "exec.header.changed"
    case execHeaderRemoved = "exec.header.removed"
    // exec.retry
    case execRetryUnsafeEnabled = "exec.retry.unsafe-enabled"
    case execRetryChanged = "exec.retry.changed"
    case execRetryDisabled = "exec.retry.disabled"
    // exec.timeout
    case execTimeoutLowered = "exec.timeout.lowered"
    case execTimeoutRaised = "exec.timeout.raised"
    // exec.code
    case execCodeChanged = "exec.code.changed"
    // exec.source
    case execSourceOperationBroken = "exec.source.operation-broken"
    case execSourceOperationOrphaned = "exec.source.operation-orphaned"
    case execSourceBytesChanged = "exec.source.bytes-changed"
    // auth.scheme
    case authSchemeAdded = "auth.scheme.added"
    case authSchemeChanged = "auth.scheme.changed"
    case authSchemeIssuerChanged = "auth.scheme.issuer-changed"
    case authSchemeAudienceChanged = "auth.scheme.audience-changed"
    case authSchemeRemoved = "auth.scheme.removed"
    // auth.scope
    case authScopeAdded = "auth.scope.added"
    case authScopeRemoved = "auth.scope.removed"
    // auth.variable
    case authVariableUnset = "auth.variable.unset"
    case authVariableAdded = "auth.variable.added"
    case authVariableRenamed = "auth.variable.renamed"
    case authVariableRemoved = "auth.variable.removed"
    // access.visibility
    case accessVisibilityWidened = "access.visibility.widened"
    case accessVisibilityNarrowed = "access.visibility.narrowed"
    // variation.layer
    case variationLayerOrphaned = "variation.layer.orphaned"
    case variationLayerShadowed = "variation.layer.shadowed"
    case variationLayerNoEffectAdded = "variation.layer.no-effect-added"
    // prompt.item
    case promptItemRemoved = "prompt.item.removed"
    case promptItemRenamed = "prompt.item.renamed"
    case promptItemToolReferenceBroken = "prompt.item.tool-reference-broken"
    case promptItemDirectiveAdded = "prompt.item.directive-added"
    case promptItemBodyChanged = "prompt.item.body-changed"
    case promptItemAdded = "prompt.item.added"
    case promptItemTitleChanged = "prompt.item.title-changed"
    // prompt.argument
    case promptArgumentRequiredAdded = "prompt.argument.required-added"
    case promptArgumentRequiredSet = "prompt.argument.required-set"
    case promptArgumentRenamed = "prompt.argument.renamed"
    case promptArgumentRemoved = "prompt.argument.removed"
    case promptArgumentOptionalAdded = "prompt.argument.optional-added"
    case promptArgumentRequiredLifted = "prompt.argument.required-lifted"
    // resource.item
    case resourceItemRemoved = "resource.item.removed"
    case resourceItemUriChanged = "resource.item.uri-changed"
    case resourceItemMediaChanged = "resource.item.media-changed"
    case resourceItemDirectiveAdded = "resource.item.directive-added"
    case resourceItemDescriptionChanged = "resource.item.description-changed"
    case resourceItemAdded = "resource.item.added"
    // server.endpoint
    case serverEndpointChanged = "server.endpoint.changed"
    case serverEndpointProtocolMinRaised = "server.endpoint.protocol-min-raised"
    case serverEndpointCacheScopeWidened = "server.endpoint.cache-scope-widened"
    case serverEndpointNameChanged = "server.endpoint.name-changed"
    case serverEndpointVersionChanged = "server.endpoint.version-changed"
    case serverEndpointTtlChanged = "server.endpoint.ttl-changed"
    // server.instructions
    case serverInstructionsDirectiveAdded = "server.instructions.directive-added"
    case serverInstructionsChanged = "server.instructions.changed"
    case serverInstructionsRemoved = "server.instructions.removed"
    case serverInstructionsWhitespaceChanged = "server.instructions.whitespace-changed"
}

extension ChangeRule {
    /// How bad the change is in the profile `agent`, where a toolset says nothing else.
    package var level: ChangeLevel {
        switch self {
        case .setToolRemoved, .toolNameChanged, .toolNameRebound, .toolNameReused, .toolDescriptionDirectiveAdded,
            .inputPropertyRequiredAdded, .inputPropertyRenamed, .inputPropertyClosedRemoved,
            .inputPropertyRequiredSet, .inputTextDirectiveAdded, .inputTypeNarrowed, .inputTypeChanged,
            .inputNullForbidden, .inputEnumValueRemoved, .inputEnumIntroduced, .inputConstIntroduced,
            .inputConstChanged, .inputBoundTightened, .inputPatternIntroduced, .inputExtraForbidden,
            .inputUnionBranchRemoved, .inputUnionAllofAdded, .inputUnionDiscriminatorChanged,
            .inputConditionIntroduced, .inputConditionTightened, .inputMirrorAdded, .inputMirrorChanged,
            .inputMirrorRemoved, .outputSchemaRootChanged, .outputPropertyRequiredRemoved, .outputPropertyRenamed,
            .outputTextDirectiveAdded, .outputTypeChanged, .outputContentMediaChanged, .hintReadOnlyRelaxed,
            .hintDestructiveRelaxed,
            .hintIdempotentRelaxed, .hintMethodDeleteMarkedReadOnly, .confirmPolicyRelaxed, .execMethodEscalated,
            .execMethodDeleteIntroduced, .execHostChanged, .execHostSchemeDowngraded, .execHostPrivateReached,
            .execHeaderSecretExposed, .execRetryUnsafeEnabled, .execSourceOperationBroken, .authSchemeAdded,
            .authSchemeChanged, .authSchemeIssuerChanged, .authSchemeAudienceChanged, .authScopeAdded,
            .authVariableUnset, .accessVisibilityWidened, .accessVisibilityNarrowed, .promptItemRemoved,
            .promptItemRenamed, .promptItemToolReferenceBroken, .promptItemDirectiveAdded, .promptArgumentRequiredAdded,
            .promptArgumentRequiredSet, .promptArgumentRenamed, .resourceItemRemoved, .resourceItemUriChanged,
            .resourceItemDirectiveAdded,
            .serverEndpointChanged, .serverEndpointProtocolMinRaised, .serverEndpointCacheScopeWidened,
            .serverInstructionsDirectiveAdded:
            .breaking
        case .setToolTwinAdded, .setSizeLimitCrossed, .setTokensBudgetCrossed, .setTokensShareRaised,
            .toolNameNearClashed, .toolDescriptionChanged, .toolDescriptionRemoved, .toolDescriptionTruncated,
            .toolLifecycleSunsetPassed, .inputPropertyOpenRemoved, .inputTextDescriptionChanged,
            .inputTextExampleChanged, .inputDefaultAdded, .inputDefaultChanged, .inputDefaultRemoved,
            .inputBoundIntroduced, .inputPatternChanged, .inputFormatIntroduced, .inputFormatChanged,
            .inputExtraSchemaChanged, .inputUnionOneofBranchAdded, .inputUnionAllofRemoved, .inputConditionChanged,
            .inputDialectChanged, .inputDialectKeywordUnsupported, .inputDialectRecursionAdded, .outputSchemaAdded,
            .outputSchemaRemoved, .outputPropertyOptionalRemoved, .outputPropertyRequiredLifted, .outputTypeWidened,
            .outputNullAllowed, .outputEnumValueAdded, .outputBoundLoosened, .outputContentFilterChanged,
            .outputContentCapLowered, .outputContentErrorMappingChanged, .hintReadOnlyTightened,
            .hintDestructiveTightened, .hintIdempotentTightened, .hintOpenWorldRelaxed, .hintOpenWorldTightened,
            .hintMethodWriteMarkedReadOnly, .hintMethodDeleteMarkedHarmless, .confirmPolicyTightened,
            .confirmPolicyPromptChanged, .execMethodChanged, .execHostVariableChanged, .execPathChanged,
            .execParamMoved, .execParamStyleChanged, .execParamRenamedUpstream, .execBodyMediaChanged,
            .execBodyRequiredChanged, .outputTextChanged,
            .execHeaderAdded, .execHeaderChanged, .execHeaderRemoved, .execRetryChanged, .execTimeoutLowered,
            .execCodeChanged, .execSourceOperationOrphaned, .authSchemeRemoved, .authVariableAdded,
            .authVariableRenamed, .variationLayerOrphaned, .promptItemBodyChanged,
            .promptArgumentRemoved, .resourceItemMediaChanged, .resourceItemDescriptionChanged,
            .serverEndpointNameChanged, .serverInstructionsChanged, .serverInstructionsRemoved:
            .risky
        default: .safe
        }
    }

    /// Whether the change breaks clients that were generated from, or pinned to, a schema: the profile `typed`.
    package var isBreakingWhenTyped: Bool {
        switch self {
        case .inputDefaultAdded, .inputDefaultChanged, .inputDefaultRemoved, .outputSchemaRemoved,
            .outputPropertyOptionalRemoved, .outputPropertyRequiredLifted, .outputTypeWidened, .outputNullAllowed,
            .outputEnumValueAdded, .outputBoundLoosened:
            true
        default: false
        }
    }

    /// Whether somebody who knows of the change can publish it all the same.
    package var canBeAcknowledged: Bool {
        switch self {
        case .execHostSchemeDowngraded, .execHostPrivateReached, .execHeaderSecretExposed,
            .execSourceOperationBroken, .authVariableUnset:
            false
        default: true
        }
    }
}
