import Accounts
import JSON
import ManagementAPI
import Projects
import Releases
import Tools
import Vocabulary

/// `toolsets.listVariables`
struct VariableCalls: CallService {
    let toolsets: any ToolsetStore
    let environments: any EnvironmentStore

    var handlers: [String: CallHandler] { ["toolsets.listVariables": list] }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        let slug = try request.input.slug("slug")
        let project = try request.projectID
        let view = request.input.text("view").flatMap { Toolset.View(rawValue: $0) }
        guard let found = try await toolsets.content(slug, view: view, in: project) else {
            throw Problem.notFound("toolset", slug, list: "toolsets.list")
        }
        let settings = found.toolset.settings
        let staged = found.toolset.view == .staging ? settings.stagingEnvironment : nil
        let environment = staged ?? settings.defaultEnvironment
        var names: [String] = []
        if let environment {
            names = try await environments.environment(environment, in: project)?.entries.map(\.name) ?? []
        }
        let brought = Set(settings.callerVariables)
        let missing = Set(found.content.missingVariables(having: Set(names).union(brought)).map(\.name))
        let variables = found.content.missingVariables(having: []).map { variable -> JSONValue in
            let state =
                if names.contains(variable.name) {
                    "supplied"
                } else if brought.contains(variable.name) {
                    "brought"
                } else {
                    missing.contains(variable.name) ? "missing" : "spared"
                }
            return [
                "name": .string(variable.name), "state": .string(state), "tools": JSONValue(variable.tools),
            ]
        }
        return CallAnswer(["variables": .array(variables), "environment_slug": JSONValue(environment?.text)])
    }
}
