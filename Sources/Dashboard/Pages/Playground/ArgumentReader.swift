import JSON
import Vocabulary

/// What a form said of a tool's arguments.
struct GivenArguments: Sendable {
    var value: JSONObject = [:]
    /// What could not be read, by the pointer of its field.
    var errors: [String: String] = [:]
    /// What was typed where it could not be read, by the pointer of its field.
    var texts: [String: String] = [:]
    /// Which of several schemas was chosen, by the pointer of its field.
    var choices: [String: Int] = [:]
}

/// Reads arguments from the fields that ``ArgumentForm`` shows. Fields are named by JSON pointers (RFC 6901), so that no name of
/// an argument can be taken for structure: `v:` for a value, `j:` for JSON, `n:` for the length of a list, `c:` for a choice.
struct ArgumentReader {
    private let form: FormFields
    private let shapes: SchemaShapes
    private var given = GivenArguments()
    /// Whether empty items of lists stay, as they do while a form is filled in.
    private let keepsEmpty: Bool

    private static let emptyRow = "Fill this in, or remove it. What is meant to be empty can be sent as JSON."

    /// The longest list that a form has; longer ones are for JSON.
    static let longestList = 100

    static func read(_ form: FormFields, _ shapes: SchemaShapes, keepingEmpty: Bool) -> GivenArguments {
        var reader = ArgumentReader(form: form, shapes: shapes, keepsEmpty: keepingEmpty)
        guard form["mode"] != "json" else { return reader.wholeJSON() }
        let value = reader.value(shapes.root, at: JSONPointer(), isRequired: true, depth: 0)
        reader.given.value = value?.object ?? [:]
        return reader.given
    }

    private init(form: FormFields, shapes: SchemaShapes, keepsEmpty: Bool) {
        self.form = form
        self.shapes = shapes
        self.keepsEmpty = keepsEmpty
    }

    private mutating func wholeJSON() -> GivenArguments {
        let text = form["arguments"] ?? ""
        do {
            guard let object = try JSONValue(parsing: text.isEmpty ? "{}" : text).object else {
                given.errors[""] = "The arguments are a JSON object, such as {\"id\": 1}."
                given.texts[""] = text
                return given
            }
            given.value = object
        } catch {
            given.errors[""] = "This is not JSON: \(error)."
            given.texts[""] = text
        }
        return given
    }

    private mutating func value(
        _ schema: JSONValue,
        at pointer: JSONPointer,
        isRequired: Bool,
        depth: Int
    ) -> JSONValue? {
        let name = pointer.description
        switch shapes.shape(of: schema, depth: depth) {
        case .fixed(let value): return value
        case .choice, .flag: return form["v:\(name)"].flatMap { $0.isEmpty ? nil : try? JSONValue(parsing: $0) }
        case .number(let isWhole): return number(name, isWhole: isWhole)
        case .text: return form["v:\(name)"].flatMap { $0.isEmpty ? nil : .string($0) }
        case .group(let properties): return group(properties, at: pointer, isRequired: isRequired, depth: depth)
        case .list(let items): return list(items, at: pointer, isRequired: isRequired, depth: depth)
        case .variants(let variants):
            let chosen = form["c:\(name)"].flatMap { Int($0) } ?? -1
            guard variants.indices.contains(chosen) else { return nil }
            given.choices[name] = chosen
            return value(variants[chosen].schema, at: pointer, isRequired: isRequired, depth: depth + 1)
        case .json: return json(name)
        }
    }

    private mutating func group(
        _ properties: [SchemaShape.Property],
        at pointer: JSONPointer,
        isRequired: Bool,
        depth: Int
    ) -> JSONValue? {
        var object = JSONObject()
        for property in properties {
            let place = pointer.appending(property.name)
            object[property.name] = value(
                property.schema,
                at: place,
                isRequired: property.isRequired,
                depth: depth + 1
            )
        }
        // A group that may be left out is left out where nothing in it was filled in, but for what is always the same.
        let isFilled = object.contains { member in
            guard let schema = properties.first(where: { $0.name == member.key })?.schema else { return true }
            if case .fixed = shapes.shape(of: schema, depth: depth + 1) { return false }
            return true
        }
        return isRequired || isFilled ? .object(object) : nil
    }

    private mutating func list(_ items: JSONValue, at pointer: JSONPointer, isRequired: Bool, depth: Int) -> JSONValue?
    {
        let count = min(Self.longestList, form.position("n:\(pointer)") ?? 0)
        guard count > 0 else { return isRequired ? .array([]) : nil }
        var values: [JSONValue] = []
        for position in 0..<count {
            let item = value(items, at: pointer.appending(position), isRequired: keepsEmpty, depth: depth + 1)
            values.append(item ?? .null)
            let place = pointer.appending(position).description
            if item == nil, !keepsEmpty, given.errors[place] == nil { given.errors[place] = Self.emptyRow }
        }
        return values.isEmpty && !isRequired ? nil : .array(values)
    }

    private mutating func number(_ name: String, isWhole: Bool) -> JSONValue? {
        guard let text = form.text("v:\(name)") else { return nil }
        guard let number = JSONNumber(text) else {
            given.errors[name] = "must be a \(isWhole ? "whole number" : "number"), such as \(isWhole ? "7" : "1.5")"
            return .string(text)
        }
        return .number(number)
    }

    private mutating func json(_ name: String) -> JSONValue? {
        guard let text = form.text("j:\(name)") else { return nil }
        do {
            return try JSONValue(parsing: text)
        } catch {
            given.errors[name] = "is not JSON: \(error)"
            given.texts[name] = text
            return .string(text)
        }
    }
}

extension GivenArguments {
    /// The arguments with one list an item longer, or without one of its items.
    mutating func change(_ action: String) {
        if action.hasPrefix("add:"), let pointer = JSONPointer(String(action.dropFirst(4))) {
            value =
                JSONValue.object(value).replacing(pointer.tokens[...]) { old in
                    .array((old?.array ?? []) + [.null])
                }.object ?? value
        } else if action.hasPrefix("remove:"), let pointer = JSONPointer(String(action.dropFirst(7))),
            let position = pointer.tokens.last.flatMap({ Int($0) })
        {
            value =
                JSONValue.object(value).replacing(pointer.tokens.dropLast()[...]) { old in
                    var items = old?.array ?? []
                    if items.indices.contains(position) { items.remove(at: position) }
                    return .array(items)
                }.object ?? value
            // What was wrong stood at places that have moved.
            errors = [:]
            texts = [:]
            choices = [:]
        }
    }
}

extension JSONValue {
    /// The value with another one at a place; objects on the way are made.
    fileprivate func replacing(_ path: ArraySlice<String>, _ change: (JSONValue?) -> JSONValue) -> JSONValue {
        guard let first = path.first else { return change(self.isNull ? nil : self) }
        if var items = array, let position = Int(first), items.indices.contains(position) {
            items[position] = items[position].replacing(path.dropFirst(), change)
            return .array(items)
        }
        var object = object ?? [:]
        object[first] = (object[first] ?? .null).replacing(path.dropFirst(), change)
        return .object(object)
    }
}
