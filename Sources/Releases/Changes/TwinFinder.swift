import JSON
import Tools

/// Tools of a content that are nearly another one: `set.tool.twin-added`.
struct TwinFinder {
    private let tools: [CompiledTool]
    private var byOperation: [String: [Int]] = [:]
    private var byDescription: [UInt64: [Int]] = [:]

    init(_ tools: [CompiledTool]) {
        self.tools = tools
        for (position, tool) in tools.enumerated() {
            byOperation[Self.operation(of: tool), default: []].append(position)
            if let text = Self.text(of: tool) { byDescription[text, default: []].append(position) }
        }
    }

    /// Another tool that calls the same operation of the same server, or says the same under nearly the same name. Of
    /// two new tools, which `isNew` says, it is the later that has a twin.
    func twin(of position: Int, isNew: (Int) -> Bool) -> CompiledTool? {
        let tool = tools[position]
        func isCandidate(_ other: Int) -> Bool { other != position && (other < position || !isNew(other)) }
        if let other = byOperation[Self.operation(of: tool)]?.first(where: isCandidate) { return tools[other] }
        guard let text = Self.text(of: tool) else { return nil }
        let words = Self.words(of: tool.name)
        let other = byDescription[text]?.first { other in
            guard isCandidate(other), Self.isSame(tools[other], tool) else { return false }
            let others = Self.words(of: tools[other].name)
            return 2 * words.intersection(others).count >= max(words.count, others.count)
        }
        return other.map { tools[$0] }
    }

    private static func operation(of tool: CompiledTool) -> String {
        let server = tool.call.serverAddress()
        let place = RecipeAddress(server)?.place ?? tool.call.serverVariable
        let path = CallRecipe.shape(of: CallChanges.path(of: tool.call))
        return "\(tool.call.method) \(place) \(path)"
    }

    /// What letters and digits of a description come to, whatever stands between; none where it says too little to tell
    /// tools apart. Every tool's is read, so it must be quick (FNV-1a).
    private static func text(of tool: CompiledTool) -> UInt64? {
        guard let text = tool.tool["description"]?.string else { return nil }
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        var count = 0
        for byte in text.utf8 {
            let lowered = (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
            guard (0x61...0x7A).contains(lowered) || (0x30...0x39).contains(lowered) || lowered >= 0x80 else {
                continue
            }
            hash = (hash ^ UInt64(lowered)) &* 0x100_0000_01B3
            count += 1
        }
        return count >= 12 ? hash : nil
    }

    private static func isSame(_ left: CompiledTool, _ right: CompiledTool) -> Bool {
        let texts = [left, right].map { tool in
            (tool.tool["description"]?.string ?? "").lowercased().filter { $0.isLetter || $0.isNumber }
        }
        return texts[0] == texts[1]
    }

    /// `listPets` and `list_pets` are `list` and `pets`.
    private static func words(of name: String) -> Set<String> {
        var words: Set<String> = []
        var word = ""
        var wasLower = false
        for character in name {
            let isSign = !(character.isLetter || character.isNumber)
            if isSign || character.isUppercase && wasLower, !word.isEmpty {
                words.insert(word)
                word = ""
            }
            if !isSign { word += character.lowercased() }
            wasLower = character.isLowercase || character.isNumber
        }
        if !word.isEmpty { words.insert(word) }
        return words
    }
}
