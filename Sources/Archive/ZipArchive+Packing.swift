import CZip

extension ZipArchive {
    /// The archive as bytes. Equal files give equal bytes: they stand in the order of their names, without times and
    /// owners, so that a folder in which nothing changed keeps its SHA-256.
    package func packed() throws(ArchiveError) -> [UInt8] {
        let contents = try ContentMemory(files)
        var error = zip_error_t()
        guard let buffer = zip_source_buffer_create(nil, 0, 0, &error) else { throw Self.unpackable }
        // Closing the archive frees its source, and the bytes are read from it afterwards.
        zip_source_keep(buffer)
        defer { zip_source_free(buffer) }
        guard let archive = zip_open_from_source(buffer, ZIP_CREATE | ZIP_TRUNCATE, &error) else {
            zip_source_free(buffer)
            throw Self.unpackable
        }
        do throws(ArchiveError) {
            try add(contents, to: archive)
        } catch {
            zip_discard(archive)
            throw error
        }
        guard zip_close(archive) == 0 else {
            zip_discard(archive)
            throw Self.unpackable
        }
        return try Self.bytes(of: buffer)
    }

    private func add(_ contents: ContentMemory, to archive: OpaquePointer) throws(ArchiveError) {
        for (name, memory) in contents.files {
            guard let source = zip_source_buffer(archive, memory.baseAddress, zip_uint64_t(memory.count), 0) else {
                throw Self.unpackable
            }
            let index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8)
            guard index >= 0 else {
                zip_source_free(source)
                throw Self.unpackable
            }
            let entry = zip_uint64_t(index)
            let unixFile = zip_uint32_t(0o100644) << 16
            guard zip_set_file_compression(archive, entry, ZIP_CM_DEFLATE, 9) == 0,
                zip_file_set_dostime(archive, entry, 0, Self.firstDay, 0) == 0,
                zip_file_set_external_attributes(archive, entry, 0, UInt8(ZIP_OPSYS_UNIX), unixFile) == 0
            else { throw Self.unpackable }
        }
        guard let main else { return }
        let comment = Self.mainMark + main
        guard comment.utf8.count <= UInt16.max,
            zip_set_archive_comment(archive, comment, zip_uint16_t(comment.utf8.count)) == 0
        else { throw Self.unpackable }
    }

    /// 1980-01-01, the first that there is (APPNOTE, 4.4.6).
    private static let firstDay: zip_uint16_t = 1 << 5 | 1

    private static func bytes(of source: OpaquePointer) throws(ArchiveError) -> [UInt8] {
        var facts = zip_stat_t()
        guard zip_source_stat(source, &facts) == 0, zip_source_open(source) == 0 else { throw unpackable }
        defer { zip_source_close(source) }
        var bytes = [UInt8](repeating: 0, count: Int(facts.size))
        guard zip_source_read(source, &bytes, facts.size) == Int64(bytes.count) else { throw unpackable }
        return bytes
    }

    private static let unpackable = ArchiveError(.unreadable, "The files cannot be packed: there is no memory for it.")
}

/// The bytes of files, where they stay until an archive has been written.
private final class ContentMemory {
    let files: [(String, UnsafeMutableRawBufferPointer)]

    init(_ files: [String: [UInt8]]) throws(ArchiveError) {
        self.files = files.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map { name, content in
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: max(content.count, 1), alignment: 1)
            memory.copyBytes(from: content)
            return (name, UnsafeMutableRawBufferPointer(rebasing: memory[..<content.count]))
        }
    }

    deinit {
        for (_, memory) in files { memory.deallocate() }
    }
}
