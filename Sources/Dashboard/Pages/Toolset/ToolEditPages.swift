import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// One tool of a toolset: seeing and editing what it says.
struct ToolEditPages: PageController {
    private static let base = "/projects/{project}/toolsets/{toolset}/tools"

    var routes: [PageRoute] {
        [
            .get("\(Self.base)/edit", show),
            .post("\(Self.base)/edit", scope: .producer, save),
            .post(
                "\(Self.base)/use-original",
                scope: .producer,
                page: "\(Self.base)/edit",
                useOriginal
            ),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        guard visit.query.has("urn") else { return .redirect(to: place.address(), nil) }
        let answer = try await visit.tool(visit.query["urn"] ?? "", in: place)
        return page(ToolEditPage(answer, place: place, back: ToolQuery(back: visit.query)))
    }

    private func save(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let before = try await visit.tool(visit.form["urn"] ?? "", in: place)
        let changes = ToolEdit(tool: before["tool"] ?? .null).changes(visit.form)
        guard !changes.isEmpty else { return done(visit, place, Notice(text: "Nothing was changed.")) }
        return try await write(changes, before: before, place: place, visit: visit)
    }

    /// Takes one override off, or all of them.
    private func useOriginal(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let before = try await visit.tool(visit.form["urn"] ?? "", in: place)
        guard let field = visit.form.text("field") else {
            return try await write(nil, before: before, place: place, visit: visit)
        }
        let changes = ToolEdit(tool: before["tool"] ?? .null).withoutOverride(of: field)
        return try await write(changes, before: before, place: place, visit: visit)
    }

    /// Writes overrides, or takes all of them off where there are none to write.
    private func write(
        _ changes: JSONObject?,
        before: JSONObject,
        place: ToolsetPlace,
        visit: Visit
    ) async throws -> PageAnswer {
        let tool = before["tool"] ?? .null
        var input = changes ?? [:]
        input["toolset_slug"] = .string(place.slug)
        input["tool_urn"] = tool["urn"] ?? .null
        do {
            let call = changes == nil ? "variations.delete" : "variations.upsert"
            _ = try await visit.call(call, input, etag: visit.form.text("etag"))
        } catch let problem as Problem {
            let page = ToolEditPage(
                before,
                place: place,
                back: ToolQuery(back: visit.form),
                typed: changes == nil ? nil : visit.form,
                problem: problem
            )
            return self.page(page, status: HTTPResponse.Status(code: problem.code.httpStatus))
        }
        let after = try await visit.tool(tool["urn"]?.string ?? "", in: place)["tool"]
        return done(visit, place, place.edited(Self.sentence(tool, after ?? .null)))
    }

    /// `searchBooks is saved and costs about 180 tokens, 32 fewer than before.`
    private static func sentence(_ before: JSONValue, _ after: JSONValue) -> String {
        let name = after["name"]?.string ?? ""
        let (was, now) = (before["tokens"]?.integer ?? 0, after["tokens"]?.integer ?? 0)
        guard was != now else { return "\(name) is saved." }
        let difference = was < now ? "\(Count.number(now - was)) more" : "\(Count.number(was - now)) fewer"
        return "\(name) is saved and costs about \(Count.of(now, "token")), \(difference) than before."
    }

    private func done(_ visit: Visit, _ place: ToolsetPlace, _ notice: Notice) -> PageAnswer {
        let back = ToolQuery(back: visit.form).text(view: place.view)
        return .redirect(to: Address.toolset(place.slug, in: place.project) + back, notice)
    }

    private func page(_ page: ToolEditPage, status: HTTPResponse.Status = .ok) -> PageAnswer {
        .page("\(page.name) · \(page.header.name)", page, by: "toolset/edit-tool", in: .toolsets, status: status)
    }
}

extension Visit {
    /// `toolsets.getTool` of the side that is looked at.
    fileprivate func tool(_ urn: String, in place: ToolsetPlace) async throws -> JSONObject {
        var input: JSONObject = ["slug": .string(place.slug), "urn": .string(urn)]
        if let view = place.view { input["view"] = .string(view) }
        return try await call("toolsets.getTool", input).body
    }
}
