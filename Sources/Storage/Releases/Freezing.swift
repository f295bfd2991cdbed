import JSON
import Persistence
import Projects
import Releases
import Vocabulary

/// What a release is made from: the content, and the rows that it came from.
struct FreezableState {
    let content: CompiledContent
    let deploymentID: ID<Deployment>?
    let promptIDs: [ID<PromptTemplate>]
    let resourceIDs: [ID<Resource>]
    /// What clients of each protocol revision get of a content.
    let served: ServedEncoding

    init(_ stored: StoredHeads, compiled: CompiledTools? = nil, served: @escaping ServedEncoding) throws {
        self.served = served
        content = try CompiledContent(stored.heads, compiled: compiled)
        deploymentID = stored.deploymentID
        promptIDs = stored.promptIDs
        resourceIDs = stored.resourceIDs
    }
}

/// What is said of a release besides its notes when it is made.
struct ReleaseTerms {
    var label: ReleaseLabel?
    /// What it changes for callers of the release that is live; none where nobody compared.
    var verdicts: Verdicts?
    /// Whether it goes live at once.
    var activates = true
}

extension Connection {
    /// Writes the next release of a live toolset from its own heads, and makes it live where its terms say so.
    ///
    /// The heads of the toolset must say what `state` holds: a release refers to rows of the parent only.
    func freeze(
        _ state: FreezableState,
        of toolset: ID<Toolset>,
        notes: String,
        terms: ReleaseTerms = ReleaseTerms(),
        by actor: Actor
    ) throws -> Release {
        let parent = try self.toolset(toolset)
        let id = ID<Release>.make()
        let number = try nextReleaseNumber(of: toolset)
        try store(state.content, served: state.served)
        try execute(
            """
            INSERT INTO toolset_releases (
                id, toolset_id, release_number, notes, manifest_digest, source_state_id, toolset_version_id,
                metadata_history_id, metadata_version, global_variations_version_id, own_variations_version_id,
                tool_count, released_by, created_at, label, base_release_id, breaking_count, risky_count, safe_count
            ) VALUES (
                \(id), \(toolset), \(number), \(notes), \(state.content.digest.hex),
                \(try sourceState(of: state, previous: parent.currentReleaseID, in: parent.projectID)),
                \(try selection(of: toolset).id), \(toolset), \(parent.version),
                \(try snapshotVariations(in: globalVariationsGroup(in: parent.projectID))),
                \(try snapshotVariations(in: parent.variationsGroupID)), \(state.content.tools.count),
                \(actor.name), \(Timestamp.now()), \(terms.label?.text), \(parent.currentReleaseID),
                \(terms.verdicts?.breaking), \(terms.verdicts?.risky), \(terms.verdicts?.safe)
            )
            """
        )
        try recordPins(of: toolset, for: id)
        try sealRelease(id)
        try sealMarks(id)
        if terms.activates { _ = try activate(id, of: parent, kind: .publish, reason: notes, by: actor) }
        guard let release = try release(id) else { throw Problem(.unexpected, "The release was not written.") }
        return release
    }

    /// Takes the next number, which no release ever had, whatever became of it.
    private func nextReleaseNumber(of toolset: ID<Toolset>) throws -> Int {
        try execute("UPDATE toolsets SET last_release_number = last_release_number + 1 WHERE id = \(toolset)")
        return try count("SELECT last_release_number AS value FROM toolsets WHERE id = \(toolset)")
    }

    /// Appends to the activation log and moves the copy of its end that the toolset's row holds; answers the seq. Who calls
    /// it has made sure that the release is whole.
    func activate(
        _ release: ID<Release>,
        of parent: ToolsetRecord,
        kind: Activation.Kind,
        reason: String,
        by actor: Actor
    ) throws -> Int {
        let seq = try activationSeq(of: parent.id) + 1
        try execute(
            """
            INSERT INTO activations (
                toolset_id, seq, release_id, previous_release_id, kind, actor, reason, created_at
            ) VALUES (
                \(parent.id), \(seq), \(release), \(parent.currentReleaseID),
                \(kind.rawValue), \(actor.name), \(reason), \(Timestamp.now())
            )
            """
        )
        try sealActivation(seq, of: parent.id)
        try execute("UPDATE toolsets SET current_release_id = \(release) WHERE id = \(parent.id)")
        return seq
    }

    /// The row that pins deployment, prompts and resources: the one of the release before where that pins the same.
    private func sourceState(
        of state: FreezableState,
        previous: ID<Release>?,
        in project: ID<Project>
    ) throws -> String {
        let before = try previous.flatMap { release in
            try first(
                """
                SELECT s.id, s.deployment_id, s.system_source_state_id FROM toolset_releases r
                JOIN source_states s ON s.id = r.source_state_id WHERE r.id = \(release)
                """
            )
        }
        let systemBefore = try before?.text("system_source_state_id")
        let system: String
        if let systemBefore, try promptIDs(in: systemBefore) == Set(state.promptIDs),
            try resourceIDs(in: systemBefore) == Set(state.resourceIDs)
        {
            system = systemBefore
            if try before?.optionalText("deployment_id") == state.deploymentID?.text, let id = try before?.text("id") {
                return id
            }
        } else {
            system = try makeSystemSourceState(of: state, in: project)
        }
        let id = ID<FreezableState>.make()
        try execute(
            """
            INSERT INTO source_states (id, project_id, deployment_id, system_source_state_id, created_at)
            VALUES (\(id), \(project), \(state.deploymentID), \(system), \(Timestamp.now()))
            """
        )
        return id.text
    }

    /// The prompt rows that a system source state pins.
    func promptIDs(in systemSourceState: String) throws -> Set<ID<PromptTemplate>> {
        Set(
            try query(
                """
                SELECT prompt_template_id FROM system_source_state_prompts
                WHERE system_source_state_id = \(systemSourceState)
                """
            ).map { try $0.id("prompt_template_id") }
        )
    }

    /// The resource rows that a system source state pins.
    private func resourceIDs(in systemSourceState: String) throws -> Set<ID<Resource>> {
        Set(
            try query(
                """
                SELECT resource_id FROM system_source_state_resources
                WHERE system_source_state_id = \(systemSourceState)
                """
            ).map { try $0.id("resource_id") }
        )
    }

    private func makeSystemSourceState(of state: FreezableState, in project: ID<Project>) throws -> String {
        let id = ID<FreezableState>.make()
        try execute(
            """
            INSERT INTO system_source_states (id, project_id, created_at)
            VALUES (\(id), \(project), \(Timestamp.now()))
            """
        )
        for prompt in Set(state.promptIDs).sorted() {
            try execute(
                """
                INSERT INTO system_source_state_prompts (system_source_state_id, prompt_template_id)
                VALUES (\(id), \(prompt))
                """
            )
        }
        for resource in Set(state.resourceIDs).sorted() {
            try execute(
                """
                INSERT INTO system_source_state_resources (system_source_state_id, resource_id)
                VALUES (\(id), \(resource))
                """
            )
        }
        return id.text
    }
}
