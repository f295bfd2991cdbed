import ArgumentParser
import JSON
import Synchronization
import Testing

@testable import Commands

/// What a command left behind.
struct Outcome: Sendable {
    let status: Int32
    let output: String
    let errors: String
    let requests: [FakeServer.Request]

    /// The requests of one call.
    func requests(_ call: String) -> [FakeServer.Request] { requests.filter { $0.call == call } }
    var calls: [String] { requests.map(\.call) }
}

/// Collects what a command writes.
final class Paper: Sendable {
    private let lines = Mutex<(output: [String], errors: [String])>(([], []))

    var output: String { lines.withLock { $0.output.joined(separator: "\n") } }
    var errors: String { lines.withLock { $0.errors.joined(separator: "\n") } }

    func console(color: Bool = false) -> Console {
        Console(
            output: { line in self.lines.withLock { $0.output.append(line) } },
            error: { line in self.lines.withLock { $0.errors.append(line) } },
            hasColor: color,
            isTerminal: color
        )
    }
}

/// Runs the words of a command line, without `slipway`, against a server that answers by the script.
func slipway(_ words: String..., answering script: @escaping FakeServer.Script) async throws -> Outcome {
    try await FakeServer.with(script) { server in
        let paper = Paper()
        var status: Int32 = 0
        do {
            let command = try #require(try SlipwayCommand.parseAsRoot(words) as? any ManagementCommand)
            let environment = ["SLIPWAY_SERVER": server.address, "SLIPWAY_KEY": "slp_test"]
            let profile = try Profile.resolve(flags: command.options, environment: environment)
            try await command.run(on: profile, console: paper.console())
        } catch {
            status = SlipwayCommand.report(error, console: paper.console())
        }
        return Outcome(status: status, output: paper.output, errors: paper.errors, requests: server.requests)
    }
}

/// Answers each call by its name; another call fails the test.
func answers(_ replies: [String: JSONValue]) -> FakeServer.Script {
    { request in
        guard let reply = replies[request.call] else {
            Issue.record("Nobody expected \(request.uri).")
            return .problem(404, "not_found", "no such call")
        }
        return .json(reply)
    }
}
