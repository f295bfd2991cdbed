import JSON
import Projects
import Tools
package import Vocabulary

/// Looks at a content before it goes live, one check for each aspect.
package struct ReviewChecks: Sendable {
    package let all: [ReviewCheck]

    /// - Parameters:
    ///   - content: What would go live.
    ///   - renamed: Tools that are served under another name than they ask for.
    ///   - shared: Names that two tools would have once live is merged.
    ///   - gone: Tools of the toolset that the active deployment no longer has.
    ///   - lacking: The variables that nobody supplies.
    ///   - new: Those of them that live does not lack already.
    ///   - environment: What live calls with.
    package init(
        content: CompiledContent,
        renamed: [Diagnostic],
        shared: [String] = [],
        gone: [ToolURN],
        lacking: [MissingVariable],
        new: [MissingVariable],
        environment: Slug?
    ) {
        let surroundings = ChangeSurroundings()
        let oddities = Self.oddities(in: content)
        all = [
            Self.names(content, renamed: renamed, shared: shared), Self.duplicates(content),
            .variables(lacking: lacking, new: new, environment: environment), .operations(gone: gone),
            Self.descriptions(oddities), Self.hiddenCharacters(oddities),
            Self.budget(content.tokens, limit: surroundings.tokenBudget),
            Self.size(content.tools.count, limit: surroundings.toolLimit),
        ]
    }

    private static func names(_ content: CompiledContent, renamed: [Diagnostic], shared: [String]) -> ReviewCheck {
        guard shared.isEmpty else {
            return ReviewCheck(
                .names,
                .failed,
                "Merging what live gained would give two tools one name; rename one of them in staging, or take it out.",
                details: shared
            )
        }
        let alike = Dictionary(grouping: content.toolEntries.map(\.name)) { name in
            name.lowercased().filter { $0 != "_" && $0 != "-" && $0 != "." }
        }
        let clashes = alike.values.filter { $0.count > 1 }.map { $0.joined(separator: ", ") }.sorted()
        let details =
            clashes.map { "differ only in case or in the signs between words: \($0)" } + renamed.map(\.message)
        return .found(
            .names,
            details,
            ok: "Every tool has a name of its own.",
            found: "Some names are easily taken for one another."
        )
    }

    private static func duplicates(_ content: CompiledContent) -> ReviewCheck {
        let calls = Dictionary(grouping: content.tools) { "\($0.call.method) \($0.call.server)\($0.call.path)" }
        let details = calls.filter { $0.value.count > 1 }.map { call, tools in
            "\(tools.map(\.name).joined(separator: ", ")) all call \(call)"
        }
        return .found(
            .duplicates,
            details.sorted(),
            ok: "No two tools call the same operation.",
            found: "Some tools call the same operation."
        )
    }

    private static func descriptions(_ oddities: [Oddity]) -> ReviewCheck {
        .found(
            .descriptions,
            lines(oddities, of: .order),
            ok: "No text orders a model around.",
            found: "Some texts order a model around rather than describe."
        )
    }

    private static func hiddenCharacters(_ oddities: [Oddity]) -> ReviewCheck {
        .found(
            .hiddenCharacters,
            lines(oddities, of: .hidden),
            ok: "No text has characters that nobody sees.",
            found: "Some texts have characters that nobody sees and a model reads."
        )
    }

    /// Something odd in a text that a model reads.
    private struct Oddity {
        /// Whose text it is, to begin a sentence.
        let place: String
        let finding: DirectiveText.Finding
    }

    private static func lines(_ oddities: [Oddity], of kind: DirectiveText.Finding.Kind) -> [String] {
        oddities.filter { $0.finding.kind == kind }.map { "\($0.place) \($0.finding.sentence)" }
    }

    private static func oddities(in content: CompiledContent) -> [Oddity] {
        let directives = DirectiveText(toolNames: Set(content.toolEntries.map(\.name)))
        let names = Digest(of: content.toolEntries.map(\.name).sorted().joined(separator: "\n").utf8)
        func found(in text: String, of place: String) -> [Oddity] {
            directives.severe(in: text).map { Oddity(place: place, finding: $0) }
        }
        let served = ServedTools(content)
        let tools = zip(served.tools, served.entries).flatMap { tool, entry in
            let look = { tool.findings(by: directives) }
            let findings = content.known?.findings(in: entry.object, among: names, look) ?? look()
            return findings.map { Oddity(place: "A text of \(tool.name)", finding: $0) }
        }
        let metadata = content.manifest.metadata
        return found(in: metadata.instructions, of: "The instructions")
            + found(in: metadata.description, of: "The description of the toolset") + tools
            + content.prompts.flatMap { prompt in
                let texts = [prompt.description, prompt.template] + prompt.arguments.map(\.description)
                return found(in: texts.joined(separator: "\n"), of: "The prompt \(prompt.name)")
            }
            + content.resources.flatMap { resource in
                let texts = [resource.title, resource.description].compactMap(\.self)
                return found(in: texts.joined(separator: "\n"), of: "The resource \(resource.name)")
            }
    }

    private static func budget(_ tokens: Int, limit: Int) -> ReviewCheck {
        tokens > limit
            ? ReviewCheck(
                .budget,
                .warning,
                "The tool list costs a model about \(tokens) tokens, more than \(limit); models choose worse from long lists."
            ) : ReviewCheck(.budget, .ok, "The tool list costs a model about \(tokens) tokens.")
    }

    private static func size(_ count: Int, limit: Int) -> ReviewCheck {
        count > limit
            ? ReviewCheck(.size, .warning, "There are \(count) tools; some clients take \(limit) at most.")
            : ReviewCheck(.size, .ok, "There are \(count) tools; clients take \(limit) at least.")
    }
}

extension ReviewCheck {
    /// A check that warns of each thing it found.
    static func found(_ aspect: Aspect, _ details: [String], ok: String, found: String) -> ReviewCheck {
        details.isEmpty ? ReviewCheck(aspect, .ok, ok) : ReviewCheck(aspect, .warning, found, details: details)
    }

    /// Whether calls get the variables that they need.
    ///
    /// What is lacking fails where live does not lack it too: then nothing would become safer by refusing.
    package static func variables(
        lacking: [MissingVariable],
        new: [MissingVariable],
        environment: Slug?
    ) -> ReviewCheck {
        let place = environment.map { "The environment \"\($0)\"" } ?? "No environment"
        let details = lacking.map { variable in
            let isNew = new.contains { $0.name == variable.name }
            let more = variable.tools.count > 8 ? " and \(variable.tools.count - 8) more" : ""
            let tools = variable.tools.prefix(8).joined(separator: ", ") + more
            return "\(variable.name), needed by \(tools)\(isNew ? "" : "; live lacks it too")"
        }
        guard !lacking.isEmpty else {
            return ReviewCheck(.variables, .ok, "Every variable that tools need is set, or callers may bring it.")
        }
        let sentence =
            "\(place) \(environment == nil ? "supplies" : "lacks") what some tools need, and callers may not bring it."
        return ReviewCheck(.variables, new.isEmpty ? .warning : .failed, sentence, details: details)
    }

    /// Whether somebody can take every change knowingly.
    package static func unacknowledgeable(_ changes: [Change]) -> ReviewCheck {
        let fatal = changes.filter { !$0.rule.canBeAcknowledged }
        guard !fatal.isEmpty else {
            return ReviewCheck(.unacknowledgeable, .ok, "Every change can be taken knowingly.")
        }
        return ReviewCheck(
            .unacknowledgeable,
            .failed,
            "Some changes have to be mended before anything goes live: nobody can acknowledge them away.",
            details: fatal.map { "\($0.name): \($0.message)" }
        )
    }

    /// Whether no item says again what was redacted.
    package static func redacted(_ items: [String]) -> ReviewCheck {
        guard !items.isEmpty else { return ReviewCheck(.redacted, .ok, "Nothing says what was redacted.") }
        return ReviewCheck(
            .redacted,
            .failed,
            "Some items say again what was redacted and must not be kept; change them by a variation, or in their document.",
            details: items
        )
    }

    /// Whether the active deployment still has every tool.
    package static func operations(gone: [ToolURN]) -> ReviewCheck {
        var seen: Set<ToolURN> = []
        return found(
            .operations,
            gone.filter { seen.insert($0).inserted }.map(\.description),
            ok: "The active deployment has every tool.",
            found: "The active deployment no longer has some tools; upstream may have dropped their operations."
        )
    }
}

extension CompiledTool {
    /// What is odd in the texts of the tool that a model reads in a list: titles and descriptions, those of arguments and
    /// results too, with their names and values.
    fileprivate func findings(by directives: DirectiveText) -> [DirectiveText.Finding] {
        let own = [tool["title"], tool["description"], tool["_meta"]?["slipway/confirm"]?["prompt"]]
        return own.compactMap { $0?.string }.flatMap { directives.severe(in: $0) }
            + ["inputSchema", "outputSchema"].flatMap {
                directives.severe(in: SchemaTexts(in: tool[$0])).flatMap(\.findings)
            }
    }
}
