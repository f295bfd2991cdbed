// swift-tools-version: 6.2
import PackageDescription

// The rooms of the house, from the ground up: a target may use what its line names, and nothing else.
// ARCHITECTURE.md has a paragraph for each.

let package = Package(
    name: "slipway",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "slipway", targets: ["slipway"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0", traits: []),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1", traits: []),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Values and rules: no input or output.
        .target(name: "Vocabulary"),
        .target(name: "JSON", dependencies: [.crypto]),
        .target(name: "JSONSchema", dependencies: ["JSON"]),
        .target(name: "OpenAPI", dependencies: ["Vocabulary", "JSON", "JSONSchema", .yams]),
        .target(name: "Tools", dependencies: ["Vocabulary", "JSON", "JSONSchema", "OpenAPI"]),
        .target(name: "Projects", dependencies: ["Vocabulary", "JSON", "Tools", .mustache]),
        .target(name: "Releases", dependencies: ["Vocabulary", "JSON", "JSONSchema", "Tools", "Projects"]),
        .target(name: "Accounts", dependencies: ["Vocabulary", "JSON", "Projects", .crypto]),
        .target(name: "MCP", dependencies: ["JSON"]),
        .target(name: "Installation", dependencies: ["JSON"]),

        // Adapters.
        .systemLibrary(name: "CZip", pkgConfig: "libzip", providers: [.apt(["libzip-dev"]), .brew(["libzip"])]),
        .target(name: "Archive", dependencies: ["CZip"]),
        .target(
            name: "CAssets",
            exclude: ["templates", "styles", "scripts"]
        ),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
        .target(name: "Assets", dependencies: ["CAssets", "CZlib", "JSON"]),
        .target(name: "Persistence", dependencies: ["Vocabulary", .grdb, .logging]),
        .target(
            name: "Storage",
            dependencies: ["Vocabulary", "JSON", "Tools", "Projects", "Releases", "Accounts", "Persistence"]
        ),
        .target(
            name: "Upstream",
            dependencies: ["Vocabulary", "JSON", "Tools", .asyncHTTPClient, .nioCore, .nioPosix, .nioHTTP1]
        ),

        // Surfaces.
        .target(
            name: "Endpoint",
            dependencies: [
                "Vocabulary", "JSON", "JSONSchema", "Tools", "Projects", "Releases", "Accounts", "MCP", "Upstream",
                .hummingbird, .httpTypes, .nioCore, .logging,
            ]
        ),
        .target(name: "ManagementAPI", dependencies: ["Vocabulary", "JSON", "Accounts"]),
        .target(
            name: "Management",
            dependencies: [
                "Vocabulary", "JSON", "JSONSchema", "OpenAPI", "Tools", "Projects", "Releases", "Accounts", "Archive",
                "ManagementAPI", .hummingbird, .httpTypes, .nioCore, .nioPosix, .logging,
            ]
        ),

        .target(
            name: "Dashboard",
            dependencies: [
                "Vocabulary", "JSON", "Projects", "Accounts", "Installation", "Assets", "ManagementAPI", .hummingbird,
                .httpTypes, .nioCore, .logging, .mustache, .crypto,
            ]
        ),

        // Composition.
        .target(
            name: "Server",
            dependencies: [
                "Vocabulary", "JSON", "JSONSchema", "OpenAPI", "Tools", "Projects", "Releases", "Accounts", "MCP",
                "Persistence", "Storage", "Upstream", "Endpoint",
                "ManagementAPI", "Management", "Assets", "Dashboard", .hummingbird, .httpTypes, .logging, .nioCore,
                .nioHTTP1, .nioPosix,
                .asyncHTTPClient, .serviceLifecycle, .unixSignals, .configuration, .crypto, .systemPackage,
            ]
        ),
        .target(
            name: "Commands",
            dependencies: [
                "Vocabulary", "JSON", "OpenAPI", "Releases", "Installation", "Archive", "ManagementAPI", "Server",
                .argumentParser,
                .asyncHTTPClient, .nioCore, .nioHTTP1, .logging, .configuration,
            ]
        ),
        .executableTarget(name: "slipway", dependencies: ["Commands", .argumentParser]),

        // Tests.
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "JSONSchemaTests", dependencies: ["JSON", "JSONSchema"]),
        .testTarget(name: "OpenAPITests", dependencies: ["Vocabulary", "JSON", "OpenAPI"]),
        .testTarget(name: "ToolsTests", dependencies: ["Vocabulary", "JSON", "JSONSchema", "OpenAPI", "Tools"]),
        .testTarget(name: "MCPTests", dependencies: ["MCP", "JSON"]),
        .testTarget(
            name: "ReleasesTests",
            dependencies: ["Vocabulary", "JSON", "JSONSchema", "OpenAPI", "Tools", "Projects", "Releases"]
        ),
        .testTarget(name: "AccountsTests", dependencies: ["Vocabulary", "Projects", "Accounts", .crypto]),
        .testTarget(name: "ArchiveTests", dependencies: ["Archive"]),
        .testTarget(name: "PersistenceTests", dependencies: ["Vocabulary", "Persistence"]),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Vocabulary", "JSON", "Tools", "Projects", "Releases", "Accounts", "Persistence", "Storage",
                "Endpoint", .grdb, .crypto,
            ],
            exclude: ["Fixtures"]
        ),
        .testTarget(
            name: "CommandsTests",
            dependencies: [
                "Vocabulary", "JSON", "Archive", "ManagementAPI", "Commands", .argumentParser, .nioCore, .nioPosix,
                .nioHTTP1,
            ]
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Vocabulary", "JSON", "JSONSchema", "OpenAPI", "Tools", "Projects", "Releases", "Archive", "Accounts",
                "Endpoint", "ManagementAPI", "Server", .hummingbird,
                .hummingbirdTesting, .httpTypes, .nioCore, .logging, .serviceLifecycle,
            ]
        ),
        .testTarget(
            name: "EndpointTests",
            dependencies: [
                "Vocabulary", "JSON", "JSONSchema", "Tools", "Projects", "Releases", "Accounts", "MCP", "Upstream",
                "Endpoint", .nioCore, .nioPosix, .crypto,
            ]
        ),
        .testTarget(
            name: "DashboardTests",
            dependencies: [
                "Vocabulary", "JSON", "Projects", "Accounts", "Installation", "Assets", "ManagementAPI", "Dashboard",
                .mustache, .httpTypes,
            ],
            exclude: ["Snapshots"]
        ),
        .testTarget(
            name: "UpstreamTests",
            dependencies: ["Vocabulary", "JSON", "Tools", "Upstream", .asyncHTTPClient, .nioCore, .nioPosix, .nioHTTP1]
        ),
    ],
    swiftLanguageModes: [.v6],
    cLanguageStandard: .c2x
)

extension Target.Dependency {
    static let argumentParser = product(name: "ArgumentParser", package: "swift-argument-parser")
    static let asyncHTTPClient = product(name: "AsyncHTTPClient", package: "async-http-client")
    static let configuration = product(name: "Configuration", package: "swift-configuration")
    static let crypto = product(name: "Crypto", package: "swift-crypto")
    static let grdb = product(name: "GRDB", package: "GRDB.swift")
    static let httpTypes = product(name: "HTTPTypes", package: "swift-http-types")
    static let hummingbird = product(name: "Hummingbird", package: "hummingbird")
    static let hummingbirdTesting = product(name: "HummingbirdTesting", package: "hummingbird")
    static let logging = product(name: "Logging", package: "swift-log")
    static let mustache = product(name: "Mustache", package: "swift-mustache")
    static let nioCore = product(name: "NIOCore", package: "swift-nio")
    static let nioHTTP1 = product(name: "NIOHTTP1", package: "swift-nio")
    static let nioPosix = product(name: "NIOPosix", package: "swift-nio")
    static let serviceLifecycle = product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
    static let systemPackage = product(name: "SystemPackage", package: "swift-system")
    static let unixSignals = product(name: "UnixSignals", package: "swift-service-lifecycle")
    static let yams = product(name: "Yams", package: "Yams")
}

// The fuzz target is built by `bin/fuzz` alone: it needs the flags by which libFuzzer sees what its inputs reach.
if Context.environment["SLIPWAY_FUZZ"] != nil {
    package.targets.append(
        .executableTarget(name: "Fuzz", dependencies: ["Vocabulary", "JSON", "OpenAPI"], path: "Fuzz/Harness")
    )
}

for target in package.targets where target.type != .system {
    var settings = target.swiftSettings ?? []
    settings += [
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0335-existential-any.md
        .enableUpcomingFeature("ExistentialAny"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0444-member-import-visibility.md
        .enableUpcomingFeature("MemberImportVisibility"),
        // https://github.com/swiftlang/swift-evolution/blob/main/proposals/0409-access-level-on-imports.md
        .enableUpcomingFeature("InternalImportsByDefault"),
    ]
    target.swiftSettings = settings
}
