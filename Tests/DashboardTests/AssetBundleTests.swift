import Foundation
import Testing

@testable import Assets

/// The styles and scripts as browsers get them.
struct AssetBundleTests {
    @Test func `what is compressed is the same again, and much smaller`() throws {
        let library = AssetLibrary.embedded
        for bundle in [library.styles, library.scripts] {
            let compressed = try #require(bundle.compressed)
            #expect(compressed.count * 3 < bundle.bytes.count, "\(bundle.name)")
            #expect(try uncompressed(compressed) == bundle.bytes, "\(bundle.name)")
        }
    }

    @Test func `nothing can be compressed too`() throws {
        let empty = try #require(Gzip.compressed([]))
        #expect(try uncompressed(empty).isEmpty)
    }

    /// By the program gzip, which is no part of ours.
    private func uncompressed(_ bytes: [UInt8]) throws -> [UInt8] {
        let file = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).gz")
        try Data(bytes).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["gzip", "--decompress", "--stdout", file.path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let text = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return Array(text)
    }
}
