/// Why a command did not do what it was asked for, where no server said so.
struct CommandFailure: Error, Hashable {
    /// One sentence that says what to do.
    let sentence: String
    /// More lines for the person.
    let hints: [String]

    init(_ sentence: String, hints: [String] = []) {
        self.sentence = sentence
        self.hints = hints
    }
}
