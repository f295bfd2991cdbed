import JSON
import Projects
import Releases
import Testing
import Tools
import Vocabulary

/// What two sides did to one base, put together: by item, and asking where both changed the same.
struct ThreeWayMergeTests {
    private static let base = edits(tools: ["a", "b", "c"]) { $0.metadata.instructions = "Be kind" }

    /// The merged edits; a merge that asks fails the test.
    private func merged(
        _ live: OwnEdits,
        _ staging: OwnEdits,
        _ resolutions: [MergeResolution] = []
    ) throws -> OwnEdits {
        let merge = ThreeWayMerge(base: Self.base, live: live, staging: staging)
        guard case .merged(let edits) = try merge.outcome(resolutions) else {
            Issue.record("It asks: \(merge.conflicts.map(\.item))")
            return Self.base
        }
        return edits
    }

    private func conflicts(_ live: OwnEdits, _ staging: OwnEdits) -> [String] {
        ThreeWayMerge(base: Self.base, live: live, staging: staging).conflicts.map(\.item)
    }

    @Test func `different items merge by themselves`() throws {
        let live = change(Self.base) {
            $0.metadata.name = "Animals"
            $0.selection.toolURNs.append(urn("d"))
            $0.vary("a") { $0.title = "A" }
        }
        let staging = change(Self.base) {
            $0.metadata.instructions = "Be quick"
            $0.selection.toolURNs.removeAll { $0 == urn("b") }
            $0.selection.promptNames = ["greet"]
            $0.selection.resourceURNs = [ResourceURN(Slug("guide")!)]
            $0.vary("c") { $0.description = "C" }
            $0.pins.prompts = "state"
        }
        let both = try merged(live, staging)
        #expect(both.metadata.name == "Animals")
        #expect(both.metadata.instructions == "Be quick")
        #expect(both.selection.toolURNs == [urn("a"), urn("c"), urn("d")])
        #expect(both.selection.promptNames == ["greet"])
        #expect(both.selection.resourceURNs.map { $0.description } == ["resources:asset:guide"])
        #expect(both.variations == [urn("a"): Variation(title: "A"), urn("c"): Variation(description: "C")])
        #expect(both.pins.prompts == "state")
    }

    @Test func `equal changes of both sides are none`() throws {
        let same = change(Self.base) {
            $0.metadata.name = "Animals"
            $0.metadata.documentationURL = "https://example.com"
            $0.metadata.servesOutputSchemas = true
            $0.selection.toolURNs = [urn("c"), urn("a")]
            $0.vary("a") { $0.tags = ["x"] }
        }
        #expect(conflicts(same, same) == [])
        #expect(try merged(same, same) == same)
    }

    @Test func `the same item changed in two ways asks, with what each side says`() throws {
        let live = change(Self.base) { $0.metadata.instructions = "Be quick" }
        let staging = change(Self.base) { $0.metadata.instructions = "Be slow" }
        let merge = ThreeWayMerge(base: Self.base, live: live, staging: staging)
        #expect(
            merge.conflicts == [
                MergeConflict(item: "metadata/instructions", base: "Be kind", live: "Be quick", staging: "Be slow")
            ]
        )
        #expect(try merge.outcome([]) == .unresolved(merge.conflicts))
    }

    @Test func `the same tool asks field by field, even where the fields differ`() throws {
        let live = change(Self.base) { $0.vary("a") { $0.title = "Live" } }
        let staging = change(Self.base) { $0.vary("a") { $0.annotations.isReadOnly = true } }
        #expect(
            conflicts(live, staging) == [
                "variation/tools:http:pets:a/annotations/read_only_hint", "variation/tools:http:pets:a/title",
            ]
        )
        let both = try merged(
            live,
            staging,
            [
                MergeResolution(item: "variation/tools:http:pets:a/title", choice: .side(.live)),
                MergeResolution(
                    item: "variation/tools:http:pets:a/annotations/read_only_hint",
                    choice: .side(.staging)
                ),
            ]
        )
        #expect(both.variations[urn("a")] == Variation(title: "Live", annotations: .init(isReadOnly: true)))
    }

    @Test func `a tool that one side took out and the other changed asks`() throws {
        let live = change(Self.base) { $0.selection.toolURNs.removeAll { $0 == urn("b") } }
        let staging = change(Self.base) { $0.vary("b") { $0.title = "B" } }
        let items = ["tool/tools:http:pets:b", "variation/tools:http:pets:b/title"]
        #expect(conflicts(live, staging) == items)
        #expect(conflicts(staging, live) == items)
        let kept = try merged(live, staging, items.map { MergeResolution(item: $0, choice: .side(.staging)) })
        #expect(kept == staging)
        let gone = try merged(live, staging, items.map { MergeResolution(item: $0, choice: .side(.live)) })
        #expect(gone == live)
    }

    @Test func `what both sides said of a tool in the same way does not ask`() throws {
        let live = change(Self.base) { $0.vary("a") { $0.title = "A" } }
        let staging = change(Self.base) {
            $0.vary("a") {
                $0.title = "A"
                $0.description = "more"
            }
        }
        #expect(try merged(live, staging) == staging)
    }

    @Test func `the order is that of the side that moved something`() throws {
        let moved = change(Self.base) { $0.selection.toolURNs = [urn("c"), urn("b"), urn("a")] }
        let more = change(Self.base) { $0.selection.toolURNs = [urn("a"), urn("x"), urn("b"), urn("c")] }
        #expect(try merged(moved, more).selection.toolURNs == ["c", "b", "a", "x"].map { urn($0) })
        #expect(try merged(more, moved).selection.toolURNs == ["c", "b", "a", "x"].map { urn($0) })
    }

    @Test func `an order that both sides changed differently asks, and takes another one`() throws {
        let live = change(Self.base) { $0.selection.toolURNs = [urn("c"), urn("a"), urn("b")] }
        let staging = change(Self.base) { $0.selection.toolURNs = [urn("b"), urn("a"), urn("c"), urn("d")] }
        let merge = ThreeWayMerge(base: Self.base, live: live, staging: staging)
        #expect(merge.conflicts.map(\.item) == ["order/tools"])
        #expect(merge.conflicts.first?.live == ["tools:http:pets:c", "tools:http:pets:a", "tools:http:pets:b"])
        func order(_ choice: MergeResolution.Choice) throws -> [ToolURN] {
            try merged(live, staging, [MergeResolution(item: "order/tools", choice: choice)]).selection.toolURNs
        }
        #expect(try order(.side(.live)) == ["c", "d", "a", "b"].map { urn($0) })
        #expect(try order(.side(.staging)) == ["b", "a", "c", "d"].map { urn($0) })
        #expect(try order(.side(.base)) == ["a", "b", "c", "d"].map { urn($0) })
        #expect(
            try order(.value(["tools:http:pets:d", "tools:http:pets:c"])) == ["d", "c", "a", "b"].map { urn($0) }
        )
    }

    @Test func `another value than the three is taken where the item can have it`() throws {
        let live = change(Self.base) {
            $0.metadata.name = "One"
            $0.vary("a") { $0.name = "one" }
        }
        let staging = change(Self.base) {
            $0.metadata.name = "Two"
            $0.vary("a") { $0.name = "two" }
        }
        let name = "variation/tools:http:pets:a/name"
        let both = try merged(
            live,
            staging,
            [
                MergeResolution(item: "metadata/name", choice: .value("Three")),
                MergeResolution(item: name, choice: .value(nil)),
            ]
        )
        #expect(both.metadata.name == "Three")
        #expect(both.variations.isEmpty)
        #expect(throws: Problem.self) {
            try merged(live, staging, [MergeResolution(item: name, choice: .value("no name"))])
        }
        #expect(throws: Problem.self) {
            try merged(live, staging, [MergeResolution(item: "metadata/name", choice: .value(nil))])
        }
    }

    @Test(
        arguments: [
            ("metadata/description", MergeResolution.Choice.side(.live), "item"),
            ("nonsense", .side(.live), "item"), ("pin/deployment", .value("x"), "value"),
            ("order/tools", .value(["tools:http:pets:z"]), "value"), ("order/tools", .value("a"), "value"),
            ("order/tools", .value(["tools:http:pets:a", "tools:http:pets:a"]), "value"),
        ]
    )
    func `a resolution that answers nothing is refused with its place`(
        item: String,
        choice: MergeResolution.Choice,
        member: String
    ) throws {
        let live = change(Self.base) {
            $0.selection.toolURNs = [urn("c"), urn("a"), urn("b")]
            $0.pins.deployment = ID.make()
        }
        let staging = change(Self.base) {
            $0.selection.toolURNs = [urn("b"), urn("a"), urn("c")]
            $0.pins.deployment = ID.make()
        }
        let merge = ThreeWayMerge(base: Self.base, live: live, staging: staging)
        #expect(merge.conflicts.map(\.item) == ["order/tools", "pin/deployment"])
        let rest = ["order/tools", "pin/deployment"].filter { $0 != item }
            .map { MergeResolution(item: $0, choice: .side(.live)) }
        let problem = #expect(throws: Problem.self) {
            try merge.outcome([MergeResolution(item: item, choice: choice)] + rest)
        }
        #expect(problem?.code == .invalid)
        #expect(problem?.errors.first?.pointer == "/resolutions/0/\(member)")
    }

    @Test func `an item that is resolved twice is refused`() throws {
        let live = change(Self.base) { $0.metadata.name = "One" }
        let staging = change(Self.base) { $0.metadata.name = "Two" }
        let twice = ["live", "staging"].compactMap { MergeResolution.Side(rawValue: $0) }
            .map { MergeResolution(item: "metadata/name", choice: .side($0)) }
        let problem = #expect(throws: Problem.self) { try merged(live, staging, twice) }
        #expect(problem?.errors.first?.pointer == "/resolutions/1/item")
    }
}

/// What holds of every merge, tried on random edits. A seed that fails fails again.
struct ThreeWayMergePropertyTests {
    @Test(arguments: Array(1...300) as [UInt64])
    func `a merge keeps what only one side did, in whichever order they are named`(seed: UInt64) throws {
        var random = RandomEdits(seed: seed)
        let base = random.edits(from: edits(tools: ["a", "b", "c", "d"]) { $0.selection.promptNames = ["p", "q"] })
        let live = random.edits(from: base)
        let staging = random.edits(from: base)
        #expect(try outcome(base, live, base) == .merged(live), "seed \(seed)")
        #expect(try outcome(base, base, staging) == .merged(staging), "seed \(seed)")
        #expect(try outcome(base, live, live) == .merged(live), "seed \(seed)")

        let merge = ThreeWayMerge(base: base, live: live, staging: staging)
        let mirror = ThreeWayMerge(base: base, live: staging, staging: live)
        #expect(merge.conflicts.map(\.item) == mirror.conflicts.map(\.item), "seed \(seed)")
        if merge.conflicts.isEmpty { #expect(try merge.outcome([]) == mirror.outcome([]), "seed \(seed)") }
        try checkResolutions(of: merge, seed: seed)
    }

    private func outcome(_ base: OwnEdits, _ live: OwnEdits, _ staging: OwnEdits) throws -> ThreeWayMerge.Outcome {
        try ThreeWayMerge(base: base, live: live, staging: staging).outcome([])
    }

    /// Resolved to one side, each item that asked says what that side says.
    private func checkResolutions(of merge: ThreeWayMerge, seed: UInt64) throws {
        for side in [MergeResolution.Side.live, .staging] {
            let all = merge.conflicts.map { MergeResolution(item: $0.item, choice: .side(side)) }
            guard case .merged(let merged) = try merge.outcome(all) else {
                Issue.record("seed \(seed) still asks")
                return
            }
            for conflict in merge.conflicts where !conflict.item.hasPrefix("order/") {
                let wanted = side == .live ? conflict.live : conflict.staging
                #expect(value(conflict.item, in: merged) == wanted, "seed \(seed): \(conflict.item)")
            }
        }
    }

    /// What an item says, read from the edits by hand.
    private func value(_ item: String, in edits: OwnEdits) -> JSONValue? {
        let parts = item.split(separator: "/", maxSplits: 2).map(String.init)
        switch parts[0] {
        case "metadata":
            return parts[1] == "name" ? .string(edits.metadata.name) : .string(edits.metadata.instructions)
        case "tool": return edits.selection.toolURNs.contains { $0.description == parts[1] } ? true : nil
        case "prompt": return edits.selection.promptNames.contains(parts[1]) ? true : nil
        case "pin": return edits.pins.prompts.map(JSONValue.string)
        default:
            let variation = ToolURN(parts[1]).flatMap { edits.variations[$0] } ?? Variation()
            return Variation.Field(rawValue: parts[2]).flatMap { variation[$0] }
        }
    }
}

/// Makes random edits.
private struct RandomEdits {
    private var random: SeededGenerator

    init(seed: UInt64) {
        random = SeededGenerator(seed: seed)
    }

    mutating func edits(from base: OwnEdits) -> OwnEdits {
        var edits = base
        for _ in 0..<(random.next() % 5) { edit(&edits) }
        return edits
    }

    private mutating func edit(_ edits: inout OwnEdits) {
        let text = ["one", "two", "three"].randomElement(using: &random) ?? ""
        let tool = urn(["a", "b", "c", "d", "e", "f", "g"].randomElement(using: &random) ?? "a")
        switch random.next() % 8 {
        case 0: edits.metadata.name = text
        case 1: edits.metadata.instructions = text
        case 2:
            if let position = edits.selection.toolURNs.firstIndex(of: tool) {
                edits.selection.toolURNs.remove(at: position)
            } else {
                let place = Int(random.next() % UInt64(edits.selection.toolURNs.count + 1))
                edits.selection.toolURNs.insert(tool, at: place)
            }
        case 3: edits.selection.toolURNs.shuffle(using: &random)
        case 4: edits.vary(tool.name) { $0.title = text }
        case 5: edits.vary(tool.name) { $0.annotations.isReadOnly = text == "one" }
        case 6:
            let prompt = ["p", "q", "r"].randomElement(using: &random) ?? ""
            if edits.selection.promptNames.contains(prompt) {
                edits.selection.promptNames.removeAll { $0 == prompt }
            } else {
                edits.selection.promptNames.append(prompt)
            }
        default: edits.pins.prompts = text == "one" ? nil : text
        }
    }
}

private func edits(tools: [String], _ body: (inout OwnEdits) -> Void = { _ in }) -> OwnEdits {
    let selection = Toolset.Selection(toolURNs: tools.map { urn($0) })
    return change(OwnEdits(metadata: Toolset.Metadata(name: "Pets"), selection: selection), body)
}

private func change(_ edits: OwnEdits, _ body: (inout OwnEdits) -> Void) -> OwnEdits {
    var edits = edits
    body(&edits)
    return edits
}

extension OwnEdits {
    fileprivate mutating func vary(_ tool: String, _ body: (inout Variation) -> Void) {
        var variations = variations
        body(&variations[urn(tool), default: Variation()])
        self = OwnEdits(metadata: metadata, selection: selection, variations: variations, pins: pins)
    }
}

/// SplitMix64: the same numbers for the same seed, on every machine.
private struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var value = state
        value = (value ^ (value >> 30)) &* 0xBF58_476D_1CE4_E5B9
        value = (value ^ (value >> 27)) &* 0x94D0_49BB_1331_11EB
        return value ^ (value >> 31)
    }
}
