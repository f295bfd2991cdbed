import JSON
import MCP
package import Releases

/// What clients of every revision get of a content, by digest: a newer program that would write other bytes is found by
/// comparing.
package enum ServedLists {
    /// The three arrays for each revision, made by what serves them.
    package static func digests(of content: CompiledContent) -> [ServedList] {
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
}
