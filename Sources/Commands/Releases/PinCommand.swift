import ArgumentParser
import JSON

/// Which state of the project staging shows.
enum ProjectStateArgument: String, ExpressibleByArgument, CaseIterable {
    case live, newest
}

/// `slipway pin`.
struct PinCommand: ManagementCommand {
    static let configuration = CommandConfiguration(
        commandName: "pin",
        abstract: "Makes staging stay on a deployment, so that newer ones are left out of what is published.",
        discussion: """
            --prompts live and --variations live leave out what the project changed of prompts, resources and \
            variations since the live release. --follow lets staging follow the project again in all of it.
            """
    )

    @Argument(help: "The toolset.")
    var toolset: String

    @Argument(help: "The deployment to stay on, by its number.")
    var deployment: Int?

    @Flag(name: .customLong("follow"), help: "Follow the project again.")
    var follows = false

    @Option(help: "Stay on the prompts and resources of the live release, or follow the newest.")
    var prompts: ProjectStateArgument?

    @Option(help: "Hold the project's variations as the live release has them, or follow the newest.")
    var variations: ProjectStateArgument?

    @OptionGroup(title: "Server") var options: ServerOptions

    func validate() throws {
        if follows, deployment != nil { throw ValidationError("Give a deployment, or --follow, but not both.") }
        if !follows, deployment == nil, prompts == nil, variations == nil {
            throw ValidationError("Say what to stay on: a deployment, --prompts, --variations, or --follow.")
        }
    }

    func perform(in session: Session) async throws {
        var fields: JSONObject = ["slug": .string(toolset)]
        if follows {
            fields["deployment_id"] = .null
            fields["prompts"] = "newest"
            fields["variations"] = "newest"
        }
        if let deployment { fields["deployment_id"] = .string(try await id(of: deployment, on: session.client)) }
        if let prompts { fields["prompts"] = .string(prompts.rawValue) }
        if let variations { fields["variations"] = .string(variations.rawValue) }
        let answer = try await session.client.perform("toolsets.pinDeployment", fields)
        let after = ToolsetAnswer(answer["toolset"])
        session.show(answer) {
            "Staging of \(toolset) \(after.pinText ?? "follows the project"): \(after.stagingText ?? "not compared")."
        }
    }

    private func id(of number: Int, on client: ManagementClient) async throws -> String {
        let deployments = try await client.list("deployments.list", of: "deployments").items
        guard let id = deployments.first(where: { $0["seq"]?.integer == number })?["id"]?.string else {
            throw CommandFailure("the project has no deployment \(number).")
        }
        return id
    }
}

extension ToolsetAnswer {
    /// `stays on deployment 42`; nothing where staging follows the project.
    var pinText: String? {
        switch (pinnedDeployment, pinsPrompts) {
        case (let number?, true): "stays on deployment \(number) and on prompts of a release"
        case (let number?, false): "stays on deployment \(number)"
        case (nil, true): "stays on prompts of a release"
        case (nil, false): nil
        }
    }
}
