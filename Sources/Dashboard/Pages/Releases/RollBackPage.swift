import JSON
import Vocabulary

/// What a rollback, or a return, will do, and the form for it.
struct RollBackPage: Sendable {
    /// A release as one end of the way.
    struct End: Sendable {
        let number: Int
        let label: String
        let made: Moment?
        let state: String
    }

    struct Pick: Sendable {
        let id: String
        let text: String
        let isChosen: Bool
    }

    let header: ToolsetHeader
    let title: String
    let address: String
    let cancelAddress: String
    let fault: String
    let from: End
    let to: End
    let isReturn: Bool
    let isSame: Bool
    let isRedacted: Bool
    let isOff: Bool
    let counts: VerdictCounts?
    let sentence: String
    let list: ChangeList?
    let moreChanges: String
    let compareAddress: String
    let checks: CheckStrip
    let reason: FormField
    let picks: [Pick]
    let loads: Bool
    let pauses: Bool
    let activationSeq: Int
    let button: String

    /// How many tools are told of in the dialog; the rest stands on the page that compares.
    private static let told = 8

    init(_ turn: ReleaseTurn, form: RollBackForm, problem: Problem? = nil, now: Timestamp = .now()) {
        let place = turn.place
        header = ToolsetHeader(
            place,
            page: .releases,
            trail: [
                ("Releases", "releases"), ("Release \(turn.number)", "releases/\(turn.number)"),
                (turn.isReturn ? "Return" : "Roll back", ""),
            ],
            now: now
        )
        isReturn = turn.isReturn
        button = "\(turn.isReturn ? "Return" : "Roll back") to release \(turn.number)"
        title = button
        address = Address.toolset(place.slug, "releases/\(turn.number)/roll-back", in: place.project)
        cancelAddress = Address.toolset(place.slug, "releases", in: place.project)
        from = End(turn.history.release(turn.live) ?? .null, turn.history, now: now)
        to = End(turn.release, turn.history, now: now)
        isSame = turn.preflight?["same_as_live"]?.bool == true
        isRedacted = turn.release["redaction"]?.object != nil
        checks = CheckStrip(turn.preflight?["checks"]?.array ?? [])
        isOff = isSame || isRedacted || turn.number == turn.live || !checks.failed.isEmpty
        counts = VerdictCounts(turn.comparison?["verdicts"])
        let changes = turn.comparison?["changes"]?.array ?? []
        let all = ChangeList(changes, prefix: "turn")
        sentence =
            changes.isEmpty
            ? "Callers see no difference in what tools are and do."
            : "What callers of release \(turn.live) lose and gain:"
        list = changes.isEmpty ? nil : all.first(Self.told)
        let left = all.subjects.count - Self.told
        moreChanges = left > 0 ? "\(Count.of(left, "more tool or text", plural: "more tools and texts"))" : ""
        compareAddress =
            Address.toolset(place.slug, "compare", in: place.project) + "?from=live&to=\(turn.number)"
        let reasonProblem = problem.flatMap { problem in
            problem.errors.contains { $0.pointer == "/reason" }
                ? Problem(
                    .invalid,
                    problem.pageMessage,
                    errors: [
                        .init(
                            pointer: "/reason",
                            message: "Say why, or choose a reason above. It is kept with the event."
                        )
                    ]
                )
                : nil
        }
        reason = FormField(
            "reason",
            turn.isReturn ? "Why" : "Why, in your words",
            value: form.reason,
            hint: turn.isReturn
                ? "Everybody reads it in the history. It may be left empty."
                : "Choose one above, or say it here. Everybody reads it in the history and in the banner.",
            isRequired: false,
            problem: reasonProblem
        )
        fault = reasonProblem == nil ? problem?.pageMessage ?? "" : ""
        picks = RollBackForm.picks.enumerated().map {
            Pick(id: "pick-\($0.offset + 1)", text: $0.element, isChosen: $0.element == form.pick)
        }
        loads = form.loads
        pauses = form.pauses
        activationSeq = place.toolset["activation_seq"]?.integer ?? 0
    }
}

extension RollBackPage.End {
    init(_ release: JSONValue, _ history: ReleaseHistory, now: Timestamp) {
        number = release["number"]?.integer ?? 0
        label = release["label"]?.string ?? ""
        made = Moment(release["created_at"]?.string, now: now)
        state = history.state(of: release)
    }
}

/// A release that never was live, and what making it live changes.
struct ActivatePage: Sendable {
    let header: ToolsetHeader
    let title: String
    let address: String
    let cancelAddress: String
    let number: Int
    let liveName: String
    let moved: String
    let fault: String
    /// That live is another release than it was made on; empty where it is not.
    let isMadeOnOther: String
    let counts: VerdictCounts?
    let list: ChangeList?
    let isSame: Bool
    let checks: CheckStrip
    let notes: String
    let reviewDigest: String
    let activationSeq: Int
    let isOff: Bool

    init(_ turn: ReleaseTurn, form: PublishForm, outcome: ReviewOutcome? = nil, now: Timestamp = .now()) {
        let place = turn.place
        let changes = turn.comparison?["changes"]?.array ?? []
        header = ToolsetHeader(
            place,
            page: .releases,
            trail: [
                ("Releases", "releases"), ("Release \(turn.number)", "releases/\(turn.number)"), ("Make live", ""),
            ],
            now: now
        )
        number = turn.number
        title = "Make release \(turn.number) live"
        address = Address.toolset(place.slug, "releases/\(turn.number)/activate", in: place.project)
        cancelAddress = Address.toolset(place.slug, "releases/\(turn.number)", in: place.project)
        liveName = "release \(turn.live)"
        let before = Set(turn.release["acknowledgements"]?.array?.compactMap { $0["fingerprint"]?.string } ?? [])
        var marks = ChangeMarks()
        let missing = outcome?.missing ?? []
        let breaking = changes.filter { $0["level"]?.string == "breaking" && $0["acknowledgeable"]?.bool != false }
        marks.toAcknowledge = Set(breaking.compactMap { $0["fingerprint"]?.string }).subtracting(before).union(missing)
        marks.ticked = form.ticked
        marks.missing = missing
        list = changes.isEmpty ? nil : ChangeList(changes, prefix: "turn", marks: marks)
        isSame = turn.preflight?["same_as_live"]?.bool == true
        counts = VerdictCounts(turn.comparison?["verdicts"])
        moved = outcome?.moved ?? ""
        fault = outcome?.fault ?? ""
        let base = turn.release["base_release"]?.integer
        isMadeOnOther =
            base.flatMap { base in
                base == turn.live || base == 0 || turn.number == turn.live
                    ? nil
                    : "Release \(turn.number) was made on release \(base), and live is release \(turn.live) by now. What release \(turn.live) brought is lost where it stands below as taken away."
            } ?? ""
        checks = CheckStrip(turn.preflight?["checks"]?.array ?? [])
        notes = form.notes ?? ""
        reviewDigest = turn.comparison?["review_digest"]?.string ?? ""
        activationSeq = place.toolset["activation_seq"]?.integer ?? 0
        isOff = !checks.failed.isEmpty || turn.history.wasEverLive(turn.number)
    }
}

extension ChangeList {
    private init(_ subjects: [ChangedSubject], _ counts: VerdictCounts) {
        self.subjects = subjects
        self.counts = counts
        isEmpty = subjects.isEmpty
    }

    /// The worst of them; the counts stay those of all.
    func first(_ count: Int) -> ChangeList { ChangeList(Array(subjects.prefix(count)), counts) }
}
