import Archive
import Testing

/// Archives that people make are read, and those that somebody made to do harm are not.
struct ZipArchiveTests {
    private let files = ["openapi.yaml": Array("openapi: 3.1.0".utf8), "schemas/größe.json": Array("{}".utf8)]

    /// What reading these bytes is refused with.
    private func refusal(_ bytes: [UInt8], _ limits: ArchiveLimits = ArchiveLimits()) -> ArchiveError.Code? {
        do throws(ArchiveError) {
            _ = try ZipArchive(unpacking: bytes, limits: limits)
            return nil
        } catch {
            return error.code
        }
    }

    @Test func `what is packed is what is unpacked`() throws {
        let archive = ZipArchive(files: files, main: "openapi.yaml")
        let packed = try archive.packed()
        #expect(ZipArchive.isArchive(packed))
        #expect(try ZipArchive(unpacking: packed) == archive)
        let unmarked = ZipArchive(files: files)
        #expect(try ZipArchive(unpacking: unmarked.packed()).main == nil)
    }

    @Test func `equal files give equal bytes, and other files other bytes`() throws {
        let reversed = Dictionary(uniqueKeysWithValues: files.reversed().map { ($0.key, $0.value) })
        #expect(try ZipArchive(files: files).packed() == ZipArchive(files: reversed).packed())
        var changed = files
        changed["openapi.yaml"]?.append(0x0A)
        #expect(try ZipArchive(files: files).packed() != ZipArchive(files: changed).packed())
        #expect(try ZipArchive(files: files, main: "openapi.yaml").packed() != ZipArchive(files: files).packed())
    }

    @Test func `an empty file and a large one are packed`() throws {
        let large = (0..<300_000).map { UInt8(truncatingIfNeeded: $0 &* 31 ^ ($0 >> 8)) }
        let archive = ZipArchive(files: ["empty.yaml": [], "large.json": large])
        #expect(try ZipArchive(unpacking: archive.packed()) == archive)
    }

    @Test(arguments: ["/etc/passwd", "../up.yaml", "a/../b.yaml", "a//b.yaml", "./a.yaml", "a\\b.yaml", "C:/a.yaml"])
    func `a name that is no relative path inside is refused`(name: String) throws {
        let packed = try ZipArchive(files: [name: [1]]).packed()
        #expect(refusal(packed) == .badName)
    }

    @Test func `limits of entries, sizes and folders hold`() throws {
        let packed = try ZipArchive(files: ["a.yaml": [1, 2, 3], "b.yaml": [4, 5, 6]]).packed()
        #expect(refusal(packed) == nil)
        #expect(refusal(packed, ArchiveLimits(entries: 1)) == .tooManyEntries)
        #expect(refusal(packed, ArchiveLimits(fileBytes: 2)) == .tooLarge)
        #expect(refusal(packed, ArchiveLimits(totalBytes: 5)) == .tooLarge)
        let deep = try ZipArchive(files: ["a/b/c.yaml": [1]]).packed()
        #expect(refusal(deep, ArchiveLimits(depth: 2)) == nil)
        #expect(refusal(deep, ArchiveLimits(depth: 1)) == .badName)
    }

    @Test func `an archive that unfolds without end is refused before it is unfolded`() throws {
        let bomb = try ZipArchive(files: ["bomb.yaml": [UInt8](repeating: 0x20, count: 8 << 20)]).packed()
        #expect(bomb.count < 64 << 10)
        #expect(refusal(bomb) == .tooDense)
        #expect(refusal(bomb, ArchiveLimits(ratio: 2_000)) == nil)
    }

    @Test func `a symbolic link is refused`() throws {
        var packed = try ZipArchive(files: ["link.yaml": Array("/etc/passwd".utf8)]).packed()
        // The mode of the entry, in the upper half of its external attributes (APPNOTE, 4.3.12).
        let header = try #require(position(of: [0x50, 0x4B, 0x01, 0x02], in: packed))
        let mode = UInt32(packed[header + 40]) | UInt32(packed[header + 41]) << 8
        #expect(mode == 0o100644)
        packed[header + 40] = UInt8(truncatingIfNeeded: 0o120777)
        packed[header + 41] = UInt8(0o120777 >> 8)
        #expect(refusal(packed) == .notAFile)
    }

    @Test func `an encrypted file is refused`() throws {
        var packed = try ZipArchive(files: ["a.yaml": [1, 2, 3]]).packed()
        let local = try #require(position(of: [0x50, 0x4B, 0x03, 0x04], in: packed))
        let header = try #require(position(of: [0x50, 0x4B, 0x01, 0x02], in: packed))
        packed[local + 6] |= 1
        packed[header + 8] |= 1
        #expect(refusal(packed) == .encrypted)
    }

    @Test func `bytes that are cut off or damaged are refused`() throws {
        let packed = try ZipArchive(files: files).packed()
        for count in [4, 30, packed.count / 2, packed.count - 1] {
            #expect(refusal(Array(packed.prefix(count))) == .unreadable)
        }
        #expect(refusal([0x50, 0x4B, 0x05, 0x06] + [UInt8](repeating: 0, count: 18)) == .empty)
        // What is packed is held against its checksum.
        var damaged = try ZipArchive(files: ["a.yaml": Array("openapi: 3.1.0 and so on".utf8)]).packed()
        damaged[30 + "a.yaml".utf8.count + 3] ^= 0xFF
        #expect(refusal(damaged) == .unreadable)
    }

    private func position(of mark: [UInt8], in bytes: [UInt8]) -> Int? {
        bytes.indices.first { bytes[$0...].starts(with: mark) }
    }
}
