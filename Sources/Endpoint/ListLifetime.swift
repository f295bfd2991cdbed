import MCP
import Releases
import Vocabulary

/// How long clients of 2026-07-28 may keep what they list and read (Caching), by what an address serves.
///
/// A client that keeps a list knows of nothing newer until the time is over, unless it subscribes to changes. So the time
/// is short where the next change is likely, and never longer than what nobody would call late.
enum ListLifetime {
    /// A release stays as it is; clients keep nothing longer than a day.
    private static let pinned = Duration.seconds(24 * 3600)
    /// Live in staging mode when nothing has happened for a while: what is published is late by as much at most.
    private static let settled = Duration.seconds(300)
    /// Live in staging mode soon after a publish or a rollback, when the next one is likely, and as long as a hold says that
    /// something is wrong.
    private static let fresh = Duration.seconds(30)
    /// How long an activation counts as fresh. A published release that is bad is mostly noticed by then.
    private static let settlingMilliseconds: Int64 = 10 * 60 * 1000

    /// What clients are told at an address. Only what everybody may call may be kept for everybody.
    static func caching(of served: ServedToolset, now: Timestamp) -> Caching {
        Caching(for: time(of: served, now: now), scope: served.isPublic ? .public : .private)
    }

    private static func time(of served: ServedToolset, now: Timestamp) -> Duration {
        switch served.side {
        case .release: return pinned
        case .staging: return .zero
        case .live:
            // In iteration mode every edit is live at once.
            guard let activation = served.activation else { return .zero }
            let age = now.milliseconds - activation.at.milliseconds
            return activation.isHeld || age < settlingMilliseconds ? fresh : settled
        }
    }
}
