import Hummingbird
import MCP
import NIOCore

/// Writes what a subscriber is told as server-sent events (WHATWG HTML, section 9.2), each message on one line.
struct EventStream: Sendable {
    let stream: ChangeStream
    let subscriber: ChangeSubscriber
    let connections: ClientConnections
    let channel: any Channel

    /// Writes until either side ends the stream.
    func write(to writer: inout any ResponseBodyWriter) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask {
                await connections.end(of: channel)
                if !Task.isCancelled { subscriber.end(.silent) }
            }
            defer { group.cancelAll() }
            try await writer.write(opening)
            for await _ in subscriber.wakes {
                let work = subscriber.take()
                let text = bytes(of: work)
                if text.readableBytes > 0 { try await writer.write(text) }
                subscriber.wrote()
                if work.ending != nil { break }
            }
        }
        try await writer.finish(nil)
    }

    /// Something comes at once in any case, so that everybody on the way knows that this is a stream.
    private var opening: ByteBuffer {
        var buffer = ByteBuffer()
        if let opening = stream.opening { add(opening, to: &buffer) } else { buffer.writeString(": open\n\n") }
        return buffer
    }

    private func bytes(of work: ChangeSubscriber.Work) -> ByteBuffer {
        var buffer = ByteBuffer()
        if work.ending == .silent { return buffer }
        for list in work.changes { add(stream.notification(of: list), to: &buffer) }
        if work.keepsAlive, work.changes.isEmpty, work.ending == nil { buffer.writeString(": alive\n\n") }
        if work.ending == .told, let ending = stream.ending { add(ending, to: &buffer) }
        return buffer
    }

    private func add(_ message: [UInt8], to buffer: inout ByteBuffer) {
        buffer.writeString("event: message\ndata: ")
        buffer.writeBytes(message)
        buffer.writeString("\n\n")
    }
}
