import JSON
import Testing

@testable import Commands

struct RenderingTests {
    @Test func `columns are as wide as their widest cell`() {
        let table = Table(
            ["NAME", "MODE", "NOTE"],
            rows: [["pets", "iteration", "a"], ["petstore-v2", "staging", .init(nil as String?)]]
        )
        #expect(
            table.text(on: Paper().console()) == """
                NAME         MODE       NOTE
                pets         iteration  a
                petstore-v2  staging    -
                """
        )
    }

    @Test func `colours do not move columns`() {
        let table = Table(rows: [[.init("a", .good), "b"], ["long", "c"]])
        #expect(table.text(on: Paper().console(color: true)) == "\u{1B}[32ma\u{1B}[0m     b\nlong  c")
    }

    @Test func `a table without rows is a sentence`() {
        #expect(Table(["NAME"]).text(on: Paper().console(), orElse: "Nothing yet.") == "Nothing yet.")
    }

    @Test func `a terminal obeys nothing that a document says`() {
        #expect("a\u{1B}[2Jb\nc\u{202E}d\u{9B}e".printable == "a [2Jb c d e")
        #expect("a\u{1B}b\n\tc".printableLines == "a b\n\tc")
        let paper = Paper()
        paper.console().complain("no\u{1B}]0;x", code: "invalid", details: ["/a: b\r\nc"])
        #expect(paper.errors == "slipway: no ]0;x [invalid]\n  /a: b  c")
    }

    @Test func `times and notes are short`() {
        #expect(Wording.minute("2026-11-22T17:08:30.125Z") == "2026-11-22 17:08")
        #expect(Wording.firstLine("one\ntwo") == "one")
        #expect(Wording.count(1, "tool") == "1 tool")
        #expect(Wording.count(0, "tool") == "0 tools")
    }

    @Test(
        arguments: [
            ("3", 3), (#"{"count":4}"#, 4), ("null", nil),
            (#"{"added_tools":["a","b"],"changed_tools":["c"],"metadata_changed":true,"order_changed":false}"#, 4),
        ] as [(String, Int?)]
    )
    func `changes are counted however the server tells them`(changes: String, count: Int?) throws {
        let staging: JSONValue = ["base_release": 1, "changes": try JSONValue(parsing: changes)]
        #expect(ToolsetAnswer(["editing_mode": "staging", "staging": staging]).changes == count)
    }
}
