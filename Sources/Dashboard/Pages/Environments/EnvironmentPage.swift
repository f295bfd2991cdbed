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
                name: name.isEmpty ? slug : name,
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
        missing = (answer["variables"]?.array ?? []).filter { $0["state"]?.string == "missing" }.map {
            ($0["name"]?.string ?? "", $0["tools"]?.array?.compactMap(\.string) ?? [])
        }
    }
}

/// One environment with its variables.
struct EnvironmentPage: Sendable {
    let slug: String
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
    /// The toolsets whose needs can be filled in.
    let toolsets: [FormOption]
    let hasToolsets: Bool
    let heading: String
    let nameField: FormField
    let cloneName: FormField
    let cloneSlug: FormField
    let isCloning: Bool
    let own: String
    let fault: String

    init(
        _ environment: JSONValue,
        toolsets: [JSONValue],
        needs: ToolsetNeeds? = nil,
        visit: Visit,
        problem: Problem? = nil
    ) {
        slug = environment["slug"]?.string ?? ""
        let name = environment["name"]?.string ?? ""
        heading = name.isEmpty ? slug : name
        nameField = FormField(
            "name",
            "Name",
            value: visit.form["name"] ?? name,
            hint: "What people read; it can be changed at any time.",
            problem: problem
        )
        listAddress = Address.section(.environments, in: visit.project)
        own = Address.page(slug, of: .environments, in: visit.project)
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
        let asked = toolsets.first { $0["slug"]?.string == needs?.slug }
        toolset = asked?["name"]?.string ?? needs?.slug ?? ""
        let names = Set(there.compactMap { $0["name"]?.string })
        let missing = needs?.missing.filter { !names.contains($0.name) } ?? []
        needsNothing = needs != nil && missing.isEmpty
        needed = missing.isEmpty ? "" : Count.of(missing.count, "variable")
        self.toolsets = FormOption.toolsets(toolsets, chosen: needs?.slug)
        hasToolsets = !toolsets.isEmpty && mayEdit
        isCloning = visit.form.has("new_slug")
        cloneName = FormField(
            "new_name",
            "Name of the clone",
            value: visit.form["new_name"] ?? "",
            isRequired: false,
            problem: isCloning ? problem.map { $0.at("/new_name", from: ["/name"]) } : nil
        )
        cloneSlug = .shortName(
            "new_slug",
            of: visit.form,
            from: ("new_name", "name"),
            problem: isCloning ? problem : nil
        )
        let fields = [nameField, cloneName, cloneSlug]
        let isShown = entries.contains { !$0.error.isEmpty } || fields.contains { !$0.error.isEmpty }
        fault = isShown ? "" : problem?.pageMessage ?? ""
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
    let toolsets: [FormOption]
    let hasToolsets: Bool
    let own: String
    let fault: String
    /// `Library calls with it`; empty where it is made for no toolset.
    let useLabel: String
    let useHint: String
    let isUsed: Bool

    /// The box that lets the toolset call with it.
    static let useField = "use"

    init(_ visit: Visit, toolsets: [JSONValue] = [], needs: ToolsetNeeds? = nil, problem: Problem? = nil) {
        listAddress = Address.section(.environments, in: visit.project)
        own = "\(listAddress)/~new"
        action = Address.query(own, ["toolset": needs?.slug ?? ""])
        self.toolsets = FormOption.toolsets(toolsets, chosen: needs?.slug)
        hasToolsets = !toolsets.isEmpty
        name = FormField(
            "name",
            "Name",
            value: visit.form["name"] ?? "",
            hint: "What people read: Production, Staging, Demo.",
            problem: problem
        )
        slug = .shortName(of: visit.form, from: ("name", "name"), problem: problem)
        entries = EntryField.rows([], needs: needs, form: visit.form, problem: problem, isEditable: true)
        let made = toolsets.first { $0["slug"]?.string == needs?.slug }
        toolset = made?["name"]?.string ?? needs?.slug ?? ""
        let former = made?["default_environment_slug"]?.string ?? ""
        useLabel = toolset.isEmpty ? "" : "Calls of \(toolset) use it"
        useHint = former.isEmpty ? "At once, on live too." : "At once, on live too, and in place of \(former)."
        isUsed = visit.form.has("name") ? visit.form.has(Self.useField) : former.isEmpty
        let isShown = entries.contains { !$0.error.isEmpty } || !slug.error.isEmpty || !name.error.isEmpty
        fault = isShown ? "" : problem?.pageMessage ?? ""
    }
}

extension FormOption {
    /// Toolsets to choose from, by their short names.
    static func toolsets(_ toolsets: [JSONValue], chosen: String?) -> [FormOption] {
        toolsets.map { toolset in
            let slug = toolset["slug"]?.string ?? ""
            return FormOption(value: slug, label: toolset["name"]?.string ?? slug, isChosen: slug == chosen)
        }
    }
}

extension Problem {
    /// What a page with a form is answered with, where the problem is shown in it.
    var pageStatus: HTTPResponse.Status {
        code.httpStatus == 409 || code.httpStatus == 412 ? .conflict : .unprocessableContent
    }

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
