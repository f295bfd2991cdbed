import JSON
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

extension World {
    /// The toolset `pets` with one prompt and one resource, in iteration mode, and a model of it.
    func modelledPets() async throws -> Model {
        _ = try await prompts.createPrompt(template("greet", "zero"), in: project, by: actor)
        try await addResource("guide", "zero")
        let deployment = try await deploy(Action.tools.map { definition($0) })
        try await make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        return Model(
            deployments: [deployment.seq: Model.Deployment(Action.tools, "first")],
            active: deployment.seq,
            now: Model.ProjectState(prompt: "zero", resource: "zero"),
            parent: Model.Side(selection: ["list", "get"])
        )
    }

    /// Does it, and answers the seq of a deployment; 0 for everything else.
    func perform(_ action: Action) async throws -> Int {
        switch action {
        case .name(let name): try await edit { $0.name = name }
        case .select(let tools): try await select(tools)
        case .own(let tool, let title): try await vary(tool) { $0.title = title }
        case .global(let tool, let title): try await vary(tool, in: nil) { $0.title = title }
        case .prompt(let text):
            _ = try await prompts.updatePrompt(template("greet", text), expecting: nil, in: project, by: actor)
        case .resource(let text): try await editResource("guide", text)
        case .deploy(let tools, let description):
            return try await deploy(tools.map { definition($0, description) }).seq
        case .publish(let who): try await publish(by: who, activates: true)
        case .create(let who): try await publish(by: who, activates: false)
        case .activate(let number, let who): try await activateAcknowledging(number, by: who)
        case .rollBack(let number, let who, let loads):
            try await rollBack(to: number, Rollback(reason: "test", loadsIntoStaging: loads), by: key(of: who))
        case .lift(let who):
            _ = try await releases.liftHold(of: pets, reason: "", in: project, by: key(of: who))
        case .label(let number, let label): try await setLabel(label, of: number)
        case .discard: try await discard()
        case .undo(let replacing): try await undoDiscard(replacing: replacing)
        case .load(let number): try await load(number)
        case .merge(let side): try await merge(answering: side)
        case .stage(let who):
            _ = try await releases.switchMode(pets, to: .staging, confirmDigest: nil, in: project, by: key(of: who))
        case .iterate(let who): try await switchToIteration(by: key(of: who))
        }
        return 0
    }

    private func key(of who: Action.Who) -> Actor { who == .automation ? automation : actor }

    /// Acknowledges whatever a review says has to be.
    private func publish(by who: Action.Who, activates: Bool) async throws {
        let acknowledged = Set((try? await review())?.changes.toAcknowledge.map(\.fingerprint) ?? [])
        let publication = Publication(
            notes: "",
            activates: activates,
            reviewed: ReviewedState(acknowledged: acknowledged)
        )
        try await publish(publication, by: key(of: who))
    }

    /// Acknowledges whatever a first try says has to be.
    func activateAcknowledging(
        _ number: Int,
        by who: Action.Who = .person,
        expecting seq: Int? = nil
    ) async throws {
        do {
            try await activate(number, ReviewedState(expectedActivationSeq: seq), by: key(of: who))
        } catch let problem as Problem where problem.code == .unacknowledged {
            guard case .json(let text) = problem.detail("changes") else { throw problem }
            let fingerprints = try JSONValue(parsing: text).array?.compactMap { $0["fingerprint"]?.string } ?? []
            let seen = ReviewedState(expectedActivationSeq: seq, acknowledged: Set(fingerprints))
            try await activate(number, seen, by: key(of: who))
        }
    }

    private func setLabel(_ label: String?, of number: Int) async throws {
        _ = try await releases.setLabel(
            label.flatMap { ReleaseLabel($0) },
            of: .number(number, toolset: pets),
            in: project,
            by: actor
        )
    }

    /// Answers all that a first try says is asked.
    private func merge(answering side: MergeResolution.Side?) async throws {
        do {
            try await merge()
        } catch let problem as Problem where problem.code == .mergeConflicts {
            guard let side, case .json(let text) = problem.detail("conflicts") else { throw problem }
            let items = try JSONValue(parsing: text).array?.compactMap { $0["item"]?.string } ?? []
            try await merge(Dictionary(uniqueKeysWithValues: items.map { ($0, .side(side)) }))
        }
    }

    /// Confirms the difference that the first try tells.
    private func switchToIteration(by actor: Actor) async throws {
        do {
            _ = try await releases.switchMode(pets, to: .iteration, confirmDigest: nil, in: project, by: actor)
        } catch let problem as Problem {
            guard let digest = problem.confirmDigest else { throw problem }
            _ = try await releases.switchMode(pets, to: .iteration, confirmDigest: digest, in: project, by: actor)
        }
    }
}

/// What is known of a toolset beside its content.
struct Outline: Hashable {
    var mode: EditingMode
    var current: Int?
    var base: Int?
    var isHeld: Bool
    var activations: [Model.Event]
    /// Of each release, by number.
    var labels: [String?]
    var everLive: [Bool]
    var bases: [Int?]
    var canUndo: Bool
}

extension Model {
    var outline: Outline {
        Outline(
            mode: mode,
            current: current,
            base: base,
            isHeld: isHeld,
            activations: activations,
            labels: releases.map(\.label),
            everLive: releases.map(\.wasEverLive),
            bases: releases.map(\.base),
            canUndo: !kept.isEmpty
        )
    }
}

extension World {
    func outline() async throws -> Outline {
        let toolset = try #require(try await toolsets.toolset(pets, view: nil, comparing: false, in: project))
        var made = try await releases.releases(of: pets, in: project, PageRequest(limit: 500)).items
        made.sort { $0.number < $1.number }
        #expect(made.map(\.number) == made.indices.map { $0 + 1 })
        var activations = try await releases.activations(of: pets, in: project, PageRequest(limit: 500)).items
        activations.sort { $0.seq < $1.seq }
        #expect(activations.map(\.seq) == activations.indices.map { $0 + 1 })
        return Outline(
            mode: toolset.mode,
            current: toolset.currentRelease?.number,
            base: toolset.staging?.baseRelease,
            isHeld: toolset.hold != nil,
            activations: activations.map { Model.Event(kind: $0.kind, release: $0.release) },
            labels: made.map(\.label),
            everLive: made.map { $0.state != .neverLive },
            bases: made.map(\.base),
            canUndo: toolset.staging?.replaced != nil
        )
    }
}
