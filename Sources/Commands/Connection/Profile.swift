import Foundation
import JSON

/// Where a command goes and as whom: from flags, then the environment, then the profile file.
struct Profile: Sendable {
    var server = ServerAddress.usual
    var key: AccessKey?
    var project: String?
    /// The flags that a command must repeat to reach the same place. The key is never among them.
    var repeatedFlags: [String] = []

    /// Reads the three places in their order; the file may be missing.
    static func resolve(
        flags: ServerOptions,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> Profile {
        let file = try ProfileFile(path: ProfileFile.path(in: environment))
        func first(_ flag: String?, _ variable: String, _ member: String?) -> String? {
            [flag, environment[variable], member].compactMap(\.self).first { !$0.isEmpty }
        }
        var profile = Profile()
        if let server = first(flags.server, "SLIPWAY_SERVER", file.server) {
            profile.server = try ServerAddress(server)
        }
        profile.key = try first(flags.key, "SLIPWAY_KEY", file.key).map(AccessKey.init)
        profile.project = first(flags.project, "SLIPWAY_PROJECT", file.project)
        if let server = flags.server { profile.repeatedFlags += ["--server", server] }
        if let project = flags.project { profile.repeatedFlags += ["--project", project] }
        return profile
    }
}

/// `$XDG_CONFIG_HOME/slipway/profile.json`, or below `~/.config`.
struct ProfileFile: Sendable {
    private(set) var server: String?
    private(set) var key: String?
    private(set) var project: String?

    static func path(in environment: [String: String]) -> String? {
        if let folder = environment["XDG_CONFIG_HOME"], !folder.isEmpty { return folder + "/slipway/profile.json" }
        return environment["HOME"].map { $0 + "/.config/slipway/profile.json" }
    }

    /// An empty profile where there is no such file.
    ///
    /// - Throws: ``CommandFailure`` where the file cannot be read or says something else.
    init(path: String?) throws {
        guard let path, FileManager.default.fileExists(atPath: path) else { return }
        guard let bytes = FileManager.default.contents(atPath: path) else {
            throw CommandFailure("\(path) cannot be read.")
        }
        do {
            try read(JSONValue(parsing: Array(bytes)), path: path)
        } catch let error as JSONSyntaxError {
            throw CommandFailure("\(path) is not JSON: \(error)")
        }
    }

    private mutating func read(_ value: JSONValue, path: String) throws {
        for (name, value) in value.object ?? ["": value] {
            switch (name, value.string) {
            case ("server", let text?): server = text
            case ("key", let text?): key = text
            case ("project", let text?): project = text
            default:
                throw CommandFailure(
                    "\(path) holds more or less than texts named server, key and project; look at \"\(name)\"."
                )
            }
        }
    }
}
