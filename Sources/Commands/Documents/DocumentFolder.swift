import Archive
import Foundation
import OpenAPI

/// Documents of several files, read from disk and packed so that an unchanged one has the same bytes.
enum DocumentFolder {
    private static let endings = [".yaml", ".yml", ".json"]
    private static let limits = ArchiveLimits()

    static func isDocument(_ name: String) -> Bool { endings.contains(where: name.lowercased().hasSuffix) }

    /// All documents of a folder and the folders in it; hidden ones, whose names begin with a dot, are left out.
    ///
    /// - Throws: ``CommandFailure`` where there are none or too many, for a symbolic link, and where `main` is not there.
    static func packed(_ folder: String, main: String?) throws -> [UInt8] {
        var files: [String: [UInt8]] = [:]
        try collect(folder, prefix: "", depth: 0, into: &files)
        guard !files.isEmpty else {
            throw CommandFailure("\(folder) has no .yaml, .yml or .json file.")
        }
        if let main, files[main] == nil {
            throw CommandFailure("\(folder) has no file \(main); --main is a path inside the folder.")
        }
        return try pack(files, main: main)
    }

    /// A file with the others that it refers to, packed; nothing where it refers to none that are there.
    ///
    /// Only files in its own folder and below are taken: a document that somebody else wrote must not choose which of
    /// your files are sent.
    static func bundle(of path: String, content: [UInt8]) throws -> [UInt8]? {
        let main = URL(filePath: path).lastPathComponent
        let folder = URL(filePath: path).deletingLastPathComponent()
        var files = [main: content]
        var open = [main]
        while let name = open.popLast() {
            // What cannot be read has no references; the server says what is wrong with it, and where.
            guard let bytes = files[name], let referred = try? OpenAPI.Document.files(referredToBy: bytes, named: name)
            else {
                continue
            }
            for other in referred.sorted() where files[other] == nil {
                let file = folder.appending(path: other)
                guard FileManager.default.fileExists(atPath: file.path(percentEncoded: false)) else { continue }
                try check(other, of: path, at: file, in: folder)
                guard let content = FileManager.default.contents(atPath: file.path(percentEncoded: false)) else {
                    throw CommandFailure("\(file.path(percentEncoded: false)) cannot be read.")
                }
                files[other] = Array(content)
                open.append(other)
                try checkSize(of: files, path)
            }
        }
        return files.count > 1 ? try pack(files, main: main) : nil
    }

    private static func check(_ name: String, of path: String, at file: URL, in folder: URL) throws {
        let root = folder.resolvingSymlinksInPath().path(percentEncoded: false)
        let real = file.resolvingSymlinksInPath().path(percentEncoded: false)
        let isInside = !name.hasPrefix("../") && real.hasPrefix(root.hasSuffix("/") ? root : root + "/")
        guard isInside else {
            throw CommandFailure(
                "\(path) refers to \(name), which is outside of its folder; push the folder that holds both and name the document: slipway push FOLDER --main PATH."
            )
        }
        guard isDocument(name) else {
            throw CommandFailure("\(path) refers to \(name), which is neither .yaml, .yml nor .json and is not sent.")
        }
    }

    private static func collect(
        _ folder: String,
        prefix: String,
        depth: Int,
        into files: inout [String: [UInt8]]
    ) throws {
        guard depth <= limits.depth else {
            throw CommandFailure(
                "\(folder) is in more than \(limits.depth) folders; push the folder with the documents."
            )
        }
        for name in try names(in: folder) {
            let path = "\(folder)/\(name)"
            let attributes = try? FileManager.default.attributesOfItem(atPath: path)
            switch attributes?[.type] as? FileAttributeType {
            case .typeDirectory:
                try collect(path, prefix: "\(prefix)\(name)/", depth: depth + 1, into: &files)
            case .typeSymbolicLink:
                guard isDocument(name) else { continue }
                throw CommandFailure("\(path) is a symbolic link, which is not followed; put the file itself there.")
            default:
                guard isDocument(name) else { continue }
                guard let content = FileManager.default.contents(atPath: path) else {
                    throw CommandFailure("\(path) cannot be read.")
                }
                files[prefix + name] = Array(content)
                try checkSize(of: files, folder)
            }
        }
    }

    private static func names(in folder: String) throws -> [String] {
        do {
            return try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.hasPrefix(".") }.sorted()
        } catch {
            throw CommandFailure("\(folder) cannot be read.")
        }
    }

    private static func checkSize(of files: [String: [UInt8]], _ path: String) throws {
        guard files.count <= limits.entries else {
            throw CommandFailure("\(path) has more than \(limits.entries) documents; push a folder with fewer.")
        }
        guard files.values.reduce(0, { $0 + $1.count }) <= limits.totalBytes else {
            throw CommandFailure("the documents of \(path) have more than \(limits.totalBytes >> 20) MiB together.")
        }
    }

    private static func pack(_ files: [String: [UInt8]], main: String?) throws -> [UInt8] {
        do throws(ArchiveError) {
            return try ZipArchive(files: files, main: main).packed()
        } catch {
            throw CommandFailure(error.message)
        }
    }
}
