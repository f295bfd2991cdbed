package import JSON

/// How many tokens a text costs a model, estimated: the same for the same text, on every machine.
///
/// Tokenizers differ by model, and none is asked. What they have in common is counted: a short word is one token, a long
/// one is several, and so are the parts of `camelCase`; digits go in threes, as do signs that stand together; a single
/// space belongs to its word. What is not ASCII counts a third of its bytes. `docs/reference/tokens.md` says how far off
/// that is.
package enum TokenEstimate {
    /// The estimate for a value, written as compact JSON.
    package static func tokens(of json: JSONValue) -> Int {
        tokens(in: json.bytes)
    }

    /// The estimate for a tool as it stands in a list: its name, title, description, schemas and annotations. `_meta`
    /// and icons are for clients and do not reach a model.
    package static func tokens(ofTool tool: JSONObject) -> Int {
        tokens(of: .object(JSONObject(tool.filter { counted.contains($0.key) }.map { ($0.key, $0.value) })))
    }

    private static let counted: Set = ["name", "title", "description", "inputSchema", "outputSchema", "annotations"]

    /// The estimate for text in UTF-8.
    package static func tokens(in text: [UInt8]) -> Int {
        var count = 0
        var start = 0
        while start < text.count {
            let kind = Kind(text[start])
            var end = start + 1
            while end < text.count, Kind(text[end]) == kind { end += 1 }
            switch kind {
            case .letters: count += words(text[start..<end])
            case .digits, .signs, .others: count += thirds(end - start)
            case .spaces: count += end - start > 1 ? 1 : 0
            case .controls: count += 1
            }
            start = end
        }
        return count
    }

    private static func thirds(_ length: Int) -> Int { (length + 2) / 3 }

    /// Letters that stand together: `getHTTPServer` is three words.
    private static func words(_ letters: ArraySlice<UInt8>) -> Int {
        var count = 0
        var length = 0
        for index in letters.indices {
            let isUpper = letters[index] < 0x60
            let next = letters.index(after: index)
            let beginsWord = isUpper && (next < letters.endIndex && letters[next] >= 0x60)
            let followsLower = isUpper && index > letters.startIndex && letters[index - 1] >= 0x60
            if length > 0, beginsWord || followsLower {
                count += word(length)
                length = 0
            }
            length += 1
        }
        return count + word(length)
    }

    private static func word(_ length: Int) -> Int { length <= 8 ? 1 : (length + 5) / 6 }

    private enum Kind {
        case letters
        case digits
        case spaces
        case controls
        case signs
        /// What is not ASCII.
        case others

        init(_ byte: UInt8) {
            switch byte {
            case 0x41...0x5A, 0x61...0x7A: self = .letters
            case 0x30...0x39: self = .digits
            case 0x20: self = .spaces
            case 0..<0x20, 0x7F: self = .controls
            case 0x80...: self = .others
            default: self = .signs
            }
        }
    }
}

extension ToolDefinition {
    /// The estimated cost of the tool in a client's list, as ``TokenEstimate/tokens(ofTool:)`` counts the object that is
    /// served; without an output schema, which is served only where it was asked for.
    package var tokens: Int { tokens(withOutputSchema: false) }

    /// The same, with the output schema where there is one and it is served.
    package func tokens(withOutputSchema isServed: Bool) -> Int {
        var tool: JSONObject = ["name": .string(name)]
        tool["title"] = title.map(JSONValue.string)
        tool["description"] = .string(description)
        tool["inputSchema"] = .object(inputSchema)
        if isServed { tool["outputSchema"] = outputSchema.map(JSONValue.object) }
        if !annotations.isEmpty { tool["annotations"] = .object(annotations.json) }
        return TokenEstimate.tokens(ofTool: tool)
    }
}
