package import JSON

/// What a request says about itself beside its parameters.
package struct CallContext: Sendable {
    /// The revision in which the answer is written.
    package let revision: Revision
    /// Who says to be calling; for logs, never for decisions (2026-07-28, `_meta`). Legacy requests do not say.
    package let client: Client?
    /// What the client declared it can do; empty for legacy requests.
    package let clientCapabilities: JSONObject
    /// The trace that the call belongs to.
    package let trace: TraceContext

    /// A client as it names itself.
    package struct Client: Sendable, Hashable {
        package let name: String
        package let version: String?

        package init(name: String, version: String?) {
            self.name = name
            self.version = version
        }
    }

    /// What is known of a request; a test's way to make one.
    package init(
        revision: Revision,
        client: Client? = nil,
        clientCapabilities: JSONObject = [:],
        trace: TraceContext = TraceContext()
    ) {
        self.revision = revision
        self.client = client
        self.clientCapabilities = clientCapabilities
        self.trace = trace
    }

    /// What the `_meta` of a request says; a part that cannot be read counts as left out.
    init(revision: Revision, meta: JSONObject) {
        let info = meta[MetaKey.clientInfo]
        self.init(
            revision: revision,
            client: info?["name"]?.string.map { Client(name: $0, version: info?["version"]?.string) },
            clientCapabilities: meta[MetaKey.clientCapabilities]?.object ?? [:],
            trace: TraceContext(
                traceparent: meta[MetaKey.traceparent]?.string,
                tracestate: meta[MetaKey.tracestate]?.string,
                baggage: meta[MetaKey.baggage]?.string
            )
        )
    }
}

/// The W3C trace keys of a request, fit to be sent on as headers: what is malformed has been left out.
package struct TraceContext: Sendable, Hashable {
    package let traceparent: String?
    /// Never without ``traceparent``.
    package let tracestate: String?
    package let baggage: String?

    /// Keeps what the W3C formats allow; callers' text goes into headers from here, so no line may break out of one.
    package init(traceparent: String? = nil, tracestate: String? = nil, baggage: String? = nil) {
        self.traceparent = traceparent.flatMap { Self.isTraceParent($0) ? $0 : nil }
        self.tracestate = self.traceparent == nil ? nil : Self.headerText(tracestate, limit: 512)
        self.baggage = Self.headerText(baggage, limit: 8192)
    }

    /// W3C Trace Context, section 3.2.2: `version-traceid-parentid-flags`, later versions may go on after a dash.
    private static func isTraceParent(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard text.utf8.count <= 128, parts.count >= 4, parts.map(\.count).prefix(4) == [2, 32, 16, 2] else {
            return false
        }
        let areHexadecimal = parts.allSatisfy { part in
            part.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
        }
        let isNothing = parts[1...2].contains { part in part.allSatisfy { $0 == 0x30 } }
        let version = String(Substring(parts[0]))
        return areHexadecimal && !isNothing && version != "ff" && (version != "00" || parts.count == 4)
    }

    private static func headerText(_ text: String?, limit: Int) -> String? {
        guard let text, !text.isEmpty, text.utf8.count <= limit, text.utf8.allSatisfy({ (0x20...0x7E).contains($0) })
        else { return nil }
        return text
    }
}
