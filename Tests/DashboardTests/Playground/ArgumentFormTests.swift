import JSON
import Testing

@testable import Dashboard

@Suite struct `The form of a tool's arguments` {
    private static let schema: JSONValue = [
        "type": "object", "required": ["customer", "payment"],
        "$defs": ["Tag": ["type": "string", "maxLength": 20]],
        "properties": [
            "limit": ["type": "integer", "minimum": 1, "maximum": 100, "default": 20, "description": "How many <b>"],
            "price": ["type": ["number", "null"]],
            "status": ["type": "string", "enum": ["open", "sent"]],
            "vip": ["type": "boolean"], "day": ["type": "string", "format": "date"],
            "notes": ["type": "string", "maxLength": 2000],
            "customer": [
                "type": "object", "required": ["name"],
                "properties": ["name": ["type": "string"], "a/b": ["type": "string"], "m~n": ["type": "string"]],
            ],
            "address": ["type": "object", "properties": ["city": ["type": "string"]]],
            "tags": ["type": "array", "items": ["$ref": "#/$defs/Tag"]],
            "items": [
                "type": "array",
                "items": ["type": "object", "required": ["sku"], "properties": ["sku": ["type": "string"]]],
            ],
            "payment": [
                "oneOf": [
                    [
                        "title": "Card", "type": "object", "required": ["kind", "number"],
                        "properties": ["kind": ["const": "card"], "number": ["type": "string"]],
                    ],
                    [
                        "title": "Invoice", "type": "object", "required": ["kind", "vat"],
                        "properties": ["kind": ["const": "invoice"], "vat": ["type": "string"]],
                    ],
                ]
            ],
            "extra": ["type": "object"],
        ],
    ]
    private let shapes = SchemaShapes(root: schema)

    private func read(_ form: String, keepingEmpty: Bool = false) -> GivenArguments {
        ArgumentReader.read(FormFields(urlEncoded: form), shapes, keepingEmpty: keepingEmpty)
    }

    private func form(_ given: GivenArguments, isJSON: Bool = false) -> ArgumentForm {
        ArgumentFormMaker(shapes: shapes, given: given, errors: [:]).form(isJSON: isJSON)
    }

    @Test func `is read as the schema says`() {
        let given = read(
            """
            v:/limit=7&v:/price=1.50&v:/status="sent"&v:/vip=true&v:/day=2026-11-27&v:/customer/name=Ada%26&\
            v:/customer/a~1b=x&v:/customer/m~0n=y&n:/tags=2&v:/tags/0=a&v:/tags/1=b&n:/items=1&v:/items/0/sku=k&\
            c:/payment=1&v:/payment/vat=1&j:/extra={"deep":[1]}
            """
        )
        #expect(given.errors.isEmpty)
        let expected: JSONObject = [
            "limit": 7, "price": .number(JSONNumber("1.50") ?? JSONNumber(0)), "status": "sent", "vip": true,
            "day": "2026-11-27",
            "customer": ["name": "Ada&", "a/b": "x", "m~n": "y"], "tags": ["a", "b"], "items": [["sku": "k"]],
            "payment": ["kind": "invoice", "vat": "1"], "extra": ["deep": [1]],
        ]
        #expect(given.value == expected)
    }

    @Test func `leaves out what was left out, but for what is required`() {
        #expect(read("v:/limit=&v:/address/city=&n:/tags=0").value == ["customer": [:]])
    }

    @Test func `an empty row is not left out in silence`() {
        let given = read("n:/tags=3&v:/tags/0=a&v:/tags/1=&v:/tags/2=c&n:/items=1&v:/items/0/sku=")
        #expect(given.errors.keys.sorted() == ["/items/0", "/tags/1"])
        #expect(given.errors["/tags/1"]?.hasPrefix("Fill this in, or remove it.") == true)
        let tags = form(given).fields.first { $0.label == "tags" }?.list?.items ?? []
        #expect(tags.map { $0.text?.value } == ["a", "", "c"], "the rows stay as they were")
        #expect(tags.map { $0.error.isEmpty } == [true, false, true])
        #expect(read("n:/tags=1&v:/tags/0=", keepingEmpty: true).errors.isEmpty, "while it is filled in")
    }

    @Test func `says what cannot be read, and keeps what was typed`() {
        let given = read("v:/limit=many&j:/extra={no")
        #expect(given.errors["/limit"] == "must be a whole number, such as 7")
        #expect(given.errors["/extra"]?.hasPrefix("is not JSON") == true)
        let fields = form(given).fields
        #expect(fields.first { $0.label == "limit" }?.text?.value == "many")
        #expect(fields.first { $0.label == "extra" }?.area?.value == "{no")
    }

    @Test func `grows and shrinks by its buttons`() {
        var given = read("n:/items=2&v:/items/0/sku=a&v:/items/1/sku=b", keepingEmpty: true)
        given.change("add:/items")
        #expect(form(given).fields.first { $0.label == "items" }?.list?.items.count == 3)
        given.change("remove:/items/0")
        #expect(given.value["items"]?.array?.first == ["sku": "b"])
        given.change("add:/tags")
        #expect(given.value["tags"] == [.null])
        given.change("remove:/nothing/7")
        given.change("add:nonsense")
        #expect(given.value["items"]?.array?.count == 2)
    }

    @Test func `is taken whole as JSON`() {
        #expect(read("mode=json&arguments={\"a\":1}").value == ["a": 1])
        #expect(read("mode=json&arguments=").value.isEmpty)
        #expect(read("mode=json&arguments=[1]").errors[""]?.contains("JSON object") == true)
        let broken = read("mode=json&arguments={")
        #expect(form(broken, isJSON: true).json == "{")
    }

    @Test func `begins with defaults, not with those of what may be left out`() {
        #expect(SchemaSummary.defaults(of: shapes) == ["limit": 20])
        let nested = SchemaShapes(root: [
            "type": "object", "required": ["must"],
            "properties": [
                "must": ["type": "object", "properties": ["a": ["type": "integer", "default": 1]]],
                "may": ["type": "object", "properties": ["b": ["type": "integer", "default": 2]]],
            ],
        ])
        #expect(SchemaSummary.defaults(of: nested) == ["must": ["a": 1]])
    }

    @Test func `ends where a schema holds itself`() {
        let endless = SchemaShapes(root: [
            "type": "object", "properties": ["child": ["$ref": "#"], "round": ["$ref": "#/properties/round"]],
        ])
        let maker = ArgumentFormMaker(shapes: endless, given: GivenArguments(), errors: [:])
        #expect(maker.form(isJSON: false).fields.count == 2)
    }

    @Test func `has ids that are unique`() {
        var ids: [String] = []
        func collect(_ fields: [ArgumentField]) {
            for field in fields {
                ids.append(field.id)
                collect(field.group?.fields ?? [])
                collect(field.list?.items ?? [])
                collect(field.variants?.chosen ?? [])
            }
        }
        collect(form(read("c:/payment=0&n:/items=3&n:/tags=3", keepingEmpty: true)).fields)
        #expect(Set(ids).count == ids.count)
    }
}
