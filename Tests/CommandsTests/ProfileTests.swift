import ArgumentParser
import Foundation
import Testing

@testable import Commands

struct ProfileTests {
    private func options(_ words: String...) throws -> ServerOptions { try ServerOptions.parse(words) }

    private func withFile(_ text: String, _ body: ([String: String]) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "slipway-\(UUID())")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "slipway"),
            withIntermediateDirectories: true
        )
        defer { try? FileManager.default.removeItem(at: folder) }
        try text.write(to: folder.appending(path: "slipway/profile.json"), atomically: true, encoding: .utf8)
        try body(["XDG_CONFIG_HOME": folder.path])
    }

    @Test func `without anything it is this machine`() throws {
        let profile = try Profile.resolve(flags: options(), environment: [:])
        #expect(profile.server.text == "http://127.0.0.1:8080")
        #expect(profile.key == nil)
        #expect(profile.project == nil)
    }

    @Test func `a flag wins over the environment, the environment over the file`() throws {
        try withFile(#"{"server":"http://file","key":"file","project":"file"}"#) { environment in
            var environment = environment
            let file = try Profile.resolve(flags: options(), environment: environment)
            #expect(file.server.text == "http://file")
            #expect(file.key?.bearer == "Bearer file")
            #expect(file.project == "file")
            #expect(file.repeatedFlags.isEmpty)

            environment["SLIPWAY_SERVER"] = "http://environment/"
            environment["SLIPWAY_KEY"] = "environment"
            environment["SLIPWAY_PROJECT"] = ""
            let variables = try Profile.resolve(flags: options(), environment: environment)
            #expect(variables.server.text == "http://environment")
            #expect(variables.key?.bearer == "Bearer environment")
            #expect(variables.project == "file")

            let flags = try Profile.resolve(
                flags: options("--server", "https://flag", "--key", "flag", "--project", "flag"),
                environment: environment
            )
            #expect(flags.server.text == "https://flag")
            #expect(flags.key?.bearer == "Bearer flag")
            #expect(flags.repeatedFlags == ["--server", "https://flag", "--project", "flag"])
        }
    }

    @Test(arguments: ["{", "[]", #"{"token":"x"}"#, #"{"server":1}"#, #"{"server":"nowhere"}"#])
    func `a wrong file is named`(text: String) throws {
        try withFile(text) { environment in
            let failure = #expect(throws: CommandFailure.self) {
                try Profile.resolve(flags: options(), environment: environment)
            }
            #expect(failure?.sentence.contains("profile.json") == true || text.contains("nowhere"))
        }
    }

    @Test(arguments: [
        "localhost:8080", "ftp://x", "http://", "http:///x", "http://a b", "http://u@h", "http://h?x", "",
    ])
    func `what is no address of a server is refused`(text: String) {
        #expect(throws: CommandFailure.self) { try ServerAddress(text) }
    }

    @Test func `words are quoted for a shell where they need it`() {
        #expect(ShellText.quote("tools:http:pets:list_pets") == "tools:http:pets:list_pets")
        #expect(ShellText.quote("it's $HOME") == #"'it'\''s $HOME'"#)
        #expect(ShellText.quote("") == "''")
    }
}
