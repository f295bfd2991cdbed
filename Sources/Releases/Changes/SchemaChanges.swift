package import JSON

/// The rules `input.*` and `output.*` over the schemas of one tool.
///
/// Pure, and the same in every run.
package enum SchemaChanges {
    /// What changes for who sends arguments.
    package static func input(
        from old: JSONObject,
        to new: JSONObject,
        isDirectiveAdded: (_ before: String?, _ after: String) -> Bool = { _, _ in false }
    ) -> [RuledDifference] {
        []
    }

    /// What changes for who reads results; none is a tool that promises no form of them.
    package static func output(from old: JSONObject?, to new: JSONObject?) -> [RuledDifference] {
        []
    }
}
