import Foundation
import JSON
import Testing
import Tools
import Vocabulary

struct TokenEstimateTests {
    @Test(arguments: [
        ("", 0), (" ", 0), ("a", 1), ("describe", 1), ("described", 2), ("internationalization", 4), ("two words", 2),
        ("getHTTPServer", 3), ("petId", 2), ("snake_case", 3), ("HTTP", 1), ("1", 1), ("123", 1), ("1234567", 3),
        ("{\"", 1), ("\":{\"", 2), ("a  b", 3), ("a\nb", 3), ("déjà vu", 5), ("日本語", 3), ("😀", 2),
        (#"{"name":"list_pets","description":"Lists all pets."}"#, 14),
    ])
    func `counts words, signs and digits`(text: String, tokens: Int) {
        #expect(TokenEstimate.tokens(in: Array(text.utf8)) == tokens)
    }

    @Test func `a value is counted as compact JSON`() throws {
        let value = try JSONValue(parsing: #" { "name" : "list_pets", "description":"Lists all pets." } "#)
        #expect(TokenEstimate.tokens(of: value) == 14)
    }

    @Test func `a tool is counted by what reaches a model`() {
        let tool: JSONObject = ["name": "a", "description": "b", "inputSchema": ["type": "object"]]
        #expect(TokenEstimate.tokens(ofTool: tool) == TokenEstimate.tokens(of: .object(tool)))
        var more = tool
        more["_meta"] = ["slipway/confirm": ["mode": "always"]]
        more["icons"] = [["src": "https://example.com/a.png"]]
        #expect(TokenEstimate.tokens(ofTool: more) == TokenEstimate.tokens(ofTool: tool))
        for member in ["title", "outputSchema", "annotations"] {
            more[member] = "word"
            #expect(TokenEstimate.tokens(ofTool: more) > TokenEstimate.tokens(ofTool: tool))
        }
    }

    /// Counted with the vocabulary of GPT-3 once, and by the estimate now: `docs/reference/tokens.md`.
    @Test(.enabled(if: FileManager.default.fileExists(atPath: discord), "no specs beside the repository"))
    func `is near what a tokenizer counts`() throws {
        let document = try JSONValue(parsing: [UInt8](Data(contentsOf: URL(filePath: Self.discord))))
        let schemas = try #require(document["components"]?["schemas"]?.object).prefix(200).map(\.value)
        let estimate = schemas.reduce(0) { $0 + TokenEstimate.tokens(of: $1) }
        print("estimated \(estimate) tokens, where GPT-3's vocabulary has 35468")
        #expect((0.95...1.05).contains(Double(estimate) / 35_468))
    }

    private static let discord: String = {
        var parts = #filePath.split(separator: "/")
        parts.removeLast(4)
        return "/" + parts.joined(separator: "/") + "/shared/specs/discord/2026-07-18.json"
    }()
}
