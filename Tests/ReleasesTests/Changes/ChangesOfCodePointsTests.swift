import JSON
import Projects
import Testing
import Tools
import Vocabulary

@testable import Releases

/// What differs by code points alone, as `é` and `e` with an accent do, is another text; Swift's own equality takes both for one.
struct ChangesOfCodePointsTests {
    private static let composed = "caf\u{E9}"
    private static let decomposed = "cafe\u{301}"

    /// An edit that writes a text somewhere, and the rule that tells another text there.
    struct Place: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let rule: ChangeRule
        let write: @Sendable (inout Heads, String) -> Void

        init(_ name: String, _ rule: ChangeRule, _ write: @escaping @Sendable (inout Heads, String) -> Void) {
            testDescription = name
            self.rule = rule
            self.write = write
        }
    }

    static let places: [Place] = [
        Place("path", .execPathChanged) { $0.first.call.path = "/" + $1 },
        Place("path of the server", .execPathChanged) { $0.first.call.server = "https://pets.example/" + $1 },
        Place("name of a key", .authSchemeChanged) {
            let kind = CallRecipe.SecurityScheme.Kind.apiKey(name: $1, location: .query)
            $0.first.call.security = [[.init(name: "key", kind: kind, variables: ["PETS_KEY"])]]
        },
        Place("address of tokens", .authSchemeIssuerChanged) {
            let kind = CallRecipe.SecurityScheme.Kind.openIDConnect(url: "https://id.example/\($1)", scopes: [])
            $0.first.call.security = [[.init(name: "key", kind: kind, variables: ["A", "B", "C"])]]
        },
        Place("name upstream", .execParamRenamedUpstream) {
            var parameter = query("place")
            parameter.name = $1
            $0.first.call.parameters = [parameter]
        },
        Place("title", .toolTitleChanged) { $0.tools[0].variation.title = $1 },
        Place("description", .toolDescriptionChanged) { $0.first.description = $1 },
        Place("tag", .toolMetaChanged) { $0.first.tags = [$1] },
        Place("question", .confirmPolicyPromptChanged) {
            $0.tools[0].variation.confirm = .always
            $0.tools[0].variation.confirmPrompt = $1
        },
        Place("description of an argument", .inputTextDescriptionChanged) {
            let argument: JSONValue = ["type": "string", "description": .string($1)]
            $0.first.inputSchema = ["type": "object", "properties": ["a": argument]]
        },
        Place("title of an argument", .inputTextTitleChanged) {
            let argument: JSONValue = ["type": "string", "title": .string($1)]
            $0.first.inputSchema = ["type": "object", "properties": ["a": argument]]
        },
        Place("text of a prompt", .promptItemBodyChanged) { $0.prompts[0].template = $1 },
        Place("description of a prompt", .promptItemTitleChanged) { $0.prompts[0].description = $1 },
        Place("argument of a prompt", .promptItemTitleChanged) { $0.prompts[0].arguments[0].description = $1 },
        Place("title of a resource", .resourceItemDescriptionChanged) { $0.resources[0].title = $1 },
        Place("instructions", .serverInstructionsChanged) { $0.metadata.instructions = $1 },
        Place("description of the server", .serverEndpointNameChanged) { $0.metadata.description = $1 },
        Place("link of the server", .serverEndpointVersionChanged) {
            $0.metadata.documentationURL = "https://pets.example/" + $1
        },
    ]

    @Test(arguments: places) func `another text is told`(place: Place) throws {
        let old = pets.edited { place.write(&$0, Self.composed) }
        let new = pets.edited { place.write(&$0, Self.decomposed) }
        #expect(try changes(from: old, to: new).map(\.rule) == [place.rule])
        #expect(try changes(from: new, to: old).map(\.rule) == [place.rule])
    }

    @Test func `what was compiled for one text is not served for the other`() throws {
        let known = CompiledTools()
        func served(_ text: String) throws -> String? {
            var tool = head("list", Variation(description: text))
            tool.layers = VariationLayers(own: tool.variation)
            tool.definitionDigest = Digest(of: "definition".utf8)
            return try CompiledContent(heads([tool]), compiled: known).tools[0].tool["description"]?.string
        }
        for text in [Self.composed, Self.decomposed] {
            #expect(try served(text).map { Array($0.utf8) } == Array(text.utf8))
        }
    }

    @Test(arguments: Variation.Field.allCases) func `each field tells variations apart`(field: Variation.Field) {
        var (left, right) = (Variation(), Variation())
        let values: [JSONValue] = [.string(Self.composed), [.string(Self.composed)], true, "always"]
        guard let value = values.first(where: { left.set(field, to: $0) }) else { return }
        #expect(left != right)
        let other: JSONValue =
            switch value {
            case .string: .string(Self.decomposed)
            case .array: [.string(Self.decomposed)]
            default: false
            }
        let isSet = right.set(field, to: other) || right.set(field, to: "never")
        #expect(!isSet || left != right)
    }

    @Test(arguments: Toolset.Metadata.Field.allCases)
    func `each field tells metadata apart`(field: Toolset.Metadata.Field) {
        var (left, right) = (Toolset.Metadata(name: "Pets"), Toolset.Metadata(name: "Pets"))
        func logo(_ text: String) -> JSONValue {
            ["sha256": .string(Digest(of: text.utf8).hex), "mime_type": "image/png"]
        }
        let isText = left.set(field, to: .string(Self.composed)) && right.set(field, to: .string(Self.decomposed))
        let isFlag = !isText && left.set(field, to: true) && right.set(field, to: false)
        #expect(isText || isFlag || left.set(field, to: logo("a")) && right.set(field, to: logo("b")))
        #expect(left != right)
    }
}
