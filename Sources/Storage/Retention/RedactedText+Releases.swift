import JSON
import Persistence
import Projects
import Releases
import Vocabulary

extension Connection {
    /// Where else releases say a text that was taken out of one of their items: in other items, in what their manifest says
    /// itself, and in what people wrote of them. An item can be redacted as well; what a manifest says cannot, since it is
    /// what the release's digest is of.
    func places(in holders: [ReleaseHolder], saying text: RedactedText, beside item: ReleaseItem) throws -> [String] {
        var places: [String] = []
        for holder in holders {
            guard let release = try release(holder.id) else { continue }
            let content = try readableContent(ofManifest: release.digest)
            places += itemPlaces(of: content, saying: text, beside: item).map { "\($0) of \(holder.name)" }
            let metadata = content.manifest.metadata
            let said = [
                ("the name", metadata.name), ("the description", metadata.description),
                ("the instructions", metadata.instructions), ("the documentation link", metadata.documentationURL),
            ]
            places += said.filter { text.stands(in: [$0.1]) }.map { "\($0.0) in the manifest of \(holder.name)" }
            let written = [("the notes", release.notes), ("the label", release.label)]
            places += written.filter { text.stands(in: [$0.1]) }.map { "\($0.0) of \(holder.name)" }
            places += try query("SELECT seq, reason FROM activations WHERE release_id = \(holder.id) ORDER BY seq")
                .filter { text.stands(in: [try $0.text("reason")]) }
                .map { "the reason of activation \(try $0.integer("seq")) of \(holder.name)" }
        }
        return places
    }

    private func itemPlaces(
        of content: CompiledContent,
        saying text: RedactedText,
        beside item: ReleaseItem
    ) -> [String] {
        let tools = content.tools.filter { .tool($0.urn) != item && text.stands(in: JSONValue.object($0.tool).bytes) }
        let prompts = content.prompts.filter { prompt in
            .prompt(prompt.name) != item
                && text.stands(
                    in: [prompt.description, prompt.template] + prompt.arguments.flatMap { [$0.name, $0.description] }
                )
        }
        let resources = content.resources.filter { resource in
            .resource(resource.urn) != item
                && text.stands(in: [resource.name, resource.title, resource.description])
        }
        // Pages of a manifest name every item, also one that was taken out.
        let named = content.toolEntries.filter { text.stands(in: [$0.name, $0.urn.description]) }
        return tools.map { "tool \($0.urn)" } + prompts.map { "prompt \($0.name)" }
            + resources.map { "resource \($0.urn)" } + named.map { "the name of tool \($0.urn) in the manifest" }
    }
}
