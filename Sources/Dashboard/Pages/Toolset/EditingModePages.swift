import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Switching between iteration mode and staging mode.
struct EditingModePages: PageController {
    private static let path = "/projects/{project}/toolsets/{toolset}/editing-mode"

    var routes: [PageRoute] {
        [.get(Self.path, scope: .publisher, show), .post(Self.path, scope: .publisher, change)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        guard place.isStagingMode else { return page(EditingModePage(place)) }
        // Without a digest the call only tells what would change.
        return page(try await difference(place, visit: visit))
    }

    private func change(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let mode = visit.form["mode"] == "staging" ? "staging" : "iteration"
        var input: JSONObject = ["slug": .string(place.slug), "mode": .string(mode)]
        if let digest = visit.form.text("confirm_digest") { input["confirm_digest"] = .string(digest) }
        do {
            // The digest covers what the etag does, and lets the page show what else has moved.
            let etag = mode == "staging" ? visit.form.text("etag") : nil
            let toolset = try await visit.call("toolsets.switchEditingMode", input, etag: etag).body["toolset"]
            let live = toolset?["current_release"]?["number"]?.integer ?? 0
            let text =
                mode == "staging"
                ? "Staging mode is on. Release \(live) is live; edits wait in staging until you publish."
                : "Iteration mode is on. Every edit is live at once."
            return .redirect(to: Address.toolset(place.slug, in: place.project), Notice(text: text))
        } catch let problem as Problem {
            let status = HTTPResponse.Status(code: problem.code.httpStatus)
            guard problem.code != .confirmRequired || !place.isStagingMode else {
                let fault = "What would change is no longer what you saw. Look at it again. Nothing was switched."
                return page(EditingModePage(place, difference: problem, fault: fault), status: status)
            }
            return page(EditingModePage(place, fault: problem.pageMessage), status: status)
        }
    }

    private func difference(_ place: ToolsetPlace, visit: Visit) async throws -> EditingModePage {
        do {
            _ = try await visit.call(
                "toolsets.switchEditingMode",
                ["slug": .string(place.slug), "mode": "iteration"]
            )
            return EditingModePage(place)
        } catch let problem as Problem where problem.code == .confirmRequired {
            return EditingModePage(place, difference: problem)
        } catch let problem as Problem where problem.code != .notFound {
            return EditingModePage(place, fault: problem.pageMessage)
        }
    }

    private func page(_ page: EditingModePage, status: HTTPResponse.Status = .ok) -> PageAnswer {
        .page("\(page.title) · \(page.header.name)", page, by: "toolset/editing-mode", in: .toolsets, status: status)
    }
}

/// What a switch of the editing mode means for a toolset.
struct EditingModePage: Sendable {
    let header: ToolsetHeader
    let title: String
    let fault: String
    let address: String
    let backAddress: String
    let etag: String
    let isToStaging: Bool
    let canSwitch: Bool
    let release: String
    let digest: String
    /// None where callers see no difference.
    let list: ChangeList?
    let more: String

    /// How many tools and texts are told of.
    private static let told = 60

    /// `difference` is what the way back to iteration mode was refused with.
    init(_ place: ToolsetPlace, difference: Problem? = nil, fault: String = "") {
        self.fault = fault
        address = Address.toolset(place.slug, "editing-mode", in: place.project)
        backAddress = place.address()
        etag = place.etag
        isToStaging = !place.isStagingMode
        title = isToStaging ? "Switch to staging mode" : "Switch to iteration mode"
        header = ToolsetHeader(place, page: nil, trail: [("Settings", "settings"), (title, "")])
        release = place.toolset["current_release"]?["number"]?.integer.map(String.init) ?? ""
        digest = difference?.text("confirm_digest") ?? ""
        canSwitch = isToStaging || !digest.isEmpty
        let told = ChangeList(difference?.json("changes")?.array ?? [], prefix: "mode")
        list = told.isEmpty ? nil : told.first(Self.told)
        let left = told.subjects.count - Self.told
        more = left > 0 ? "and \(Count.of(left, "more tool or text", plural: "more tools and texts"))" : ""
    }
}
