import ArgumentParser
import JSON

/// How edits reach callers.
enum EditingModeArgument: String, ExpressibleByArgument, CaseIterable {
    case iteration, staging
}

/// `slipway mode`.
struct ModeCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "mode",
        abstract: "Switches between iteration mode (edits are live at once) and staging mode (edits are published).",
        discussion: """
            Going back to iteration mode makes live what staging says. Where that changes what callers get, the \
            command shows the difference, changes nothing, and ends with status 2.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The mode to have.")
    var mode: EditingModeArgument

    @Option(help: ArgumentHelp("The digest of the difference that was shown.", valueName: "digest"))
    var confirm: String?

    @Flag(help: "Take the difference, whatever it is.")
    var yes = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer: JSONValue
        do {
            answer = try await switchMode(confirming: confirm, on: session.client)
        } catch let refusal as Refusal where refusal.code == "confirm_required" && mode == .iteration {
            guard yes, let digest = refusal.details("confirm_digest").first else {
                throw ask(refusal, in: session)
            }
            answer = try await switchMode(confirming: digest, on: session.client)
        }
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            after.isStaging
                ? "\(toolset) is in staging mode. Live is \(after.liveText); edits wait in staging until they are published."
                : "\(toolset) is in iteration mode. Every edit is live at once."
        }
        if after.isStaging { session.hint("Next: after edits: \(session.command("publish", toolset, "-m", "NOTES"))") }
    }

    private func switchMode(confirming digest: String?, on client: ManagementClient) async throws -> JSONValue {
        var fields: JSONObject = ["slug": .string(toolset), "mode": .string(mode.rawValue)]
        fields["confirm_digest"] = digest.map(JSONValue.string)
        return try await client.perform("toolsets.switchEditingMode", fields)
    }

    /// Shows the difference, and the command that takes it.
    private func ask(_ refusal: Refusal, in session: Session) -> ExitCode {
        let isStale = confirm != nil
        session.show(refusal.body) { DifferenceText.of(refusal, on: session.console) }
        session.hint("\(toolset) stays in staging mode\(isStale ? ": the difference is another one by now" : "").")
        if let digest = refusal.details("confirm_digest").first {
            let command = session.command("mode", toolset, mode.rawValue, "--confirm", digest)
            session.hint("To make this live: \(command)")
        }
        return ExitCode(2)
    }
}

/// The difference that an answer 422 `confirm_required` tells.
enum DifferenceText {
    private static let groups: [(name: String, sign: String, style: Style, noun: String)] = [
        ("added_tools", "+", .good, "tool"), ("removed_tools", "-", .bad, "tool"),
        ("changed_tools", "~", .notable, "tool"), ("added_prompts", "+", .good, "prompt"),
        ("removed_prompts", "-", .bad, "prompt"), ("changed_prompts", "~", .notable, "prompt"),
        ("added_resources", "+", .good, "resource"), ("removed_resources", "-", .bad, "resource"),
        ("changed_resources", "~", .notable, "resource"),
    ]

    static func of(_ refusal: Refusal, on console: Console) -> String {
        var lines = ["What changes for callers:"]
        for group in groups {
            for name in refusal.details(group.name) {
                lines.append(console.style("  \(group.sign) \(group.noun) \(name.printable)", group.style))
            }
        }
        if refusal.body["metadata_changed"]?.bool == true { lines.append("  ~ name, description or instructions") }
        if refusal.body["order_changed"]?.bool == true { lines.append("  ~ the order of tools, prompts or resources") }
        for change in refusal.body["changes"]?.array ?? [] {
            guard let level = change["level"]?.string, level != "safe" else { continue }
            let line =
                "  \(level): \((change["name"]?.string ?? "").printable): \((change["message"]?.string ?? "").printable)"
            lines.append(console.style(line, level == "breaking" ? .bad : .notable))
        }
        return lines.count > 1 ? lines.joined(separator: "\n") : "Callers will see no difference."
    }
}
