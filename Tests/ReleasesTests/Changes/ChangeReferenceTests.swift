import Foundation
import Releases
import Testing

/// The page of the rules, and that it is the committed one.
struct ChangeReferenceTests {
    private static let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/reference/changes.md")

    @Test func `the committed page is what the table says`() throws {
        if ProcessInfo.processInfo.environment["SLIPWAY_WRITE_DOCS"] == "1" {
            try Data(ChangeReference.page.utf8).write(to: Self.file)
        }
        let committed = try String(contentsOf: Self.file, encoding: .utf8)
        #expect(
            committed == ChangeReference.page,
            "Write it anew with: SLIPWAY_WRITE_DOCS=1 swift test --filter ChangeReferenceTests"
        )
    }

    @Test func `the page has every rule once`() {
        let page = ChangeReference.page
        for rule in ChangeRule.allCases {
            #expect(page.split(separator: "| `\(rule.rawValue)` |").count == 2, "\(rule.rawValue)")
            #expect(rule.meaning.hasSuffix("."))
        }
        #expect(Set(ChangeRule.allCases.map(\.meaning)).count == ChangeRule.allCases.count)
        #expect(ChangeRule.allCases.count == 197)
    }

    @Test func `marks of the table are on the rules that have them`() {
        #expect(ChangeRule.allCases.filter { !$0.canBeAcknowledged }.allSatisfy { $0.level == .breaking })
        #expect(ChangeRule.allCases.filter(\.isBreakingWhenTyped).allSatisfy { $0.level == .risky })
    }
}
