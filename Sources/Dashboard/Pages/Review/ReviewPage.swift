import Accounts
import JSON
import Vocabulary

/// What changes for callers when staging goes live, and the form that publishes it.
struct ReviewPage: Sendable {
    /// Changes by where they come from.
    struct Group: Sendable {
        let id: String
        let title: String
        let explanation: String
        let counts: VerdictCounts
        /// Those of the part that is shown.
        let subjects: [ChangedSubject]
        let pins: StagingPins?
    }

    /// What the publish form asks for beside the boxes.
    struct Foot: Sendable {
        let number: Int
        let notes: String
        let label: FormField
        let suggestedLabel: String
        let createsOnly: Bool
        let liveNumber: String
        /// Why the button is off; empty where it is on.
        let isOffSince: String
        let boxCount: Int
        let openBoxes: String
        let stagingEtag: String
        let reviewDigest: String
        let activationSeq: Int
        let seen: String
        let page: Int
        /// Ticks and reasons of changes that stand on other pages.
        let kept: [KeptField]
    }

    struct KeptField: Sendable {
        let name: String
        let value: String
    }

    /// The parts beside the one that is shown; empty where there is none.
    struct Parts: Sendable {
        let range: String
        let previous: String
        let next: String
    }

    /// What another answer took the place of, and can be put back.
    struct Replaced: Sendable {
        let sentence: String
        let when: Moment?
        let button: String
        let address: String
    }

    let header: ToolsetHeader
    let address: String
    let compareAddress: String
    let isFirst: Bool
    let tools: [ReviewedTool]
    /// Those of a long list that are folded.
    let moreTools: [ReviewedTool]
    let moreToolsTitle: String
    let isEmpty: Bool
    let liveName: String
    /// `3 changes`; `5 changes: 3 of this toolset, 2 of the project`
    let total: String
    let counts: VerdictCounts
    let returning: [ReturningChanges]
    let hasReturning: Bool
    let tokens: String
    let checks: CheckStrip
    let moved: ReviewMovement?
    let fault: String
    let groups: [Group]
    let pages: [Parts]
    /// What a long review holds, and the fields that choose among it; none for a short one.
    let overview: ReviewOverview?
    let together: [ChangesTogether]
    let hasTogether: Bool
    let foot: Foot?
    let isReader: Bool
    let replaced: Replaced?
    let etag: String

    init(
        _ place: ToolsetPlace,
        _ review: JSONValue,
        deployments: ReviewedDeploymentPair,
        form: PublishForm,
        outcome: ReviewOutcome? = nil,
        words: RuleWords = RuleWords(),
        now: Timestamp = .now()
    ) {
        let changes = ReviewedGroups(review)
        let marks = changes.marks(review, form: form, outcome: outcome, isAsked: place.mayPublish, now: now)
        let paged = changes.paged(form, marks: marks, definitions: Self.definitions(place))
        header = ToolsetHeader(place, page: nil, isReview: true, trail: [("Review", "")], now: now)
        address = Address.toolset(place.slug, "review", in: place.project)
        let live = review["live_release"]?.integer
        compareAddress =
            Address.toolset(place.slug, "compare", in: place.project) + "?from=live&to=staging"
        isFirst = review["first"]?.bool == true
        let first = isFirst ? (place.toolset["tools"]?.array ?? []).map(ReviewedTool.init) : []
        tools = Array(first.prefix(ReviewedTool.told))
        moreTools = Array(first.dropFirst(ReviewedTool.told))
        moreToolsTitle = "and \(Count.of(moreTools.count, "more tool", plural: "more tools"))"
        isEmpty = !isFirst && place.isInStep && changes.all.isEmpty
        liveName = live.map { "release \($0)" } ?? "live"
        counts = VerdictCounts(of: changes.all)
        total = changes.total
        returning = marks.together
        hasReturning = !marks.together.isEmpty
        tokens = Self.tokens(review["tokens"])
        checks = CheckStrip(review["checks"]?.array ?? [], broughtBack: review["brings_back"]?.array?.count ?? 0)
        moved = outcome.flatMap { ReviewMovement($0, seen: form.seen, now: changes.all) }
        fault = moved.map { "\($0.sentence) \($0.difference)" } ?? outcome?.fault ?? ""
        groups = changes.groups.enumerated().compactMap { position, group in
            let isPinned = group.id == "project" && StagingPins.isPinned(place)
            guard !paged.subjects[position].isEmpty || isPinned else { return nil }
            return Group(
                id: group.id,
                title: group.title,
                explanation: group.explanation(deployments, live: live),
                counts: VerdictCounts(of: group.changes),
                subjects: paged.subjects[position],
                pins: group.id == "project" ? StagingPins(place, deployments, changes: group.changes) : nil
            )
        }
        pages = paged.range.isEmpty ? [] : [Parts(paged)]
        overview = ReviewOverview(changes, filter: form.filter, words: words)
        together = ChangesTogether.boxes(of: Array(paged.subjects.joined()), words: words)
        hasTogether = !together.isEmpty
        isReader = !place.mayPublish
        etag = place.toolset["etag"]?.string ?? ""
        replaced = place.mayEdit ? Replaced(place, now: now) : nil
        foot =
            place.mayPublish && !isEmpty
            ? Foot(review, changes: changes, marks: marks, paged: paged, form: form, outcome: outcome) : nil
    }

    static func definitions(_ place: ToolsetPlace) -> String {
        Address.toolset(place.slug, "compare/item", in: place.project) + "?from=live&to=staging&subject="
    }

    private static func tokens(_ tokens: JSONValue?) -> String {
        guard let before = tokens?["before"]?.integer, let after = tokens?["after"]?.integer else { return "" }
        let change =
            before == after
            ? "as before"
            : before < after ? "\(Count.number(after - before)) more" : "\(Count.number(before - after)) fewer"
        return "about \(Count.of(after, "token")), \(change)"
    }
}

/// A tool of a first release.
struct ReviewedTool: Sendable {
    /// How many are listed before the rest is folded.
    static let told = 60

    let name: String
    let urn: String

    init(_ tool: JSONValue) {
        name = tool["name"]?.string ?? ""
        urn = tool["urn"]?.string ?? ""
    }
}

extension ReviewPage.Parts {
    fileprivate init(_ paged: ReviewedGroups.Paged) {
        range = paged.range
        previous = paged.page > 1 ? String(paged.page - 1) : ""
        next = paged.page < paged.count ? String(paged.page + 1) : ""
    }
}

extension ReviewPage.Replaced {
    init?(_ place: ToolsetPlace, now: Timestamp) {
        guard let replaced = place.toolset["staging"]?["replaced"], replaced.object != nil else { return nil }
        let actor = ActorName.text(replaced["actor"])
        switch replaced["by"]?.string {
        case "discard":
            sentence = "\(actor) discarded changes of staging"
            button = "Put the discarded changes back"
        case "load":
            sentence = "\(actor) loaded a release into staging"
            button = "Put back what the load replaced"
        case "merge":
            sentence = "\(actor) merged live into staging"
            button = "Put back what staging was before the merge"
        default:
            sentence = "\(actor) put earlier changes back"
            button = "Go forward again"
        }
        when = Moment(replaced["at"]?.string, now: now)
        address = Address.toolset(place.slug, "undo-discard", in: place.project)
    }
}

extension ReviewPage.Foot {
    init(
        _ review: JSONValue,
        changes: ReviewedGroups,
        marks: ChangeMarks,
        paged: ReviewedGroups.Paged,
        form: PublishForm,
        outcome: ReviewOutcome?
    ) {
        let labelProblem = outcome.flatMap { $0.problem.errors.contains { $0.pointer == "/label" } ? $0.problem : nil }
        suggestedLabel = review["suggested_label"]?.string ?? ""
        number = review["next_release"]?.integer ?? 0
        notes = form.notes ?? NotesDraft.text(of: changes.all)
        label = FormField(
            "label",
            "Label",
            value: form.label,
            hint: "What people call it besides its number. The change rules suggest \(suggestedLabel).",
            isRequired: false,
            problem: labelProblem?.aboutLabel
        )
        createsOnly = form.createsOnly
        liveNumber = review["live_release"]?.integer.map(String.init) ?? ""
        isOffSince =
            review["merge_pending"]?.bool == true
            ? "Live has moved since staging began: merge it into staging first." : ""
        let asked = marks.toAcknowledge
        boxCount = asked.count + marks.together.count
        let open = asked.subtracting(marks.ticked).count + marks.together.count { !$0.isTicked }
        openBoxes = open == 0 ? "" : "\(open) of \(Count.of(boxCount, "box", plural: "boxes")) left to tick"
        stagingEtag = review["staging_etag"]?.string ?? ""
        reviewDigest = review["review_digest"]?.string ?? ""
        activationSeq = review["activation_seq"]?.integer ?? 0
        seen = PublishForm.text(of: changes.all.compactMap { $0["fingerprint"]?.string })
        page = paged.page
        let elsewhere = asked.subtracting(paged.shown).sorted()
        kept =
            elsewhere.filter { marks.ticked.contains($0) }.map { .init(name: "understood", value: $0) }
            + elsewhere.compactMap { fingerprint in
                marks.reasons[fingerprint].map { .init(name: "reason-\(fingerprint)", value: $0) }
            }
    }
}
