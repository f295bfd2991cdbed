import Accounts
import Foundation
import HTTPTypes
import JSON
import ManagementAPI
import Projects
import Vocabulary

/// The history of a toolset: its releases, each of them, and any two compared.
struct ReleasePages: PageController {
    private static let toolset = "/projects/{project}/toolsets/{toolset}"

    var routes: [PageRoute] {
        [
            .get("\(Self.toolset)/releases", list), .get("\(Self.toolset)/releases/{number}", show),
            .get("\(Self.toolset)/releases/{number}/export", export),
            .post("\(Self.toolset)/releases/{number}/label", scope: .publisher, setLabel),
            .get("\(Self.toolset)/compare", compare),
        ]
    }

    private func list(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let page = ReleaseTimelinePage(
            place,
            try await ReleaseHistory(visit, place),
            query: visit.query,
            actor: visit.caller.actor.name
        )
        return .page("Releases of \(page.header.name)", page, by: "releases/list", in: .toolsets)
    }

    private func show(_ visit: Visit) async throws -> PageAnswer { try await page(visit) }

    private func page(
        _ visit: Visit,
        problem: Problem? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let number = try visit.releaseNumber
        let details = try await visit.call(
            "toolsets.getReleaseDetails",
            ["slug": .string(place.slug), "number": JSONValue(number)]
        )
        let release = details.body["release"] ?? .null
        let page = ReleasePage(
            place,
            release,
            deployment: try await deployment(of: release, visit),
            try await ReleaseHistory(visit, place),
            query: visit.query,
            words: try await visit.ruleWords,
            typedLabel: visit.form["label"],
            problem: problem
        )
        let title = "Release \(number) of \(page.header.name)"
        return .page(title, page, by: "releases/show", in: .toolsets, status: status)
    }

    /// The number of the deployment that a release stays on; none where it has no tools of a source.
    private func deployment(of release: JSONValue, _ visit: Visit) async throws -> Int? {
        guard let id = release["deployment_id"]?.string else { return nil }
        return try await visit.call("deployments.get", ["id": .string(id)]).body["deployment"]?["seq"]?.integer
    }

    private func export(_ visit: Visit) async throws -> PageAnswer {
        let number = try visit.releaseNumber
        let answer = try await visit.call(
            "toolsets.exportRelease",
            [
                "slug": .string(visit["toolset"]), "number": JSONValue(number),
                "documents": .bool(visit.query.has("documents")),
            ]
        )
        let bytes = try (answer.body["export"] ?? .null).canonicalBytes + [UInt8(ascii: "\n")]
        return .download(bytes, name: "\(visit["toolset"])-release-\(number).json", type: "application/json")
    }

    private func setLabel(_ visit: Visit) async throws -> PageAnswer {
        let number = try visit.releaseNumber
        let label = visit.form.text("label")
        do {
            _ = try await visit.call(
                "toolsets.setReleaseLabel",
                ["slug": .string(visit["toolset"]), "number": JSONValue(number), "label": JSONValue(label)]
            )
        } catch let problem as Problem where [.nameTaken, .invalid].contains(problem.code) {
            return try await page(visit, problem: problem, status: HTTPResponse.Status(code: problem.code.httpStatus))
        }
        let text = label.map { "Release \(number) is labelled \($0)." } ?? "Release \(number) has no label."
        return .redirect(
            to: Address.toolset(visit["toolset"], "releases/\(number)", in: visit.project),
            Notice(text: text)
        )
    }

    private func compare(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let history = try await ReleaseHistory(visit, place)
        let sides = CompareSides(visit.query, place, history)
        var comparison: JSONValue?
        var fault: String?
        do {
            comparison = try await visit.call(
                "toolsets.compareReleases",
                ["slug": .string(place.slug), "from": .string(sides.from), "to": .string(sides.to)]
            ).body["comparison"]
        } catch let problem as Problem where [.redacted, .notFound, .invalid, .wrongMode].contains(problem.code) {
            fault = problem.pageMessage
        }
        let page = ComparePage(place, history, sides: sides, comparison: comparison, fault: fault)
        return .page("Compare \(page.header.name)", page, by: "releases/compare", in: .toolsets)
    }
}

extension Visit {
    /// The number of the release that the address names.
    var releaseNumber: Int {
        get throws {
            guard let number = Int(self["number"]), number > 0 else {
                throw Problem(
                    .notFound,
                    "There is no release \"\(self["number"].prefix(40))\"; releases have numbers from 1."
                )
            }
            return number
        }
    }
}
