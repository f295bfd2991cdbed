import JSON
import Vocabulary

/// The changes of a review in their three groups, of which a part is shown at a time.
struct ReviewedGroups: Sendable {
    struct Group: Sendable {
        let id: String
        let title: String
        let changes: [JSONValue]
    }

    /// A part of all groups.
    struct Paged: Sendable {
        /// By the position of the group.
        let subjects: [[ChangedSubject]]
        /// Fingerprints of the changes that are shown.
        let shown: Set<String>
        let page: Int
        let count: Int
        /// How many tools there are, and how many stand before those that are shown.
        let total: Int
        let start: Int

        /// `26 to 50 of 490`; empty where all are shown.
        var range: String {
            let end = start + subjects.reduce(0) { $0 + $1.count }
            return count > 1
                ? "\(Count.number(start + 1)) to \(Count.number(end)) of \(Count.number(total)) tools and texts" : ""
        }
    }

    let groups: [Group]
    /// The changes that publishing makes; what live gained is not among them.
    let all: [JSONValue]

    /// How many tools stand on a page.
    private static let pageSize = 25

    init(_ review: JSONValue) {
        let yours = review["yours"]?.array ?? []
        let project = review["project"]?.array ?? []
        groups = [
            Group(id: "yours", title: "Your changes", changes: yours),
            Group(id: "project", title: "Project changes", changes: project),
            Group(id: "merged", title: "Gained by live, not merged yet", changes: review["merged"]?.array ?? []),
        ]
        all = yours + project
    }

    /// How many changes publishing makes, and of whom.
    var total: String {
        let (yours, project) = (groups[0].changes.count, groups[1].changes.count)
        let total = Count.changes(all.count)
        if yours == 0, project > 0 { return "\(total) of the project" }
        return project == 0
            ? total : "\(total): \(Count.number(yours)) of this toolset, \(Count.number(project)) of the project"
    }

    func marks(
        _ review: JSONValue,
        form: PublishForm,
        outcome: ReviewOutcome?,
        isAsked: Bool,
        now: Timestamp
    ) -> ChangeMarks {
        var marks = ChangeMarks()
        let back = review["brings_back"]?.array ?? []
        // What comes back is asked for, also where the rules tell nothing of it.
        let known = Set((all + back).compactMap { $0["fingerprint"]?.string })
        marks.toAcknowledge = Set(review["acknowledge"]?.array?.compactMap(\.string) ?? [])
        marks.ticked = form.ticked.intersection(known)
        marks.reasons = form.reasons
        marks.missing = outcome?.missing ?? []
        marks.seen = outcome.map(\.moved.isEmpty) == false ? form.seen : nil
        marks.isAsked = isAsked
        for change in back {
            guard let fingerprint = change["fingerprint"]?.string, let event = change["rolled_back"] else { continue }
            let when = Moment(event["at"]?.string, now: now)?.relative ?? ""
            let reason = event["reason"]?.string.map { $0.isEmpty ? "" : ": “\($0)”" } ?? ""
            marks.broughtBack[fingerprint] =
                "\(ActorName.text(event["actor"])) took it back \(when), by the rollback \(event["from"]?.integer ?? 0) → \(event["to"]?.integer ?? 0)\(reason)."
        }
        if isAsked { marks.takeTogether(back, told: Set(all.compactMap { $0["fingerprint"]?.string })) }
        return marks
    }

    /// The part of those that match the filter. Where ticks are missing, the first part that has one is shown, so that nobody
    /// looks for it.
    func paged(_ form: PublishForm, marks: ChangeMarks, definitions: String) -> Paged {
        let paged = part(form.page, of: lists(form.filter, marks: marks, definitions: definitions))
        guard !marks.missing.isEmpty, marks.missing.isDisjoint(with: paged.shown) else { return paged }
        let lists = lists(.none, marks: marks, definitions: definitions)
        let position = lists.joined().enumerated().first { _, subject in
            subject.changes.contains { $0.box?.isMissing == true }
        }?.offset
        return position.map { part($0 / Self.pageSize + 1, of: lists) } ?? paged
    }

    private func lists(_ filter: ReviewFilter, marks: ChangeMarks, definitions: String) -> [[ChangedSubject]] {
        groups.map { group in
            var own = marks
            if group.id == "merged" { own.toAcknowledge = [] }
            return ChangeList(
                filter.isOn ? group.changes.filter(filter.includes) : group.changes,
                prefix: group.id,
                definitions: group.id == "merged" ? "" : definitions,
                marks: own
            ).subjects
        }
    }

    private func part(_ wanted: Int, of lists: [[ChangedSubject]]) -> Paged {
        let total = lists.reduce(0) { $0 + $1.count }
        let count = max(1, (total + Self.pageSize - 1) / Self.pageSize)
        let page = min(wanted, count)
        var skipped = (page - 1) * Self.pageSize
        var room = Self.pageSize
        let subjects = lists.map { list in
            let part = list.dropFirst(skipped).prefix(room)
            skipped = max(0, skipped - list.count)
            room -= part.count
            return Array(part)
        }
        let shown = Set(subjects.joined().flatMap(\.changes).compactMap { $0.box?.fingerprint })
        return Paged(
            subjects: subjects,
            shown: shown,
            page: page,
            count: count,
            total: total,
            start: (page - 1) * Self.pageSize
        )
    }
}

extension ReviewedGroups.Group {
    /// Where the group's changes come from.
    func explanation(_ deployments: ReviewedDeploymentPair, live: Int?) -> String {
        switch id {
        case "yours": return "Edits of this toolset."
        case "merged":
            return
                "What live gained since the release that staging is based on. It is not part of what you publish until it is merged."
        default:
            guard !deployments.isSame, let old = deployments.live, let new = deployments.staging else {
                return "Prompts, resources and variations of the project that staging follows and live does not."
            }
            return "Staging follows deployment \(new); live stays on deployment \(old) until you publish."
        }
    }
}

/// What moved between the review that somebody saw and this one.
struct ReviewMovement: Sendable {
    let sentence: String
    /// `2 changes are new, 1 is gone. Your notes and ticks are kept.`
    let difference: String

    init?(_ outcome: ReviewOutcome, seen: Set<String>?, now changes: [JSONValue]) {
        guard !outcome.moved.isEmpty else { return nil }
        sentence = outcome.moved
        let known = Set(changes.compactMap { $0["fingerprint"]?.string })
        let new = known.subtracting(seen ?? known).count
        let gone = (seen ?? known).subtracting(known).count
        let parts = [
            new > 0 ? "\(Count.of(new, "change")) \(new == 1 ? "is" : "are") new" : "",
            gone > 0 ? "\(Count.of(gone, "change")) \(gone == 1 ? "is" : "are") gone" : "",
        ].filter { !$0.isEmpty }
        let what = parts.isEmpty ? "The changes are the same" : parts.joined(separator: ", ")
        difference =
            outcome.problem.code == .nothingToPublish
            ? "Nothing was published." : "\(what). Your notes and ticks are kept; nothing was published."
    }
}

/// What was looked at before anything goes live, in one strip.
struct CheckStrip: Sendable {
    struct Check: Sendable {
        let message: String
        let isFailed: Bool
        let details: [Line]
        let hasDetails: Bool
        /// Those that are folded.
        let rest: [Line]
        /// `and 432 more`; empty where all are told.
        let more: String
    }

    struct Line: Sendable {
        let text: String
    }

    let failed: [Check]
    let warnings: [Check]
    let passed: [Check]
    /// `8 checks passed`
    let passedTitle: String
    let broughtBack: String

    init(_ checks: [JSONValue], broughtBack count: Int = 0) {
        func found(_ status: String) -> [Check] {
            checks.filter { $0["status"]?.string == status }.map { check in
                Check(check, isFailed: status == "failed")
            }
        }
        failed = found("failed")
        warnings = found("warning")
        passed = found("ok")
        passedTitle = "\(Count.of(passed.count, "check")) passed"
        broughtBack = count == 0 ? "" : "Brings back \(Count.of(count, "change")) that a rollback took back"
    }
}

extension CheckStrip.Check {
    /// How many details are told before the rest is folded.
    private static let told = 5

    init(_ check: JSONValue, isFailed: Bool) {
        message = check["message"]?.string ?? ""
        self.isFailed = isFailed
        let all = (check["details"]?.array ?? []).map { detail in
            let text = detail.string ?? ""
            return CheckStrip.Line(text: text.hasPrefix("tools:") && !text.contains(" ") ? ToolName.of(text) : text)
        }
        details = Array(all.prefix(Self.told))
        hasDetails = !all.isEmpty
        rest = Array(all.dropFirst(Self.told))
        more = rest.isEmpty ? "" : "and \(Count.number(rest.count)) more"
    }
}

/// What of the project staging follows, and the buttons that leave its changes out.
struct StagingPins: Sendable {
    /// A button that sends one field to `pin`.
    struct Choice: Sendable {
        let name: String
        let value: String
        let label: String
    }

    let address: String
    let etag: String
    let state: String
    let choices: [Choice]
    let mayEdit: Bool

    init(_ place: ToolsetPlace, _ deployments: ReviewedDeploymentPair, changes: [JSONValue]) {
        address = Address.toolset(place.slug, "pin", in: place.project)
        etag = place.toolset["etag"]?.string ?? ""
        mayEdit = place.mayEdit
        let staging = place.toolset["staging"]
        let subjects = changes.compactMap { $0["subject"]?.string }
        let isListed = subjects.contains { $0.hasPrefix("tools:prompt:") || $0.hasPrefix("resources:") }
        let hasTools = subjects.contains { $0.hasPrefix("tools:") && !$0.hasPrefix("tools:prompt:") }
        var choices: [Choice] = []
        var states: [String] = []
        if let pinned = staging?["pinned_deployment_seq"]?.integer {
            states.append("Staging stays on deployment \(pinned).")
            choices.append(Choice(name: "deployment_id", value: "", label: "Follow the active deployment"))
        } else if !deployments.isSame, let live = deployments.live {
            choices.append(
                Choice(name: "deployment_id", value: deployments.liveID, label: "Stay on deployment \(live)")
            )
        }
        if staging?["pins_prompts"]?.bool == true {
            states.append("Staging stays on the prompts and resources of an earlier state.")
            choices.append(Choice(name: "prompts", value: "newest", label: "Follow prompts and resources"))
        } else if isListed {
            choices.append(Choice(name: "prompts", value: "live", label: "Stay on live’s prompts and resources"))
        }
        if hasTools {
            choices.append(
                Choice(name: "variations", value: "live", label: "Hold the project’s variations as live has them")
            )
        }
        state = states.joined(separator: " ")
        self.choices = choices
    }

    /// Whether staging stays on something of the project.
    static func isPinned(_ place: ToolsetPlace) -> Bool {
        let staging = place.toolset["staging"]
        return staging?["pinned_deployment_seq"]?.integer != nil || staging?["pins_prompts"]?.bool == true
    }
}
