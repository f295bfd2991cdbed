/// The names in `_meta` that the protocol itself defines (2026-07-28, Basic: `_meta`).
enum MetaKey {
    static let protocolVersion = "io.modelcontextprotocol/protocolVersion"
    static let clientCapabilities = "io.modelcontextprotocol/clientCapabilities"
    static let clientInfo = "io.modelcontextprotocol/clientInfo"
    static let serverInfo = "io.modelcontextprotocol/serverInfo"
    static let subscriptionID = "io.modelcontextprotocol/subscriptionId"
    static let traceparent = "traceparent"
    static let tracestate = "tracestate"
    static let baggage = "baggage"
}
