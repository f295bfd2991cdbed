import Testing
import Vocabulary

/// Times are stored as text and must come back as they were.
struct TimestampTests {
    @Test func `every millisecond comes back from its text, and prints it again`() {
        for milliseconds in 1_795_382_297_000..<1_795_382_299_000 as Range<Int64> {
            let time = Timestamp(milliseconds: milliseconds)
            let read = Timestamp(time.description)
            #expect(read == time)
            #expect(read?.description == time.description)
        }
        #expect(Timestamp(milliseconds: 1_795_382_297_007).description == "2026-11-22T21:18:17.007Z")
        #expect(Timestamp(milliseconds: 0).description == "1970-01-01T00:00:00.000Z")
    }
}
