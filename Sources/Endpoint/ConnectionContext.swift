package import Hummingbird
package import NIOCore

/// What a request carries through the server, the connection that it came by among it.
package struct ConnectionContext: RequestContext {
    package var coreContext: CoreRequestContextStorage
    /// The connection to the client.
    package let channel: any Channel

    package init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        channel = source.channel
    }
}
