import JSON
import Vocabulary

/// Cuts a list of entries into pages so that a change touches the page it happens on and no other.
///
/// Where a page ends is decided by the names on it, not by counting: an entry that is added or taken away moves no
/// other boundary. Pages hold about 32 entries, and 128 at most.
enum ManifestPage {
    private static let largest = 128

    static func pages<URN>(of entries: [ManifestEntry<URN>]) -> [ManifestObject] {
        var pages: [ManifestObject] = []
        var page: [ManifestEntry<URN>] = []
        for entry in entries {
            page.append(entry)
            if endsPage(entry) || page.count == largest {
                pages.append(object(of: page))
                page = []
            }
        }
        if !page.isEmpty { pages.append(object(of: page)) }
        return pages
    }

    static func entries<URN>(of content: [UInt8]) throws -> [ManifestEntry<URN>] {
        let json = try JSONValue(parsing: content)
        guard json["format"]?.integer == 1, json["kind"] == "page", let items = json["entries"]?.array else {
            throw ManifestError(reason: "an object is no page of format 1")
        }
        return try items.map { item in
            guard let name = item["name"]?.string, let urn = item["urn"]?.string.flatMap({ URN($0) }),
                let object = item["object"]?.string.flatMap({ Digest($0) })
            else { throw ManifestError(reason: "a page has an entry that cannot be read") }
            return ManifestEntry(name: name, urn: urn, object: object)
        }
    }

    private static func endsPage<URN>(_ entry: ManifestEntry<URN>) -> Bool {
        // One name in 32 ends in a digest below 8 of 256.
        Digest(of: entry.urn.description.utf8).hex.prefix(2) < "08"
    }

    private static func object<URN>(of entries: [ManifestEntry<URN>]) -> ManifestObject {
        let json: JSONValue = [
            "format": 1, "kind": "page",
            "entries": .array(
                entries.map {
                    ["name": .string($0.name), "urn": .string($0.urn.description), "object": .string($0.object.hex)]
                }
            ),
        ]
        return ManifestObject(content: json.bytes, children: entries.map(\.object))
    }
}
