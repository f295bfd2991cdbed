import ArgumentParser
import JSON

/// `slipway publish`.
struct PublishCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish",
        abstract: "Freezes the staging side as the next release and makes it live.",
        discussion: """
            Breaking changes, and those that a rollback took back, must be acknowledged by their fingerprints. Where some \
            are left the command shows them, changes nothing, and ends with status 2.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Option(name: [.customShort("m"), .customLong("notes")], help: "What changes, for people.")
    var notes: String

    @Option(help: "What people call the release besides its number.")
    var label: String?

    @OptionGroup var reviewed: ReviewedOptions

    @Flag(name: .customLong("create-only"), help: "Make the release, and leave live as it is.")
    var createsOnly = false

    @OptionGroup(title: "Server") var options: ServerOptions

    func perform(in session: Session) async throws {
        var fields = reviewed.fields
        fields["slug"] = .string(toolset)
        fields["notes"] = .string(notes)
        fields["label"] = label.map(JSONValue.string)
        if createsOnly { fields["activate"] = false }
        let answer = try await session.takingKnowingly(retry) {
            try await session.client.perform("toolsets.publishStagingVersion", fields)
        }
        let release = answer["release"] ?? .null
        let number = release["number"]?.integer ?? 0
        let isLive = answer["activated"]?.bool ?? true
        session.show(answer) {
            let tools = release["tool_count"]?.integer.map { " with \(Wording.count($0, "tool"))" } ?? ""
            let verdicts = Wording.verdicts(release["verdicts"]).map { " What changed: \($0)." } ?? ""
            return isLive
                ? "Published release \(number) of \(toolset)\(tools). It is live.\(verdicts)"
                : "Made release \(number) of \(toolset)\(tools). It is not live.\(verdicts)"
        }
        if !isLive {
            session.hint("To make it live: \(session.command("activate", toolset, String(number)))")
        } else if let previous = release["base_release"]?.integer {
            session.hint("To undo: \(session.command("rollback", toolset, String(previous))) -m REASON")
        }
    }

    /// The same command, to be repeated with more acknowledgements.
    private var retry: [String] {
        var words = ["publish", toolset, "-m", notes]
        if let label { words += ["--label", label] }
        if createsOnly { words.append("--create-only") }
        return words + reviewed.words
    }
}

/// What somebody has seen of what goes live.
struct ReviewedOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "The fingerprint of a change that is taken knowingly; may be repeated.",
            valueName: "fingerprint"
        )
    )
    var acknowledge: [String] = []

    @Option(
        help: ArgumentHelp("The digest of the review that was seen; refused if another is due.", valueName: "digest")
    )
    var reviewed: String?

    @Flag(name: .customLong("lift-hold"), help: "Lift the hold of a rollback; not for automations.")
    var liftsHold = false

    var fields: JSONObject {
        var fields: JSONObject = [:]
        if !acknowledge.isEmpty { fields["acknowledge"] = JSONValue(acknowledge) }
        fields["review_digest"] = reviewed.map(JSONValue.string)
        if liftsHold { fields["lift_hold"] = true }
        return fields
    }

    /// The options as they are written.
    var words: [String] {
        acknowledge.flatMap { ["--acknowledge", $0] } + (reviewed.map { ["--reviewed", $0] } ?? [])
            + (liftsHold ? ["--lift-hold"] : [])
    }
}

extension Session {
    /// Runs what may be refused for changes that nobody acknowledged; shows those, and the command that takes them.
    func takingKnowingly(_ words: [String], _ work: () async throws -> JSONValue) async throws -> JSONValue {
        do {
            return try await work()
        } catch let refusal as Refusal where refusal.code == "unacknowledged" {
            let changes = refusal.body["changes"]
            show(refusal.body) { "\(refusal.sentence.printable)\n\n\(ChangesText(changes).text(on: console))" }
            let fingerprints = changes?.array?.compactMap { $0["fingerprint"]?.string } ?? []
            let more = fingerprints.flatMap { ["--acknowledge", $0] }
            hint("To take \(fingerprints.count == 1 ? "it" : "them") knowingly: \(command(words + more))")
            throw ExitCode(2)
        }
    }
}
