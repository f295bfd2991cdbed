import JSON
import Testing

struct JSONPointerTests {
    private let document: JSONValue = [
        "foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8,
        "~1": 9, "/\u{301}": 10, "~\u{301}": 11,
    ]

    /// The table of RFC 6901, section 5, and more.
    @Test(
        arguments: [
            ("/foo/0", "bar"), ("/foo/1", "baz"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/e^f", 3), ("/g|h", 4),
            ("/i\\j", 5), ("/k\"l", 6), ("/ ", 7), ("/m~0n", 8), ("/~01", 9), ("/~1\u{301}", 10), ("/~0\u{301}", 11),
        ] as [(String, JSONValue)]
    )
    func `finds a value`(text: String, expected: JSONValue) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(document[pointer] == expected)
        #expect(pointer.description == text)
    }

    @Test func `the empty pointer is the whole document`() {
        #expect(JSONPointer("").map { document[$0] } == document)
        #expect(JSONPointer().description.isEmpty)
    }

    @Test(arguments: [
        "/x", "/foo/2", "/foo/-", "/foo/01", "/foo/+1", "/foo/-1", "/foo/0/x", "//x", "/foo/99999999999999999999",
    ])
    func `finds nothing where nothing is`(text: String) throws {
        #expect(document[try #require(JSONPointer(text))] == nil)
    }

    @Test func `text that is no pointer is refused`() {
        #expect(JSONPointer("foo") == nil)
        #expect(JSONPointer("#/foo") == nil)
    }

    @Test func `grows by names and by places`() {
        let pointer = JSONPointer().appending("a/b").appending(3).appending("m~n")
        #expect(pointer.tokens == ["a/b", "3", "m~n"])
        #expect(pointer.description == "/a~1b/3/m~0n")
        #expect(JSONPointer(pointer.description) == pointer)
    }
}
