import ArgumentParser
import JSON

/// `slipway status`.
struct StatusCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Tells what is live, what is in staging, and what to do next."
    )

    @Argument(help: "The toolset; all of the project in short where left out.")
    var toolset: String?

    @OptionGroup(title: "Server") var options: ServerOptions

    /// Each comparison is a call.
    private static let comparedAtMost = 30

    func perform(in session: Session) async throws {
        if let toolset {
            let answer = try await session.client.perform("toolsets.get", ["slug": .string(toolset)])
            let status = ToolsetStatus(toolset: ToolsetAnswer(answer["toolset"]))
            session.show(answer) { status.text(on: session.console) }
            for step in status.nextSteps(session) { session.hint(step) }
        } else {
            try await showProject(in: session)
        }
    }

    private func showProject(in session: Session) async throws {
        let client = session.client
        let key = try await client.perform("keys.verify")["key"] ?? .null
        let deployment = try await client.perform("deployments.active")["deployment"] ?? .null
        let toolsets = try await compared(client.list("toolsets.list", of: "toolsets").items, on: client)
        let project = try await project(key: key, on: client)
        let answer: JSONValue = [
            "server": .string(client.server.text), "project": JSONValue(project), "key": key,
            "deployment": deployment, "toolsets": .array(toolsets),
        ]
        session.show(answer) {
            let rows: [[Table.Cell]] = [
                ["Server", .init(client.server.text)],
                ["Project", .init(project)],
                ["Key", .init(keyText(key))],
                ["Deployment", .init(deploymentText(deployment))],
            ]
            return Table(rows: rows).text(on: session.console) + "\n\n"
                + Table.toolsets(toolsets.map(ToolsetAnswer.init))
                .text(on: session.console, orElse: "There are no toolsets yet.")
        }
        if deployment.isNull {
            session.hint("Next: push a document: \(session.command("push", "FILE"))")
        } else if toolsets.isEmpty {
            let source = deployment["sources"]?.array?.first?["slug"]?.string ?? "SOURCE"
            session.hint("Next: make a toolset: \(session.command("toolsets", "create", source, "--source", source))")
        }
    }

    /// The toolsets, those in staging mode compared with live; a list does not compare.
    private func compared(_ toolsets: [JSONValue], on client: ManagementClient) async throws -> [JSONValue] {
        guard toolsets.count <= Self.comparedAtMost else { return toolsets }
        var compared: [JSONValue] = []
        for toolset in toolsets {
            if toolset["editing_mode"]?.string == "staging" {
                let answer = try await client.perform("toolsets.get", ["slug": toolset["slug"] ?? .null])
                compared.append(answer["toolset"] ?? toolset)
            } else {
                compared.append(toolset)
            }
        }
        return compared
    }

    /// The project that the calls act in: the one asked for, the key's, or the only one.
    private func project(key: JSONValue, on client: ManagementClient) async throws -> String? {
        if let project = client.project ?? key["project_slug"]?.string { return project }
        let projects = try await client.list("projects.list", of: "projects").items
        return projects.count == 1 ? projects[0]["slug"]?.string : nil
    }

    private func keyText(_ key: JSONValue) -> String {
        let scopes = key["scopes"]?.array?.compactMap(\.string).joined(separator: ", ") ?? ""
        return "\(key["name"]?.string ?? "") (\(scopes))"
    }

    private func deploymentText(_ deployment: JSONValue) -> String {
        guard let number = deployment["seq"]?.integer else { return "none yet" }
        let tools = Wording.count(deployment["tool_count"]?.integer ?? 0, "tool")
        let sources = deployment["sources"]?.array?.compactMap { $0["slug"]?.string } ?? []
        return "\(number), \(tools) of \(sources.joined(separator: ", "))"
    }
}

/// Where one toolset stands.
struct ToolsetStatus: Sendable {
    let toolset: ToolsetAnswer

    func text(on console: Console) -> String {
        var rows: [[Table.Cell]] = [["Mode", .init(toolset.mode)], ["Live", .init(live, .good)]]
        if toolset.isStaging {
            let differs = toolset.changes ?? 0 > 0 || toolset.isOnlyRecordChanged
            rows.append(["Staging", .init(staging, differs ? .notable : .plain)])
        }
        if let hold = toolset.holdText {
            rows.append(["Hold", .init("automations wait: \(hold)", .notable)])
        }
        rows.append(["Address", .init(toolset.isEnabled ? toolset.address : "switched off")])
        if let tokens = toolset.tokens {
            rows.append(["Tokens", .init("about \(tokens)\(toolset.isStaging ? ", staging" : "")")])
        }
        rows.append([
            "Output schemas",
            .init(toolset.outputSchemas.map { $0 ? "served" : "not served" } ?? "as each source says"),
        ])
        if !toolset.callerVariables.isEmpty {
            rows.append(["Callers may bring", .init(toolset.callerVariables.joined(separator: ", "))])
        }
        if let address = toolset.stagingAddress {
            rows.append(["Staging address", .init("\(address) (key of scope reader)")])
        }
        if toolset.hasPinnedAddresses, let address = toolset.address {
            rows.append(["Releases answer at", .init("\(address)/releases/NUMBER")])
        }
        if toolset.graceSeconds > 0 {
            rows.append(["Grace after a publish", .init(Wording.count(toolset.graceSeconds, "second"))])
        }
        let heading = "\(console.style(toolset.slug, .strong))  \(toolset.name.printable)"
        return heading + "\n\n" + Table(rows: rows).text(on: console)
    }

    func nextSteps(_ session: Session) -> [String] {
        let slug = toolset.slug
        guard toolset.isStaging else {
            return ["Next: to stage and publish edits: \(session.command("mode", slug, "staging"))"]
        }
        var steps: [String] = []
        if let base = toolset.base, let live = toolset.liveNumber, live < base {
            steps.append("to return to release \(base): \(session.command("rollback", slug, String(base)))")
        }
        if toolset.hold != nil {
            steps.append("to let automations publish: \(session.command("lift-hold", slug))")
        }
        if toolset.hasToMerge {
            steps.append("to merge what live has gained, before staging can go live: \(session.command("merge", slug))")
        }
        if toolset.changes != 0 || toolset.isOnlyRecordChanged {
            steps.append("to see what changes: \(session.command("review", slug))")
            // A publish is refused until the merge is done.
            if !toolset.hasToMerge {
                steps.append("to make staging live: \(session.command("publish", slug, "-m", "NOTES"))")
            }
            steps.append("to discard changes: \(session.command("discard", slug))")
        }
        return steps.enumerated().map { ($0.offset == 0 ? "Next: " : "      ") + $0.element }
    }

    private var live: String {
        guard toolset.isStaging, let release = toolset.liveRelease else {
            return "\(toolset.liveText), \(Wording.count(toolset.toolURNs.count, "tool"))"
        }
        let tools = release["tool_count"]?.integer.map { ", \(Wording.count($0, "tool"))" } ?? ""
        return toolset.liveText + tools
    }

    private var staging: String {
        let base = toolset.base.map { ", based on release \($0)" } ?? ""
        let pins = toolset.pinText.map { ", \($0)" } ?? ""
        return (toolset.stagingText ?? "not compared") + base + pins
    }
}
