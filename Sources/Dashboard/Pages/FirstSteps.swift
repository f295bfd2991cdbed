import Accounts
import JSON
import Vocabulary

/// From an empty project to an agent that calls tools: shown until somebody made a toolset.
struct FirstSteps: Sendable {
    /// The sources that are there already; empty before the first step is done.
    let sources: String
    let uploadAddress: String
    let sourcesAddress: String
    let makeAddress: String
    let mayEdit: Bool
    /// `slipway push openapi.yaml`
    let pushCommand: String
    /// `slipway toolsets create library --source library`
    let createCommand: String
    /// `slipway install library --client claude-code`
    let installCommand: String

    init(_ sources: [JSONValue], visit: Visit) {
        let own = sources.filter { !BuiltInSource.isBuiltIn($0) }.compactMap { $0["slug"]?.string }
        self.sources = own.count > 3 ? Count.of(own.count, "source") : own.joined(separator: ", ")
        sourcesAddress = Address.section(.sources, in: visit.project)
        uploadAddress = "\(sourcesAddress)/~new"
        let last = own.last ?? "library"
        makeAddress = Address.query(
            Address.section(.toolsets, in: visit.project) + "/new",
            ["source": own.last ?? ""]
        )
        mayEdit = visit.caller.allows(.producer)
        pushCommand = "slipway push \(own.isEmpty ? "library" : "openapi").yaml"
        createCommand = "slipway toolsets create \(last) --source \(last)"
        installCommand = "slipway install \(last) --client claude-code"
    }
}
