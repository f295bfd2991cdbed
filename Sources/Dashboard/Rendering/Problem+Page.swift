import Vocabulary

extension Problem {
    /// The message as a page says it: without what it says to programs, such as which call to make next.
    var pageMessage: String {
        if code == .etagMismatch {
            return
                "It was changed since you read it. What you typed is kept; look at it, and send it again. Nothing was changed."
        }
        guard !message.hasPrefix("The input of ") else { return fieldSentences }
        let sentences = message.split(separator: ". ").map { sentence in
            sentence.split(separator: ";").filter { !Self.namesCall($0) }.joined(separator: ";")
        }.filter { !$0.isEmpty }
        let text = sentences.isEmpty ? message : sentences.joined(separator: ". ")
        return FieldWords.told(in: text.last.map { ".!?”".contains($0) } == true ? text : "\(text).")
    }

    /// What is wrong with each field, where none of them stands on the page: `Notes: It is too long.`
    private var fieldSentences: String {
        var fields: [String] = []
        for error in errors {
            let field = error.pointer.split(separator: "/").first.map(String.init) ?? ""
            if !field.isEmpty, !fields.contains(field) { fields.append(field) }
        }
        let sentences = fields.map { field in
            "\(FieldWords.label(field)): \(FieldSentence.text(of: about(field), field: field))"
        }
        guard sentences.isEmpty else { return sentences.joined(separator: " ") }
        let reason = message.split(separator: " is not right: ", maxSplits: 1).last ?? ""
        return reason.isEmpty || reason.hasPrefix("missing required property")
            ? "Something that is needed was not sent." : "Something is not right: \(reason)"
    }

    /// The problem with what is wrong about parts of a field told of the whole field: a list is typed in one.
    func about(_ field: String) -> Problem {
        let own = errors.filter { $0.pointer == "/\(field)" || $0.pointer.hasPrefix("/\(field)/") }
        return Problem(code, message, errors: own.map { FieldError(pointer: "/\(field)", message: $0.message) })
    }

    /// The problem of a label, beside its field `label`; what a label may be stands there whatever was wrong with it.
    var aboutLabel: Problem {
        let sentence =
            code == .nameTaken
            ? pageMessage
            : "A label has 1 to 60 letters, digits, and . _ + -; it is no number, and neither live, staging nor latest."
        return Problem(code, message, errors: [.init(pointer: "/label", message: sentence)])
    }

    /// Whether words look like the name of a call: `toolsets.listTools`.
    private static func namesCall(_ text: Substring) -> Bool {
        text.split { !($0.isLetter || $0 == ".") }.contains { word in
            let parts = word.split(separator: ".", omittingEmptySubsequences: false)
            return parts.count == 2 && parts.allSatisfy { $0.count > 2 && $0.first?.isLowercase == true }
        }
    }
}
