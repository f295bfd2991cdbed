import ArgumentParser
import JSON

/// `slipway review`.
struct ReviewCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "review",
        abstract: "Tells what changes for callers when staging goes live, and what stands in the way.",
        discussion: """
            Changes stand in groups: yours, those of the project, and what live gained meanwhile. Behind each stands its \
            fingerprint, by which publish --acknowledge takes it knowingly.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Flag(name: .customLong("exit-code"), help: "End with status 2 where there are changes.")
    var tellsByStatus = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        let answer = try await session.client.perform("toolsets.reviewStagingVersion", ["slug": .string(toolset)])
        let review = ReviewText(toolset: toolset, review: answer["review"] ?? .null)
        session.show(answer) { review.text(on: session.console) }
        for step in review.nextSteps(session) { session.hint(step) }
        if tellsByStatus, review.hasChanges { throw ExitCode(2) }
    }
}

/// What a review says.
struct ReviewText: Sendable {
    let toolset: String
    let review: JSONValue

    var hasChanges: Bool { ["yours", "project"].contains { !ChangesText(review[$0]).isEmpty } }

    func text(on console: Console) -> String {
        let live = review["live_release"]?.integer.map { "release \($0)" } ?? "nothing yet"
        let base = review["base_release"]?.integer.map { ", based on release \($0)" } ?? ""
        var parts = ["\(console.style(toolset, .strong))  staging\(base), against live: \(live)"]
        parts += [
            ChangesText(review["yours"]).section("Your changes", on: console),
            ChangesText(review["project"]).section("Project changes", on: console),
            ChangesText(review["merged"]).section("What live gained meanwhile", on: console),
            ChangesText(review["brings_back"]).section("Brings back what was rolled back", on: console),
        ].compactMap(\.self)
        if !hasChanges { parts.append("No change for callers.") }
        parts.append(checks(on: console))
        parts.append(summary)
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    func nextSteps(_ session: Session) -> [String] {
        guard hasChanges else { return [] }
        if review["merge_pending"]?.bool == true {
            return ["Live has moved under staging; merge before you publish."]
        }
        if review["checks"]?.array?.contains(where: { $0["status"] == "failed" }) == true {
            return ["Mend what a check says has failed: a publish is refused until then."]
        }
        var words = ["publish", toolset, "-m", "NOTES"]
        for fingerprint in review["acknowledge"]?.array?.compactMap(\.string) ?? [] {
            words += ["--acknowledge", fingerprint]
        }
        if let digest = review["review_digest"]?.string { words += ["--reviewed", digest] }
        return ["Next: to make this live: \(session.command(words))"]
    }

    private var summary: String {
        let verdicts = Wording.verdicts(review["verdicts"]) ?? "no change by the rules"
        let before = review["tokens"]?["before"]?.integer ?? 0
        let after = review["tokens"]?["after"]?.integer ?? 0
        let tokens = before == after ? Wording.tokens(after) : "about \(before) tokens before, \(after) after"
        let label = review["suggested_label"]?.string.map { " Suggested label: \($0.printable)." } ?? ""
        return "\(verdicts.prefix(1).uppercased() + verdicts.dropFirst()); \(tokens).\(label)"
    }

    private func checks(on console: Console) -> String {
        var lines: [String] = []
        for check in review["checks"]?.array ?? [] {
            let status = check["status"]?.string ?? ""
            let style: Style = status == "failed" ? .bad : status == "warning" ? .notable : .good
            guard status != "ok" else { continue }
            lines.append("  \(console.style(status, style))  \((check["message"]?.string ?? "").printable)")
            lines += (check["details"]?.array ?? []).compactMap(\.string).map { "    \($0.printable)" }
        }
        return lines.isEmpty ? "" : console.style("Checks", .strong) + "\n" + lines.joined(separator: "\n")
    }
}
