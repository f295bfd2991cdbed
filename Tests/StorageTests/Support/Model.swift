import Releases
import Vocabulary

/// What Slipway must do, written a second time without a database: two sides, a project, and frozen contents.
struct Model {
    /// What a client sees of a toolset.
    struct Content: Hashable {
        var name: String
        /// Name, title and description of each tool.
        var tools: [[String]]
        var prompt: String
        /// What the toolset's one resource says.
        var resource: String
    }

    /// What people decided about the toolset, apart from what its project brings.
    struct Side: Hashable {
        var name = "Pets"
        var selection: [String]
        var own: [String: String] = [:]
        var pins = Pins()
    }

    /// What a side stays on while the project moves.
    struct Pins: Hashable {
        /// The seq of a deployment.
        var deployment: Int?
        /// The place of a state in ``Model/states``.
        var state: Int?
    }

    struct Deployment: Hashable {
        /// The description of each tool.
        var definitions: [String: String]
        /// What its document says, as text.
        var document: String

        init(_ tools: [String], _ description: String) {
            definitions = Dictionary(uniqueKeysWithValues: tools.map { ($0, description) })
            document = "\(description): \(tools)"
        }
    }

    /// The rows of the one prompt and the one resource: two that say the same are two.
    struct ProjectState: Hashable {
        var prompt: String
        var promptVersion = 1
        var resource: String
        var resourceVersion = 1
    }

    /// What a release records: what a client sees, and where it came from.
    struct Record: Hashable {
        var content: Content
        /// What both layers of variations said of each tool.
        var layers: [[String?]]
        /// The document of the tools; none where there are none.
        var document: String?
    }

    struct Frozen {
        var record: Record
        var side: Side
        var deployment: Int
        var state: Int
        var global: [String: String]
        /// What was live when it was made.
        var base: Int?
        var wasEverLive: Bool
        var label: String?

        var content: Content { record.content }
    }

    /// Edits that something took the place of.
    struct Kept {
        var side: Side
        var base: Int?
        /// What took their place.
        var successor: Side
    }

    struct Event: Hashable {
        var kind: Activation.Kind
        var release: Int
    }

    /// By seq, completed ones.
    var deployments: [Int: Deployment]
    /// Of the active deployment: the one that was begun last, not the one that was completed last.
    var active: Int
    var global: [String: String] = [:]
    var now: ProjectState
    var mode = EditingMode.iteration
    /// The heads of the live row.
    var parent: Side
    var copy: Side?
    /// By number, from 1.
    var releases: [Frozen] = []
    /// What releases stay on: a release shares the state of the one that was live, where that is the same.
    var states: [ProjectState] = []
    var current: Int?
    /// The release that the copy was last in step with.
    var base: Int?
    var activations: [Event] = []
    /// Whether a rollback stops automations.
    var isHeld = false
    /// Of the copy; the last one is what an undo puts back.
    var kept: [Kept] = []

    /// The side that an edit acts on.
    var edited: Side {
        get { copy ?? parent }
        set { if copy != nil { copy = newValue } else { parent = newValue } }
    }
}

extension Model {
    /// What the tools of a side mean.
    func deployment(of side: Side) -> Deployment {
        deployments[side.pins.deployment ?? active] ?? Deployment([], "")
    }

    func state(of side: Side) -> ProjectState {
        side.pins.state.map { states[$0] } ?? now
    }

    func content(of side: Side) -> Content {
        let definitions = deployment(of: side).definitions
        let state = state(of: side)
        return Content(
            name: side.name,
            tools: side.selection.compactMap { tool in
                definitions[tool].map { [tool, side.own[tool] ?? global[tool] ?? "", "\(tool): \($0)"] }
            },
            prompt: state.prompt,
            resource: state.resource
        )
    }

    func record(of side: Side) -> Record {
        let deployment = deployment(of: side)
        let served = side.selection.filter { deployment.definitions[$0] != nil }
        return Record(
            content: content(of: side),
            layers: served.map { [$0, side.own[$0], global[$0]] },
            document: served.isEmpty ? nil : deployment.document
        )
    }

    var live: Content {
        current.map { releases[$0 - 1].content } ?? content(of: parent)
    }

    var staging: Content? { copy.map(content) }

    /// What a side shows; nothing where it is not there.
    func content(at view: Toolset.View) -> Content? {
        view == .live ? live : staging
    }

    /// The release that the copy is based on and the one that is live, where live gained something since: going back is
    /// no gain.
    var toMerge: (base: Frozen, live: Frozen)? {
        guard let current, let base, current != base else { return nil }
        let firsts = [current, base].map { number in activations.firstIndex { $0.release == number } }
        if let own = firsts[0], let other = firsts[1] {
            guard own > other else { return nil }
        } else if current < base {
            return nil
        }
        let (old, new) = (releases[base - 1], releases[current - 1])
        return old.record == new.record ? nil : (old, new)
    }
}
