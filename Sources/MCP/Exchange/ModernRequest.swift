import JSON

/// A request that carries its own version, and the ladder of checks it climbs: the first that fails is the answer
/// (2026-07-28, Transports and Versioning).
struct ModernRequest: Sendable {
    let request: Request
    let headers: HeaderFields

    func answer(from content: some ServedContent) async -> Outgoing {
        do {
            try check(against: content)
        } catch {
            return .refusal(error, of: request.id)
        }
        guard request.method != SubscriptionsListen.name else {
            return SubscriptionsListen.answer(request, headers: headers, from: content)
        }
        let context = CallContext(revision: .july2026, meta: request.meta)
        let reply = await Methods.reply(to: request, from: content, context: context)
        return .json(reply, modernFor: content.implementation, status: reply.failure?.status ?? 200)
    }

    private func check(against content: some ServedContent) throws(Failure) {
        let standard = StandardHeaders(fields: headers)
        try standard.checkOccurrences()
        let version = try claimedVersion()
        try standard.check(against: request, version: version)
        guard version == Revision.july2026.rawValue else { throw .unsupportedVersion(version) }
        try checkParameterHeaders(against: content)
    }

    /// The two keys that every request must have; `clientInfo` is optional.
    private func claimedVersion() throws(Failure) -> String {
        let version = request.meta[MetaKey.protocolVersion]?.string
        let capabilities = request.meta[MetaKey.clientCapabilities]?.object
        if let version, capabilities != nil { return version }
        let missing = [
            version == nil ? "\(MetaKey.protocolVersion), a string" : nil,
            capabilities == nil ? "\(MetaKey.clientCapabilities), an object" : nil,
        ]
        let list = missing.compactMap(\.self).joined(separator: ", and ")
        throw .invalidParameters("params._meta must have \(list).", status: 400)
    }

    private func checkParameterHeaders(against content: some ServedContent) throws(Failure) {
        guard request.method == ToolsCall.name, let tool = request.parameters["name"]?.string else { return }
        let arguments = request.parameters["arguments"]?.object ?? [:]
        for parameter in content.headerParameters(ofTool: tool) {
            try parameter.check(headers, against: arguments)
        }
    }
}
