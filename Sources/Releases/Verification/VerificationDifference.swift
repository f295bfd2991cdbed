package import JSON
import Vocabulary

/// One thing in a database that is not what a release says, or what was written when it was made.
package struct VerificationDifference: Sendable, Hashable {
    /// The project's slug; none for what belongs to no toolset.
    package var project: String?
    package var toolset: String?
    /// The release's number; none for what belongs to no single one.
    package var release: Int?
    /// What differs: `manifest`, `object`, `activation`.
    package let what: String
    /// Where it stands: a table and a key.
    package let place: String
    package let expected: String
    package let found: String

    package init(
        project: String? = nil,
        toolset: String? = nil,
        release: Int? = nil,
        what: String,
        place: String,
        expected: String,
        found: String
    ) {
        self.project = project
        self.toolset = toolset
        self.release = release
        self.what = what
        self.place = place
        self.expected = expected
        self.found = found
    }

    /// One line for people.
    package var line: String {
        var subject = [project, toolset].compactMap(\.self).joined(separator: "/")
        if let release { subject += " release \(release)" }
        let whose = subject.isEmpty ? "" : "\(subject): "
        return "\(whose)\(what) in \(place): expected \(expected), found \(found)"
    }

    /// The difference for programs.
    package var json: JSONValue {
        [
            "project": JSONValue(project), "toolset": JSONValue(toolset), "release": JSONValue(release),
            "what": .string(what), "place": .string(place), "expected": .string(expected), "found": .string(found),
        ]
    }
}

/// How much was verified, and what is worth knowing beside differences.
package struct VerificationSummary: Sendable, Hashable {
    package var toolsets = 0
    package var releases = 0
    package var activations = 0
    package var manifests = 0
    package var objects = 0
    package var deployments = 0
    package var differences = 0
    /// What is no difference: objects whose content was taken out, releases from before there were records.
    package var notes: [String] = []

    package init() {}

    /// The numbers for programs.
    package var json: JSONObject {
        [
            "toolsets": JSONValue(toolsets), "releases": JSONValue(releases), "activations": JSONValue(activations),
            "manifests": JSONValue(manifests), "objects": JSONValue(objects), "deployments": JSONValue(deployments),
            "notes": JSONValue(notes),
        ]
    }
}
