import Vocabulary

/// What is wrong with a field, as a page says it beside that field: the API says it for programs, with names of fields and with
/// patterns, and here a person reads it.
enum FieldSentence {
    /// The sentences of a problem that are about one field; empty where it says nothing of that field.
    static func text(of problem: Problem?, field: String) -> String {
        var sentences: [String] = []
        for error in problem?.errors ?? [] where isAbout(field, error) {
            let sentence = sentence(error.message)
            if !sentences.contains(sentence) { sentences.append(sentence) }
        }
        // Whoever left a field empty need not be told of its form too.
        return sentences.contains(missing) ? missing : sentences.joined(separator: " ")
    }

    static let missing = "Fill this in."
    static let taken = "It is taken already; choose another one."

    private static func isAbout(_ field: String, _ error: Problem.FieldError) -> Bool {
        error.pointer == "/\(field)"
            || error.pointer.isEmpty && error.message == "missing required property \"\(field)\""
    }

    private static func sentence(_ message: String) -> String {
        if message.hasPrefix("missing required property") || message.hasSuffix(", not 0") { return missing }
        if message == "taken" || message == "is taken" { return taken }
        if message.contains("must match the pattern") { return pattern(message) }
        if let bound = bound(message, "at least") { return "It is too short: at least \(bound)." }
        if let bound = bound(message, "at most") { return "It is too long: at most \(bound)." }
        let end: Character? = message.last
        let text = FieldWords.told(in: message)
        return text.prefix(1).uppercased() + text.dropFirst() + (end == "." || end == "?" ? "" : ".")
    }

    /// `200 characters` of `name must have at most 200 characters, not 300`.
    private static func bound(_ message: String, _ words: String) -> String? {
        guard let start = message.firstRange(of: " must have \(words) ")?.upperBound,
            let end = message[start...].firstRange(of: ", not ")?.lowerBound
        else { return nil }
        return String(message[start..<end])
    }

    private static func pattern(_ message: String) -> String {
        if message.hasSuffix("but \"\" does not") { return missing }
        if message.contains("\"^[a-z0-9]([a-z0-9-]*[a-z0-9])?$\"") { return ShortName.rule }
        if message.contains("\"^[A-Za-z0-9_-]{1,60}$\"") {
            return "Up to 60 letters (a to z), digits, _ and -, and no spaces."
        }
        return "It is not written as it must be."
    }
}
