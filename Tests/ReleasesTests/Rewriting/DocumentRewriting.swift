import JSON
import Testing

/// Writes an OpenAPI document in other words: what it means stays.
struct DocumentRewriting: Sendable, CustomTestStringConvertible {
    /// Versions of OpenAPI, by the beginning of what a document says of itself.
    enum Version: String, CaseIterable, Sendable {
        case v20 = "2."
        case v30 = "3.0"
        case v31 = "3.1"
        case v32 = "3.2"

        init?(of document: JSONValue) {
            let text = (document["openapi"] ?? document["swagger"])?.string ?? ""
            guard let version = Self.allCases.first(where: { text.hasPrefix($0.rawValue) }) else { return nil }
            self = version
        }

        var hasJSONSchema: Bool { self == .v31 || self == .v32 }
    }

    let testDescription: String
    /// Which documents can be written so.
    private let versions: Set<Version>
    private let document: @Sendable (JSONValue, Version) -> JSONValue
    private let text: @Sendable (JSONValue) -> [UInt8]
    private var exceptions: [String] = []

    init(
        _ name: String,
        in versions: Set<Version> = Set(Version.allCases),
        text: @escaping @Sendable (JSONValue) -> [UInt8] = { $0.bytes },
        document: @escaping @Sendable (JSONValue, Version) -> JSONValue = { document, _ in document }
    ) {
        testDescription = name
        self.versions = versions
        self.document = document
        self.text = text
    }

    /// A rewriting of the document as one value.
    static func whole(
        _ name: String,
        in versions: Set<Version> = Set(Version.allCases),
        _ document: @escaping @Sendable (JSONValue, Version) -> JSONValue
    ) -> DocumentRewriting {
        DocumentRewriting(name, in: versions, document: document)
    }

    /// A rewriting of each schema that is an object, those inside it first.
    static func schemas(
        _ name: String,
        in versions: Set<Version> = Set(Version.allCases),
        _ schema: @escaping @Sendable (JSONObject, Version) -> JSONValue
    ) -> DocumentRewriting {
        whole(name, in: versions) { document, version in
            DocumentWalk { part, object, _ in part == .schema ? schema(object, version) : .object(object) }
                .walked(document)
        }
    }

    /// A rewriting of each part of one kind.
    static func parts(
        _ name: String,
        _ kind: DocumentWalk.Part,
        in versions: Set<Version> = Set(Version.allCases),
        _ change: @escaping @Sendable (JSONObject) -> JSONObject
    ) -> DocumentRewriting {
        whole(name, in: versions) { document, _ in
            DocumentWalk { part, object, _ in .object(part == kind ? change(object) : object) }.walked(document)
        }
    }

    /// This, but for documents in which any object has one of these members, or a reference leads into a schema: there it
    /// would be another meaning.
    func unless(_ members: [String]) -> DocumentRewriting {
        var rewriting = self
        rewriting.exceptions = members
        return rewriting
    }

    /// The document in other words; nothing where it cannot be written so.
    func callAsFunction(_ root: JSONValue) -> [UInt8]? {
        guard let version = Version(of: root), versions.contains(version), !isException(root) else { return nil }
        return text(document(root, version))
    }

    private func isException(_ root: JSONValue) -> Bool {
        guard !exceptions.isEmpty else { return false }
        let text = root.text
        return text.contains("/properties/") || exceptions.contains { text.contains("\"\($0)\":") }
    }
}
