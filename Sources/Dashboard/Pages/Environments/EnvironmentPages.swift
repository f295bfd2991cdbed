import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Environments: the variables and secrets that tools call with.
struct EnvironmentPages: PageController {
    private static let path = "/projects/{project}/environments"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .get("\(Self.path)/~new", scope: .producer, new),
            .post("\(Self.path)/~new", scope: .producer, create), .get("\(Self.path)/{environment}", show),
            .post("\(Self.path)/{environment}", scope: .producer, update),
            .post("\(Self.path)/{environment}/clone", scope: .producer, clone),
            .get("\(Self.path)/{environment}/delete", scope: .producer, confirmDeletion),
            .post("\(Self.path)/{environment}/delete", scope: .producer, delete),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        let environments = try await visit.all("environments.list", "environments")
        let toolsets = try await visit.all("toolsets.list", "toolsets")
        let page = EnvironmentListPage(environments, toolsets: toolsets, visit: visit)
        return .page("Environments", page, by: "environment/list", in: .environments)
    }

    private func new(_ visit: Visit) async throws -> PageAnswer {
        try await newPage(visit)
    }

    private func newPage(_ visit: Visit, _ problem: Problem? = nil) async throws -> PageAnswer {
        let page = NewEnvironmentPage(
            visit,
            toolsets: try await visit.all("toolsets.list", "toolsets"),
            needs: try await needs(visit),
            problem: problem
        )
        let status = problem?.pageStatus ?? .ok
        return .page("New environment", page, by: "environment/new", in: .environments, status: status)
    }

    private func create(_ visit: Visit) async throws -> PageAnswer {
        guard !visit.form.has(EntryField.addButton) else { return try await newPage(visit) }
        do {
            let name = visit.form.text("name")
            let slug = try ShortName.text(of: visit.form, from: name)
            var input: JSONObject = ["slug": .string(slug), "entries": .array(EntryFields(visit.form).set)]
            input["name"] = .string(name ?? slug)
            _ = try await visit.call("environments.create", input)
            if let toolset = visit.query.text("toolset") {
                let notice = await use(slug, for: toolset, visit)
                return .redirect(to: Address.toolset(toolset, "environment", in: visit.project), notice)
            }
            let notice = Notice(text: "The environment \(slug) is there. Toolsets choose it in their tab Environment.")
            return .redirect(to: address(slug, visit), notice)
        } catch let problem as Problem where problem.isAboutInput {
            return try await newPage(visit, problem)
        }
    }

    /// Lets the toolset call with a new environment that was made for it, where the form says so.
    private func use(_ slug: String, for toolset: String, _ visit: Visit) async -> Notice {
        guard visit.form.has(NewEnvironmentPage.useField) else {
            return Notice(text: "The environment \(slug) is there. Choose it here, so that calls use it.")
        }
        do {
            let input: JSONObject = ["slug": .string(toolset), "default_environment_slug": .string(slug)]
            _ = try await visit.call("toolsets.update", input)
            return Notice(text: "The environment \(slug) is there, and calls of this toolset use it.")
        } catch {
            let reason = (error as? Problem)?.pageMessage ?? "The server’s log tells why."
            let text = "The environment \(slug) is there; calls of this toolset do not use it. \(reason)"
            return Notice(kind: .warning, text: text)
        }
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let page = try await page(visit)
        return .page(page.heading, page, by: "environment/show", in: .environments)
    }

    private func update(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["environment"]
        let fields = EntryFields(visit.form)
        guard !visit.form.has(EntryField.addButton) else { return try await show(visit) }
        do {
            try fields.check()
            if visit.form["name"] != nil, visit.form.text("name") == nil {
                throw ShortName.problem("name", "Give the environment a name.")
            }
            var input: JSONObject = [
                "slug": .string(slug), "entries": .array(fields.set), "remove": JSONValue(fields.removed),
            ]
            if let name = visit.form.text("name") { input["name"] = .string(name) }
            _ = try await visit.call("environments.update", input, etag: visit.form.text("etag"))
            let text = fields.sentence.map { "\($0) It acts at once, in every release." } ?? "Saved."
            let back = Address.query(address(slug, visit), ["toolset": visit.query.text("toolset") ?? ""])
            return .redirect(to: back, Notice(text: text))
        } catch let problem as Problem where problem.isAboutInput {
            let page = try await page(visit, problem)
            return .page(page.heading, page, by: "environment/show", in: .environments, status: problem.pageStatus)
        }
    }

    private func clone(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["environment"]
        do {
            let name = visit.form.text("new_name")
            let new = try ShortName.text(of: visit.form, field: "new_slug", from: name)
            var input: JSONObject = ["slug": .string(slug), "new_slug": .string(new)]
            if let name { input["name"] = .string(name) }
            if visit.form.has("include_secrets") { input["include_secrets"] = true }
            let left = try await visit.call("environments.clone", input).body["left_out"]?.array?.compactMap(\.string)
            let secrets = left?.isEmpty == false ? " Its secrets stayed behind; set \(left.orEmpty) here." : ""
            let notice = Notice(
                kind: secrets.isEmpty ? .done : .warning,
                text: "\(new) has the variables of \(slug).\(secrets)"
            )
            return .redirect(to: address(new, visit), notice)
        } catch let problem as Problem where problem.isAboutInput {
            let page = try await page(visit, problem)
            return .page(page.heading, page, by: "environment/show", in: .environments, status: problem.pageStatus)
        }
    }

    private func confirmDeletion(_ visit: Visit) async throws -> PageAnswer {
        .page("Delete environment", try await deletion(visit), by: "confirm", in: .environments)
    }

    private func delete(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["environment"]
        do {
            _ = try await visit.call("environments.delete", ["slug": .string(slug)], etag: visit.form.text("etag"))
            let list = Address.section(.environments, in: visit.project)
            return .redirect(to: list, Notice(text: "The environment \(slug) is deleted."))
        } catch let problem as Problem where problem.isAboutInput {
            var page = try await deletion(visit)
            page.fault = problem.pageMessage
            return .page("Delete environment", page, by: "confirm", in: .environments, status: problem.pageStatus)
        }
    }

    private func deletion(_ visit: Visit) async throws -> ConfirmPage {
        let slug = visit["environment"]
        let environment = try await visit.call("environments.get", ["slug": .string(slug)])
        let toolsets = try await visit.all("toolsets.list", "toolsets")
        let users = EnvironmentUse.all(of: slug, in: toolsets, project: visit.project)
        let count = environment.body["environment"]?["entries"]?.array?.count ?? 0
        let lost =
            switch count {
            case 0: "It has no variables."
            case 1: "Its variable and its value are gone for good."
            default: "Its \(count) variables and their values are gone for good."
            }
        let sentence =
            users.isEmpty
            ? "No toolset calls with it."
            : "These toolsets call with it, so it cannot be deleted before they have another:"
        return ConfirmPage(
            title: "Delete the environment \(slug)",
            sentences: [lost, sentence],
            names: users.map(\.name),
            button: "Delete environment \(slug)",
            action: "\(address(slug, visit))/delete",
            back: address(slug, visit),
            etag: environment.etag ?? "",
            isBarred: !users.isEmpty
        )
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> EnvironmentPage {
        let slug = JSONValue.string(visit["environment"])
        let environment = try await visit.call("environments.get", ["slug": slug]).body["environment"] ?? .null
        let toolsets = try await visit.all("toolsets.list", "toolsets")
        let needs = try await needs(visit)
        return EnvironmentPage(environment, toolsets: toolsets, needs: needs, visit: visit, problem: problem)
    }

    /// What the toolset needs that the query names.
    private func needs(_ visit: Visit) async throws -> ToolsetNeeds? {
        guard let slug = visit.query.text("toolset") else { return nil }
        let answer = try await visit.call("toolsets.listVariables", ["slug": .string(slug)])
        return ToolsetNeeds(slug, answer.body)
    }

    private func address(_ slug: String, _ visit: Visit) -> String {
        Address.page(slug, of: .environments, in: visit.project)
    }
}

extension [String]? {
    fileprivate var orEmpty: String { (self ?? []).joined(separator: ", ") }
}

extension Problem {
    /// Whether the page with the form should say it, with what was typed kept; not what stands in the way of the page itself.
    var isAboutInput: Bool {
        switch code {
        case .notFound, .insufficientScope, .unauthorized, .unexpected, .forbidden: false
        default: true
        }
    }
}
