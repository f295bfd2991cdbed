package import Persistence

/// The steps of the schema, first to last.
package enum Migrations {
    package static let all = [
        createProjectsAndToolsets, addStagingAndReleases, addResources, addLogosAndSettings, addReviewAndRetention,
        addSignIn, indexToolCalls, proveRowsOfState, addKeyUses,
    ]
}
