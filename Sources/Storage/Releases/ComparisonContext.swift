import JSON
import Persistence
import Projects
import Releases
import Tools
import Vocabulary

/// What stands around the contents of a toolset when two of them are compared.
struct ComparisonContext {
    let parent: ToolsetRecord
    let rules: ChangeRuleSettings
    /// What live calls with.
    let environment: Slug?
    /// The variables that this environment has or callers may bring.
    let available: Set<String>
    /// The tools of the active deployment.
    let deployed: Set<ToolURN>
    /// Whether the operator lets tools call a private host.
    let allowsHost: @Sendable (String) -> Bool
}

extension ComparisonContext {
    /// The same with every rule as it stands: what a rollback took back is known by what is told so, since a toolset may
    /// choose other rules between the rollback and the next publish.
    var tellingEverything: ComparisonContext {
        ComparisonContext(
            parent: parent,
            rules: ChangeRuleSettings(),
            environment: environment,
            available: available,
            deployed: deployed,
            allowsHost: allowsHost
        )
    }

    /// What `new` lacks and `old` does not lack already: nothing becomes safer by refusing for want of the others.
    func missing(in new: CompiledContent, since old: CompiledContent?) -> [MissingVariable] {
        let known = Set(old?.missingVariables(having: available).map(\.name) ?? [])
        return new.missingVariables(having: available).filter { !known.contains($0.name) }
    }

    /// Tools of a content that the active deployment no longer has.
    func gone(from content: CompiledContent) -> [ToolURN] {
        content.toolEntries.map(\.urn).filter { !deployed.contains($0) }
    }
}

extension Connection {
    func comparisonContext(
        of parent: ToolsetRecord,
        allowsHost: @escaping @Sendable (String) -> Bool
    ) throws -> ComparisonContext {
        ComparisonContext(
            parent: parent,
            rules: parent.changeRules,
            environment: try environmentSlug(parent.defaultEnvironmentID),
            available: try availableVariables(of: parent),
            deployed: try tools(in: activeDeploymentID(in: parent.projectID)),
            allowsHost: allowsHost
        )
    }

    /// The variables that the environment of live has or callers may bring.
    func availableVariables(of parent: ToolsetRecord) throws -> Set<String> {
        let names =
            try parent.defaultEnvironmentID.map { environment in
                try query("SELECT name FROM environment_entries WHERE environment_id = \(environment)")
                    .map { try $0.text("name") }
            } ?? []
        return Set(names).union(parent.callerVariables)
    }

    /// What changes for callers from one content to another: the one place that asks the rules. Where nothing was
    /// released there is nothing to change.
    func changes(
        from old: CompiledContent?,
        to new: CompiledContent,
        in context: ComparisonContext
    ) throws -> [Change] {
        guard let old, old.digest != new.digest else { return [] }
        return ContentComparison(
            from: old,
            to: new,
            rules: context.rules,
            surroundings: try surroundings(from: old, to: new, in: context)
        ).changes
    }

    private func surroundings(
        from old: CompiledContent,
        to new: CompiledContent,
        in context: ComparisonContext
    ) throws -> ChangeSurroundings {
        // What the new content can be called without, though its manifest names it: another way to authorize is open,
        // or live lacks it already.
        let missing = Set(context.missing(in: new, since: old).map(\.name))
        let spared = Set(new.manifest.requiredVariables).subtracting(missing)
        var surroundings = ChangeSurroundings(
            setVariables: context.available.union(spared),
            orphans: Set(context.gone(from: new)),
            formerNames: try formerNames(before: old, for: new, of: context.parent),
            deprecatedDays: try deprecatedDays(from: old, to: new, in: context)
        )
        surroundings.allowsHost = context.allowsHost
        return surroundings
    }

    /// The names of the release that was live before `old`, where `new` has names that `old` has not.
    private func formerNames(
        before old: CompiledContent,
        for new: CompiledContent,
        of parent: ToolsetRecord
    ) throws -> [String: ToolURN] {
        let known = Set(old.toolEntries.map(\.name))
        guard new.toolEntries.contains(where: { !known.contains($0.name) }) else { return [:] }
        let row = try first(
            """
            SELECT p.manifest_digest FROM activations a
            JOIN toolset_releases r ON r.id = a.release_id
            JOIN toolset_releases p ON p.id = a.previous_release_id
            WHERE a.toolset_id = \(parent.id) AND r.manifest_digest = \(old.digest.hex)
            ORDER BY a.seq DESC LIMIT 1
            """
        )
        guard let digest = try row?.parsed("manifest_digest", { Digest($0) }) else { return [:] }
        let pages = try pages(ofManifest: digest)
        return try manifest(digest).toolNames { page in
            guard let content = pages[page.hex] else { throw ManifestError(reason: "the object \(page) is missing") }
            return content
        }
    }

    /// For how many whole days tools that go have been live as deprecated, as far back as the rules ask.
    private func deprecatedDays(
        from old: CompiledContent,
        to new: CompiledContent,
        in context: ComparisonContext
    ) throws -> [ToolURN: Int] {
        guard let wanted = context.rules.deprecationDays else { return [:] }
        let kept = Set(new.toolEntries.map(\.urn))
        var open = Set(old.tools.filter { $0.isDeprecated && !kept.contains($0.urn) }.map(\.urn))
        var since: [ToolURN: Timestamp] = [:]
        let now = Timestamp.now().milliseconds
        func days(since time: Timestamp) -> Int { Int((now - time.milliseconds) / 86_400_000) }
        var seq = Int(Int32.max)
        while !open.isEmpty {
            let row = try first(
                """
                SELECT a.seq, a.created_at, r.manifest_digest FROM activations a
                JOIN toolset_releases r ON r.id = a.release_id
                WHERE a.toolset_id = \(context.parent.id) AND a.seq < \(seq) ORDER BY a.seq DESC LIMIT 1
                """
            )
            guard let row else { break }
            seq = try row.integer("seq")
            let content = try content(ofManifest: try row.parsed("manifest_digest") { Digest($0) })
            let deprecated = Set(content.tools.filter(\.isDeprecated).map(\.urn))
            let time = try row.timestamp("created_at")
            open.formIntersection(deprecated)
            for urn in open { since[urn] = time }
            if days(since: time) >= wanted { break }
        }
        return since.mapValues(days)
    }
}
