import Accounts
import Foundation
import JSON
import Vocabulary

/// Everything about one release.
struct ReleasePage: Sendable {
    struct Item: Sendable {
        let name: String
        let urn: String
        let digest: String
        /// What callers of this release get of it.
        let address: String
    }

    struct Fact: Sendable {
        let name: String
        let value: String
    }

    struct Acknowledgement: Sendable {
        let rule: String
        /// What the rule means.
        let words: String
        /// The name of the tool, prompt or resource.
        let subject: String
        let actor: String
        let when: Moment?
    }

    let header: ToolsetHeader
    let address: String
    let number: Int
    let label: String
    let state: String
    let isLive: Bool
    let actor: String
    let when: Moment?
    /// None where nobody wrote any.
    let notes: ReleaseNotes?
    let counts: VerdictCounts?
    let base: String
    let redaction: String
    let actions: ReleaseActions
    let facts: [Fact]
    let digest: String
    let search: String
    let tools: [Item]
    let toolsTitle: String
    let more: String
    let prompts: [Item]
    let resources: [Item]
    let pins: [Fact]
    let acknowledgements: [Acknowledgement]
    let hasAcknowledgements: Bool
    let events: [ReleaseTimelinePage.EventRow]
    let labelField: FormField
    let mayPublish: Bool

    /// How many tools stand on a page.
    private static let pageSize = 50

    init(
        _ place: ToolsetPlace,
        _ release: JSONValue,
        deployment: Int?,
        _ history: ReleaseHistory,
        query: FormFields = .empty,
        words: RuleWords = RuleWords(),
        typedLabel: String? = nil,
        problem: Problem? = nil,
        now: Timestamp = .now()
    ) {
        let number = release["number"]?.integer ?? 0
        self.number = number
        header = ToolsetHeader(
            place,
            page: .releases,
            trail: [("Releases", "releases"), ("Release \(number)", "")],
            now: now
        )
        address = Address.toolset(place.slug, "releases/\(number)", in: place.project)
        label = release["label"]?.string ?? ""
        state = history.state(of: release)
        isLive = number == history.live
        actor = ActorName.text(release["released_by"])
        when = Moment(release["created_at"]?.string, now: now)
        let written = ReleaseNotes(release["notes"]?.string ?? "")
        notes = written.blocks.isEmpty ? nil : written
        counts = VerdictCounts(release["verdicts"])
        base = release["base_release"]?.integer.map { "release \($0)" } ?? ""
        redaction = Self.redaction(release["redaction"], now: now)
        actions = ReleaseActions(release, place, history)
        digest = release["digest"]?.string ?? ""
        facts = Self.facts(release)
        let text = query.text("q") ?? ""
        search = text
        let all = Self.items(release["tools"], of: number, place).filter { tool in
            text.isEmpty || tool.name.localizedCaseInsensitiveContains(text)
                || tool.urn.localizedCaseInsensitiveContains(text)
        }
        let shown = Self.pageSize * max(1, query.position("page") ?? 1)
        tools = Array(all.prefix(shown))
        toolsTitle = Count.of(release["tool_count"]?.integer ?? 0, "tool")
        more = all.count > shown ? "\(address)?page=\(shown / Self.pageSize + 1)#tools" : ""
        prompts = Self.items(release["prompts"], of: number, place)
        resources = Self.items(release["resources"], of: number, place)
        pins = Self.pins(release["pins"], deployment: deployment)
        acknowledgements = (release["acknowledgements"]?.array ?? []).map {
            Acknowledgement($0, words: words, now: now)
        }
        hasAcknowledgements = !acknowledgements.isEmpty
        events = history.activations.filter {
            $0["release"]?.integer == number || $0["previous_release"]?.integer == number
        }.map { ReleaseTimelinePage.EventRow($0, now: now) }
        labelField = FormField(
            "label",
            "Label",
            value: typedLabel ?? label,
            hint: "1 to 60 letters, digits, and . _ + -; empty takes it away.",
            isRequired: false,
            problem: problem?.aboutLabel
        )
        mayPublish = place.mayPublish
    }

    private static func redaction(_ redaction: JSONValue?, now: Timestamp) -> String {
        guard let redaction, redaction.object != nil else { return "" }
        let when = Moment(redaction["at"]?.string, now: now)?.relative ?? ""
        return
            "\(ActorName.text(redaction["actor"])) took something out of this release \(when): “\(redaction["reason"]?.string ?? "")”. It cannot be made live."
    }

    private static func facts(_ release: JSONValue) -> [Fact] {
        var facts: [Fact] = []
        if let tokens = release["tokens"]?.integer {
            facts.append(Fact(name: "Tool list", value: "about \(Count.of(tokens, "token"))"))
        }
        let variables = release["required_variables"]?.array?.compactMap(\.string) ?? []
        facts.append(
            Fact(name: "Needs variables", value: variables.isEmpty ? "none" : variables.joined(separator: ", "))
        )
        return facts
    }

    private static func items(_ list: JSONValue?, of release: Int, _ place: ToolsetPlace) -> [Item] {
        (list?.array ?? []).map { item in
            let name = item["name"]?.string ?? ""
            let urn = item["urn"]?.string ?? ""
            let subject = urn.isEmpty ? "tools:prompt:\(name)" : urn
            return Item(
                name: name,
                urn: urn,
                digest: String((item["digest"]?.string ?? "").prefix(12)),
                address: ReleaseItemPage.address(of: subject, release: release, place)
            )
        }
    }

    private static func pins(_ pins: JSONValue?, deployment: Int?) -> [Fact] {
        var facts = [
            ("Deployment", deployment.map(String.init)),
            ("Tool list, version", pins?["toolset_version"]?.integer.map(String.init)),
            ("Name and texts, version", pins?["metadata_version"]?.integer.map(String.init)),
            ("Project’s variations, version", pins?["global_variations_version"]?.integer.map(String.init)),
            ("Own variations, version", pins?["own_variations_version"]?.integer.map(String.init)),
        ].compactMap { name, value in value.map { Fact(name: name, value: $0) } }
        for prompt in pins?["prompts"]?.array ?? [] {
            let version = prompt["version"]?.integer ?? 0
            facts.append(Fact(name: "Prompt \(prompt["name"]?.string ?? "")", value: "version \(version)"))
        }
        for resource in pins?["resources"]?.array ?? [] {
            let version = resource["version"]?.integer ?? 0
            facts.append(Fact(name: resource["urn"]?.string ?? "", value: "version \(version)"))
        }
        return facts
    }
}

extension ReleasePage.Acknowledgement {
    init(_ acknowledgement: JSONValue, words: RuleWords, now: Timestamp) {
        rule = acknowledgement["rule"]?.string ?? ""
        self.words = words[rule]
        subject = ToolName.of(acknowledgement["subject"]?.string ?? "")
        actor = ActorName.text(acknowledgement["actor"])
        when = Moment(acknowledgement["at"]?.string, now: now)
    }
}
