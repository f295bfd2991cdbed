import JSON
import JSONSchema
import Logging
import MCP
import Releases
import Vocabulary

/// A call and the tool that takes it.
struct TakenCall: Sendable {
    let tool: CompiledTool
    let image: ServingImage
    let fit: ArgumentFit
    /// The release that takes it, where that is the one before live.
    var former: FormerRelease?
}

/// Whether arguments meet the schema of a tool.
enum ArgumentFit: Sendable {
    /// They do, as they are here: models like to send `"{\"a\":1}"` for an object, which is mended.
    case fits(JSONObject)
    case errors([ValidationError])
    /// The schema cannot be read.
    case unreadable(any Error)

    init(_ arguments: JSONObject, _ tool: CompiledTool, in image: ServingImage) {
        do {
            let schema = try image.schema(of: tool)
            let errors = schema.validate(.object(arguments))
            guard !errors.isEmpty else {
                self = .fits(arguments)
                return
            }
            let repaired = schema.repaired(.object(arguments))
            guard !repaired.places.isEmpty else {
                self = .errors(errors)
                return
            }
            let left = schema.validate(repaired.value)
            self = left.isEmpty ? .fits(repaired.value.object ?? arguments) : .errors(left)
        } catch {
            self = .unreadable(error)
        }
    }

    var isGood: Bool {
        if case .fits = self { true } else { false }
    }
}

extension ToolService {
    /// Who takes a call: a tool of live where it can; else, in the grace time, one of the release before.
    ///
    /// - Throws: `CallFailure.unknownTool`.
    func taken(_ name: String, _ arguments: JSONObject, at entry: ServingCatalog.Entry) async throws -> TakenCall {
        let live = entry.image.tool(name).map { tool in
            TakenCall(tool: tool, image: entry.image, fit: ArgumentFit(arguments, tool, in: entry.image))
        }
        if let live, live.fit.isGood { return live }
        if let former = await takenByFormer(name, arguments, at: entry) { return former }
        guard let live else { throw CallFailure.unknownTool(name) }
        return live
    }

    /// The call as the release before takes it; nothing where it cannot, may not, or its grace time is over.
    ///
    /// It may not where live asks for more care than the release before did: of the same tool, whatever it is called now,
    /// or of another one that has its name now.
    private func takenByFormer(
        _ name: String,
        _ arguments: JSONObject,
        at entry: ServingCatalog.Entry
    ) async -> TakenCall? {
        guard let former = entry.former, former.takesCalls(at: .now()) else { return nil }
        let image: ServingImage
        do {
            image = try await former.image()
        } catch {
            Logger.current.error(
                "The release before could not be loaded",
                metadata: ["release": "\(former.release.id)", "error": "\(String(reflecting: error))"]
            )
            return nil
        }
        guard let tool = image.tool(name) else { return nil }
        let now = [entry.image.tool(name), entry.image.tool(tool.urn)].compactMap(\.self)
        guard !now.contains(where: { $0.isTighter(than: tool) }) else { return nil }
        let fit = ArgumentFit(arguments, tool, in: image)
        return fit.isGood ? TakenCall(tool: tool, image: image, fit: fit, former: former.release) : nil
    }
}
