import JSON
import Vocabulary

/// Which resource of one content is which of another, and what changes in them: `resource.item.*`.
struct ResourceChanges {
    /// A resource of the new content, or one that is gone.
    struct Item {
        let urn: ResourceURN
        let name: String
        let isGone: Bool
        let differences: [RuledDifference]
    }

    private(set) var items: [Item] = []

    init(_ old: CompiledContent, _ new: CompiledContent) {
        let before = Dictionary(old.resources.map { ($0.urn, $0) }, uniquingKeysWith: { first, _ in first })
        let urns = Set(new.resources.map(\.urn))
        var gone = old.resources.filter { !urns.contains($0.urn) }
        for resource in new.resources {
            var former = before[resource.urn]
            if former == nil,
                let twin = gone.firstIndex(where: { $0.digest == resource.digest && $0.mimeType == resource.mimeType })
            {
                former = gone.remove(at: twin)
            }
            let differences = former.map { Self.compare($0, resource) } ?? Self.added(resource)
            items.append(Item(urn: resource.urn, name: resource.name, isGone: false, differences: differences))
        }
        for resource in gone {
            var differences = Differences()
            let message = "The resource \(resource.uri) is gone."
            differences.tell(.resourceItemRemoved, at: "", .string(resource.uri), nil, message)
            items.append(Item(urn: resource.urn, name: resource.name, isGone: true, differences: differences.all))
        }
    }

    private static func added(_ resource: CompiledResource) -> [RuledDifference] {
        var differences = Differences()
        let message = "The resource \(resource.uri) is new."
        differences.tell(.resourceItemAdded, at: "", nil, .string(resource.uri), message)
        let texts = [("name", resource.name), ("title", resource.title), ("description", resource.description)]
        for (field, text) in texts { tellDirective(in: field, nil, text, &differences) }
        return differences.all
    }

    private static func compare(_ old: CompiledResource, _ new: CompiledResource) -> [RuledDifference] {
        guard old != new else { return [] }
        var differences = Differences()
        if old.uri != new.uri {
            let message = "The resource \(old.uri) is \(new.uri) by now."
            differences.tell(.resourceItemUriChanged, at: "/uri", .string(old.uri), .string(new.uri), message)
        }
        if old.mimeType != new.mimeType || old.isText != new.isText {
            let (left, right) = (form(of: old), form(of: new))
            let message = "The resource is \(right) in place of \(left)."
            differences.tell(.resourceItemMediaChanged, at: "/mimeType", .string(left), .string(right), message)
        }
        let texts = [
            ("name", old.name, new.name), ("title", old.title, new.title),
            ("description", old.description, new.description),
        ]
        for (field, before, after) in texts where !PlainText.isSame(before, after) {
            let message = "The resource's \(field) says something else."
            let (left, right) = (before.map(JSONValue.string), after.map(JSONValue.string))
            differences.tell(.resourceItemDescriptionChanged, at: "/\(field)", left, right, message)
            tellDirective(in: field, before, after, &differences)
        }
        if old.digest != new.digest {
            let (left, right) = (JSONValue.string(old.digest.hex), JSONValue.string(new.digest.hex))
            let message = "The resource says something else: it has \(new.size) bytes and had \(old.size)."
            differences.tell(.resourceItemDescriptionChanged, at: "/content", left, right, message)
        }
        return differences.all
    }

    private static func tellDirective(
        in field: String,
        _ before: String?,
        _ after: String?,
        _ differences: inout Differences
    ) {
        guard let found = DirectiveText().severeAdded(from: before, to: after).first else { return }
        let (left, right) = (before.map(JSONValue.string), after.map(JSONValue.string))
        let message = "The resource's \(field) \(found.sentence)."
        differences.tell(.resourceItemDirectiveAdded, at: "/\(field)", left, right, message)
    }

    private static func form(of resource: CompiledResource) -> String {
        "\(resource.mimeType) as \(resource.isText ? "text" : "base64")"
    }
}
