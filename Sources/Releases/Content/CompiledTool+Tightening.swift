import JSON
import Tools

extension CompiledTool {
    /// Whether the tool asks for more care than it did as `former`: a hint says more danger, a confirmation is asked for
    /// that was not, or the call needs another authorization. A call that was made under the former rules must then not
    /// be made.
    package func isTighter(than former: CompiledTool) -> Bool {
        call.security != former.call.security || confirmation.strictness > former.confirmation.strictness
            || !hints.danger.isSubset(of: former.hints.danger)
    }

    private var hints: ToolAnnotations { ToolAnnotations(json: tool["annotations"]?.object ?? [:]) }

    /// How the tool asks to be confirmed; a mode that this version does not know counts as the strictest.
    private var confirmation: Variation.ConfirmMode {
        guard let mode = tool["_meta"]?["slipway/confirm"]?["mode"] else { return .never }
        return mode.string.flatMap(Variation.ConfirmMode.init(rawValue:)) ?? .always
    }
}

extension Variation.ConfirmMode {
    fileprivate var strictness: Int {
        switch self {
        case .never: 0
        case .session: 1
        case .always: 2
        }
    }
}

extension ToolAnnotations {
    fileprivate enum Danger: Hashable {
        case writes, destroys, doesMoreWhenRepeated, reachesOut
    }

    /// What a call may do, where a hint that is left out has the protocol's default (2026-07-28, Schema: ToolAnnotations).
    fileprivate var danger: Set<Danger> {
        var danger: Set<Danger> = []
        if isReadOnly != true { danger.insert(.writes) }
        if isDestructive != false { danger.insert(.destroys) }
        if isIdempotent != true { danger.insert(.doesMoreWhenRepeated) }
        if isOpenWorld != false { danger.insert(.reachesOut) }
        return danger
    }
}
