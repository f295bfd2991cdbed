import JSON
import Vocabulary

/// The settings of a toolset: what is staged, what acts at once, and what ends it.
struct ToolsetSettingsPage: Sendable {
    let header: ToolsetHeader
    let mayEdit: Bool
    let isEditable: Bool
    let mayPublish: Bool
    let isStagingMode: Bool
    let stagingAddress: String
    let etag: String
    let modeAddress: String
    let content: ContentSettings
    let logo: LogoSettings
    let access: AccessSettings
    let rules: ChangeRuleFields
    let cloning: CloneFields
    let deletion: DeletionFields

    init(
        place: ToolsetPlace,
        images: [JSONValue] = [],
        rules: [JSONValue] = [],
        typed: FormFields = .empty,
        problem: SettingsProblem? = nil
    ) {
        header = ToolsetHeader(place, page: .settings)
        mayEdit = place.mayEdit
        isEditable = place.isEditable
        mayPublish = place.mayPublish
        isStagingMode = place.isStagingMode
        stagingAddress = Address.toolset(place.slug, "settings", view: "staging", in: place.project)
        etag = place.etag
        modeAddress = Address.toolset(place.slug, "editing-mode", in: place.project)
        func form(_ section: SettingsProblem.Section) -> (FormFields?, Problem?) {
            problem?.section == section ? (typed, problem?.problem) : (nil, nil)
        }
        content = ContentSettings(place, form(.content))
        logo = LogoSettings(place, images: images, problem: form(.logo).1)
        access = AccessSettings(place, form(.access))
        self.rules = ChangeRuleFields(place, rules: rules, form(.changeRules))
        cloning = CloneFields(place, form(.clone))
        deletion = DeletionFields(place, form(.delete))
    }

    /// The address that a section's form is sent to.
    static func address(_ section: SettingsProblem.Section, _ place: ToolsetPlace) -> String {
        Address.toolset(place.slug, "settings/\(section.rawValue)", in: place.project)
    }
}

/// What clients read; part of a release.
struct ContentSettings: Sendable {
    let address: String
    let fault: String
    let name: FormField
    let description: FormField
    let instructions: FormField
    let documentation: FormField
    let outputSchemas: FormSelect
    let saveLabel: String

    init(_ place: ToolsetPlace, _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.content, place)
        fault = problem?.errors.isEmpty == false ? "" : problem?.pageMessage ?? ""
        func value(_ field: String) -> String { typed?[field] ?? place.toolset[field]?.string ?? "" }
        name = FormField("name", "Name", value: value("name"), problem: problem)
        description = FormField(
            "description",
            "Description",
            value: value("description"),
            hint: "What the server is for, for people and clients.",
            isRequired: false,
            problem: problem
        )
        instructions = FormField(
            "instructions",
            "Instructions",
            value: value("instructions"),
            hint: "What a client tells its model about the whole server.",
            isRequired: false,
            problem: problem
        )
        documentation = FormField(
            "documentation_url",
            "Documentation link",
            value: value("documentation_url"),
            hint: "https://example.com/docs",
            isRequired: false,
            problem: problem
        )
        let serves = place.toolset["output_schemas"]?.bool.map(String.init) ?? ""
        outputSchemas = FormSelect(
            "output_schemas",
            "Output schemas",
            [("", "As each source says"), ("true", "Serve them"), ("false", "Leave them out")],
            chosen: typed?["output_schemas"] ?? serves,
            hint: "They tell a client what an answer looks like, and cost tokens.",
            problem: problem
        )
        saveLabel = place.isStagingMode ? "Save in staging" : "Save, live at once"
    }
}

/// The picture that clients show.
struct LogoSettings: Sendable {
    let address: String
    let uploadAddress: String
    let fault: String
    let image: String
    let choice: FormSelect?

    init(_ place: ToolsetPlace, images: [JSONValue], problem: Problem?) {
        address = ToolsetSettingsPage.address(.logo, place)
        uploadAddress = Address.toolset(place.slug, "settings/logo-upload", in: place.project)
        fault = problem?.pageMessage ?? ""
        let digest = place.toolset["logo"]?["sha256"]?.string
        // The policy of pages allows pictures of our own address only.
        image = digest.map { "/images/\($0)" } ?? ""
        let chosen = images.first { $0["sha256"]?.string == digest }?["id"]?.string ?? ""
        choice =
            images.isEmpty && digest == nil
            ? nil
            : FormSelect(
                "asset",
                "Pictures that were uploaded",
                [("", "No logo")] + images.map { ($0["id"]?.string ?? "", $0["name"]?.string ?? "") },
                chosen: chosen
            )
    }
}

/// The address and who may use it; acts at once.
struct AccessSettings: Sendable {
    let address: String
    let checkAddress: String
    let fault: String
    let slug: FormField
    let variables: FormField
    let grace: FormField
    let isEnabled: Bool
    let isPublic: Bool
    let hasPinned: Bool

    init(_ place: ToolsetPlace, _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.access, place)
        checkAddress = Address.toolset(place.slug, "settings/address-check", in: place.project)
        let isBeside =
            problem?.errors.contains { error in
                ["/mcp_slug", "/grace_seconds"].contains(error.pointer)
                    || error.pointer.hasPrefix("/mcp_caller_variables")
            } ?? false
        fault = isBeside ? "" : problem?.pageMessage ?? ""
        slug = FormField(
            "mcp_slug",
            "Last part of the address",
            value: typed?["mcp_slug"] ?? place.toolset["mcp_slug"]?.string ?? "",
            hint: "Clients that know the old address lose it at once.",
            problem: problem
        )
        let names = place.toolset["mcp_caller_variables"]?.array?.compactMap(\.string) ?? []
        // An item that is wrong is told under the whole field.
        let ofVariables = problem.map { problem in
            let own = problem.about("mcp_caller_variables").errors.map { error in
                error.message.contains("must match the pattern")
                    ? Problem.FieldError(
                        pointer: error.pointer,
                        message: "Capital letters, digits and _ only, such as LIBRARY_CARD_KEY; one a line."
                    ) : error
            }
            return Problem(problem.code, problem.message, errors: own)
        }
        variables = FormField(
            "mcp_caller_variables",
            "Variables that callers may bring",
            value: typed?["mcp_caller_variables"] ?? names.joined(separator: "\n"),
            hint: "One a line, such as LIBRARY_CARD_KEY: a caller sends it as the header MCP-LIBRARY-CARD-KEY.",
            isRequired: false,
            problem: ofVariables
        )
        grace = FormField(
            "grace_seconds",
            "Grace time in seconds",
            value: typed?["grace_seconds"] ?? String(place.toolset["grace_seconds"]?.integer ?? 0),
            hint: "How long after a publish a call that fits only the release before is still run; 0 for not at all.",
            problem: problem
        )
        isEnabled = typed?.has("mcp_enabled") ?? (place.toolset["mcp_enabled"]?.bool == true)
        isPublic = typed?.has("mcp_is_public") ?? (place.toolset["mcp_is_public"]?.bool == true)
        hasPinned = typed?.has("pinned_addresses") ?? (place.toolset["pinned_addresses"]?.bool == true)
    }
}

/// Making another toolset of this one.
struct CloneFields: Sendable {
    let address: String
    let fault: String
    let name: FormField
    let slug: FormField

    init(_ place: ToolsetPlace, _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.clone, place)
        let wrong = problem?.errors.first { ["/new_slug", "/clone_slug"].contains($0.pointer) }
        fault = wrong == nil ? problem?.pageMessage ?? "" : ""
        name = FormField("clone_name", "Name", value: typed?["clone_name"] ?? "\(place.name) 2")
        slug = FormField(
            "clone_slug",
            "Short name",
            value: typed?["clone_slug"] ?? "",
            hint: "Left empty, it is made of the name.",
            isRequired: false,
            problem: wrong.map {
                Problem(.invalid, $0.message, errors: [.init(pointer: "/clone_slug", message: $0.message)])
            }
        )
    }
}

/// Deleting a toolset.
struct DeletionFields: Sendable {
    let address: String
    let fault: String
    let slug: String
    let url: String
    let typed: FormField

    init(_ place: ToolsetPlace, _ form: (typed: FormFields?, problem: Problem?)) {
        let (typed, problem) = form
        address = ToolsetSettingsPage.address(.delete, place)
        slug = place.slug
        url = place.toolset["mcp_url"]?.string ?? ""
        fault = problem?.errors.isEmpty == false ? "" : problem?.pageMessage ?? ""
        self.typed = FormField(
            "typed_slug",
            "Type \(place.slug) to delete it",
            value: typed?["typed_slug"] ?? "",
            problem: problem
        )
    }
}
