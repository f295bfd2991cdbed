import JSON
import ManagementAPI
import Synchronization
import Vocabulary

/// Keeps the tools of deployments that were read lately: a deployment never changes, and reading the definitions of a thousand
/// tools takes longer than all else about a page of fifty.
final class ProjectToolShelf: Sendable {
    private struct Entry {
        let deployment: String
        let tools: [JSONValue]
        let readAt: ContinuousClock.Instant
    }

    /// The newest last.
    private let entries = Mutex<[Entry]>([])

    /// How many deployments are kept.
    private static let capacity = 4
    /// How long they are: what an administrator redacts meanwhile is not shown for longer.
    private static let lifetime = Duration.seconds(300)

    /// The tools of the project's active deployment, as `tools.list` answers them; none where nothing was deployed.
    func tools(_ visit: Visit) async throws -> [JSONValue] {
        guard let deployment = try await Self.activeDeployment(visit) else { return [] }
        if let kept = kept(deployment) { return kept }
        let tools = try await visit.all("tools.list", "tools", ["deployment_id": .string(deployment)])
        keep(tools, of: deployment)
        return tools
    }

    private static func activeDeployment(_ visit: Visit) async throws -> String? {
        do {
            return try await visit.call("deployments.active").body["deployment"]?["id"]?.string
        } catch let problem as Problem where problem.code == .notFound {
            return nil
        }
    }

    private func kept(_ deployment: String) -> [JSONValue]? {
        let oldest = ContinuousClock.now - Self.lifetime
        return entries.withLock { $0.first { $0.deployment == deployment && $0.readAt > oldest }?.tools }
    }

    private func keep(_ tools: [JSONValue], of deployment: String) {
        let entry = Entry(deployment: deployment, tools: tools, readAt: .now)
        entries.withLock { entries in
            entries.removeAll { $0.deployment == deployment }
            entries.append(entry)
            if entries.count > Self.capacity { entries.removeFirst() }
        }
    }
}
