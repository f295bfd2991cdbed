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

    struct Side: Hashable {
        var name = "Pets"
        var selection: [String]
        var own: [String: String] = [:]
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

        var content: Content { record.content }
    }

    var definitions: [String: String]
    /// Of the deployment that the definitions came with.
    var deploymentSeq = 0
    /// What the document of the definitions says, as text.
    var document: String
    var global: [String: String] = [:]
    var prompt: String
    var resource: String
    var mode = EditingMode.iteration
    /// The heads of the live row.
    var parent: Side
    var copy: Side?
    /// By number, from 1.
    var releases: [Frozen] = []
    var current: Int?
    /// The release that the copy was last in step with.
    var base: Int?
    var activations = 0

    /// The side that an edit acts on.
    var edited: Side {
        get { copy ?? parent }
        set { if copy != nil { copy = newValue } else { parent = newValue } }
    }

    func content(of side: Side) -> Content {
        Content(
            name: side.name,
            tools: side.selection.compactMap { tool in
                definitions[tool].map { [tool, side.own[tool] ?? global[tool] ?? "", "\(tool): \($0)"] }
            },
            prompt: prompt,
            resource: resource
        )
    }

    func record(of side: Side) -> Record {
        let served = side.selection.filter { definitions[$0] != nil }
        return Record(
            content: content(of: side),
            layers: served.map { [$0, side.own[$0], global[$0]] },
            document: served.isEmpty ? nil : document
        )
    }

    var live: Content {
        current.map { releases[$0 - 1].content } ?? content(of: parent)
    }

    var staging: Content? { copy.map(content) }

    /// Makes the document of these tools the active one.
    mutating func deploy(_ tools: [String], _ description: String) {
        definitions = Dictionary(uniqueKeysWithValues: tools.map { ($0, description) })
        document = "\(description): \(tools)"
    }

    /// Whether live gained something since the copy was last in step with it; going back is no gain.
    var hasPendingMerge: Bool {
        guard let current, let base, current > base else { return false }
        return releases[current - 1].record != releases[base - 1].record
    }

    /// Why nothing is published now; nothing where something is.
    var refusalToPublish: ProblemCode? {
        guard let copy else { return .wrongMode }
        if let current, record(of: copy) == releases[current - 1].record { return .nothingToPublish }
        return hasPendingMerge ? .liveMoved : nil
    }
}

extension Model {
    /// Publishes where nothing stands in the way.
    mutating func publish() {
        guard let side = copy, refusalToPublish == nil else { return }
        parent = side
        freeze(side)
        base = current
    }

    mutating func rollBack(to number: Int) {
        current = number
        activations += 1
    }

    mutating func discard() {
        if let current { copy = releases[current - 1].side }
        base = current
    }

    mutating func switchMode() {
        switch mode {
        case .iteration:
            mode = .staging
            freeze(parent)
            copy = parent
            base = current
        case .staging:
            mode = .iteration
            if let copy { parent = copy }
            copy = nil
            current = nil
        }
    }

    private mutating func freeze(_ side: Side) {
        releases.append(Frozen(record: record(of: side), side: side))
        current = releases.count
        activations += 1
    }
}
