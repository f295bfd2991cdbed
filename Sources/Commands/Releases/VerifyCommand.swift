import ArgumentParser
import Foundation
import JSON
import Releases
import Server
import Synchronization

/// `slipway verify`: the one command that reads a database itself, since what it looks for is what a server would not
/// tell of itself.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verifies every release of a database: references against manifest against what is served.",
        discussion: """
            Reads the database file itself and writes nothing, also while a server runs on it, and on a backup. A file \
            that `slipway export` wrote is verified too.

            Exit status: 0 all is well, 2 differences, each on a line, 1 it cannot be verified.
            """
    )

    @Argument(help: "The database file, or an exported release; that of the server's configuration where left out.")
    var file: String?

    @Option(help: "The data folder of the server (data).")
    var dataDir: String?

    @Flag(help: "Print the result as JSON, and nothing else, to standard output.")
    var json = false

    func validate() throws {
        if file != nil, dataDir != nil { throw ValidationError("Name a file or --data-dir, not both.") }
    }

    func run() async throws {
        try await run(environment: ProcessInfo.processInfo.environment, console: .standard)
    }

    /// Verifies, and says what was found. A difference ends in exit status 2.
    func run(environment: [String: String], console: Console) async throws {
        let path: String
        if let file {
            path = file
        } else {
            let flags = ["data_dir": dataDir].compactMapValues(\.self)
            path = try await DatabaseVerification.databasePath(flags: flags, environment: environment)
        }
        let found = Mutex<[VerificationDifference]>([])
        let report: @Sendable (VerificationDifference) -> Void = { difference in
            if json { found.withLock { $0.append(difference) } } else { console.write(difference.line.printable) }
        }
        if let export = try exportedRelease(at: path) {
            let differences = try DatabaseVerification.differences(inExport: export)
            differences.forEach(report)
            finish(VerificationSummary(), found.withLock(\.self), of: path, count: differences.count, console: console)
            if !differences.isEmpty { throw ExitCode(2) }
            return
        }
        let summary = try await DatabaseVerification.verify(databaseAt: path, report)
        finish(summary, found.withLock(\.self), of: path, count: summary.differences, console: console)
        if summary.differences > 0 { throw ExitCode(2) }
    }

    private func finish(
        _ summary: VerificationSummary,
        _ found: [VerificationDifference],
        of path: String,
        count: Int,
        console: Console
    ) {
        if json {
            var answer: JSONObject = ["file": .string(path)]
            for (name, value) in summary.json { answer[name] = value }
            answer["differences"] = .array(found.map(\.json))
            return console.write(JSONValue.object(answer).prettyText)
        }
        for note in summary.notes { console.hint("Note: \(note.printable)") }
        let what =
            summary.toolsets == 0 && summary.releases == 0
            ? path
            : "\(Wording.count(summary.releases, "release")) of \(Wording.count(summary.toolsets, "toolset")), \(Wording.count(summary.objects, "object")), \(Wording.count(summary.activations, "activation"))"
        console.write(
            count == 0
                ? console.style("Verified \(what): no differences.", .good)
                : console.style("Verified \(what): \(Wording.count(count, "difference")).", .bad)
        )
    }

    /// The bytes of an exported release; nothing for a database.
    private func exportedRelease(at path: String) throws -> [UInt8]? {
        guard let handle = FileHandle(forReadingAtPath: path) else { return nil }
        defer { try? handle.close() }
        guard try handle.read(upToCount: 1)?.first == UInt8(ascii: "{") else { return nil }
        try handle.seek(toOffset: 0)
        return try handle.readToEnd().map { Array($0) }
    }
}
