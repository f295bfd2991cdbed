import MCP
import Releases
import Synchronization
import Testing
import Vocabulary

@testable import Endpoint

/// Who waits to be told of changes, and what they are told.
struct ChangeSubscriptionTests {
    private final class Cut: Sendable {
        let count = Mutex(0)
    }

    private let cut = Cut()

    private func address(_ slug: String = "pets") throws -> ServingAddress {
        ServingAddress(slug: try #require(Slug(slug)), side: .live)
    }

    private func lists(_ tools: Int = 1, prompts: Int = 1) -> ListDigests {
        ListDigests { list in
            switch list {
            case .tools: "t\(tools)"
            case .prompts: "p\(prompts)"
            case .resources: "r"
            }
        }
    }

    private func subscriber(
        _ wanted: Set<ListKind> = Set(ListKind.allCases),
        at slug: String = "pets",
        session: String? = nil
    ) throws -> ChangeSubscriber {
        let cut = cut
        return ChangeSubscriber(
            ChangeSubscriber.Interest(lists: wanted, seen: lists(), session: session),
            by: Admission.Caller(path: "/mcp/\(slug)", wasGivenSomething: false, secret: nil),
            at: try address(slug),
            disconnect: { cut.count.withLock { $0 += 1 } }
        )
    }

    @Test func `what has not changed is not told`() throws {
        let subscriber = try subscriber()
        subscriber.see(lists())
        #expect(subscriber.take().isNothing)
    }

    @Test func `many changes become one, in a fixed order, and only of what was asked for`() throws {
        let all = try subscriber()
        let prompts = try subscriber([.prompts])
        for number in 2..<100 {
            all.see(lists(number, prompts: number))
            prompts.see(lists(number))
        }
        #expect(all.take().changes == [.tools, .prompts])
        #expect(all.take().isNothing)
        #expect(prompts.take().isNothing)
        prompts.see(lists(7, prompts: 7))
        #expect(prompts.take().changes == [.prompts])
    }

    @Test func `a change that was taken back is told, since a client may have seen it`() throws {
        let subscriber = try subscriber()
        subscriber.see(lists(2))
        subscriber.see(lists(1))
        #expect(subscriber.take().changes == [.tools])
    }

    @Test func `what is to be told is told before the end, and the first end counts`() throws {
        let subscriber = try subscriber()
        subscriber.see(lists(2))
        subscriber.end(.told)
        subscriber.end(.silent)
        let work = subscriber.take()
        #expect(work.changes == [.tools])
        #expect(work.ending == .told)
    }

    @Test func `a client that does not read is cut off, and one that does is not`() throws {
        let subscriptions = ChangeSubscriptions()
        let (slow, quick) = (try subscriber(), try subscriber())
        #expect(subscriptions.add(slow) == nil)
        #expect(subscriptions.add(quick) == nil)
        for _ in 0..<2 {
            subscriptions.keepAlive()
            #expect(quick.take().keepsAlive)
            quick.wrote()
        }
        #expect(subscriptions.all.count == 2)
        subscriptions.keepAlive()
        #expect(subscriptions.all.map(ObjectIdentifier.init) == [ObjectIdentifier(quick)])
        #expect(cut.count.withLock { $0 } == 1)
        #expect(slow.take().ending == .silent)
    }

    @Test func `there is room for so many, at one address and in all`() throws {
        let subscriptions = ChangeSubscriptions(limits: .init(atOneAddress: 2, inAll: 3))
        let first = try subscriber()
        #expect(subscriptions.add(first) == nil)
        #expect(try subscriptions.add(subscriber()) == nil)
        #expect(try subscriptions.add(subscriber())?.hasPrefix("2 clients listen at this address") == true)
        #expect(try subscriptions.add(subscriber(at: "other")) == nil)
        #expect(try subscriptions.add(subscriber(at: "third"))?.hasPrefix("3 clients listen to this server") == true)
        subscriptions.remove(first)
        subscriptions.remove(first)
        #expect(try subscriptions.add(subscriber(at: "third")) == nil)
    }

    @Test func `a session has one stream, the last that it opened`() throws {
        let subscriptions = ChangeSubscriptions(limits: .init(atOneAddress: 1))
        let (first, second) = (try subscriber(session: "s"), try subscriber(session: "s"))
        #expect(subscriptions.add(first) == nil)
        #expect(subscriptions.add(second) == nil)
        #expect(first.take().ending == .told)
        #expect(second.take().isNothing)
        subscriptions.end(session: "s", at: try address())
        #expect(second.take().ending == .told)
        #expect(subscriptions.all.isEmpty)
    }

    @Test func `a server that stops ends all and takes nobody in`() throws {
        let subscriptions = ChangeSubscriptions()
        let subscriber = try subscriber()
        #expect(subscriptions.add(subscriber) == nil)
        subscriptions.stop()
        #expect(subscriber.take().ending == .told)
        #expect(try subscriptions.add(self.subscriber())?.contains("stopping") == true)
    }

    @Test func `what a client has seen is kept as text`() throws {
        #expect(ListDigests(text: lists(3, prompts: 4).text) == lists(3, prompts: 4))
        #expect(ListDigests(text: "a.b") == nil)
        #expect(lists(2).changes(since: lists()) == [.tools])
    }
}
