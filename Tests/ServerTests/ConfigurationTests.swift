import Foundation
import Logging
import Server
import Testing
import Vocabulary

/// Flags, then environment, then file, then defaults.
struct ConfigurationTests {
    @Test func `defaults hold where nothing is said`() async throws {
        let configuration = try await ServerConfiguration.load(flags: [:], environment: [:])
        #expect(configuration.host == "127.0.0.1")
        #expect(configuration.port == 8080)
        #expect(configuration.databasePath == "data/slipway.db")
        #expect(configuration.publicURL == "http://127.0.0.1:8080")
        #expect(configuration.allowedUpstreams.isEmpty)
    }

    @Test func `a flag stands over the environment, and that over the file`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path()
        try "port: 1001\nhost: 127.0.0.3\nlog_level: debug\nallowed_upstreams: [10.0.0.0/8, intranet.example]\n"
            .write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let configuration = try await ServerConfiguration.load(
            flags: ["config": file, "port": "1003"],
            environment: ["SLIPWAY_PORT": "1002", "SLIPWAY_HOST": "127.0.0.2"]
        )
        #expect(configuration.port == 1003)
        #expect(configuration.host == "127.0.0.2")
        #expect(configuration.logLevel == .debug)
        #expect(configuration.allowedUpstreams == ["10.0.0.0/8", "intranet.example"])
    }

    @Test(arguments: [
        ("SLIPWAY_PORT", "abc"), ("SLIPWAY_PORT", "70000"), ("SLIPWAY_LOG_LEVEL", "loud"),
        ("SLIPWAY_DATABASE_URL", "postgres://here/db"), ("SLIPWAY_DATABASE_URL", "slipway.db"),
        ("SLIPWAY_PUBLIC_URL", "here"), ("SLIPWAY_ALLOWED_UPSTREAMS", "10.0.0.0/99"), ("SLIPWAY_ADMIN_KEY", "short"),
    ])
    func `a wrong value stops the start with one line that names it`(name: String, value: String) async throws {
        let problem = await #expect(throws: Problem.self) {
            try await ServerConfiguration.load(flags: [:], environment: [name: value])
        }
        #expect(problem?.code == .configuration)
        #expect(problem?.message.contains(name) == true)
        #expect(problem?.message.contains("\n") == false)
    }

    @Test func `a file that says nothing is as good as none`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path()
        try "# port: 1\n\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        #expect(try await ServerConfiguration.load(flags: ["config": file], environment: [:]).port == 8080)
    }

    @Test func `a name in the file that is not known stops the start`() async throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).yaml").path()
        try "prot: 8081\n".write(toFile: file, atomically: true, encoding: .utf8)
        defer { try? FileManager.default.removeItem(atPath: file) }
        let problem = await #expect(throws: Problem.self) {
            try await ServerConfiguration.load(flags: ["config": file], environment: [:])
        }
        #expect(problem?.message.contains("\"prot\"") == true)
    }

    @Test func `a file that is named must be there`() async throws {
        await #expect(throws: Problem.self) {
            try await ServerConfiguration.load(flags: ["config": "/nowhere/slipway.yaml"], environment: [:])
        }
    }
}
