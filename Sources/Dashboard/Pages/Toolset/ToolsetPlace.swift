import Accounts
import JSON
import ManagementAPI
import Vocabulary

/// A toolset as somebody looks at it: which one, from which side, and what they may do there.
struct ToolsetPlace: Sendable {
    /// `toolsets.get` of that side.
    let toolset: JSONValue
    /// What wrote the last line of the activation log; none in iteration mode.
    let activation: JSONValue?
    let slug: String
    let project: Slug?
    let isStagingMode: Bool
    let isStagingView: Bool
    let mayEdit: Bool
    let mayPublish: Bool
    /// Whether the organization has staging; without it what is staged stays, and nothing is added to it.
    var isStagingOn = true

    /// Whether the side can be edited here: live in staging mode cannot.
    var isEditable: Bool { mayEdit && (!isStagingMode || isStagingView && isStagingOn) }
    /// For `?view=` of reads and links; none in iteration mode, which has one side.
    var view: String? { isStagingMode ? (isStagingView ? "staging" : "live") : nil }

    /// How many changes publishing staging makes, as the review tells them.
    var changeCount: Int { toolset["staging"]?["changes"]?.integer ?? 0 }

    /// Whether there is nothing to publish: neither for callers, nor for the record.
    var isInStep: Bool {
        let difference = toolset["staging"]?["difference"]?.object ?? [:]
        return changeCount == 0 && difference.allSatisfy { $0.value.array?.isEmpty ?? ($0.value.bool != true) }
    }

    /// Leads away from a page of staging where there is no staging: somebody switched the mode, or the address is an old one.
    var withoutStaging: PageAnswer {
        .redirect(
            to: address(),
            Notice(
                kind: .warning,
                text: "\(name) is in iteration mode: every edit is live at once, and nothing waits to be published."
            )
        )
    }

    /// A page of the toolset, seen from the same side.
    func address(_ page: String = "") -> String { Address.toolset(slug, page, view: view, in: project) }
}

extension Visit {
    /// The toolset that the address names, from the side that the query names; in staging mode from the staging side
    /// where it names none, since that is where people edit.
    func toolsetPlace(_ parameter: String = "toolset") async throws -> ToolsetPlace {
        let slug = self[parameter]
        // Without a view the answer is of the side that edits act on, which is what most pages are about.
        var input: JSONObject = ["slug": .string(slug)]
        if query["view"] == "live" { input["view"] = "live" }
        let toolset = try await call("toolsets.get", input).body["toolset"] ?? .null
        let isStagingMode = toolset["editing_mode"]?.string == "staging"
        let isStagingView = isStagingMode && query["view"] != "live"
        let log =
            isStagingMode
            ? try await call("toolsets.listActivations", ["slug": .string(slug), "limit": 1]).body["activations"]?.array
            : nil
        return ToolsetPlace(
            toolset: toolset,
            activation: log?.first,
            slug: slug,
            project: project,
            isStagingMode: isStagingMode,
            isStagingView: isStagingView,
            mayEdit: caller.allows(.producer),
            mayPublish: caller.allows(.publisher),
            isStagingOn: try await isStagingOn
        )
    }

    /// Whether the flag `toolset_staging` is on.
    var isStagingOn: Bool {
        get async throws {
            let features = try await call("features.list").body["features"]?.array ?? []
            return features.first { $0["name"]?.string == "toolset_staging" }?["on"]?.bool ?? true
        }
    }
}
