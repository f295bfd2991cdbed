package import JSON
package import Vocabulary

extension Manifest {
    /// The names of its tools with whose they are, read from its pages alone; `object` answers the bytes of a digest.
    ///
    /// - Throws: ``ManifestError`` where a page cannot be read.
    package func toolNames(object: (Digest) throws -> [UInt8]) throws -> [String: ToolURN] {
        var names: [String: ToolURN] = [:]
        for page in toolPages {
            let entries: [ManifestEntry<ToolURN>] = try ManifestPage.entries(of: try object(page))
            for entry in entries { names[entry.name] = entry.urn }
        }
        return names
    }
}
