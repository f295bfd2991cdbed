import Accounts
import HTTPTypes
import JSON
import Vocabulary

/// A toolset that calls with an environment.
struct EnvironmentUse: Sendable {
    let name: String
    let address: String
    /// Which side calls with it.
    let side: String
    var isNotLast = true

    /// The toolsets that call with an environment.
    static func all(of slug: String, in toolsets: [JSONValue], project: Slug?) -> [EnvironmentUse] {
        var uses = toolsets.compactMap { toolset -> EnvironmentUse? in
            let isLive = toolset["default_environment_slug"]?.string == slug
            let isStaging = toolset["staging_environment_slug"]?.string == slug
            guard isLive || isStaging else { return nil }
            let toolsetSlug = toolset["slug"]?.string ?? ""
            return EnvironmentUse(
                name: toolset["name"]?.string ?? toolsetSlug,
                address: Address.toolset(toolsetSlug, "environment", in: project),
                side: isLive ? (isStaging ? "live and staging" : "") : "staging"
            )
        }
        if !uses.isEmpty { uses[uses.count - 1].isNotLast = false }
        return uses
    }
}

/// The environments of a project.
struct EnvironmentListPage: Sendable {
    struct Item: Sendable {
        let slug: String
        let name: String
        let address: String
        let variables: String
        let secrets: String
        let uses: [EnvironmentUse]
        let isUsed: Bool
        let updated: Moment?
    }

    let environments: [Item]
    let isEmpty: Bool
    let mayEdit: Bool
    let newAddress: String

    init(_ environments: [JSONValue], toolsets: [JSONValue], visit: Visit, now: Timestamp = .now()) {
        self.environments = environments.map { environment in
            let slug = environment["slug"]?.string ?? ""
            let name = environment["name"]?.string ?? ""
            let entries = environment["entries"]?.array ?? []
            let uses = EnvironmentUse.all(of: slug, in: toolsets, project: visit.project)
            return Item(
                slug: slug,
                name: name == slug ? "" : name,
                address: Address.page(slug, of: .environments, in: visit.project),
                variables: Count.of(entries.count, "variable"),
                secrets: Count.ofSome(entries.count { $0["secret"]?.bool == true }, "secret"),
                uses: uses,
                isUsed: !uses.isEmpty,
                updated: Moment(environment["updated_at"]?.string, now: now)
            )
        }
        isEmpty = environments.isEmpty
        mayEdit = visit.caller.allows(.producer)
        newAddress = Address.section(.environments, in: visit.project) + "/~new"
    }
}

/// What a toolset needs, as far as nobody supplies it.
struct ToolsetNeeds: Sendable {
    let slug: String
    let missing: [(name: String, tools: [String])]

    init(_ slug: String, _ answer: JSONObject) {
        self.slug = slug
        missing = (answer["variables"]?.array ?? []).filter { $0["is_missing"]?.bool == true }.map {
            ($0["name"]?.string ?? "", $0["tools"]?.array?.compactMap(\.string) ?? [])
        }
    }
}

/// A variable in a form, by its place: `entry-3-name`.
struct EntryField: Sendable {
    let index: String
    let name: String
    /// Empty for secrets, which are never shown.
    let value: String
    let isSecret: Bool
    /// Whether it is there already, so that an empty field leaves it as it is.
    let isSet: Bool
    let isNew: Bool
    let hint: String
    let error: String
}

/// The variables that a form sets and removes.
struct EntryFields {
    /// As `environments.update` takes them.
    let set: [JSONValue]
    let removed: [String]
    let typed: [(index: String, name: String, value: String, isSecret: Bool)]
    /// Positions in ``set`` of secrets that are to be none, without a value: what they say cannot be taken along.
    private let unknown: [Int]

    /// Reads `entry-…-name`, `-value`, `-secret`, `-was` (the value that a plain one had) and `-remove`.
    ///
    /// A secret without a value stays as it is; a row without a name is left out, unless it has a value.
    init(_ form: FormFields) {
        var set: [JSONValue] = []
        var removed: [String] = []
        var unknown: [Int] = []
        var typed: [(index: String, name: String, value: String, isSecret: Bool)] = []
        for (key, name) in form.under("entry-") where key.hasSuffix("-name") {
            let index = String(key.dropLast("-name".count))
            let value = form["entry-\(index)-value"] ?? ""
            let isSecret = form.has("entry-\(index)-secret")
            let isThere = form.has("entry-\(index)-there")
            let wasSecret = form["entry-\(index)-there"] == "secret"
            typed.append((index, name, value, isSecret))
            if form.has("entry-\(index)-remove") {
                removed.append(name)
                continue
            }
            let isLeft =
                isThere
                ? (wasSecret ? value.isEmpty && isSecret : value == form["entry-\(index)-was"] && !isSecret)
                : value.isEmpty
            guard !isLeft else { continue }
            if isThere, wasSecret, value.isEmpty { unknown.append(set.count) }
            set.append(["name": .string(name.trimmed), "value": .string(value), "secret": .bool(isSecret)])
        }
        self.set = set
        self.removed = removed
        self.unknown = unknown
        self.typed = typed
    }

    /// - Throws: ``Problem`` where a secret is to be shown, and its value was not typed again.
    func check() throws {
        guard !unknown.isEmpty else { return }
        throw Problem(
            .invalid,
            "A secret is never shown; type its value again. Nothing was changed.",
            errors: unknown.map {
                .init(pointer: "/entries/\($0)/value", message: "A secret is never shown: to make it plain, type its value again")
            }
        )
    }

    /// What was done, for the page after it; none where nothing was.
    var sentence: String? {
        let names = set.compactMap { $0["name"]?.string }
        var parts: [String] = []
        if !names.isEmpty { parts.append("Set \(names.joined(separator: ", ")).") }
        if !removed.isEmpty { parts.append("Removed \(removed.joined(separator: ", ")).") }
        return parts.isEmpty ? nil : parts.joined(separator: " ")
    }

    /// What is wrong with the row of a form, where the problem is about what the call was sent.
    func error(at index: String, _ problem: Problem?) -> String {
        guard let problem, let name = typed.first(where: { $0.index == index })?.name,
            let position = set.firstIndex(where: { $0["name"]?.string == name.trimmed })
        else { return "" }
        return problem.errors.filter { $0.pointer.hasPrefix("/entries/\(position)/") }.map { error in
            error.pointer.hasSuffix("/name")
                ? "The name begins with A to Z and has A to Z, 0 to 9 and _: LIBRARY_API_KEY" : error.message
        }.joined(separator: "; ")
    }
}

extension String {
    /// Without spaces around it.
    var trimmed: String { String(trimmingPrefix { $0.isWhitespace }.reversed().trimmingPrefix { $0.isWhitespace }.reversed()) }
}

/// One environment with its variables.
struct EnvironmentPage: Sendable {
    let slug: String
    let name: String
    let listAddress: String
    let address: String
    let deleteAddress: String
    let cloneAddress: String
    let etag: String
    let entries: [EntryField]
    let isEmpty: Bool
    let uses: [EnvironmentUse]
    let isUsed: Bool
    let mayEdit: Bool
    let mayCopySecrets: Bool
    /// The toolset whose needs are asked for.
    let toolset: String
    let needsNothing: Bool
    let needed: String
    let cloneSlug: FormField
    let fault: String

    init(
        _ environment: JSONValue,
        toolsets: [JSONValue],
        needs: ToolsetNeeds? = nil,
        visit: Visit,
        problem: Problem? = nil
    ) {
        slug = environment["slug"]?.string ?? ""
        name = visit.form["name"] ?? environment["name"]?.string ?? ""
        listAddress = Address.section(.environments, in: visit.project)
        let own = Address.page(slug, of: .environments, in: visit.project)
        address = Address.query(own, ["toolset": needs?.slug ?? ""])
        deleteAddress = "\(own)/delete"
        cloneAddress = "\(own)/clone"
        etag = visit.form.text("etag") ?? environment["etag"]?.string ?? ""
        mayEdit = visit.caller.allows(.producer)
        let there = environment["entries"]?.array ?? []
        entries = EntryField.rows(there, needs: needs, form: visit.form, problem: problem, isEditable: mayEdit)
        isEmpty = there.isEmpty
        uses = EnvironmentUse.all(of: slug, in: toolsets, project: visit.project)
        isUsed = !uses.isEmpty
        mayCopySecrets = visit.caller.allows(.admin)
        toolset = needs?.slug ?? ""
        let names = Set(there.compactMap { $0["name"]?.string })
        let missing = needs?.missing.filter { !names.contains($0.name) } ?? []
        needsNothing = needs != nil && missing.isEmpty
        needed = missing.isEmpty ? "" : Count.of(missing.count, "variable")
        cloneSlug = FormField(
            "new_slug",
            "Slug of the clone",
            value: visit.form["new_slug"] ?? "",
            problem: visit.form.has("new_slug") ? problem.map { $0.at("/new_slug", from: ["/slug"]) } : nil
        )
        let isShown = entries.contains { !$0.error.isEmpty } || !cloneSlug.error.isEmpty
        fault = isShown ? "" : problem?.message ?? ""
    }
}

/// A new environment.
struct NewEnvironmentPage: Sendable {
    let listAddress: String
    let action: String
    let slug: FormField
    let name: FormField
    let entries: [EntryField]
    let toolset: String
    let fault: String

    init(_ visit: Visit, needs: ToolsetNeeds? = nil, problem: Problem? = nil) {
        listAddress = Address.section(.environments, in: visit.project)
        action = Address.query("\(listAddress)/~new", ["toolset": needs?.slug ?? ""])
        slug = FormField(
            "slug",
            "Slug",
            value: visit.form["slug"] ?? "",
            hint: "production, staging, demo. It cannot be changed later.",
            problem: problem.map { $0.code == .nameTaken ? $0.at("/slug", from: [""]) : $0 }
        )
        name = FormField("name", "Name", value: visit.form["name"] ?? "", isRequired: false, problem: problem)
        entries = EntryField.rows([], needs: needs, form: visit.form, problem: problem, isEditable: true)
        toolset = needs?.slug ?? ""
        let isShown = entries.contains { !$0.error.isEmpty } || !slug.error.isEmpty || !name.error.isEmpty
        fault = isShown ? "" : problem?.message ?? ""
    }
}

extension EntryField {
    private static let emptyRows = 3

    /// The rows of a form: what is there, what a toolset needs, and some empty ones; as they were typed where they were.
    static func rows(
        _ entries: [JSONValue],
        needs: ToolsetNeeds?,
        form: FormFields,
        problem: Problem?,
        isEditable: Bool
    ) -> [EntryField] {
        let sent = EntryFields(form)
        func typed(_ index: String) -> (name: String, value: String, isSecret: Bool)? {
            sent.typed.first { $0.index == index }.map { ($0.name, $0.value, $0.isSecret) }
        }
        var rows: [EntryField] = []
        for (position, entry) in entries.enumerated() {
            let index = "\(position)"
            let isSecret = entry["secret"]?.bool == true
            rows.append(
                EntryField(
                    index: index,
                    name: entry["name"]?.string ?? "",
                    value: typed(index)?.value ?? (isSecret ? "" : entry["value"]?.string ?? ""),
                    isSecret: isSecret,
                    isSet: true,
                    isNew: false,
                    hint: "",
                    error: sent.error(at: index, problem)
                )
            )
        }
        guard isEditable else { return rows }
        let names = Set(rows.map(\.name))
        for need in needs?.missing ?? [] where !names.contains(need.name) {
            let tools = need.tools.prefix(3).joined(separator: ", ")
            let others = need.tools.count > 3 ? " and \(need.tools.count - 3) more" : ""
            rows.append(new("need-\(need.name)", need.name, hint: "Needed by \(tools)\(others).", typed, sent, problem))
        }
        for position in 0..<(needs == nil ? emptyRows : 0) {
            rows.append(new("new-\(position)", "", hint: "", typed, sent, problem))
        }
        return rows
    }

    private static func new(
        _ index: String,
        _ name: String,
        hint: String,
        _ typed: (String) -> (name: String, value: String, isSecret: Bool)?,
        _ sent: EntryFields,
        _ problem: Problem?
    ) -> EntryField {
        let row = typed(index)
        return EntryField(
            index: index,
            name: row?.name ?? name,
            value: row?.value ?? "",
            isSecret: row?.isSecret ?? !name.hasSuffix("_SERVER_URL"),
            isSet: false,
            isNew: name.isEmpty,
            hint: hint,
            error: sent.error(at: index, problem)
        )
    }
}

extension Problem {
    /// What a page with a form is answered with, where the problem is shown in it.
    var pageStatus: HTTPResponse.Status { code.httpStatus == 409 || code.httpStatus == 412 ? .conflict : .unprocessableContent }

    /// The problem with what it says of some fields, or of none, said of another one: where a form calls it otherwise.
    func at(_ pointer: String, from others: [String]) -> Problem {
        let known = errors.map { error in
            others.contains(error.pointer) ? FieldError(pointer: pointer, message: error.message) : error
        }
        return Problem(
            code,
            message,
            errors: known.isEmpty ? [FieldError(pointer: pointer, message: message)] : known,
            details: details
        )
    }
}
