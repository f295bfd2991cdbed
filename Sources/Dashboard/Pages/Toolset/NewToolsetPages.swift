import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Making a toolset.
struct NewToolsetPages: PageController {
    private static let path = "/projects/{project}/toolsets/new"

    var routes: [PageRoute] {
        [.get(Self.path, scope: .producer, show), .post(Self.path, scope: .producer, create)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit)
    }

    private func create(_ visit: Visit) async throws -> PageAnswer {
        let name = visit.form.text("name") ?? ""
        let choice = visit.form.text("tools") ?? ""
        let slug: String
        do {
            guard !name.isEmpty else { throw ShortName.problem("name", "Give the toolset a name.") }
            slug = try ShortName.text(of: visit.form, from: name)
            guard slug != "new" else { throw ShortName.problem("slug", "That is an address of ours; choose another.") }
            var input: JSONObject = ["slug": .string(slug), "name": .string(name)]
            if let description = visit.form.text("description") { input["description"] = .string(description) }
            if let environment = visit.form.text("environment") {
                input["default_environment_slug"] = .string(environment)
            }
            if choice.hasPrefix("all:") {
                let source: JSONObject = ["source": .string(String(choice.dropFirst("all:".count)))]
                input["tool_urns"] = .array(try await visit.all("tools.list", "tools", source).compactMap { $0["urn"] })
            }
            _ = try await visit.call("toolsets.create", input)
        } catch let problem as Problem {
            return try await page(visit, problem: problem)
        }
        return .redirect(to: next(slug, choice, visit), Notice(text: "\(name) is made. Every edit is live at once."))
    }

    /// To the new toolset; to choosing its tools, where somebody wants to do that.
    private func next(_ slug: String, _ choice: String, _ visit: Visit) -> String {
        guard choice.hasPrefix("some:") else { return Address.toolset(slug, in: visit.project) }
        let query = AddressQuery([("source", String(choice.dropFirst("some:".count)))]).text
        return Address.toolset(slug, "tools/add", in: visit.project) + query
    }

    private func page(_ visit: Visit, problem: Problem? = nil) async throws -> PageAnswer {
        let deployment = try await visit.call("deployments.active").body["deployment"]
        let environments = try await visit.all("environments.list", "environments")
        let page = NewToolsetPage(
            sources: (deployment?["sources"]?.array ?? []).compactMap { $0["slug"]?.string },
            environments: environments,
            project: visit.project,
            typed: problem == nil ? nil : visit.form,
            problem: problem
        )
        return .page(
            "New toolset",
            page,
            by: "toolset/new",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

/// The form of a new toolset.
struct NewToolsetPage: Sendable {
    let address: String
    let toolsetsAddress: String
    let sourcesAddress: String
    let fault: String
    let name: FormField
    let slug: FormField
    let description: FormField
    let tools: FormSelect
    let environment: FormSelect?
    let hasSources: Bool

    init(
        sources: [String],
        environments: [JSONValue],
        project: Slug?,
        typed: FormFields? = nil,
        problem: Problem? = nil
    ) {
        toolsetsAddress = Address.section(.toolsets, in: project)
        address = "\(toolsetsAddress)/new"
        sourcesAddress = Address.section(.sources, in: project)
        hasSources = !sources.isEmpty
        name = FormField("name", "Name", value: typed?["name"] ?? "", hint: "What people read.", problem: problem)
        slug = .shortName(of: typed ?? .empty, from: ("name", "name"), problem: problem)
        description = FormField(
            "description",
            "Description",
            value: typed?["description"] ?? "",
            hint: "What the server is for, for people and clients.",
            isRequired: false,
            problem: problem
        )
        // People make a toolset of what they uploaded, rarely of the server's own calls.
        let own = Slug.slipway.text
        let sorted = sources.filter { $0 != own }.reversed() + sources.filter { $0 == own }
        let choices = sorted.flatMap { source in
            [("all:\(source)", "All tools of \(source)"), ("some:\(source)", "Some tools of \(source): choose next")]
        }
        tools = FormSelect(
            "tools",
            "Tools",
            choices + [("", "None yet")],
            chosen: typed?["tools"] ?? choices.first?.0 ?? "",
            hint: "You can add and remove tools at any time."
        )
        environment =
            environments.isEmpty
            ? nil
            : FormSelect(
                "environment",
                "Environment",
                [("", "None")] + environments.map { ($0["slug"]?.string ?? "", $0["name"]?.string ?? "") },
                chosen: typed?["environment"] ?? "",
                hint: "The variables and secrets that calls use."
            )
        let isBeside = [name, slug, description].contains { !$0.error.isEmpty }
        fault = isBeside ? "" : problem?.pageMessage ?? ""
    }
}
