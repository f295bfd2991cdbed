import CZip

/// The files of a zip archive, by their names: relative paths with `/` between their parts.
package struct ZipArchive: Sendable, Hashable {
    package var files: [String: [UInt8]]
    /// The file that the others are parts of, where the archive says which; see ``mainMark``.
    package var main: String?

    package init(files: [String: [UInt8]], main: String? = nil) {
        self.files = files
        self.main = main
    }

    /// Whether bytes mean to be a zip archive: a local file header or the end of an empty archive (APPNOTE, 4.3).
    package static func isArchive(_ bytes: [UInt8]) -> Bool {
        bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) || bytes.starts(with: [0x50, 0x4B, 0x05, 0x06])
    }

    /// What stands in an archive's comment before the name of its main file.
    static let mainMark = "slipway-main: "
}

extension ZipArchive {
    /// Unpacks an archive in memory.
    ///
    /// Folders have no content of their own. What macOS adds under `__MACOSX/` is no file of anybody's and is left out.
    ///
    /// - Throws: what is wrong with it, or which limit it breaks; nothing of it is then kept.
    package init(unpacking bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()) throws(ArchiveError) {
        let reader = try ZipReader(bytes, limits: limits)
        files = try reader.files()
        main = reader.comment.flatMap { comment in
            comment.hasPrefix(Self.mainMark) ? String(comment.dropFirst(Self.mainMark.count)) : nil
        }
    }
}

/// Reads one archive that stays in memory meanwhile.
private final class ZipReader {
    private let memory: UnsafeMutableRawBufferPointer
    private let archive: OpaquePointer
    private let packedBytes: Int
    private let limits: ArchiveLimits
    private static let pieceBytes = 64 << 10

    init(_ bytes: [UInt8], limits: ArchiveLimits) throws(ArchiveError) {
        self.limits = limits
        packedBytes = bytes.count
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(bytes.count, 1), alignment: 1)
        memory.copyBytes(from: bytes)
        var error = zip_error_t()
        // The source does not own the memory; closing the archive frees the source.
        let source = zip_source_buffer_create(memory.baseAddress, zip_uint64_t(bytes.count), 0, &error)
        guard let source, let archive = zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) else {
            if let source { zip_source_free(source) }
            memory.deallocate()
            throw ArchiveError(.unreadable, "The bytes begin as a zip archive does, and are none or are damaged.")
        }
        self.memory = memory
        self.archive = archive
    }

    deinit {
        zip_discard(archive)
        memory.deallocate()
    }

    var comment: String? {
        var length: Int32 = 0
        guard let text = zip_get_archive_comment(archive, &length, 0), length > 0 else { return nil }
        return String(
            validating: UnsafeRawBufferPointer(start: text, count: Int(length)),
            as: UTF8.self
        )
    }

    func files() throws(ArchiveError) -> [String: [UInt8]] {
        let count = Int(zip_get_num_entries(archive, 0))
        guard count <= limits.entries else {
            throw ArchiveError(.tooManyEntries, "The archive has \(count) entries; \(limits.entries) is the most.")
        }
        var files: [String: [UInt8]] = [:]
        var total = 0
        for index in 0..<count {
            guard let name = try fileName(at: index) else { continue }
            let content = try content(at: index, name: name, room: limits.totalBytes - total)
            total += content.count
            guard total <= 1 << 20 || total / limits.ratio <= packedBytes else {
                throw ArchiveError(
                    .tooDense,
                    "The archive unfolds to more than \(limits.ratio) times its size, as no documents do.",
                    file: name
                )
            }
            guard files.updateValue(content, forKey: name) == nil else {
                throw ArchiveError(.duplicateName, "The archive has the file \"\(name)\" twice.", file: name)
            }
        }
        guard !files.isEmpty else { throw ArchiveError(.empty, "The archive holds no file.") }
        return files
    }

    /// The name of an entry that is a file; nothing for folders and what macOS adds.
    private func fileName(at index: Int) throws(ArchiveError) -> String? {
        guard let text = zip_get_name(archive, zip_uint64_t(index), 0) else { throw damaged() }
        let name = String(cString: text)
        let isFolder = name.hasSuffix("/")
        try Self.check(isFolder ? String(name.dropLast()) : name, depth: limits.depth)
        var system: zip_uint8_t = 0
        var attributes: zip_uint32_t = 0
        zip_file_get_external_attributes(archive, zip_uint64_t(index), 0, &system, &attributes)
        // The upper half is the mode of a Unix file, its first four bits the type: none, file or folder.
        let type = system == UInt8(ZIP_OPSYS_UNIX) ? (attributes >> 16) & 0xF000 : 0
        guard [0, 0x8000, 0x4000].contains(type) else {
            let what = type == 0xA000 ? "a symbolic link" : "neither a file nor a folder"
            throw ArchiveError(
                .notAFile,
                "\"\(name.prefix(200))\" is \(what); put the file itself into the archive.",
                file: name
            )
        }
        return isFolder || name.hasPrefix("__MACOSX/") ? nil : name
    }

    private static func check(_ name: String, depth: Int) throws(ArchiveError) {
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        let isPath =
            parts.allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." } && !name.contains("\\")
            && !name.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F } && name.utf8.count <= 1024
            && name.dropFirst().first != ":"
        guard isPath else {
            throw ArchiveError(
                .badName,
                "\"\(name.prefix(200))\" is no relative path inside the archive, with \"/\" between its parts.",
                file: String(name.prefix(200))
            )
        }
        guard parts.count - 1 <= depth else {
            throw ArchiveError(.badName, "\"\(name.prefix(200))\" is in more than \(depth) folders.", file: name)
        }
    }

    private func content(at index: Int, name: String, room: Int) throws(ArchiveError) -> [UInt8] {
        var facts = zip_stat_t()
        guard zip_stat_index(archive, zip_uint64_t(index), 0, &facts) == 0 else { throw damaged(name) }
        guard facts.encryption_method == UInt16(ZIP_EM_NONE) else {
            throw ArchiveError(.encrypted, "\"\(name)\" is encrypted; send the archive without a password.", file: name)
        }
        guard let file = zip_fopen_index(archive, zip_uint64_t(index), 0) else { throw damaged(name) }
        defer { zip_fclose(file) }
        var content: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: Self.pieceBytes)
        while true {
            let count = Int(zip_fread(file, &piece, zip_uint64_t(piece.count)))
            guard count >= 0 else { throw damaged(name) }
            if count == 0 { return content }
            content += piece[..<count]
            guard content.count <= limits.fileBytes else {
                throw ArchiveError(.tooLarge, "\"\(name)\" has more than \(limits.fileBytes >> 20) MiB.", file: name)
            }
            guard content.count <= room else {
                throw ArchiveError(.tooLarge, "The files have more than \(limits.totalBytes >> 20) MiB together.")
            }
        }
    }

    private func damaged(_ name: String? = nil) -> ArchiveError {
        let what = name.map { "The file \"\($0)\" of the archive" } ?? "The archive"
        return ArchiveError(.unreadable, "\(what) is damaged, or packed in a way that cannot be read.", file: name)
    }
}
