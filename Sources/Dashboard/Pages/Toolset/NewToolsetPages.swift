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
        let sources = try await visit.call("sources.list").body["sources"]?.array ?? []
        let environments = try await visit.all("environments.list", "environments")
        let page = NewToolsetPage(
            sources: sources,
            environments: environments,
            visit: visit,
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
    /// Whether somebody uploaded a document.
    let hasSources: Bool
    let hasTools: Bool

    init(
        sources: [JSONValue],
        environments: [JSONValue],
        visit: Visit,
        problem: Problem? = nil
    ) {
        let project = visit.project
        let typed = problem == nil ? nil : visit.form
        let chosen = visit.query.text("source")
        toolsetsAddress = Address.section(.toolsets, in: project)
        address = "\(toolsetsAddress)/new"
        sourcesAddress = Address.section(.sources, in: project)
        let own = sources.filter { !BuiltInSource.isBuiltIn($0) }.compactMap { $0["slug"]?.string }
        hasSources = !own.isEmpty
        name = FormField(
            "name",
            "Name",
            value: typed?["name"] ?? chosen ?? "",
            hint: "What people read.",
            problem: problem
        )
        slug = .shortName(of: typed ?? .empty, from: ("name", "name"), problem: problem)
        description = FormField(
            "description",
            "Description",
            value: typed?["description"] ?? "",
            hint: "What the server is for, for people and clients.",
            isRequired: false,
            problem: problem
        )
        let choices = own.reversed().flatMap { Self.choices(of: $0, called: $0) }
        // People make a toolset of what they uploaded, rarely of the server's own calls.
        let builtIn = BuiltInSource(in: sources).map {
            Self.choices(of: $0.slug, called: BuiltInSource.label($0.slug))
        }
        let asked = chosen.flatMap { slug in
            (choices + (builtIn ?? [])).map(\.value).first { $0 == "all:\(slug)" }
        }
        tools = FormSelect(
            "tools",
            "Tools",
            choices + [("", "None yet")] + (builtIn ?? []),
            chosen: typed?["tools"] ?? asked ?? choices.first?.value ?? "",
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
        hasTools = !choices.isEmpty || builtIn != nil
        let isBeside = [name, slug, description].contains { !$0.error.isEmpty }
        fault = isBeside ? "" : problem?.pageMessage ?? ""
    }

    private static func choices(of source: String, called label: String) -> [(value: String, label: String)] {
        [("all:\(source)", "All tools of \(label)"), ("some:\(source)", "Some tools of \(label): choose next")]
    }
}
