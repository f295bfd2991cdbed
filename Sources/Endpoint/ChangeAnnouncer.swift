import Logging
package import Releases
import Vocabulary

/// Notices what changes at the addresses to which clients listen, and tells them.
///
/// Every committed change wakes it, whatever was changed: it looks at the addresses that have subscribers, and at no
/// others, and compares what clients see there. So nobody has to know what changes which list. What changes while it
/// looks is looked at in one go afterwards.
package final class ChangeAnnouncer: Sendable {
    private let store: any ServingStore
    private let admission: Admission
    private let subscriptions: ChangeSubscriptions
    private let timing: Timing
    private let stops: AsyncStream<Void>
    private let stopper: AsyncStream<Void>.Continuation

    /// How often something is done.
    package struct Timing: Sendable {
        /// Between two looks: a script that makes a thousand edits makes no more looks than this allows.
        package var pause = Duration.milliseconds(100)
        /// Between two comment lines on a stream on which nothing happens: proxies close what is silent for longer.
        package var keepAlive = Duration.seconds(15)

        package init() {}
    }

    package init(
        store: any ServingStore,
        admission: Admission,
        subscriptions: ChangeSubscriptions,
        timing: Timing = Timing()
    ) {
        self.store = store
        self.admission = admission
        self.subscriptions = subscriptions
        self.timing = timing
        (stops, stopper) = AsyncStream.makeStream()
    }

    /// Runs until ``stop()``.
    package func run() async {
        await withTaskGroup { group in
            group.addTask { await self.announceChanges() }
            group.addTask { await self.keepAlive() }
            group.addTask { for await _ in self.stops {} }
            await group.next()
            group.cancelAll()
        }
    }

    /// Ends all streams, so that a server that stops does not wait for their clients.
    package func stop() {
        subscriptions.stop()
        stopper.finish()
    }

    /// Takes a subscriber in, and compares what it has seen with what there is: a change between its request and now is
    /// told, and so is one that a legacy client missed while it had no stream.
    ///
    /// - Returns: Why there is no room, for people; nothing where there is.
    func take(_ subscriber: ChangeSubscriber) async -> String? {
        if let refusal = subscriptions.add(subscriber) { return refusal }
        if await !look(for: subscriber) { subscriber.end(.told) }
        return nil
    }

    private func announceChanges() async {
        var known = store.changeCount
        while !Task.isCancelled {
            await store.change(from: known)
            known = store.changeCount
            var isDone = false
            while !isDone, !Task.isCancelled {
                isDone = await lookForAll()
                try? await Task.sleep(for: isDone ? timing.pause : .seconds(1))
            }
        }
    }

    /// Tells everybody what is new to them.
    ///
    /// - Returns: Whether all could be looked at.
    func lookForAll() async -> Bool {
        var isDone = true
        for subscriber in subscriptions.all where await !look(for: subscriber) { isDone = false }
        return isDone
    }

    /// Looks at the address of one; a stream whose caller may not come in any more ends.
    ///
    /// - Returns: Whether it could be looked at.
    private func look(for subscriber: ChangeSubscriber) async -> Bool {
        do {
            let (entry, _) = try await admission.admit(subscriber.caller, to: subscriber.address)
            subscriber.see(entry.image.lists)
            return true
        } catch let problem as Problem where Self.turnsAway.contains(problem.code) {
            subscriber.end(.told)
            return true
        } catch {
            Logger.current.warning(
                "An address could not be looked at; it will be again",
                metadata: ["address": "\(subscriber.caller.path)", "error": "\(String(reflecting: error))"]
            )
            return false
        }
    }

    private static let turnsAway: Set<ProblemCode> = [
        .notFound, .unauthorized, .insufficientScope, .forbidden, .featureDisabled,
    ]

    private func keepAlive() async {
        while !Task.isCancelled {
            try? await Task.sleep(for: timing.keepAlive)
            subscriptions.keepAlive()
        }
    }
}
