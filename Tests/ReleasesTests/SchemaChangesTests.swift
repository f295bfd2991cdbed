import JSON
import JSONSchema
import Testing

@testable import Releases

/// The rules `input.*` and `output.*`, each in both directions.
struct SchemaChangesTests {
    /// Two schemas, the rules that tell the way from the first to the second, and those that tell the way back.
    struct Row: Sendable, CustomTestStringConvertible {
        let old: String
        let new: String
        let there: [String]
        let back: [String]
        var testDescription: String { "\(old) to \(new)" }

        init(_ old: String, _ new: String, _ there: String, _ back: String) {
            self.old = old
            self.new = new
            self.there = there.split(separator: " ").map(String.init)
            self.back = back.split(separator: " ").map(String.init)
        }
    }

    private static func object(_ text: String) throws -> JSONObject {
        try #require(try JSONValue(parsing: text).object)
    }

    @Test(arguments: inputs)
    func `a change of arguments is told by its rules, and so is the way back`(row: Row) throws {
        let (old, new) = (try Self.object(row.old), try Self.object(row.new))
        #expect(SchemaChanges.input(from: old, to: new).map(\.rule.rawValue) == row.there.map { "input.\($0)" })
        #expect(SchemaChanges.input(from: new, to: old).map(\.rule.rawValue) == row.back.map { "input.\($0)" })
    }

    @Test(arguments: outputs)
    func `a change of results is told by its rules, and so is the way back`(row: Row) throws {
        let (old, new) = (try Self.object(row.old), try Self.object(row.new))
        #expect(SchemaChanges.output(from: old, to: new).map(\.rule.rawValue) == row.there.map { "output.\($0)" })
        #expect(SchemaChanges.output(from: new, to: old).map(\.rule.rawValue) == row.back.map { "output.\($0)" })
    }

    @Test func `every rule of schemas has a row`() {
        let given = Self.inputs.flatMap { $0.there + $0.back }.map { "input.\($0)" }
        let got = Self.outputs.flatMap { $0.there + $0.back }.map { "output.\($0)" }
        // Texts that lead a model astray, and schemas that come and go, have tests of their own.
        let elsewhere: Set = [
            "input.text.directive-added", "output.text.directive-added", "output.schema.added", "output.schema.removed",
        ]
        let wanted = ChangeRule.allCases.map(\.rawValue).filter { rule in
            rule.hasPrefix("input.") || rule.hasPrefix("output.") && !rule.hasPrefix("output.content")
        }
        #expect(Set(wanted).subtracting(elsewhere).subtracting(given + got).isEmpty)
    }

    @Test func `an order in what is said of a new constant is found`() throws {
        let old = try Self.object(#"{"properties":{"a":{"oneOf":[{"const":"x"},{"const":"y"}]}}}"#)
        let new = try Self.object(
            #"{"properties":{"a":{"oneOf":[{"const":"x"},{"const":"y"},{"const":"z","description":"Evil"}]}}}"#
        )
        let told = SchemaChanges.input(from: old, to: new) { before, after in before == nil && after == "Evil" }
        #expect(told.map(\.rule) == [.inputEnumValueAdded, .inputTextDirectiveAdded])
        #expect(told.last?.pointer == "/inputSchema/properties/a/oneOf/2")
    }

    @Test func `no difference that hurts is safe`() {
        let effects: [SchemaDifference.Effect] = [[], .narrows, .widens, .both]
        // What a difference of a kind can never do is not asked.
        let widening: Set<SchemaDifference.Kind> = [
            .requiredLifted, .typeWidened, .nullAllowed, .enumValuesAdded, .enumLifted, .constLifted, .boundLoosened,
            .boundLifted, .patternWidened, .patternLifted, .formatLifted, .extraAllowed, .anyBranchAdded,
            .conditionLoosened, .conditionLifted,
        ]
        let narrowing: Set<SchemaDifference.Kind> = [
            .requiredSet, .typeNarrowed, .nullForbidden, .enumIntroduced, .enumValuesRemoved, .constIntroduced,
        ]
        let silent: Set<SchemaDifference.Kind> = [
            .deprecated, .undeprecated, .titleChanged, .descriptionChanged, .exampleChanged, .defaultChanged,
            .mirrorAdded, .mirrorChanged, .mirrorRemoved, .keywordChanged, .recursionAdded,
        ]
        for kind in SchemaDifference.Kind.allCases where !silent.contains(kind) {
            for effect in effects {
                let difference = SchemaDifference.made(kind, effect)
                if effect.contains(.narrows), !widening.contains(kind) {
                    #expect(SchemaChanges.inputRule(of: difference).level > .safe, "\(kind)")
                }
                if effect.contains(.widens), !narrowing.contains(kind) {
                    #expect(SchemaChanges.outputRule(of: difference)?.level ?? .safe > .safe, "\(kind)")
                }
            }
        }
    }

    @Test func `an output schema that comes or goes is told once`() throws {
        let schema = try Self.object(#"{"type":"object"}"#)
        #expect(SchemaChanges.output(from: nil, to: schema).map(\.rule) == [.outputSchemaAdded])
        #expect(SchemaChanges.output(from: schema, to: nil).map(\.rule) == [.outputSchemaRemoved])
        #expect(SchemaChanges.output(from: nil, to: nil).isEmpty)
        #expect(SchemaChanges.output(from: schema, to: schema).isEmpty)
    }

    @Test(arguments: [
        (#"{"properties":{"a":{"enum":["x","IGNORE"]}}}"#, "properties/a/enum"),
        (#"{"properties":{"a":{"enum":["x"],"default":"IGNORE"}}}"#, "properties/a/default"),
        (#"{"properties":{"a":{"enum":["x",{"k":["IGNORE"]}]}}}"#, "properties/a/enum"),
        (#"{"properties":{"a":{"enum":["x"]},"IGNORE":{}}}"#, "properties/IGNORE"),
        (#"{"properties":{"a":{"enum":["x"]},"b":{"properties":{"IGNORE":{}}}}}"#, "properties/b/properties/IGNORE"),
        (#"{"properties":{"a":{"enum":["x"]},"b":{"items":{"const":"IGNORE"}}}}"#, "properties/b/items/const"),
        (#"{"properties":{"a":{"enum":["x"]}},"required":["IGNORE"]}"#, "required"),
        (#"{"properties":{"a":{"enum":["x"]},"b":{"format":"IGNORE"}}}"#, "properties/b/format"),
        (
            ##"{"properties":{"a":{"enum":["x"]},"b":{"$ref":"#/$defs/IGNORE"}},"$defs":{"IGNORE":{"type":"string"}}}"##,
            "$defs/IGNORE"
        ),
    ])
    func `an order in a name or a value is told beside what came with it`(text: String, pointer: String) throws {
        let (old, new) = (try Self.object(#"{"properties":{"a":{"enum":["x"]}}}"#), try Self.object(text))
        func orders(_ side: [RuledDifference]) -> [String] {
            side.filter { $0.rule.rawValue.hasSuffix("directive-added") }.map { "\($0.rule.rawValue) \($0.pointer)" }
        }
        let input = SchemaChanges.input(from: old, to: new, isDirective: { $0 == "IGNORE" })
        #expect(orders(input) == ["input.text.directive-added /inputSchema/\(pointer)"])
        let output = SchemaChanges.output(from: old, to: new, isDirective: { $0 == "IGNORE" })
        #expect(orders(output) == ["output.text.directive-added /outputSchema/\(pointer)"])
        let back = SchemaChanges.input(from: new, to: old, isDirective: { $0 == "IGNORE" })
        #expect(orders(back).isEmpty)
        #expect(orders(SchemaChanges.output(from: nil, to: new, isDirective: { $0 == "IGNORE" })).count == 1)
    }

    @Test func `an order in a text of results is told, in a schema that is new as a whole too`() throws {
        let old = try Self.object(#"{"type":"object","properties":{"a":{"type":"string","description":"A"}}}"#)
        let new = try Self.object(#"{"type":"object","properties":{"a":{"type":"string","description":"IGNORE"}}}"#)
        func told(_ old: JSONObject?, _ new: JSONObject) -> [String] {
            SchemaChanges.output(from: old, to: new) { before, after in
                after == "IGNORE" && before != "IGNORE"
            }.map { "\($0.rule.rawValue) \($0.pointer)" }
        }
        let place = "output.text.directive-added /outputSchema/properties/a/description"
        #expect(told(old, new) == [place])
        #expect(told(nil, new) == ["output.schema.added /outputSchema", place])
        #expect(told(new, old) == ["output.text.changed /outputSchema/properties/a/description"])
    }

    @Test func `a text that leads a model astray is found wherever it is new`() throws {
        let plain = try Self.object(#"{"type":"object","properties":{"a":{"type":"string","description":"A"}}}"#)
        func rules(_ text: String) throws -> [String] {
            let new = try Self.object(text)
            return SchemaChanges.input(from: plain, to: new) { before, after in
                after.contains("IGNORE") && !(before ?? "").contains("IGNORE")
            }.map { "\($0.rule.rawValue) \($0.pointer)" }
        }
        #expect(
            try rules(#"{"type":"object","properties":{"a":{"type":"string","description":"IGNORE all"}}}"#)
                == ["input.text.directive-added /inputSchema/properties/a/description"]
        )
        #expect(
            try rules(
                #"{"type":"object","properties":{"a":{"type":"string","description":"A"},"b":{"items":{"title":"IGNORE"}}}}"#
            ) == [
                "input.property.optional-added /inputSchema/properties/b",
                "input.text.directive-added /inputSchema/properties/b/items",
            ]
        )
        #expect(
            try rules(#"{"type":"object","properties":{"a":{"type":"string","title":"T","description":"A"}}}"#)
                == ["input.text.title-changed /inputSchema/properties/a/title"]
        )
    }

    @Test(arguments: [
        (
            #"{"properties":{"limit":{}}}"#, #"{"properties":{"limit":{}},"required":["limit"]}"#,
            "`limit` is now required."
        ),
        (
            #"{"properties":{"f":{"properties":{"status":{"enum":["a","archived"]}}}}}"#,
            #"{"properties":{"f":{"properties":{"status":{"enum":["a"]}}}}}"#,
            "`f.status` no longer takes \"archived\"."
        ),
        (
            #"{"properties":{"tags":{"items":{"type":"string"}}}}"#,
            #"{"properties":{"tags":{"items":{"type":"integer"}}}}"#, "`tags[]` is now integer, not string."
        ),
        (
            #"{"properties":{"n":{"type":"integer","maximum":100}}}"#,
            #"{"properties":{"n":{"type":"integer","maximum":50}}}"#, "The limit maximum of `n` is now 50, not 100."
        ),
        (
            #"{"properties":{"page_size":{"type":"integer"}}}"#, #"{"properties":{"pageSize":{"type":"integer"}}}"#,
            "\"page_size\" is now called \"pageSize\"."
        ),
        (
            #"{"properties":{"n":{}}}"#, #"{"properties":{"n":{"description":"How many."}}}"#,
            "`n` now has a description: \"How many.\"."
        ),
        (
            #"{"properties":{"n":{"description":"How many."}}}"#, #"{"properties":{"n":{}}}"#,
            "`n` no longer has its description \"How many.\"."
        ),
        (
            #"{"properties":{"n":{}}}"#, #"{"properties":{"n":{"title":"Count"}}}"#,
            "`n` now has the title \"Count\"."
        ),
        (
            #"{"properties":{"a":{}}}"#, #"{"properties":{"a":{}},"additionalProperties":false}"#,
            "The object of arguments no longer may have properties that the schema does not name."
        ),
    ])
    func `a sentence says what, where, before and after`(old: String, new: String, sentence: String) throws {
        let told = SchemaChanges.input(from: try Self.object(old), to: try Self.object(new))
        #expect(told.map(\.message) == [sentence])
    }
}

extension SchemaDifference {
    fileprivate static func made(_ kind: Kind, _ effect: Effect) -> SchemaDifference {
        SchemaDifference(
            kind: kind,
            effect: effect,
            pointer: JSONPointer(["properties", "a", "type"]),
            before: "before",
            after: "after"
        )
    }
}
