import Configuration
import Foundation
package import Logging
import SystemPackage
import Upstream
import Vocabulary

/// How a server is set up: flags, then the environment, then the file, then defaults.
package struct ServerConfiguration: Sendable {
    /// The address to listen on.
    package var host: String
    package var port: Int
    /// What belongs to the server: the database, the master key, the lock.
    package var dataFolder: String
    /// The database file.
    package var databasePath: String
    /// The address that clients use, without a `/` at the end.
    package var publicURL: String
    /// 32 bytes in base64; where none is given, the data folder keeps one.
    package var masterKey: String?
    /// The secret of the admin key; where none is given, the first start makes one.
    package var adminKey: String?
    /// What tools may call although it is private: hosts, hosts with ports, networks.
    package var allowedUpstreams: [String]
    /// Web pages that may call the server beside its own.
    package var allowedOrigins: [String]
    /// In bytes.
    package var largestDocument: Int
    /// How long a tool call may take.
    package var callTimeout: Duration
    package var logLevel: Logger.Level
    /// Where the files of the pages are read from instead of from the program; for work on the pages.
    package var assetsFolder: String?
    /// The model of the playground; none where nobody set one up.
    package var languageModel: LanguageModel?

    /// An endpoint that speaks OpenAI's chat completions.
    package struct LanguageModel: Sendable {
        /// The address before `/chat/completions`, without a `/` at the end.
        package let url: String
        package let key: String?
        package let model: String
    }

    /// The address under which the server reaches itself.
    package var ownURL: String { "http://\(ownAuthority)" }

    /// Host and port under which the server reaches itself.
    package var ownAuthority: String {
        switch host {
        case "0.0.0.0", "localhost": "127.0.0.1:\(port)"
        case "::", "[::]": "[::1]:\(port)"
        default: host.contains(":") && !host.hasPrefix("[") ? "[\(host)]:\(port)" : "\(host):\(port)"
        }
    }
}

extension ServerConfiguration {
    /// Reads the configuration.
    ///
    /// `flags` are the values of the command line by the names of the file: `data_dir`; `environment` is the process's.
    ///
    /// - Throws: ``Problem`` `configuration`: one line that names the wrong value.
    package static func load(flags: [String: String], environment: [String: String]) async throws -> ServerConfiguration
    {
        let values = flags.map {
            (AbsoluteConfigKey([$0.key], context: [:]), ConfigValue(.string($0.value), isSecret: true))
        }
        let path = flags["config"] ?? environment["SLIPWAY_CONFIG"] ?? "slipway.yaml"
        let isNamed = flags["config"] != nil || environment["SLIPWAY_CONFIG"] != nil
        var providers: [any ConfigProvider] = [
            InMemoryProvider(values: Dictionary(values, uniquingKeysWith: { _, last in last })),
            EnvironmentVariablesProvider(environmentVariables: environment.filter { !$0.value.isEmpty })
                .prefixKeys(with: "slipway"),
        ]
        if let file = try await file(at: path, mustExist: isNamed) { providers.append(file) }
        return try ServerConfiguration(SettingReader(reader: ConfigReader(providers: providers)))
    }

    /// The settings of a file; nothing where it is not there, or says nothing.
    private static func file(at path: String, mustExist: Bool) async throws -> FileProvider<YAMLSnapshot>? {
        let text = try? String(contentsOfFile: path, encoding: .utf8)
        let lines = text?.split(separator: "\n").map { $0.drop { $0 == " " } }
        if let lines, lines.allSatisfy({ $0.isEmpty || $0.hasPrefix("#") }) { return nil }
        // Settings are members of the file's top level, so that a name is all before the colon of a line.
        let names = text?.split(separator: "\n").filter { $0.first?.isLetter == true }.map { $0.prefix { $0 != ":" } }
        if let unknown = names?.first(where: { !SettingReader.names.contains(String($0)) }) {
            throw Problem(
                .configuration,
                "The configuration file \(path) has a setting \"\(unknown)\", which is not known; it may have \(SettingReader.names.sorted().joined(separator: ", "))."
            )
        }
        do {
            return try await FileProvider(filePath: FilePath(path), allowMissing: !mustExist)
        } catch {
            let reason = "\(error)".split(whereSeparator: \.isNewline).joined(separator: " ")
            throw Problem(.configuration, "The configuration file \(path) cannot be read: \(reason)", cause: error)
        }
    }

    private init(_ settings: SettingReader) throws {
        host = settings.text("host") ?? "127.0.0.1"
        port = try settings.integer("port", in: 1...65535) ?? 8080
        dataFolder = settings.text("data_dir") ?? "data"
        databasePath = try Self.databasePath(settings.text("database_url"), in: dataFolder)
        masterKey = settings.text("master_key")
        adminKey = try settings.text("admin_key").map { key in
            guard key.utf8.count >= 24 else {
                throw SettingReader.wrong("admin_key", "must have 24 random characters at least (openssl rand -hex 32)")
            }
            return key
        }
        allowedUpstreams = settings.list("allowed_upstreams")
        allowedOrigins = settings.list("allowed_origins")
        largestDocument = try (settings.integer("max_document_mib", in: 1...256) ?? 16) << 20
        callTimeout = .seconds(try settings.integer("call_timeout_seconds", in: 1...600) ?? 30)
        assetsFolder = settings.text("assets_dir")
        languageModel = try Self.languageModel(settings)
        let level = settings.text("log_level") ?? "notice"
        guard let logLevel = Logger.Level(rawValue: level) else {
            let levels = Logger.Level.allCases.map(\.rawValue).joined(separator: ", ")
            throw SettingReader.wrong("log_level", "is \"\(level)\" and must be one of \(levels)")
        }
        self.logLevel = logLevel
        do throws(ServerAddress.Malformed) {
            publicURL = ""
            _ = try ServerAddress(ownURL)
        } catch {
            throw SettingReader.wrong("host", "must be a host name or an address")
        }
        publicURL = try Self.publicURL(settings.text("public_url")) ?? ownURL
        do throws(EgressRule.Malformed) {
            _ = try EgressPolicy(entries: allowedUpstreams)
        } catch {
            throw SettingReader.wrong(
                "allowed_upstreams",
                "is wrong: \(error.message.hasSuffix(".") ? String(error.message.dropLast()) : error.message)"
            )
        }
    }

    private static func languageModel(_ settings: SettingReader) throws -> LanguageModel? {
        guard var url = settings.text("llm_url") else { return nil }
        while url.hasSuffix("/") { url.removeLast() }
        do throws(ServerAddress.Malformed) {
            _ = try ServerAddress(url)
        } catch {
            throw SettingReader.wrong("llm_url", "must be an http or https address without a query")
        }
        guard let model = settings.text("llm_model") else {
            throw SettingReader.wrong("llm_model", "must name a model, since SLIPWAY_LLM_URL is set")
        }
        return LanguageModel(url: url, key: settings.text("llm_key"), model: model)
    }

    private static func databasePath(_ url: String?, in folder: String) throws -> String {
        guard let url else { return "\(folder)/slipway.db" }
        if url.hasPrefix("sqlite://") {
            let path = String(url.dropFirst("sqlite://".count))
            if !path.isEmpty { return path }
        }
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            throw SettingReader.wrong(
                "database_url",
                "names PostgreSQL, which this version does not run on yet; use sqlite:///path"
            )
        }
        throw SettingReader.wrong("database_url", "must be sqlite:///path")
    }

    private static func publicURL(_ text: String?) throws -> String? {
        guard var text else { return nil }
        while text.hasSuffix("/") { text.removeLast() }
        do throws(ServerAddress.Malformed) {
            _ = try ServerAddress(text)
            return text
        } catch {
            throw SettingReader.wrong("public_url", "must be an http or https address without a query")
        }
    }
}

/// Reads single settings, and says which one is wrong.
struct SettingReader {
    let reader: ConfigReader

    /// Every setting, by its name in the file.
    static let names: Set<String> = [
        "host", "port", "data_dir", "database_url", "master_key", "admin_key", "allowed_upstreams", "allowed_origins",
        "max_document_mib", "call_timeout_seconds", "log_level", "public_url", "assets_dir",
        "llm_url", "llm_key", "llm_model",
    ]

    func text(_ name: String) -> String? {
        let text = reader.string(forKey: ConfigKey([name]), isSecret: true)
        return text?.isEmpty == true ? nil : text
    }

    func integer(_ name: String, in range: ClosedRange<Int>) throws -> Int? {
        guard let text = text(name) else { return nil }
        guard let value = Int(text), range.contains(value) else {
            throw Self.wrong(
                name,
                "is \"\(text)\" and must be a whole number from \(range.lowerBound) to \(range.upperBound)"
            )
        }
        return value
    }

    func list(_ name: String) -> [String] {
        let items = reader.stringArray(forKey: ConfigKey([name])) ?? text(name).map { [$0] } ?? []
        return items.flatMap { $0.split(separator: ",") }
            .map { $0.trimmingPrefix { $0 == " " } }
            .map { String($0.reversed().trimmingPrefix { $0 == " " }.reversed()) }
            .filter { !$0.isEmpty }
    }

    static func wrong(_ name: String, _ why: String) -> Problem {
        Problem(.configuration, "The setting SLIPWAY_\(name.uppercased()) (\(name) in slipway.yaml) \(why).")
    }
}
