package import NIOPosix
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// From the host of a URL to the addresses that may be dialled for it.
package struct HostResolver: Sendable {
    /// The addresses in the order in which they should be tried, at least one. Throws ``NotFound``, or
    /// `CancellationError` where the task is cancelled first.
    package let addresses: @Sendable (_ host: String) async throws -> [IPAddress]

    package init(addresses: @escaping @Sendable (_ host: String) async throws -> [IPAddress]) {
        self.addresses = addresses
    }

    /// No address is known for the host.
    package struct NotFound: Error {
        /// What getaddrinfo gave back.
        package let code: Int32

        package init(code: Int32) {
            self.code = code
        }
    }

    /// The system's resolver, asked on the threads of a pool that is running. A host that is an address, in whatever
    /// form the system reads as one (`127.1`, `0x7f.1`, `2130706433`), is not asked for.
    package static func system(on pool: NIOThreadPool) -> HostResolver {
        HostResolver { host in
            if case .success(let addresses) = lookUp(host, flags: AI_NUMERICHOST) { return addresses }
            // getaddrinfo cannot be cancelled: a stream lets the caller go while the thread still waits.
            let (answers, answer) = AsyncStream<Result<[IPAddress], NotFound>>.makeStream()
            let isWanted = Flag()
            answer.onTermination = { _ in isWanted.lower() }
            pool.submit { state in
                if case .active = state, isWanted.isUp { answer.yield(lookUp(host, flags: 0)) }
                answer.finish()
            }
            for await addresses in answers { return try addresses.get() }
            throw CancellationError()
        }
    }

    /// Keeps a thread from looking up what nobody waits for any more.
    private final class Flag: Sendable {
        private let state = Atomic(true)

        var isUp: Bool { state.load(ordering: .relaxed) }

        func lower() { state.store(false, ordering: .relaxed) }
    }

    private static func lookUp(_ host: String, flags: Int32) -> Result<[IPAddress], NotFound> {
        var hints = addrinfo()
        hints.ai_family = AF_UNSPEC
        hints.ai_flags = flags
        #if canImport(Glibc)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        #else
        hints.ai_socktype = SOCK_STREAM
        #endif
        var first: UnsafeMutablePointer<addrinfo>?
        let code = getaddrinfo(host, nil, &hints, &first)
        guard code == 0 else { return .failure(NotFound(code: code)) }
        defer { freeaddrinfo(first) }
        var addresses: [IPAddress] = []
        var next = first
        while let entry = next?.pointee {
            if let address = IPAddress(entry), !addresses.contains(address) { addresses.append(address) }
            next = entry.ai_next
        }
        return addresses.isEmpty ? .failure(NotFound(code: EAI_NONAME)) : .success(addresses)
    }
}

extension IPAddress {
    fileprivate init?(_ entry: addrinfo) {
        guard let pointer = UnsafeRawPointer(entry.ai_addr), [AF_INET, AF_INET6].contains(entry.ai_family) else {
            return nil
        }
        self.init(socketAddress: pointer, isV6: entry.ai_family == AF_INET6)
    }
}
