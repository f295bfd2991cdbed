import JSON
import Persistence
package import Projects
import Releases
package import Vocabulary

extension StoredToolsets {
    package func changeCount(_ slug: Slug, in project: ID<Project>) async throws -> Int? {
        try await database.read { connection in
            guard let parent = try connection.toolset(slug, in: project), parent.mode == .staging else { return nil }
            do {
                return try connection.changeCount(of: parent, from: sideContents, allowsHost: allowsHost)
            } catch let problem as Problem where problem.code == .redacted {
                // What was redacted cannot be compared, and must not hide the other toolsets of a list.
                return nil
            }
        }
    }
}

extension Connection {
    /// How many changes publishing makes for callers, as a review tells them; 0 where nothing is live. `contents`
    /// remembers what was counted before; transactions that write go without.
    func changeCount(
        of parent: ToolsetRecord,
        from contents: SideContents?,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> Int {
        func counted() throws -> Int {
            try changes(
                from: try origin(of: parent, from: contents),
                to: try content(of: parent, isLive: false, from: contents),
                in: try comparisonContext(of: parent, allowsHost: allowsHost)
            ).count
        }
        guard let contents else { return try counted() }
        return try contents.changeCounts.count(try comparedState(of: parent), counted)
    }

    /// What a review counts the changes of staging from: live, or the base as long as a merge waits.
    private func origin(of parent: ToolsetRecord, from contents: SideContents?) throws -> CompiledContent {
        guard let base = try releasesToMerge(of: editedRecord(of: parent), parent: parent)?.base, base.redaction == nil
        else { return try content(of: parent, isLive: true, from: contents) }
        return try content(ofManifest: base.digest, from: ObjectShelf(contents?.compiled ?? CompiledTools()))
    }

    /// What the changes of a toolset are told by, in place of reading all of it at each look. The day is in it for rules
    /// that go by days.
    private func comparedState(of parent: ToolsetRecord) throws -> String {
        let copy = try editedRecord(of: parent)
        let parts = [
            parent.id.text, copy.baseReleaseID?.text ?? "", try currentRelease(of: parent)?.digest.hex ?? "",
            String(try activationSeq(of: parent.id)), try headsFingerprint(of: copy),
            try activeDeploymentID(in: parent.projectID)?.text ?? "", parent.changeRules.json.text,
            try availableVariables(of: parent).sorted().joined(separator: ","),
            String(Timestamp.now().milliseconds / 86_400_000),
        ]
        return parts.joined(separator: "|")
    }
}
