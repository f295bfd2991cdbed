import JSON

/// What is wrong with an argument, beside its field: the server says it to models, who see no fields.
enum ArgumentFault {
    /// The pointer of the field, and what stands beside it.
    static func told(_ error: JSONValue) -> (pointer: String, sentence: String) {
        let pointer = error["pointer"]?.string ?? ""
        let message = error["message"]?.string ?? ""
        let start = "missing required property \""
        guard message.hasPrefix(start), let end = message.dropFirst(start.count).firstIndex(of: "\"") else {
            return (pointer, message.hasSuffix(".") ? message : "\(message).")
        }
        let name = String(message.dropFirst(start.count)[..<end])
        return JSONPointer(pointer).map { ($0.appending(name).description, FieldSentence.missing) }
            ?? (pointer, "\(message).")
    }
}
