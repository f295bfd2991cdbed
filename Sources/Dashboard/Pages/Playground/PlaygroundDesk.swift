import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// What the playground works with while it answers one request.
struct PlaygroundDesk: Sendable {
    let visit: Visit
    let place: ToolsetPlace
    let side: PlaygroundSide
    let hasChat: Bool
    private(set) var releases: [JSONValue] = []
    private(set) var tools: [JSONValue] = []
    private(set) var nextTools: String?
    private(set) var prompts: [JSONValue] = []
    /// `instances.getTool` of the one that was chosen.
    private(set) var tool: JSONValue?
    var given = GivenArguments()
    var isJSON = false
    private(set) var results: [PlaygroundResult] = []
    private(set) var messages: [JSONValue] = []
    private(set) var promptErrors: [String: String] = [:]
    private(set) var fault = ""
    /// The variables without which calls on the chosen side fail, where one failed.
    private(set) var missingVariables: [String] = []

    /// How many tools are listed at once.
    private static let listedTools = 50

    init(visit: Visit, place: ToolsetPlace, hasChat: Bool) {
        self.hasChat = hasChat
        self.visit = visit
        self.place = place
        side = PlaygroundSide(visit.query, place: place)
    }

    private var toolset: JSONObject { ["toolset_slug": .string(place.slug)] }

    private func fields(_ side: PlaygroundSide, _ more: JSONObject = [:]) -> JSONObject {
        var fields = toolset
        for (name, value) in side.fields { fields[name] = value }
        for (name, value) in more { fields[name] = value }
        return fields
    }

    /// Reads what the side serves. Where it serves nothing the page says why.
    mutating func load() async throws {
        if place.isStagingMode {
            releases =
                try await visit.call("toolsets.listReleases", ["slug": .string(place.slug), "limit": 50]).body[
                    "releases"
                ]?
                .array ?? []
        }
        var list = fields(side, ["limit": JSONValue(Self.listedTools)])
        if let query = visit.query.text("q") { list["q"] = .string(String(query.prefix(200))) }
        if let cursor = visit.query.text("cursor") { list["cursor"] = .string(cursor) }
        do {
            let answer = try await visit.call("instances.listTools", list).body
            tools = answer["tools"]?.array ?? []
            nextTools = answer["next_cursor"]?.string
            prompts = try await visit.call("instances.listPrompts", fields(side)).body["prompts"]?.array ?? []
            if let name = visit.query.text("tool") {
                tool = try await visit.call("instances.getTool", fields(side, ["tool": .string(name)])).body["tool"]
            }
        } catch let problem as Problem where problem.code == .notFound || problem.code == .invalid {
            fault = problem.pageMessage
        }
    }

    /// Calls the chosen tool with what was given, on each of the sides.
    mutating func call(on sides: [PlaygroundSide]) async throws {
        let name = tool?["name"]?.string ?? ""
        for side in sides {
            let request = fields(side, ["tool": .string(name), "arguments": .object(given.value)])
            do {
                let answer = try await visit.call("instances.invokeTool", request).body
                results.append(PlaygroundResult(answer, of: name, with: given.value, on: side))
                for error in answer["call"]?["errors"]?.array ?? [] where sides.count == 1 {
                    let (place, sentence) = ArgumentFault.told(error)
                    given.errors[place] = sentence
                }
            } catch let problem as Problem {
                results.append(PlaygroundResult(problem, of: name, with: given.value, on: side))
            }
        }
    }

    /// Finds out whether a call may have failed for want of variables that the chosen tool needs.
    mutating func findMissingVariables() async throws {
        guard given.errors.isEmpty, results.contains(where: { !$0.isGood && $0.request == nil }) else { return }
        let view = side.isStaging ? "staging" : "live"
        var input: JSONObject = ["slug": .string(place.slug)]
        if place.isStagingMode { input["view"] = .string(view) }
        let variables = try await visit.call("toolsets.listVariables", input).body["variables"]?.array ?? []
        let name = tool?["name"]
        missingVariables = variables.filter { variable in
            variable["state"]?.string == "missing" && variable["tools"]?.array?.contains { $0 == name } == true
        }.compactMap { $0["name"]?.string }
        guard !missingVariables.isEmpty, let urn = tool?["urn"]?.string else { return }
        var which: JSONObject = ["slug": .string(place.slug), "urn": .string(urn)]
        if place.isStagingMode { which["view"] = .string(view) }
        // A release may have had a tool that neither side has any more.
        guard let call = try? await visit.call("toolsets.getTool", which).body["tool"]?["call"] else { return }
        missingVariables = NeededVariables.told(missingVariables, security: call["security"])
    }

    /// Gets the messages of the chosen prompt; tells whether its arguments would do.
    mutating func renderPrompt() async throws -> Bool {
        let name = visit.query.text("prompt") ?? ""
        var arguments: JSONObject = [:]
        for field in visit.form.under("p:") where !field.value.isEmpty { arguments[field.name] = .string(field.value) }
        do {
            messages =
                try await visit.call(
                    "instances.getPrompt",
                    fields(side, ["prompt": .string(name), "arguments": .object(arguments)])
                ).body["messages"]?.array ?? []
            return true
        } catch let problem as Problem {
            for error in problem.errors {
                promptErrors[String(error.pointer.dropFirst("/arguments/".count))] = error.message
            }
            if promptErrors.isEmpty { fault = problem.pageMessage }
            return false
        }
    }

    func page(status: HTTPResponse.Status = .ok) -> PageAnswer {
        .page(
            "Playground · \(place.toolset["name"]?.string ?? place.slug)",
            PlaygroundPage(self),
            by: "playground/page",
            in: .toolsets,
            status: status
        )
    }
}
