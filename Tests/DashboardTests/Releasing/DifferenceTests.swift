import JSON
import Testing

@testable import Dashboard

@Suite struct `Differences of texts` {
    @Test func `words that went and came are marked, and the rest stays`() {
        let difference = TextDifference(from: "Finds books by title.", to: "Finds many books by title.")
        #expect(difference.pieces.map(\.text) == ["Finds ", "many ", "books by title."])
        #expect(difference.pieces.map(\.isAdded) == [false, true, false])
        #expect(difference.pieces.map(\.isRemoved) == [false, false, false])
    }

    @Test func `texts that share little stand one after the other`() {
        let difference = TextDifference(from: "Lists loans", to: "Anything else at all")
        #expect(difference.pieces.map(\.isRemoved) == [true, false])
        #expect(difference.pieces.map(\.text) == ["Lists loans", "Anything else at all"])
    }

    @Test(arguments: [("", ""), ("a", ""), ("", "a"), ("a b c d", "b c d e"), ("a\nb", "a\nb\nc"), ("x", "y")])
    func `both texts can be read out of their difference`(old: String, new: String) {
        let pieces = TextDifference(from: old, to: new).pieces
        #expect(pieces.filter { !$0.isAdded }.map(\.text).joined() == old)
        #expect(pieces.filter { !$0.isRemoved }.map(\.text).joined() == new)
        let lines = LineDifference(from: old, to: new).blocks.flatMap(\.lines)
        #expect(lines.filter { !$0.isAdded }.map(\.text).joined(separator: "\n") == old)
        #expect(lines.filter { !$0.isRemoved }.map(\.text).joined(separator: "\n") == new)
    }

    @Test func `unchanged lines are folded, but for those around a change`() {
        let old = (1...20).map(String.init)
        var new = old
        new[9] = "ten"
        let blocks = LineDifference(from: old.joined(separator: "\n"), to: new.joined(separator: "\n")).blocks
        #expect(blocks.map(\.fold) == ["6 unchanged lines", "", "7 unchanged lines"])
        #expect(blocks[1].lines.map(\.text) == ["7", "8", "9", "10", "ten", "11", "12", "13"])
    }

    @Test func `lines that went stand beside those that came in their place`() {
        let rows = LineDifference(from: "a\nb\nc\nd", to: "a\nB\nC\n\nd\ne").blocks.flatMap(\.rows)
        #expect(rows.map(\.isSame) == [true, false, false, false, true, false])
        #expect(rows.map { $0.before?.text } == [nil, "b", "c", nil, nil, nil])
        #expect(rows.map { $0.after?.text } == [nil, "B", "C", "", nil, "e"])
        #expect(LineDifference(from: "", to: "a").isOneSided)
        #expect(!LineDifference(from: "a", to: "b").isOneSided)
    }

    @Test func `both sides of words have what is the same`() {
        let difference = TextDifference(from: "Finds books by title.", to: "Finds many books by title.")
        #expect(difference.before.map(\.text).joined() == "Finds books by title.")
        #expect(difference.after.map(\.text).joined() == "Finds many books by title.")
    }

    @Test func `notes are read as paragraphs and lists in lists`() {
        let notes = ReleaseNotes("2 tools changed\n\n- find:\n  - A title.\n  - A text.\n- get: gone\nAnd more").blocks
        #expect(notes.map(\.text) == ["2 tools changed", "", "And more"])
        #expect(notes[1].items.map(\.text) == ["find:", "get: gone"])
        #expect(notes[1].items[0].items.map(\.text) == ["A title.", "A text."])
    }

    @Test func `a difference that costs too much is shown as a whole`() {
        let old = (1...2000).map(String.init)
        let new = (1...2000).map { "n\($0)" }
        let runs = SequenceDifference(from: old, to: new).runs
        #expect(runs.count == 2)
    }

    @Test func `a tool is told as a model reads it`() throws {
        let tool = try JSONValue(
            parsing: #"""
                {"name": "find", "title": "Find", "description": "Finds books.", "annotations": {"readOnlyHint": true},
                 "inputSchema": {"type": "object", "required": ["q"], "properties": {
                    "q": {"type": "string", "minLength": 2, "description": "Words."},
                    "by": {"type": "object", "properties": {"kind": {"enum": ["title", "author"]}}}}}}
                """#
        )
        #expect(
            ToolText(tool.object ?? [:]).text == """
                find
                Find

                Finds books.

                Arguments
                  q (string, required, minLength 2): Words.
                  by (object)
                    kind (one of "title", "author")

                Hints
                  readOnlyHint: true
                """
        )
    }
}
