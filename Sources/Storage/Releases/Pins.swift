import Persistence
import Projects
import Releases
import Tools
import Vocabulary

extension Connection {
    /// Makes a staging copy stay on a state of its project, or follow it again; answers what was done, for the audit log.
    func pin(_ copy: ToolsetRecord, of parent: ToolsetRecord, to change: PinChange, by actor: Actor) throws -> String {
        guard let live = try currentRelease(of: parent) else {
            throw Problem(.unexpected, "No release of \"\(parent.slug)\" is live.")
        }
        let frozen = try frozenHeads(of: live)
        var pins = OwnEdits.Pins(deployment: copy.pinnedDeploymentID, prompts: copy.pinnedPromptsID)
        var said: [String] = []
        if let deployment = change.deployment {
            pins.deployment = deployment
            said.append(try effect(of: deployment, in: copy.projectID))
        }
        switch change.prompts {
        case .live:
            pins.prompts = frozen.systemSourceStateID
            said.append("stays on the prompts and resources of release \(live.number)")
        case .newest:
            pins.prompts = nil
            said.append("follows the newest prompts and resources")
        case nil: break
        }
        try execute(
            """
            UPDATE toolsets SET
                pinned_deployment_id = \(pins.deployment), pinned_system_source_state_id = \(pins.prompts)
            WHERE id = \(copy.id)
            """
        )
        if let state = change.variations {
            let after = try toolset(copy.id)
            let own =
                state == .live
                ? try holding(frozen, in: after) : try releasing(frozen, of: live, in: after, before: copy)
            try setVariations(in: copy.variationsGroupID, to: own, by: actor)
            said.append(
                state == .live
                    ? "holds the project's variations as release \(live.number) has them"
                    : "follows the project's variations"
            )
        }
        return "staging " + said.joined(separator: ", ")
    }

    /// What staying on a deployment, or on none, comes to.
    ///
    /// - Throws: ``Problem`` `not_found`, `invalid`.
    private func effect(of deployment: ID<Deployment>?, in project: ID<Project>) throws -> String {
        guard let deployment else { return "follows the active deployment" }
        let row = try first(
            "SELECT seq, status FROM deployments WHERE id = \(deployment) AND project_id = \(project)"
        )
        guard let row else {
            throw Problem(
                .notFound,
                "The project has no deployment \(deployment); deployments.list names those it has.",
                errors: [.init(pointer: "/deployment_id", message: "is not known")]
            )
        }
        let seq = try row.integer("seq")
        guard try row.text("status") == Deployment.Status.completed.rawValue else {
            throw Problem(
                .invalid,
                "Deployment \(seq) is not completed, so that nothing can stay on it; choose a completed one.",
                errors: [.init(pointer: "/deployment_id", message: "is not completed")]
            )
        }
        return "stays on deployment \(seq)"
    }

    /// The own variations of a copy by which its tools show the global layer that a release has.
    private func holding(_ frozen: FrozenHeads, in copy: ToolsetRecord) throws -> [ToolURN: Variation] {
        try ownVariations(
            try ownVariations(of: copy),
            holding: frozen.globalVariations,
            for: try selectedTools(of: copy),
            metadata: copy.metadata,
            in: copy.projectID
        )
    }

    /// The own variations of a copy without those that only hold what a release shows of its global layer, with the
    /// definitions that the tools have now, had before, or have in that release.
    private func releasing(
        _ frozen: FrozenHeads,
        of release: Release,
        in copy: ToolsetRecord,
        before: ToolsetRecord
    ) throws -> [ToolURN: Variation] {
        let now = try variationsByTool(in: globalVariationsGroup(in: copy.projectID))
        let selection = try selection(of: copy.id).id
        var tools = try selectedTools(of: copy) + selectedTools(of: before)
        tools += try self.tools(ofSelection: selection, in: release.deploymentID)
        var own = try ownVariations(of: copy)
        for (urn, tools) in Dictionary(grouping: tools, by: \.urn) {
            guard let mine = own[urn] else { continue }
            let global = frozen.globalVariations[urn] ?? Variation()
            let earlier = frozen.ownVariations[urn] ?? Variation()
            let stated = tools.compactMap { tool in
                tool.definition.map {
                    earlier.over(global).stating(
                        $0,
                        servesOutputSchema: copy.metadata.servesOutputSchemas ?? tool.servesOutputSchema
                    )
                }
            }
            own[urn] = mine.releasing(stated, earlier: earlier, globals: [global, now[urn] ?? Variation()])
        }
        return own
    }

    private func selectedTools(of copy: ToolsetRecord) throws -> [SelectedTool] {
        try tools(
            ofSelection: try selection(of: copy.id).id,
            in: copy.pinnedDeploymentID ?? activeDeploymentID(in: copy.projectID)
        )
    }
}
