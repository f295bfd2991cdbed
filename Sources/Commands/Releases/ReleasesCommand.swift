import ArgumentParser
import JSON

/// `slipway releases`.
struct ReleasesCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "releases",
        abstract: "Lists the releases of a toolset, newest first, or tells everything about one."
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The release: its number, or its label; all in short where left out.")
    var release: ReleaseArgument?

    @Option(help: "How many at most; all where left out.")
    var limit: Int?

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if let limit, limit < 1 { throw ValidationError("--limit is 1 or more.") }
    }

    func perform(in session: Session) async throws {
        if let release {
            let answer = try await session.client.perform(
                "toolsets.getReleaseDetails",
                release.fields(of: toolset)
            )
            session.show(answer) { ReleaseText(release: answer["release"] ?? .null).text(on: session.console) }
            return
        }
        let releases = try await session.client.list(
            "toolsets.listReleases",
            ["slug": .string(toolset)],
            of: "releases",
            limit: limit
        )
        session.show(releases.json) {
            Table.releases(releases.items).text(on: session.console, orElse: "\(toolset) has no releases yet.")
        }
        if releases.items.isEmpty {
            session.hint("Staging mode makes the first: \(session.command("mode", toolset, "staging"))")
        }
    }
}

extension Table {
    /// Releases, a line each.
    static func releases(_ releases: [JSONValue]) -> Table {
        Table(
            ["RELEASE", "LABEL", "STATE", "CHANGES", "TOOLS", "BY", "WHEN (UTC)", "NOTES"],
            rows: releases.map { release in
                [
                    Cell(release["number"]?.integer), Cell(release["label"]?.string ?? ""),
                    Wording.releaseState(of: release),
                    Cell(Wording.verdicts(release["verdicts"]) ?? ""), Cell(release["tool_count"]?.integer),
                    Cell(release["released_by"]?.string),
                    Cell(Wording.minute(release["created_at"])), Cell(Wording.firstLine(release["notes"]) ?? ""),
                ]
            }
        )
    }
}

/// Everything about a release.
struct ReleaseText: Sendable {
    let release: JSONValue

    func text(on console: Console) -> String {
        let number = release["number"]?.integer ?? 0
        var facts: [[Table.Cell]] = [
            ["State", Wording.releaseState(of: release)],
            ["Published", .init(Wording.minute(release["created_at"]).map { "\($0) UTC" })],
            ["By", .init(release["released_by"]?.string)],
            ["Label", .init(release["label"]?.string)],
            ["Changes", .init(Wording.verdicts(release["verdicts"]))],
            ["Made on", .init(release["base_release"]?.integer.map { "release \($0)" })],
            ["Digest", .init(release["digest"]?.string)],
            ["Deployment", .init(release["deployment_id"]?.string)],
            ["Variables", .init(variables)],
        ]
        if let redaction { facts.append(["Redacted", .init(redaction, .notable)]) }
        var parts = [console.style("Release \(number)", .strong), Table(rows: facts).text(on: console)]
        if let notes = release["notes"]?.string, !notes.isEmpty { parts.append(notes.printableLines) }
        parts.append(acknowledgements(on: console))
        parts.append(items("tools", heading: "TOOL", on: console))
        parts.append(items("prompts", heading: "PROMPT", on: console))
        parts.append(items("resources", heading: "RESOURCE", on: console))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    /// `by key:ada: a secret`.
    private var redaction: String? {
        guard let redaction = release["redaction"], let actor = redaction["actor"]?.string?.printable else {
            return nil
        }
        return "by \(actor)" + (Wording.firstLine(redaction["reason"]).map { ": \($0)" } ?? "")
    }

    /// The names that an environment must supply.
    private var variables: String? {
        let names = release["required_variables"]?.array?.compactMap(\.string) ?? []
        return names.isEmpty ? nil : names.joined(separator: ", ")
    }

    /// Who took which changes knowingly.
    private func acknowledgements(on console: Console) -> String {
        let rows: [[Table.Cell]] = (release["acknowledgements"]?.array ?? []).map {
            [.init($0["rule"]?.string), .init($0["subject"]?.string), .init($0["actor"]?.string)]
        }
        return Table(["ACKNOWLEDGED", "OF", "BY"], rows: rows).text(on: console, orElse: "")
    }

    private func items(_ member: String, heading: String, on console: Console) -> String {
        let rows: [[Table.Cell]] = (release[member]?.array ?? []).map {
            [.init($0["name"]?.string), .init(($0["urn"] ?? $0["digest"])?.string ?? "")]
        }
        return Table([heading, ""], rows: rows).text(on: console, orElse: "")
    }
}
