import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The tab Tools of a toolset.
struct ToolsetToolsPages: PageController {
    private static let base = "/projects/{project}/toolsets/{toolset}"

    var routes: [PageRoute] {
        [
            .get(Self.base, show),
            .post("\(Self.base)/tools/remove", scope: .producer, remove),
            .post("\(Self.base)/undo-last-change", scope: .producer, undo),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit, ToolQuery(visit.query))
    }

    /// Takes one tool, or those that were ticked, out of the toolset.
    private func remove(_ visit: Visit) async throws -> PageAnswer {
        let query = ToolQuery(back: visit.form)
        let place = try await visit.toolsetPlace()
        let urns = Set(visit.form.has("only") ? visit.form.all("only") : visit.form.all("urn"))
        guard !urns.isEmpty else {
            return try await page(visit, query, problem: Problem(.invalid, "Tick the tools that you want to remove."))
        }
        let kept = (place.toolset["tool_urns"]?.array ?? []).filter { !urns.contains($0.string ?? "") }
        do {
            _ = try await visit.call(
                "toolsets.update",
                ["slug": .string(place.slug), "tool_urns": .array(kept)],
                etag: visit.form.text("etag")
            )
        } catch let problem as Problem {
            return try await page(visit, query, problem: problem)
        }
        let count = Count.of(urns.count, "tool")
        return .redirect(
            to: Address.toolset(place.slug, in: place.project) + query.text(view: place.view),
            place.edited("\(count) removed.")
        )
    }

    private func undo(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit["toolset"]
        let address = Address.toolset(slug, in: visit.project)
        do {
            _ = try await visit.call("toolsets.undoLastChange", ["slug": .string(slug)])
        } catch let problem as Problem {
            return .redirect(to: address, Notice(kind: .warning, text: problem.pageMessage))
        }
        let again = Notice.Action(label: "Undo the change before", address: "\(address)/undo-last-change")
        return .redirect(
            to: address,
            Notice(text: "The last change is undone, and live is as before it.", action: again)
        )
    }

    private func page(_ visit: Visit, _ query: ToolQuery, problem: Problem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let answer = try await visit.call("toolsets.listTools", query.input(place)).body
        let matching = answer["matching"]?.integer ?? 0
        if problem == nil, query.page > 1, matching > 0, answer["tools"]?.array?.isEmpty == true {
            // Tools were taken out since the address was made: the last page is what is left of it.
            let last = (matching + Pager.size - 1) / Pager.size
            return .redirect(
                to: Address.toolset(place.slug, in: place.project) + query.text(view: place.view, page: last),
                nil
            )
        }
        return .page(
            place.name,
            ToolsetToolsPage(
                answer,
                place: place,
                query: query,
                hasUndo: try await visit.canUndo(place),
                fault: problem?.pageMessage ?? ""
            ),
            by: "toolset/tools",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

extension Visit {
    /// Whether an edit can be undone: in iteration mode, where a state before the newest is kept.
    func canUndo(_ place: ToolsetPlace) async throws -> Bool {
        guard place.isEditable, !place.isStagingMode else { return false }
        let input: JSONObject = ["slug": .string(place.slug), "limit": 50]
        let checkpoints = try await call("toolsets.listCheckpoints", input).body["checkpoints"]?.array ?? []
        return checkpoints.filter { $0["undone"]?.bool == false }.count > 1
    }
}

extension ToolsetPlace {
    var name: String { toolset["name"]?.string ?? slug }
    var etag: String { toolset["etag"]?.string ?? "" }

    /// What the page after an edit says: what was done, and who sees it. In iteration mode it can be undone at once.
    func edited(_ what: String) -> Notice {
        guard !isStagingMode else {
            return Notice(text: "\(what) This waits in staging; live stays until you publish.")
        }
        let undo = "\(Address.toolset(slug, in: project))/undo-last-change"
        return Notice(
            text: "\(what) It is live now.",
            action: Notice.Action(label: "Undo last change", address: undo)
        )
    }
}
