import Foundation
import JSON
import ManagementAPI
import Vocabulary

/// One tool, prompt or resource on two sides of a toolset.
struct ItemComparisonPages: PageController {
    var routes: [PageRoute] { [.get("/projects/{project}/toolsets/{toolset}/compare/item", show)] }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let answer = try await visit.call(
            "toolsets.compareItem",
            [
                "slug": .string(place.slug), "from": .string(visit.query["from"] ?? "live"),
                "to": .string(visit.query["to"] ?? "staging"), "subject": .string(visit.query["subject"] ?? ""),
            ]
        )
        let page = ItemComparisonPage(
            place,
            answer.body["item"] ?? .null,
            sides: ComparedSides(from: visit.query["from"] ?? "live", to: visit.query["to"] ?? "staging")
        )
        return .page(page.title, page, by: "changes/item", in: .toolsets)
    }
}

/// The names of two sides that are compared.
struct ComparedSides: Sendable {
    let from: String
    let to: String

    /// - Parameters: Numbers of releases, `live` or `staging`.
    init(from: String, to: String) {
        self.from = Self.name(from)
        self.to = Self.name(to)
    }

    /// `live`, `staging`, `release 9`
    static func name(_ side: String) -> String { Int(side) == nil ? side : "release \(side)" }
}

/// What a model, a client and the upstream see of one item, before and after.
struct ItemComparisonPage: Sendable {
    /// One way to look at the item.
    struct Part: Sendable {
        let title: String
        let lines: LineDifference
        let isOpen: Bool
    }

    let header: ToolsetHeader
    let title: String
    let name: String
    let sides: ComparedSides
    /// `512 → 437 tokens`; empty where the item has none.
    let tokens: String
    /// That one side does not have it; empty where both do.
    let oneSided: String
    let parts: [Part]
    let back: String

    init(_ place: ToolsetPlace, _ item: JSONValue, sides: ComparedSides, now: Timestamp = .now()) {
        let (before, after) = (item["before"], item["after"])
        name = after?["name"]?.string ?? before?["name"]?.string ?? ""
        header = ToolsetHeader(place, page: nil, trail: [("Review", "review"), (name, "")], now: now)
        title = "\(name): \(sides.from) and \(sides.to)"
        self.sides = sides
        tokens = Self.tokens(before?["tokens"]?.integer, after?["tokens"]?.integer)
        oneSided =
            before?.object == nil
            ? "Only \(sides.to) has it." : after?.object == nil ? "Only \(sides.from) has it." : ""
        let isTool = before?["call"]?.object != nil || after?["call"]?.object != nil
        var parts: [(String, LineDifference)] = []
        if isTool {
            let texts = [before, after].map { $0?["definition"]?.object.map { ToolText($0).text } ?? "" }
            parts.append(("Definition as the model sees it", LineDifference(from: texts[0], to: texts[1])))
        }
        let json = [before, after].map { $0?["definition"]?.prettyText ?? "" }
        parts.append(("JSON", LineDifference(from: json[0], to: json[1])))
        if isTool {
            let calls = [before, after].map { $0?["call"]?.prettyText ?? "" }
            parts.append(("Upstream call", LineDifference(from: calls[0], to: calls[1])))
        }
        let firstDifferent = parts.firstIndex { !$0.1.isSame } ?? 0
        self.parts = parts.enumerated().map { position, part in
            let same = part.1.isSame ? " · the same on both sides" : ""
            return Part(title: part.0 + same, lines: part.1, isOpen: position == firstDifferent)
        }
        back = Address.toolset(place.slug, "review", in: place.project)
    }

    private static func tokens(_ before: Int?, _ after: Int?) -> String {
        switch (before, after) {
        case (let before?, let after?) where before == after: "About \(Count.of(after, "token")) on both sides"
        case (let before?, let after?): "About \(Count.number(before)) → \(Count.of(after, "token"))"
        case (let one?, nil), (nil, let one?): "About \(Count.of(one, "token"))"
        case (nil, nil): ""
        }
    }
}
