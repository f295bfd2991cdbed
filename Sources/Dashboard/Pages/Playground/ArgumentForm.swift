import JSON

/// The fields in which a tool's arguments are filled in. The part `parts/argument` shows one of them, with those inside it.
struct ArgumentForm: Sendable {
    let fields: [ArgumentField]
    /// Whether the arguments are written as one JSON text.
    let isJSON: Bool
    let json: String
    let error: String
    let isEmpty: Bool
}

/// One argument, or a part of one. Exactly one of its kinds is there.
struct ArgumentField: Sendable {
    struct Text: Sendable {
        let name: String
        let value: String
        let mode: String
        let type: String
        let example: String
    }

    struct Area: Sendable {
        let name: String
        let value: String
        let isCode: Bool
    }

    struct Choice: Sendable {
        let name: String
        let options: [FormOption]
        let none: String
    }

    struct Group: Sendable {
        let fields: [ArgumentField]
    }

    struct List: Sendable {
        let name: String
        let count: Int
        let items: [ArgumentField]
        let add: String
        let addLabel: String
    }

    struct Variants: Sendable {
        let name: String
        let options: [FormOption]
        let chosen: [ArgumentField]
    }

    let id: String
    let label: String
    let kind: String
    let help: String
    let error: String
    let isRequired: Bool
    /// What takes the field out of its list; empty where it is in none.
    let remove: String
    var text: Text?
    var area: Area?
    var choice: Choice?
    var group: Group?
    var list: List?
    var variants: Variants?
    var fixed = ""
    /// Whether the field has one control that its label is for.
    let isSingle: Bool
}

/// Makes the fields of a tool's arguments from its schema and from what was filled in already.
struct ArgumentFormMaker {
    let shapes: SchemaShapes
    let given: GivenArguments
    /// What the server found wrong, by pointer.
    let errors: [String: String]

    func form(isJSON: Bool) -> ArgumentForm {
        var fields: [ArgumentField] = []
        var isReadable = false
        if case .group(let properties) = shapes.shape(of: shapes.root, depth: 0) {
            isReadable = true
            fields = properties.map { field($0, at: JSONPointer(), value: given.value[$0.name], depth: 1) }
        }
        let takesNothing = shapes.root["properties"]?.object?.isEmpty ?? (shapes.root["oneOf"] == nil)
        return ArgumentForm(
            fields: fields,
            isJSON: isJSON || (!isReadable && !takesNothing),
            json: given.texts[""] ?? JSONValue.object(given.value).prettyText,
            error: given.errors[""] ?? errors[""] ?? "",
            isEmpty: fields.isEmpty && takesNothing
        )
    }

    private func field(
        _ property: SchemaShape.Property,
        at parent: JSONPointer,
        value: JSONValue?,
        depth: Int
    ) -> ArgumentField {
        field(
            property.schema,
            at: parent.appending(property.name),
            label: property.name,
            value: value,
            isRequired: property.isRequired,
            depth: depth
        )
    }

    private func field(
        _ schema: JSONValue,
        at pointer: JSONPointer,
        label: String,
        value: JSONValue?,
        isRequired: Bool,
        depth: Int,
        remove: String = ""
    ) -> ArgumentField {
        let name = pointer.description
        let shape = shapes.shape(of: schema, depth: depth)
        let merged = shapes.merged(schema)
        var field = ArgumentField(
            id: Self.id(of: name, depth: depth),
            label: label,
            kind: SchemaSummary.text(of: merged, shape),
            help: merged["description"]?.string ?? "",
            error: given.errors[name] ?? errors[name] ?? "",
            isRequired: isRequired,
            remove: remove,
            isSingle: shape.isSingle
        )
        switch shape {
        case .fixed(let value): field.fixed = value.text
        case .choice(let values):
            field.choice = choice("v:\(name)", values.map { ($0.text, $0.plainText) }, value, isRequired, merged)
        case .flag:
            field.choice = choice("v:\(name)", [("true", "true"), ("false", "false")], value, isRequired, merged)
        case .number, .text: addText(to: &field, shape, name: name, value: value, schema: merged)
        case .json:
            let text = given.texts[name] ?? value.map { $0.isNull ? "" : $0.prettyText } ?? ""
            field.area = ArgumentField.Area(name: "j:\(name)", value: text, isCode: true)
        case .group(let properties):
            field.group = ArgumentField.Group(
                fields: properties.map { self.field($0, at: pointer, value: value?[$0.name], depth: depth + 1) }
            )
        case .list(let items): field.list = list(items, at: pointer, label: label, value: value, depth: depth)
        case .variants(let variants): field.variants = self.variants(variants, at: pointer, value: value, depth: depth)
        }
        return field
    }

    /// An id is unique in its page: a number (FNV-1a) tells apart names that differ in signs only, and the depth a choice from
    /// what was chosen.
    private static func id(of name: String, depth: Int) -> String {
        let readable = name.map { $0.isASCII && ($0.isLetter || $0.isNumber) ? String($0) : "-" }.joined()
        let number = name.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 } % 9973
        return "argument\(readable)-\(number)-\(depth)"
    }

    private func addText(
        to field: inout ArgumentField,
        _ shape: SchemaShape,
        name: String,
        value: JSONValue?,
        schema: JSONValue
    ) {
        let text = value.map { $0.isNull ? "" : $0.plainText } ?? ""
        if case .text(.lines) = shape {
            field.area = ArgumentField.Area(name: "v:\(name)", value: text, isCode: false)
            return
        }
        let example = schema["examples"]?.array?.first ?? schema["example"]
        let type = if case .text(.date) = shape { "date" } else { "text" }
        let mode =
            switch shape {
            case .number(isWhole: true): "numeric"
            case .number: "decimal"
            default: ""
            }
        field.text = ArgumentField.Text(
            name: "v:\(name)",
            value: text,
            mode: mode,
            type: type,
            example: example.map { "such as \($0.plainText)" } ?? ""
        )
    }

    private func choice(
        _ name: String,
        _ values: [(value: String, label: String)],
        _ chosen: JSONValue?,
        _ isRequired: Bool,
        _ schema: JSONValue
    ) -> ArgumentField.Choice {
        ArgumentField.Choice(
            name: name,
            options: values.map { FormOption(value: $0.value, label: $0.label, isChosen: $0.value == chosen?.text) },
            none: isRequired ? "Choose" : "Leave out"
        )
    }

    private func list(
        _ items: JSONValue,
        at pointer: JSONPointer,
        label: String,
        value: JSONValue?,
        depth: Int
    ) -> ArgumentField.List {
        let values = Array((value?.array ?? []).prefix(ArgumentReader.longestList))
        return ArgumentField.List(
            name: "n:\(pointer)",
            count: values.count,
            items: values.enumerated().map { position, item in
                let place = pointer.appending(position)
                return field(
                    items,
                    at: place,
                    label: "\(label) \(position + 1)",
                    value: item.isNull ? nil : item,
                    isRequired: true,
                    depth: depth + 1,
                    remove: "remove:\(place)"
                )
            },
            add: "add:\(pointer)",
            addLabel: values.isEmpty ? "Add to \(label)" : "Add another to \(label)"
        )
    }

    private func variants(
        _ variants: [SchemaShape.Variant],
        at pointer: JSONPointer,
        value: JSONValue?,
        depth: Int
    ) -> ArgumentField.Variants {
        let name = pointer.description
        let chosen =
            given.choices[name]
            ?? value.flatMap { value in
                variants.firstIndex { SchemaSummary.mayMean(value, shapes.merged($0.schema)) }
            }
        let fields = chosen.flatMap { variants.indices.contains($0) ? variants[$0] : nil }.map { variant in
            let inner = field(
                variant.schema,
                at: pointer,
                label: variant.label,
                value: value,
                isRequired: true,
                depth: depth + 1
            )
            return inner.group?.fields ?? [inner]
        }
        return ArgumentField.Variants(
            name: "c:\(name)",
            options: variants.enumerated().map {
                FormOption(value: String($0.offset), label: $0.element.label, isChosen: $0.offset == chosen)
            },
            chosen: fields ?? []
        )
    }
}

extension SchemaShape {
    fileprivate var isSingle: Bool {
        switch self {
        case .choice, .flag, .number, .text, .json: true
        case .fixed, .group, .list, .variants: false
        }
    }
}

extension ArgumentField: FaultyField {
    var controlID: String { id }
}

extension ArgumentForm: FaultyField {
    var controlID: String { "arguments" }
    var label: String { "Arguments" }
}
