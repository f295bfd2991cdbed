import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The change rules of a toolset, a sentence each, with the level that each has there.
struct ChangeRulePages: PageController {
    private static let path = "/projects/{project}/toolsets/{toolset}/settings/rules"

    var routes: [PageRoute] {
        [.get(Self.path, show), .post(Self.path, scope: .publisher, save)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit)
    }

    /// Sends what differs from what is set: a page shows some of the rules, and the others stay.
    private func save(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let own = place.toolset["change_rules"]?["rules"]
        var rules = JSONObject()
        for (rule, level) in visit.form.under(ChangeRulePage.field) where level != own?[rule]?.string ?? "" {
            rules[rule] = level.isEmpty ? .null : .string(level)
        }
        guard !rules.isEmpty else {
            return .redirect(to: visit.address, Notice(text: "Every rule has this level already."))
        }
        do {
            _ = try await visit.call("toolsets.setChangeRules", ["slug": .string(place.slug), "rules": .object(rules)])
        } catch let problem as Problem {
            return try await page(visit, problem)
        }
        let text = "\(Count.of(rules.count, "rule")) saved. The next review goes by it."
        return .redirect(to: visit.address, Notice(text: text))
    }

    private func page(_ visit: Visit, _ problem: Problem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let rules = try await visit.call("toolsets.listChangeRules").body["change_rules"]?.array ?? []
        let page = ChangeRulePage(rules, place: place, visit: visit, problem: problem)
        return .page(
            "Change rules · \(place.name)",
            page,
            by: "toolset/change-rules",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.code.httpStatus) } ?? .ok
        )
    }
}

/// Some of the change rules, found by words, by what they are about, and by their level.
struct ChangeRulePage: Sendable {
    struct Rule: Sendable {
        let id: String
        let sentence: String
        /// `Breaking`, where the toolset says nothing else.
        let usual: String
        let name: String
        let options: [FormOption]
        /// Whether the toolset has a level of its own for it.
        let isOwn: Bool
        /// The level that it has, in a word.
        let level: String
    }

    struct Group: Sendable {
        let title: String
        let rules: [Rule]
    }

    let header: ToolsetHeader
    let settingsAddress: String
    let address: String
    let filters: Filters
    let groups: [Group]
    let summary: String
    let isEmpty: Bool
    let pager: Pager
    let mayPublish: Bool
    let fault: String

    /// What the fields of the form begin with.
    static let field = "rule:"
    /// The levels, the worst first.
    static let levels = [("breaking", "Breaking"), ("risky", "Risky"), ("safe", "Safe"), ("off", "Off")]

    init(_ rules: [JSONValue], place: ToolsetPlace, visit: Visit, problem: Problem? = nil) {
        header = ToolsetHeader(place, page: .settings)
        settingsAddress = "\(place.address("settings"))#change-rules"
        let base = Address.toolset(place.slug, "settings/rules", in: place.project)
        let query = Query(visit.query)
        let own = place.toolset["change_rules"]?["rules"]
        let matching = rules.filter { query.includes($0, own: own?[$0["id"]?.string ?? ""]?.string) }
        let pager = Pager(page: visit.query.position("page") ?? 1, total: matching.count) {
            base + query.text(page: $0)
        }
        self.pager = pager
        address = base + query.text(page: visit.query.position("page") ?? 1)
        groups = Self.groups(Array(matching.dropFirst(pager.start).prefix(Pager.size)), own: own, typed: visit.form)
        isEmpty = matching.isEmpty
        let ownCount = own?.object?.count ?? 0
        let counted = "\(Count.of(ownCount, "rule")) with a level of \(ownCount == 1 ? "its" : "their") own"
        summary = "\(Count.number(matching.count)) of \(Count.of(rules.count, "rule")) · \(counted)"
        filters = query.filters(base, abouts: Self.abouts(rules))
        mayPublish = place.mayPublish
        fault = problem?.pageMessage ?? ""
    }

    private static func abouts(_ rules: [JSONValue]) -> [String] {
        rules.reduce(into: []) { abouts, rule in
            let about = rule["about"]?.string ?? ""
            if !abouts.contains(about) { abouts.append(about) }
        }
    }

    private static func groups(_ rules: [JSONValue], own: JSONValue?, typed: FormFields) -> [Group] {
        abouts(rules).map { about in
            let same = rules.filter { $0["about"]?.string == about }
            return Group(title: about, rules: same.map { Rule($0, own: own, typed: typed) })
        }
    }

    /// What somebody looks for.
    private struct Query {
        let q: String
        let about: String
        let level: String

        init(_ query: FormFields) {
            q = String((query.text("q") ?? "").prefix(200))
            about = query.text("about") ?? ""
            level = query.text("level") ?? ""
        }

        func text(page: Int) -> String {
            AddressQuery([("q", q), ("about", about), ("level", level), ("page", page > 1 ? String(page) : nil)]).text
        }

        func includes(_ rule: JSONValue, own: String?) -> Bool {
            if !about.isEmpty, rule["about"]?.string != about { return false }
            if level == "own", own == nil { return false }
            if !level.isEmpty, level != "own", (own ?? rule["level"]?.string) != level { return false }
            let texts = ["meaning", "about", "id"].map { (rule[$0]?.string ?? "").lowercased() }
            return q.lowercased().split(whereSeparator: \.isWhitespace).allSatisfy { word in
                texts.contains { $0.contains(word) }
            }
        }

        func filters(_ address: String, abouts: [String]) -> Filters {
            Filters(
                address: address,
                view: nil,
                q: q,
                placeholder: "Words of a rule: argument gone",
                selects: [
                    FormSelect("about", "About", [("", "Everything")] + abouts.map { ($0, $0) }, chosen: about),
                    FormSelect(
                        "level",
                        "Level",
                        [("", "Any"), ("own", "Its own")] + ChangeRulePage.levels,
                        chosen: level
                    ),
                ]
            )
        }
    }
}

extension ChangeRulePage.Rule {
    init(_ rule: JSONValue, own: JSONValue?, typed: FormFields) {
        id = rule["id"]?.string ?? ""
        sentence = RuleWords.plain(rule["meaning"]?.string ?? "")
        name = "\(ChangeRulePage.field)\(id)"
        usual = Self.word(rule["level"]?.string)
        let set = own?[id]?.string
        isOwn = set != nil
        level = Self.word(set ?? rule["level"]?.string)
        let chosen = typed[name] ?? set ?? ""
        options = ([("", "As the profile says")] + ChangeRulePage.levels).map {
            FormOption(value: $0.0, label: $0.1, isChosen: $0.0 == chosen)
        }
    }

    private static func word(_ level: String?) -> String {
        ChangeRulePage.levels.first { $0.0 == level }?.1 ?? ""
    }
}
