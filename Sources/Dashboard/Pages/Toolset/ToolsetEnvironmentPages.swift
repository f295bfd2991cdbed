import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The tab Environment of a toolset: what its calls use, and what is missing.
struct ToolsetEnvironmentPages: PageController {
    private static let path = "/projects/{project}/toolsets/{toolset}/environment"

    var routes: [PageRoute] {
        [.get(Self.path, show), .post(Self.path, scope: .producer, choose)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit)
    }

    private func choose(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var input: JSONObject = ["slug": .string(place.slug)]
        for name in ["default_environment_slug", "staging_environment_slug"] where visit.form.has(name) {
            input[name] = JSONValue(visit.form.text(name))
        }
        do {
            _ = try await visit.call("toolsets.update", input, etag: visit.form.text("etag"))
        } catch let problem as Problem {
            return try await page(visit, problem: problem)
        }
        return .redirect(to: place.address("environment"), Notice(text: "Saved. Calls use it from now on."))
    }

    private func page(_ visit: Visit, problem: Problem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var input: JSONObject = ["slug": .string(place.slug)]
        if let view = place.view { input["view"] = .string(view) }
        let page = ToolsetEnvironmentPage(
            try await visit.call("toolsets.listVariables", input).body,
            environments: try await visit.all("environments.list", "environments"),
            place: place,
            problem: problem
        )
        return .page(
            "Environment · \(place.name)",
            page,
            by: "toolset/environment",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

/// The variables that the tools of a side need, with where each comes from.
struct ToolsetEnvironmentPage: Sendable {
    struct Variable: Sendable {
        let name: String
        let state: String
        let kind: String
        /// Redacted where it is a secret; empty where there is none.
        let value: String
        let tools: String
    }

    let header: ToolsetHeader
    let fault: String
    let address: String
    let etag: String
    let mayEdit: Bool
    let usual: FormSelect
    let staging: FormSelect?
    let usualName: String
    let stagingName: String
    let environmentAddress: String
    let environmentName: String
    let environmentsAddress: String
    /// The form of a new environment, with rows for what this toolset needs.
    let newEnvironmentAddress: String
    let hasEnvironments: Bool
    let variables: [Variable]
    let hasVariables: Bool
    let missing: String

    init(_ answer: JSONObject, environments: [JSONValue], place: ToolsetPlace, problem: Problem? = nil) {
        header = ToolsetHeader(place, page: .environment)
        fault = problem?.pageMessage ?? ""
        address = Address.toolset(place.slug, "environment", in: place.project)
        etag = place.etag
        mayEdit = place.mayEdit
        environmentsAddress = Address.section(.environments, in: place.project)
        newEnvironmentAddress = "\(environmentsAddress)/~new?toolset=\(place.slug)"
        hasEnvironments = !environments.isEmpty
        let names = environments.map { ($0["slug"]?.string ?? "", $0["name"]?.string ?? $0["slug"]?.string ?? "") }
        let chosen = place.toolset["default_environment_slug"]?.string ?? ""
        let chosenForStaging = place.toolset["staging_environment_slug"]?.string ?? ""
        usual = FormSelect(
            "default_environment_slug",
            "Environment",
            [("", "None")] + names,
            chosen: chosen,
            hint: "Its variables and secrets are used by every call, in every release.",
            problem: problem
        )
        staging =
            place.isStagingMode
            ? FormSelect(
                "staging_environment_slug",
                "Environment of staging",
                [("", "The same")] + names,
                chosen: chosenForStaging,
                hint: "For calls at the staging address; a test account, for example.",
                problem: problem
            ) : nil
        usualName = names.first { $0.0 == chosen }?.1 ?? "None"
        stagingName = names.first { $0.0 == chosenForStaging }?.1 ?? "The same"
        let slug = answer["environment_slug"]?.string ?? ""
        environmentName = names.first { $0.0 == slug }?.1 ?? slug
        environmentAddress = slug.isEmpty ? "" : "\(environmentsAddress)/\(slug)"
        let entries = environments.first { $0["slug"]?.string == slug }?["entries"]?.array ?? []
        variables = (answer["variables"]?.array ?? []).map { Variable($0, entries: entries) }
        hasVariables = !variables.isEmpty
        let count = variables.filter { $0.state == "Missing" }.count
        missing = count == 0 ? "" : count == 1 ? "One variable is missing" : "\(count) variables are missing"
    }
}

extension ToolsetEnvironmentPage.Variable {
    fileprivate init(_ variable: JSONValue, entries: [JSONValue]) {
        let name = variable["name"]?.string ?? ""
        self.name = name
        value = entries.first { $0["name"]?.string == name }?["value"]?.string ?? ""
        (state, kind) =
            switch variable["state"]?.string {
            case "supplied": ("Set", "safe")
            case "brought": ("Brought by callers", "safe")
            case "spared": ("Not needed: another way to authorize is set", "")
            default: ("Missing", "warning")
            }
        let tools = variable["tools"]?.array?.compactMap(\.string) ?? []
        let some = tools.prefix(3).joined(separator: ", ")
        self.tools = tools.count > 3 ? "\(some) and \(tools.count - 3) more" : some
    }
}
