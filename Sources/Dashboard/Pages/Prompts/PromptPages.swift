import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Prompts of a project: templates with arguments that toolsets serve.
struct PromptPages: PageController {
    private static let path = "/projects/{project}/prompts"

    var routes: [PageRoute] {
        [
            .get(Self.path, list), .get("\(Self.path)/~new", scope: .producer, new),
            .post("\(Self.path)/~new", scope: .producer, create),
            .post("\(Self.path)/~preview", scope: .reader, preview), .get("\(Self.path)/{prompt}", show),
            .post("\(Self.path)/{prompt}", scope: .producer, update),
            .get("\(Self.path)/{prompt}/delete", scope: .producer, confirmDeletion),
            .post("\(Self.path)/{prompt}/delete", scope: .producer, delete),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        var input: JSONObject = ["limit": 50]
        if let cursor = visit.query.text("cursor") { input["cursor"] = .string(cursor) }
        let page = PromptListPage(try await visit.call("templates.list", input).body, visit: visit)
        return .page("Prompts", page, by: "prompt/list", in: .prompts)
    }

    private func new(_ visit: Visit) async throws -> PageAnswer {
        let example: JSONValue = [
            "name": "", "description": "", "prompt": "", "arguments": [],
        ]
        let page = PromptPage(PromptDraft(example), current: nil, history: [], visit: visit)
        return .page("New prompt", page, by: "prompt/show", in: .prompts)
    }

    private func create(_ visit: Visit) async throws -> PageAnswer {
        try await save(visit, current: nil)
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let current = try await current(visit)
        var draft = PromptDraft(current)
        if let version = visit.query.text("version") {
            let versions = try await history(visit)
            if let old = versions.first(where: { $0["version"]?.integer.map(String.init) == version }) {
                draft = PromptDraft(old)
            }
        }
        let page = PromptPage(
            draft,
            current: current,
            history: try await history(visit),
            preview: await PromptPreview(of: draft, by: visit),
            visit: visit
        )
        return .page(page.heading, page, by: "prompt/show", in: .prompts)
    }

    private func update(_ visit: Visit) async throws -> PageAnswer {
        try await save(visit, current: try await current(visit))
    }

    /// Writes what the form says; or only adds a row for an argument, or shows the preview, where the button says that.
    private func save(_ visit: Visit, current: JSONValue?) async throws -> PageAnswer {
        var draft = PromptDraft(visit.form)
        if let current { draft.name = current["name"]?.string ?? "" }
        let preview = await PromptPreview(of: draft, by: visit)
        if visit.form.has("add_argument") || visit.form.has("declare") {
            draft = draft.declaring(visit.form.has("declare") ? preview.undeclared : [""])
            return try await again(draft, current: current, visit)
        }
        if visit.form.has("preview") { return try await again(draft, current: current, visit) }
        do {
            guard preview.undeclared.isEmpty else {
                throw ShortName.problem(
                    "prompt",
                    "\(preview.warning) Declare \(preview.undeclared.count == 1 ? "it" : "them") below, or take \(preview.undeclared.count == 1 ? "it" : "them") out. Nothing was saved."
                )
            }
            let call = current == nil ? "templates.create" : "templates.update"
            let answer = try await visit.call(call, draft.input, etag: current == nil ? nil : visit.form.text("etag"))
            let version = answer.body["template"]?["version"]?.integer ?? 1
            let isSame = current?["version"]?.integer == version
            let sentence =
                isSame
                ? "Nothing differs, so it stays version \(version)."
                : version == 1
                    ? "The prompt \(draft.name) is there. Toolsets choose it in their tab Prompts."
                    : "Version \(version) of \(draft.name) is written: live in toolsets in iteration mode, waiting in staging of the others."
            return .redirect(to: Address.page(draft.name, of: .prompts, in: visit.project), Notice(text: sentence))
        } catch let problem as Problem where problem.isAboutInput {
            return try await again(draft, current: current, visit, problem)
        }
    }

    private func again(
        _ draft: PromptDraft,
        current: JSONValue?,
        _ visit: Visit,
        _ problem: Problem? = nil
    ) async throws -> PageAnswer {
        let page = PromptPage(
            draft,
            current: current,
            history: current == nil ? [] : try await history(visit),
            preview: await PromptPreview(of: draft, by: visit),
            visit: visit,
            problem: problem
        )
        let status = problem?.pageStatus ?? .ok
        return .page(page.heading, page, by: "prompt/show", in: .prompts, status: status)
    }

    /// What a script shows while somebody types.
    private func preview(_ visit: Visit) async throws -> PageAnswer {
        let preview = await PromptPreview(of: PromptDraft(visit.form), by: visit)
        let answer: JSONObject = [
            "text": .string(preview.text), "fault": .string(preview.fault), "warning": .string(preview.warning),
            "declare": .string(preview.declareLabel),
        ]
        return .json(answer, status: 200)
    }

    private func confirmDeletion(_ visit: Visit) async throws -> PageAnswer {
        .page("Delete prompt", try await deletion(visit), by: "confirm", in: .prompts)
    }

    private func delete(_ visit: Visit) async throws -> PageAnswer {
        let name = visit["prompt"]
        do {
            _ = try await visit.call("templates.delete", ["name": .string(name)], etag: visit.form.text("etag"))
            let list = Address.section(.prompts, in: visit.project)
            return .redirect(to: list, Notice(text: "The prompt \(name) is deleted. Its versions stay in the history."))
        } catch let problem as Problem where problem.isAboutInput {
            var page = try await deletion(visit)
            page.fault = problem.pageMessage
            return .page("Delete prompt", page, by: "confirm", in: .prompts, status: problem.pageStatus)
        }
    }

    private func deletion(_ visit: Visit) async throws -> ConfirmPage {
        let current = try await current(visit)
        let name = visit["prompt"]
        let own = Address.page(name, of: .prompts, in: visit.project)
        return ConfirmPage(
            title: "Delete the prompt \(name)",
            sentences: [
                "No toolset can choose it any more. Where a toolset or a release needs it, it cannot be deleted."
            ],
            button: "Delete prompt \(name)",
            action: "\(own)/delete",
            back: own,
            etag: current["etag"]?.string ?? ""
        )
    }

    private func current(_ visit: Visit) async throws -> JSONValue {
        try await visit.call("templates.get", ["name": .string(visit["prompt"])]).body["template"] ?? .null
    }

    private func history(_ visit: Visit) async throws -> [JSONValue] {
        let input: JSONObject = ["name": .string(visit["prompt"]), "limit": 50]
        return try await visit.call("templates.history", input).body["templates"]?.array ?? []
    }
}

/// The prompts of a project.
struct PromptListPage: Sendable {
    struct Item: Sendable {
        let name: String
        let address: String
        let description: String
        let arguments: String
        let version: Int
        let changed: Moment?
    }

    let prompts: [Item]
    let isEmpty: Bool
    let mayEdit: Bool
    let newAddress: String
    let more: String

    init(_ answer: JSONObject, visit: Visit, now: Timestamp = .now()) {
        let list = Address.section(.prompts, in: visit.project)
        prompts = (answer["templates"]?.array ?? []).map { prompt in
            let name = prompt["name"]?.string ?? ""
            return Item(
                name: name,
                address: Address.page(name, of: .prompts, in: visit.project),
                description: prompt["description"]?.string ?? "",
                arguments: (prompt["arguments"]?.array ?? []).compactMap { $0["name"]?.string }.joined(separator: ", "),
                version: prompt["version"]?.integer ?? 1,
                changed: Moment(prompt["created_at"]?.string, now: now)
            )
        }
        isEmpty = prompts.isEmpty && visit.query.text("cursor") == nil
        mayEdit = visit.caller.allows(.producer)
        newAddress = "\(list)/~new"
        more = answer["next_cursor"]?.string.map { Address.query(list, ["cursor": $0]) } ?? ""
    }
}
