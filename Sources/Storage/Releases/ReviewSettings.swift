import JSON
import Persistence
import Releases
import Vocabulary

extension ChangeRuleSettings {
    /// Settings as a row of `toolsets` has them.
    init(stored text: String) throws {
        self = try ChangeRuleSettings(json: try JSONValue(parsing: text))
    }
}

extension Connection {
    /// The next semantic version: after the last label of the toolset that is one.
    func suggestedLabel(for changes: [Change], of parent: ToolsetRecord) throws -> String {
        let labels = try query(
            """
            SELECT label FROM toolset_releases WHERE toolset_id = \(parent.id) AND label IS NOT NULL
            ORDER BY release_number DESC
            """
        ).map { try $0.text("label") }
        return SuggestedLabel.next(after: labels, changes: changes)
    }
}
