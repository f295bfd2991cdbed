import Endpoint
import ServiceLifecycle

/// Tells clients of changes; at shutdown it ends their streams.
struct AnnouncerService: Service {
    let announcer: ChangeAnnouncer

    func run() async throws {
        await withGracefulShutdownHandler {
            await announcer.run()
        } onGracefulShutdown: {
            announcer.stop()
        }
    }
}
