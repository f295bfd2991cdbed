import Foundation
import Testing

/// The seeds of the fuzz target, and what it found.
struct FuzzCorpusTests {
    private static let folder = URL(filePath: #filePath).resolvingSymlinksInPath()
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Fuzz/Corpus")

    private static var names: [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []).sorted()
    }

    @Test func `the corpus is there`() {
        #expect(Self.names.count > 20)
    }

    @Test(arguments: names)
    func `every seed of the fuzz target is read`(name: String) throws {
        let bytes = [UInt8](try Data(contentsOf: Self.folder.appending(path: name)))
        let fault = FuzzedReading.fault(in: bytes)
        #expect(fault == nil)
    }
}
