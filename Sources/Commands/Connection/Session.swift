import ArgumentParser
import JSON

/// What a command works with: the server it speaks to, and where it says what came of it.
struct Session: Sendable {
    let client: ManagementClient
    let console: Console
    /// Whether programs read the output.
    let wantsJSON: Bool
    /// The flags that commands in hints repeat.
    let repeatedFlags: [String]

    /// Says what came of it: the server's answer to programs, the text to people.
    func show(_ answer: JSONValue, _ text: () -> String) {
        console.write(wantsJSON ? answer.prettyText : text())
    }

    /// Says what can be done next, beside the output.
    func hint(_ text: String) {
        console.hint(text)
    }

    /// A command that reaches the same server and project, to be copied.
    func command(_ words: String...) -> String { command(words) }

    /// The same, of a list of words.
    func command(_ words: [String]) -> String {
        (["slipway"] + words + repeatedFlags).map(ShellText.quote).joined(separator: " ")
    }
}

/// A command that speaks to a server.
protocol ManagementCommand: AsyncParsableCommand {
    var options: ServerOptions { get }

    func perform(in session: Session) async throws
}

extension ManagementCommand {
    mutating func run() async throws {
        try await run(on: Profile.resolve(flags: options), console: .standard)
    }

    /// Runs the command. Programs get the server's reasons as JSON too.
    func run(on profile: Profile, console: Console) async throws {
        try await ManagementClient.with(profile) { client in
            let session = Session(
                client: client,
                console: console,
                wantsJSON: options.json,
                repeatedFlags: profile.repeatedFlags
            )
            do {
                try await perform(in: session)
            } catch let refusal as Refusal {
                if options.json { console.write(refusal.body.prettyText) }
                throw refusal
            }
        }
    }
}

/// Writes words so that a shell reads them as they are.
enum ShellText {
    static func quote(_ word: String) -> String {
        let isPlain =
            !word.isEmpty
            && word.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                    || "-_./:=@,+".utf8.contains(byte)
            }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
