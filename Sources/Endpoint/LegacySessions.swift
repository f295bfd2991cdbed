package import Accounts
import Foundation
import Synchronization
package import Vocabulary

/// The sessions of legacy clients (2025-11-25, Transports: Session Management): what one needs to be told of changes.
///
/// An id is sealed and says everything about its session, so nothing is kept of sessions that go on, however many there
/// are, and they outlast a restart of the server. It opens only at the address and for the key that it was made for; for
/// all others it is unknown. It lets nobody in: the key of each request does.
package final class LegacySessions: Sendable {
    /// A session that goes on.
    struct Session: Sendable, Hashable {
        let id: String
        /// What the client could see when it began.
        let lists: ListDigests
        fileprivate let expires: Timestamp
    }

    private let vault: Vault
    private let now: @Sendable () -> Timestamp
    /// Sessions that clients ended, with the times at which they would have expired.
    private let ended = Mutex<[String: Timestamp]>([:])
    /// A client that goes on for longer begins anew.
    private static let lifetimeMilliseconds: Int64 = 30 * 24 * 3600 * 1000
    /// How many ended sessions are remembered. One that is forgotten is no danger: it lets nobody in.
    private static let remembered = 4096
    private static let longestID = 512

    /// Sessions whose ids are sealed with `vault`.
    package init(vault: Vault, now: @escaping @Sendable () -> Timestamp = { Timestamp.now() }) {
        self.vault = vault
        self.now = now
    }

    /// The id of a new session, in characters that a header may have.
    func begin(at address: ServingAddress, for key: APIKey?, seeing lists: ListDigests) throws -> String {
        let expires = now().milliseconds + Self.lifetimeMilliseconds
        let sealed = try vault.seal("\(expires) \(lists.text)", for: Self.place(address, key))
        return Data(sealed).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_")
            .replacing("=", with: "")
    }

    /// The session of an id; nothing where it is another's, has ended, or never was.
    func session(_ id: String, at address: ServingAddress, for key: APIKey?) -> Session? {
        guard id.utf8.count <= Self.longestID else { return nil }
        let text = id.replacing("-", with: "+").replacing("_", with: "/")
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let sealed = Data(base64Encoded: text + padding),
            let opened = try? vault.open(Array(sealed), for: Self.place(address, key))
        else { return nil }
        let parts = opened.split(separator: " ").map(String.init)
        guard parts.count == 2, let milliseconds = Int64(parts[0]), let lists = ListDigests(text: parts[1]) else {
            return nil
        }
        let session = Session(id: id, lists: lists, expires: Timestamp(milliseconds: milliseconds))
        let isEnded = ended.withLock { $0[id] != nil }
        return isEnded || session.expires <= now() ? nil : session
    }

    /// Ends a session.
    func end(_ session: Session) {
        ended.withLock { ended in
            if ended.count >= Self.remembered, let first = ended.min(by: { $0.value < $1.value }) {
                ended[first.key] = nil
            }
            ended[session.id] = session.expires
        }
    }

    /// What an id is bound to. No environment has a name like it, so neither opens what belongs to the other.
    private static func place(_ address: ServingAddress, _ key: APIKey?) -> String {
        "mcp session|\(address.slug)|\(address.side)|\(key?.id.text ?? "")"
    }
}
