import Accounts
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Forms` {
    @Test func `fields keep their order, repetitions, spaces and line ends`() {
        let form = FormFields(urlEncoded: "a=1&b=two+words&a=%C3%A9&note=one%0D%0Atwo&empty=&flag")
        #expect(form["a"] == "1")
        #expect(form.all("a") == ["1", "é"])
        #expect(form["b"] == "two words")
        #expect(form["note"] == "one\ntwo")
        #expect(form.text("empty") == nil)
        #expect(form.has("flag") && !form.has("other"))
        #expect(form["a=1"] == nil)
    }

    @Test func `a broken escape is text and loses nothing`() {
        #expect(FormFields(urlEncoded: "a=100%&b=%zz")["a"] == "100%")
        #expect(FormFields(urlEncoded: "a=100%&b=%zz")["b"] == "%zz")
    }

    @Test func `names under a prefix`() {
        let form = FormFields(urlEncoded: "arg.limit=3&arg.q=x&other=1")
        #expect(form.under("arg.").map { "\($0.name)=\($0.value)" } == ["limit=3", "q=x"])
    }

    @Test(arguments: [
        ("7", 7), ("-5", 0), ("9223372036854775807", 1_000_000), ("92233720368547758070", nil), ("x", nil), ("", nil),
    ])
    func `a place in a list can be reckoned with, whatever somebody types`(_ text: String, _ expected: Int?) {
        #expect(FormFields(urlEncoded: "from=\(text)").position("from") == expected)
    }

    @Test func `a form token belongs to one session`() {
        let token = FormToken(of: KeySecret("one"))
        #expect(token.matches(FormToken(of: KeySecret("one")).text))
        #expect(!token.matches(FormToken(of: KeySecret("two")).text))
        #expect(!token.matches(nil) && !token.matches("") && !token.matches(String(token.text.dropLast())))
        #expect(!token.text.contains("one"))
    }

    @Test func `a notice comes out of its cookie as it went in, and other cookies are none`() {
        let notice = Notice(kind: .warning, text: "Rolled back – “ok”", command: "slipway rollback a 2 -m \"b\"")
        #expect(Notice(cookieValue: notice.cookieValue) == notice)
        #expect(Notice(cookieValue: "e30") == nil)
        #expect(Notice(cookieValue: "%%%") == nil)
        #expect(!notice.cookieValue.contains { $0 == ";" || $0 == "," || $0 == " " || $0 == "\"" })
    }

    @Test(arguments: [
        (0, "just now"), (44, "just now"), (60, "1 minute ago"), (3600, "60 minutes ago"), (7200, "2 hours ago"),
        (172_800, "2 days ago"), (90 * 86_400, "3 months ago"), (800 * 86_400, "2 years ago"), (-60, "in the future"),
    ])
    func `times say how long ago they are`(_ seconds: Int64, _ expected: String) {
        let now = Timestamp(milliseconds: 1_800_000_000_000)
        let moment = Moment(Timestamp(milliseconds: now.milliseconds - seconds * 1000), now: now)
        #expect(moment.relative == expected)
    }

    @Test func `times say exactly when, in UTC`() {
        let time = Timestamp(milliseconds: 1_764_263_105_000)
        #expect(Moment(time, now: time).absolute == "27 November 2025 at 17:05 UTC")
        #expect(Moment("no time") == nil)
    }
}
