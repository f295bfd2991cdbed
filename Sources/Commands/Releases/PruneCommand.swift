import ArgumentParser
import JSON

/// `slipway prune`.
struct PruneCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Takes away what nothing keeps any more of the project.",
        discussion: """
            Kept is every release that was ever live, has a label, is what something else is based on, belongs to a \
            toolset with addresses of single releases, or is younger than 90 days; and everything that such a release \
            needs.
            """
    )

    @Flag(help: "Say what would go, and take nothing away.")
    var dryRun = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform(
            "releases.prune",
            ["dry_run": .bool(dryRun)],
            patience: .seconds(600)
        )
        let prune = answer["prune"] ?? .null
        session.show(answer) { PruneText(prune: prune).text(on: session.console) }
        if dryRun, prune["count"]?.integer ?? 0 > 0 {
            session.hint("To take it away: \(session.command("prune"))")
        }
    }
}

/// What pruning took away, or would.
struct PruneText: Sendable {
    let prune: JSONValue

    func text(on console: Console) -> String {
        let isRehearsal = prune["dry_run"]?.bool ?? false
        let kinds = prune["kinds"]?.array ?? []
        guard !kinds.isEmpty else { return "Nothing to take away: something keeps all that there is." }
        let table = Table(
            ["KIND", "COUNT", "BYTES"],
            rows: kinds.map { kind in
                [
                    .init(kind["kind"]?.string?.replacing("_", with: " ")), .init(kind["count"]?.integer),
                    .init(kind["bytes"]?.integer),
                ]
            }
        )
        var lines = [isRehearsal ? "This would be taken away:" : "This was taken away:", table.text(on: console)]
        lines += (prune["releases"]?.array ?? []).map { release in
            "Release \(release["number"]?.integer ?? 0) of \((release["toolset"]?.string ?? "-").printable)"
        }
        return lines.joined(separator: "\n")
    }
}
