/// Orders to the model that reads a text, by a closed list of word patterns.
///
/// A pattern is a row of steps, each a choice of words; a number before a step is how many words may stand between. `^`
/// wants the beginning of a clause. `{tool}` is the word *tool*, or a name of the set. All steps lie in one sentence.
enum DirectiveOrders {
    private static let patterns: [Pattern] = [
        // To forget what it was told.
        "ignore|disregard|forget|neglect 3:previous|prior|above|earlier|preceding|all|any|other|your|system 3:instruction|instructions|prompt|prompts|guidelines|directives",
        "override|bypass|circumvent 2:previous|prior|all|any|your|system|safety 2:instructions|prompt|prompts|guidelines|guardrails",
        "ignore|disregard|forget 1:everything|anything|all|what 3:above|before|previously|earlier|told|learned",
        "your 0:new|real|true|actual 0:instructions|task|goal|purpose|role|objective",
        // To hide something from people.
        "not|don't|never|without|avoid 1:tell|telling|inform|informing|mention|mentioning|reveal|revealing|disclose|disclosing 4:user|users|human|humans|anyone|anybody",
        "not|don't|never 0:mention|tell 1:this|it|that|anyone|anybody",
        "hide|conceal|keep 2:this|it|that|everything 3:from 1:user|human",
        "without 1:user|users|user's 1:knowledge|knowing|noticing|awareness|seeing",
        "secretly|covertly",
        // That speak to it by name.
        "note|attention|notice|important 1:to|for 1:ai|llm|llms|assistant|assistants|agents|models|claude|chatgpt|gpt|gemini|copilot",
        "assistant|llm|ai|claude|chatgpt|copilot|gemini 0:must|should|shall 2:always|never|call|use|ignore|invoke|first|tell|send|read",
        "you 0:must|should|shall|will|need 3:tell|convince|persuade|instruct 2:user|users|human",
        "you 0:must|should|shall|need|have 2:call|use|invoke|run|execute 3:{tool}",
        "regardless|whatever 3:user|users 0:says|asks|wants|said|requests",
        // To call tools in an order, or in place of others.
        "^always|never|only|first|must 1:call|use|invoke|run|execute|prefer|choose|pick 3:{tool}",
        "^always|must|first 0:call|invoke|run 4:first|before",
        "before 2:using|calling|invoking|running|executing|use|call|run 3:{tool}",
        "^call|use|invoke|run 2:{tool} 3:first|before|instead|always",
        "instead 0:of 2:any|other|all|another|calling|using 2:{tool}",
        "prefer|use|choose 0:this 0:tool|function 1:over|instead|rather",
        "tool 0:must|should|has 2:called|used|invoked|run|executed 3:first|before|always|every|instead",
        "not|don't|never 0:use|call|invoke|run 2:other|another 0:tool|tools|function|functions",
        // To hand out what it knows.
        "^send|include|pass|attach|append|copy|paste|forward|upload 3:entire|full|whole|complete|all 2:conversation|chat|context|transcript",
        "send|reveal|print|repeat|output|include|leak 3:system 0:prompt",
        "not|without|never|don't 1:ask|asking 1:user 2:permission|confirmation|approval|first|before",
    ].map(Pattern.init)

    /// Parts of texts that stand for a system's part in a conversation, and places where credentials lie.
    private static let marks = [
        "<important>", "<system>", "</system>", "<|im_start|>", "<|system|>", "[inst]", "<<sys>>", "<assistant>",
        "[system]:", "<secret>", "<hidden>", "<system-reminder>", "</tool>", "</description>", "~/.ssh", "id_rsa",
        "/etc/passwd", ".aws/credentials", "~/.cursor", "mcp.json", "claude_desktop_config", "~/.env",
    ]

    private static let byFirstWord: [String: [Pattern]] = patterns.reduce(into: [:]) { table, pattern in
        for word in pattern.steps[0].words { table[word, default: []].append(pattern) }
    }

    /// The words of each order, in the order of the text.
    static func found(in text: String, toolNames: Set<String>) -> [String] {
        let folded = LookAlikes.folded(text)
        let lowered = folded.lowercased()
        var found = marks.filter { lowered.contains($0) }
        var end = 0
        let words = Word.words(of: folded)
        for position in words.indices where position >= end {
            for pattern in byFirstWord[words[position].lowered] ?? [] {
                guard let last = pattern.end(at: position, in: words, toolNames) else { continue }
                found.append(words[position...last].map(\.lowered).joined(separator: " "))
                end = last + 1
                break
            }
        }
        return found
    }

    /// A word with what stands before it.
    private struct Word {
        let raw: String
        let lowered: String
        let sentence: Int
        let beginsClause: Bool

        static func words(of text: String) -> [Word] {
            var words: [Word] = []
            var sentence = 0
            var beginsClause = true
            var current = ""
            func end() {
                guard !current.isEmpty else { return }
                let lowered = current.lowercased()
                words.append(Word(raw: current, lowered: lowered, sentence: sentence, beginsClause: beginsClause))
                beginsClause = ["and", "then", "but", "please", "also", "you", "so", "always", "must"].contains(lowered)
                current = ""
            }
            let scalars = Array(text.unicodeScalars)
            for (position, scalar) in scalars.enumerated() {
                if isPart(scalar) {
                    current.unicodeScalars.append(scalar)
                    continue
                }
                end()
                guard scalar != " ", scalar != "`" else { continue }
                beginsClause = true
                let next = position + 1 < scalars.count ? scalars[position + 1] : " "
                let endsSentence = scalar == "." ? next.properties.isWhitespace : "!?;:".unicodeScalars.contains(scalar)
                // An empty line ends whatever stood before.
                if endsSentence || scalar == "\n" && next == "\n" { sentence += 1 }
            }
            end()
            return words
        }

        private static func isPart(_ scalar: Unicode.Scalar) -> Bool {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "_", "-", "'": true
            default: scalar.value >= 0x80 && scalar.properties.isAlphabetic
            }
        }
    }

    private struct Pattern {
        struct Step {
            let gap: Int
            let words: Set<String>
        }

        let steps: [Step]
        let wantsClause: Bool

        init(_ text: String) {
            wantsClause = text.hasPrefix("^")
            steps = text.split(separator: " ").map { part in
                let halves = part.drop { $0 == "^" }.split(separator: ":")
                let words = Set(halves[halves.count - 1].split(separator: "|").map(String.init))
                return Step(gap: halves.count > 1 ? Int(halves[0]) ?? 0 : 0, words: words)
            }
        }

        /// The position of the last word, where the pattern begins at this one.
        func end(at start: Int, in words: [Word], _ toolNames: Set<String>) -> Int? {
            guard !wantsClause || words[start].beginsClause else { return nil }
            return end(of: 1, after: start, in: words, toolNames)
        }

        private func end(of step: Int, after last: Int, in words: [Word], _ toolNames: Set<String>) -> Int? {
            guard step < steps.count else { return last }
            for position in (last + 1)..<min(words.count, last + 2 + steps[step].gap)
            where words[position].sentence == words[last].sentence {
                guard fits(words[position], steps[step], toolNames) else { continue }
                if let end = end(of: step + 1, after: position, in: words, toolNames) { return end }
            }
            return nil
        }

        private func fits(_ word: Word, _ step: Step, _ toolNames: Set<String>) -> Bool {
            if step.words.contains(word.lowered) { return true }
            guard step.words.contains("{tool}") else { return false }
            return word.lowered == "tool" || word.lowered == "tools" || toolNames.contains(word.raw)
        }
    }
}

/// Letters that are taken for Latin ones.
private enum LookAlikes {
    private static let letters: [Unicode.Scalar: Unicode.Scalar] = [
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "һ": "h",
        "ԁ": "d", "ո": "n", "α": "a", "ο": "o", "ρ": "p", "υ": "u", "ι": "i", "ν": "v", "А": "A", "В": "B", "Е": "E",
        "К": "K", "М": "M", "Н": "H", "О": "O", "Р": "P", "С": "C", "Т": "T", "Х": "X", "’": "'", "І": "I", "Ј": "J",
        "Ѕ": "S", "Α": "A", "Β": "B", "Ε": "E", "Ζ": "Z", "Η": "H", "Ι": "I", "Κ": "K", "Μ": "M", "Ν": "N", "Ο": "O",
        "Ρ": "P", "Τ": "T", "Υ": "Y", "Χ": "X",
    ]

    /// Without hidden characters, and with Latin letters where others only look like them or are wider.
    static func folded(_ text: String) -> String {
        guard !text.utf8.allSatisfy({ $0 < 0x80 }) else { return text }
        var folded = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !HiddenCharacters.isHidden(scalar) {
            if (0xFF01...0xFF5E).contains(scalar.value), let plain = Unicode.Scalar(scalar.value - 0xFEE0) {
                folded.append(plain)
            } else {
                folded.append(letters[scalar] ?? scalar)
            }
        }
        return String(folded)
    }
}
