import JSON
import Persistence
package import Projects
package import Releases
package import Vocabulary

extension StoredToolsets {
    package func content(
        _ slug: Slug,
        view: Toolset.View?,
        in project: ID<Project>
    ) async throws -> ToolsetContent? {
        try await database.read { connection in
            guard let parent = try connection.toolset(slug, in: project) else { return nil }
            let toolset = try connection.present(parent, view: view, comparing: false, from: sideContents)
            let side = try connection.sideContent(of: parent, isLive: toolset.view == .live, from: sideContents)
            return ToolsetContent(
                toolset: toolset,
                content: side.content,
                heads: side.heads,
                tokens: side.tokens,
                orphans: side.heads?.orphans ?? [],
                diagnostics: side.diagnostics
            )
        }
    }
}

extension Connection {
    /// What a side of a toolset in staging mode serves, looked up where something remembers it.
    func content(of parent: ToolsetRecord, isLive: Bool, from contents: SideContents?) throws -> CompiledContent {
        if let contents { return try sideContent(of: parent, isLive: isLive, from: contents).content }
        if isLive { return try liveContent(of: parent) }
        return try CompiledContent(try heads(of: editedRecord(of: parent)).heads)
    }

    /// What a side of a toolset serves, remembered as long as nothing moves that it is made of.
    fileprivate func sideContent(
        of parent: ToolsetRecord,
        isLive: Bool,
        from contents: SideContents
    ) throws -> SideContents.Side {
        if isLive, parent.mode == .staging {
            let release = try currentRelease(of: parent)?.digest.hex ?? ""
            return try contents.side("release:\(release)") {
                SideContents.Side(try liveContent(of: parent, compiled: contents.compiled), heads: nil)
            }
        }
        let edited = try editedRecord(of: parent)
        return try contents.side("\(edited.id):\(headsFingerprint(of: edited))") {
            let heads = try heads(of: edited, compiled: contents.compiled).heads
            return SideContents.Side(try CompiledContent(heads, compiled: contents.compiled), heads: heads)
        }
    }
}
