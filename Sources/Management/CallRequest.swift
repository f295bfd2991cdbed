import Accounts
import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// A call whose input has been checked against its schema, from somebody who may make it.
struct CallRequest: Sendable {
    let input: JSONObject
    let caller: Caller
    /// The project, for calls that act in one.
    let project: Project?
    /// The `If-Match` header without its quotes.
    let etag: String?
    /// The body of a call that takes a document as it stands.
    let document: [UInt8]
    let contentType: String

    var actor: Actor { caller.actor }

    /// The project that the call acts in.
    var projectID: ID<Project> {
        get throws {
            guard let project else {
                throw Problem(.unexpected, "The call acts in a project, and none was chosen.")
            }
            return project.id
        }
    }

    var page: PageRequest {
        PageRequest(cursor: input["cursor"]?.string, limit: input["limit"]?.integer ?? PageRequest.usual)
    }
}

/// What runs a call.
typealias CallHandler = @Sendable (CallRequest) async throws -> CallAnswer

extension JSONObject {
    func text(_ name: String) -> String? { self[name]?.string }

    func slug(_ name: String) throws -> Slug {
        guard let slug = try optionalSlug(name) else { throw Problem.missing(name) }
        return slug
    }

    func optionalSlug(_ name: String) throws -> Slug? {
        try value(name, "must be \(Slug.rule)") { Slug($0) }
    }

    /// The slug, `.some(nil)` where it is `null`, nothing where it is left out.
    func clearableSlug(_ name: String) throws -> Slug?? {
        guard let value = self[name] else { return nil }
        return value.isNull ? .some(nil) : .some(try slug(name))
    }

    /// The label; nothing where it is `null` or left out.
    func optionalLabel(_ name: String) throws -> ReleaseLabel? {
        try value(name, "is no label: a label has \(ReleaseLabel.rule)") { ReleaseLabel($0) }
    }

    func urn(_ name: String) throws -> ToolURN {
        guard let urn = try value(name, "is no URN of a tool", { ToolURN($0) }) else { throw Problem.missing(name) }
        return urn
    }

    func urns(_ name: String) throws -> [ToolURN]? {
        try uniqueURNs(name, "no URN of a tool") { ToolURN($0) }
    }

    func resourceURNs(_ name: String) throws -> [ResourceURN]? {
        try uniqueURNs(name, "no URN of a resource (resources:asset:<slug>)") { ResourceURN($0) }
    }

    private func uniqueURNs<URN: Hashable>(
        _ name: String,
        _ fault: String,
        _ parse: (String) -> URN?
    ) throws -> [URN]? {
        guard let items = self[name]?.array else { return nil }
        var urns: [URN] = []
        var seen: Set<URN> = []
        var errors: [Problem.FieldError] = []
        for (position, item) in items.enumerated() {
            let text = item.string ?? ""
            guard let urn = parse(text) else {
                errors.append(.init(pointer: "/\(name)/\(position)", message: "\"\(text)\" is \(fault)"))
                continue
            }
            if !seen.insert(urn).inserted {
                errors.append(.init(pointer: "/\(name)/\(position)", message: "\(urn) stands in the list twice"))
            }
            urns.append(urn)
        }
        guard let first = errors.first else { return urns }
        throw Problem(.unknownURN, "Nothing was changed: \(first.message).", errors: errors)
    }

    func names(_ name: String) throws -> [String]? {
        guard let names = self[name]?.array?.compactMap(\.string) else { return nil }
        var seen: Set<String> = []
        if let twice = names.enumerated().first(where: { !seen.insert($0.element).inserted }) {
            throw Problem(
                .invalid,
                "Nothing was changed: \"\(twice.element)\" stands in \(name) twice.",
                errors: [.init(pointer: "/\(name)/\(twice.offset)", message: "stands in the list twice")]
            )
        }
        return names
    }

    func id<Entity>(_ name: String, of: Entity.Type = Entity.self) throws -> ID<Entity> {
        guard let id: ID<Entity> = try optionalID(name) else { throw Problem.missing(name) }
        return id
    }

    func optionalID<Entity>(_ name: String, of: Entity.Type = Entity.self) throws -> ID<Entity>? {
        try value(name, "is no id (a UUID)") { ID<Entity>($0) }
    }

    private func value<Value>(_ name: String, _ rule: String, _ parse: (String) -> Value?) throws -> Value? {
        guard let text = self[name]?.string else { return nil }
        guard let value = parse(text) else {
            throw Problem(
                .invalid,
                "The value \"\(text.prefix(80))\" of \(name) \(rule).",
                errors: [.init(pointer: "/\(name)", message: rule)]
            )
        }
        return value
    }
}

extension Problem {
    static func missing(_ name: String) -> Problem {
        Problem(.invalid, "The field \(name) is missing.", errors: [.init(pointer: "/\(name)", message: "is required")])
    }

    static func notFound(_ noun: String, _ name: some CustomStringConvertible, list: String) -> Problem {
        Problem(.notFound, "There is no \(noun) \"\(name)\" in the project; \(list) names those there are.")
    }
}
