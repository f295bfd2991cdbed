import Persistence
import Releases

extension Connection {
    /// What has to be merged before a staging copy can be published; nothing where live serves what the copy is based
    /// on, or an older release: a rollback starts no merge.
    func pendingMerge(of copy: ToolsetRecord, parent: ToolsetRecord) throws -> PendingMerge? {
        guard let live = try currentRelease(of: parent), let base = try copy.baseReleaseID.flatMap({ try release($0) }),
            live.number > base.number, live.digest != base.digest
        else { return nil }
        return PendingMerge(base: base.number, live: live.number, conflicts: [])
    }
}
