import Persistence
import Testing

/// Waiting for the next committed change.
@Suite(.timeLimit(.minutes(2)))
struct ChangeCounterTests {
    @Test func `who waits for a change is woken by it`() async {
        let counter = ChangeCounter()
        let waiting = Task { await counter.change(from: 0) }
        await Task.yield()
        counter.increase()
        await waiting.value
        #expect(counter.value == 1)
    }

    @Test func `a change that has been is not waited for`() async {
        let counter = ChangeCounter()
        counter.increase()
        await counter.change(from: 0)
        await counter.change(from: 7)
    }

    @Test func `one change wakes all, and a task that is cancelled waits no more`() async {
        let counter = ChangeCounter()
        await withTaskGroup { group in
            for _ in 0..<50 { group.addTask { await counter.change(from: 0) } }
            await Task.yield()
            counter.increase()
        }
        let waiting = Task { await counter.change(from: 1) }
        waiting.cancel()
        await waiting.value
        #expect(counter.value == 1)
    }

    @Test func `no change is missed between two looks`() async {
        let counter = ChangeCounter()
        let rounds = 2000
        async let writer: Void = {
            for _ in 0..<rounds {
                counter.increase()
                await Task.yield()
            }
        }()
        var known = 0
        while known < rounds {
            await counter.change(from: known)
            known = counter.value
        }
        await writer
        #expect(known == rounds)
    }
}
