import JSON
import MCP
package import Releases
import Synchronization
import Vocabulary

/// What clients of every revision get of a content, by digest: a newer program that would write other bytes is found by
/// comparing.
///
/// Remembers the bytes of tools that it wrote, by their objects: of two contents in a row most tools are the same.
package final class ServedLists: Sendable {
    private let written: Mutex<RecentValues<Digest, [Revision: [UInt8]]>>

    /// `capacity` is how many bytes are held before what was not used since is let go.
    package init(capacity: Int = 8 << 20) {
        written = Mutex(RecentValues(capacity: capacity))
    }

    /// The three arrays for each revision by what serves them, and nothing remembered: what a verification compares with.
    package static func digests(servedOf content: CompiledContent) -> [ServedList] {
        let image = ServingImage(content)
        return Revision.allCases.flatMap { revision in
            ServedList.Kind.allCases.map { kind in
                let bytes =
                    switch kind {
                    case .tools: image.toolsJSON(for: revision)
                    case .prompts: image.promptsJSON(for: revision)
                    case .resources: image.resourcesJSON(for: revision)
                    }
                return ServedList(revision: revision.rawValue, kind: kind, digest: Digest(of: bytes))
            }
        }
    }

    /// The three arrays for each revision, the same as what serves them makes, for a release that is being made.
    package func digests(of content: CompiledContent) -> [ServedList] {
        let tools = content.storedTools.map { bytes(of: $0.tool, object: $0.object) }
        let prompts = content.prompts.map(\.listed)
        let resources = content.resources.map(\.listed)
        return Revision.allCases.flatMap { revision in
            ServedList.Kind.allCases.map { kind in
                let bytes =
                    switch kind {
                    case .tools: Self.array(tools.map { $0[revision] ?? [] })
                    case .prompts: PromptEncoding(for: revision).bytes(of: prompts)
                    case .resources: ResourceEncoding(for: revision).bytes(of: resources)
                    }
                return ServedList(revision: revision.rawValue, kind: kind, digest: Digest(of: bytes))
            }
        }
    }

    private func bytes(of tool: CompiledTool, object: Digest) -> [Revision: [UInt8]] {
        if let known = written.withLock({ $0[object] }) { return known }
        var made: [Revision: [UInt8]] = [:]
        var weight = 0
        var last: [UInt8]?
        for revision in Revision.allCases {
            let bytes = JSONValue.object(ToolEncoding(for: revision).object(for: tool.tool)).bytes
            // Most tools are the same in several revisions, and then one array is held for all of them.
            if let last, last == bytes {
                made[revision] = last
            } else {
                made[revision] = bytes
                last = bytes
                weight += bytes.count
            }
        }
        written.withLock { [made, weight] in $0.keep(made, for: object, weight: weight) }
        return made
    }

    private static func array(_ elements: [[UInt8]]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(elements.reduce(2) { $0 + $1.count + 1 })
        bytes.append(UInt8(ascii: "["))
        for (position, element) in elements.enumerated() {
            if position > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes += element
        }
        bytes.append(UInt8(ascii: "]"))
        return bytes
    }
}
