import CAssets
import Foundation
import JSON

/// The files of the pages: templates, styles, scripts. They are part of the program, or read from a folder while they are
/// being worked on.
package struct AssetLibrary: Sendable {
    /// By path: `styles/tokens.css`.
    private let files: [String: [UInt8]]

    /// What was built into the program.
    package static let embedded = AssetLibrary(files: embeddedFiles())

    private init(files: [String: [UInt8]]) {
        self.files = files
    }

    /// The files of a folder as they are now; for work on the pages.
    ///
    /// - Throws: what reading files throws.
    package init(folder: String) throws {
        let root = URL(filePath: folder, directoryHint: .isDirectory)
        var files: [String: [UInt8]] = [:]
        for part in ["templates", "styles", "scripts"] {
            let names = FileManager.default.enumerator(atPath: root.appending(path: part).path) ?? .init()
            for case let name as String in names where name.contains(".") {
                files["\(part)/\(name)"] = Array(try Data(contentsOf: root.appending(path: "\(part)/\(name)")))
            }
        }
        self.files = files
    }

    /// The paths under a folder, in order.
    package func names(in folder: String) -> [String] {
        files.keys.filter { $0.hasPrefix(folder + "/") }.sorted()
    }

    /// The text of a file; none where there is no such file.
    package func text(_ name: String) -> String? {
        files[name].map { String(decoding: $0, as: UTF8.self) }
    }

    /// Every template by its name without folder and ending: `toolset/tools`.
    package var templates: [String: String] {
        var templates: [String: String] = [:]
        for name in names(in: "templates") where name.hasSuffix(".mustache") {
            templates[String(name.dropFirst("templates/".count).dropLast(".mustache".count))] = text(name)
        }
        return templates
    }

    /// All styles as one file. The first line of `layers.css` says which of them win.
    package var styles: Bundle {
        let names = names(in: "styles").filter { $0.hasSuffix(".css") && $0 != "styles/layers.css" }
        return Bundle((["styles/layers.css"] + names).compactMap(text).joined(separator: "\n"), ending: "css")
    }

    /// All scripts as one module, each in a block of its own.
    package var scripts: Bundle {
        let names = names(in: "scripts").filter { $0.hasSuffix(".js") }
        return Bundle(names.compactMap(text).map { "{\n\($0)}\n" }.joined(), ending: "js")
    }

    /// One file that browsers get, at an address that changes with its content.
    package struct Bundle: Sendable {
        package let bytes: [UInt8]
        /// The same for browsers that take gzip, which all do; the bundle is a quarter of its size so.
        package let compressed: [UInt8]?
        /// `slipway-0123456789ab.css`
        package let name: String

        init(_ text: String, ending: String) {
            bytes = Array(text.utf8)
            compressed = Gzip.compressed(bytes)
            name = "slipway-\(Digest(of: text.utf8).hex.prefix(12)).\(ending)"
        }
    }

    private static func embeddedFiles() -> [String: [UInt8]] {
        var count = 0
        guard let assets = slipway_assets(&count) else { return [:] }
        return Dictionary(
            UnsafeBufferPointer(start: assets, count: count).map { asset in
                (String(cString: asset.name), Array(UnsafeBufferPointer(start: asset.bytes, count: asset.count)))
            },
            uniquingKeysWith: { first, _ in first }
        )
    }
}
