/// One way to make an address known to a client.
package struct InstallMethod: Sendable, Hashable {
    /// What a person does with the text.
    package enum Kind: Sendable, Hashable {
        /// Opens it: the client takes it from there.
        case link
        /// Runs it in a shell.
        case command
        /// Puts it into the file at that path, beside what stands there.
        case file(path: String)
        /// Reads it and does it, a step a line.
        case steps
    }

    package let kind: Kind
    /// One short line: `Open in Cursor`.
    package let title: String
    package let text: String

    package init(_ kind: Kind, _ title: String, _ text: String) {
        self.kind = kind
        self.title = title
        self.text = text
    }

    /// The kind as programs read it: `link`, `command`, `file` or `steps`.
    package var kindName: String {
        switch kind {
        case .link: "link"
        case .command: "command"
        case .file: "file"
        case .steps: "steps"
        }
    }
}
