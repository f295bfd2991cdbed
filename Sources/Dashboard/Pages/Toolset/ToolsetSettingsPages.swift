import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// The tab Settings of a toolset.
struct ToolsetSettingsPages: PageController {
    private static let path = "/projects/{project}/toolsets/{toolset}/settings"

    var routes: [PageRoute] {
        [
            .get(Self.path, show),
            .get("\(Self.path)/address-check", checkAddress),
            .post("\(Self.path)/content", scope: .producer, saveContent),
            .post("\(Self.path)/logo", scope: .producer, saveLogo),
            .post("\(Self.path)/logo-upload", scope: .producer, uploadLogo),
            .post("\(Self.path)/access", scope: .producer, saveAccess),
            .post("\(Self.path)/change-rules", scope: .publisher, saveChangeRules),
            .post("\(Self.path)/clone", scope: .producer, clone),
            .post("\(Self.path)/delete", scope: .producer, delete),
        ]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit)
    }

    /// Whether an address is free, for a script that asks while somebody types.
    private func checkAddress(_ visit: Visit) async throws -> PageAnswer {
        let slug = visit.query.text("mcp_slug") ?? ""
        let place = try await visit.toolsetPlace()
        if slug == place.toolset["mcp_slug"]?.string {
            return .json(["free": true, "message": "This is its address now."], status: 200)
        }
        guard Slug(slug) != nil else {
            return .json(["free": false, "message": .string("It must be \(Slug.rule).")], status: 200)
        }
        let answer = try await visit.call("toolsets.checkMCPSlugAvailability", ["mcp_slug": .string(slug)]).body
        let isFree = answer["available"]?.bool == true
        let message = isFree ? "It is free." : "Another toolset has it."
        return .json(["free": .bool(isFree), "message": .string(message)], status: 200)
    }

    private func saveContent(_ visit: Visit) async throws -> PageAnswer {
        try await save(.content, visit) { place in
            _ = try await visit.call(
                "toolsets.update",
                SettingsInput.content(visit.form, slug: place.slug),
                etag: visit.form.text("etag")
            )
            return place.edited("Saved.")
        }
    }

    /// Takes one of the images that were uploaded, or none.
    private func saveLogo(_ visit: Visit) async throws -> PageAnswer {
        try await save(.logo, visit) { place in
            _ = try await visit.call(
                "mcpMetadata.set",
                ["toolset_slug": .string(place.slug), "logo_asset_id": JSONValue(visit.form.text("asset"))],
                etag: visit.form.text("etag")
            )
            return place.edited("The logo is saved.")
        }
    }

    /// Keeps the picture that a form brings, and takes it as the logo.
    private func uploadLogo(_ visit: Visit) async throws -> PageAnswer {
        try await save(.logo, visit) { place in
            guard let file = visit.files.first(where: { $0.field == "picture" }) else {
                throw Problem(.invalid, "Choose a picture, then press “Upload picture”. Nothing was changed.")
            }
            let asset = try await visit.send(
                file.content,
                of: file.contentType,
                to: "assets.uploadImage",
                ["name": .string(String((file.name.isEmpty ? "logo" : file.name).prefix(200)))]
            ).body["asset"]
            _ = try await visit.call(
                "mcpMetadata.set",
                ["toolset_slug": .string(place.slug), "logo_asset_id": asset?["id"] ?? .null],
                etag: visit.form.text("etag")
            )
            return place.edited("The logo is saved.")
        }
    }

    private func saveAccess(_ visit: Visit) async throws -> PageAnswer {
        try await save(.access, visit) { place in
            _ = try await visit.call(
                "toolsets.update",
                try SettingsInput.access(visit.form, slug: place.slug),
                etag: visit.form.text("etag")
            )
            return Notice(text: "Saved. It acts at once.")
        }
    }

    private func saveChangeRules(_ visit: Visit) async throws -> PageAnswer {
        try await save(.changeRules, visit) { place in
            _ = try await visit.call(
                "toolsets.setChangeRules",
                try SettingsInput.changeRules(visit.form, slug: place.slug)
            )
            return Notice(text: "Saved. The next review goes by it.")
        }
    }

    private func clone(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let name = visit.form.text("clone_name") ?? ""
        do {
            let slug = try ShortName.text(of: visit.form, field: "clone_slug", from: name)
            guard slug != "new" else {
                throw ShortName.problem(
                    "clone_slug",
                    "The short name new is taken by the page itself; choose another one."
                )
            }
            var input: JSONObject = ["slug": .string(place.slug), "new_slug": .string(slug)]
            if !name.isEmpty { input["name"] = .string(name) }
            _ = try await visit.call("toolsets.clone", input)
            let text = "The clone is made. It is in iteration mode: every edit is live at once."
            return .redirect(to: Address.toolset(slug, in: visit.project), Notice(text: text))
        } catch let problem as Problem {
            return try await page(visit, SettingsProblem(.clone, problem))
        }
    }

    private func delete(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        do {
            guard visit.form.text("typed_slug") == place.slug else {
                let message = "Type \(place.slug) to delete it. Nothing was deleted."
                throw Problem(.invalid, message, errors: [.init(pointer: "/typed_slug", message: message)])
            }
            _ = try await visit.call("toolsets.delete", ["slug": .string(place.slug)], etag: visit.form.text("etag"))
        } catch let problem as Problem {
            return try await page(visit, SettingsProblem(.delete, problem))
        }
        return .redirect(
            to: Address.section(.toolsets, in: visit.project),
            Notice(text: "\(place.name) is deleted. Its address answers 404; its releases are kept.")
        )
    }

    private func save(
        _ section: SettingsProblem.Section,
        _ visit: Visit,
        _ write: (ToolsetPlace) async throws -> Notice
    ) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        do {
            let notice = try await write(place)
            return .redirect(to: "\(place.address("settings"))#\(section.rawValue)", notice)
        } catch let problem as Problem {
            return try await page(visit, SettingsProblem(section, problem))
        }
    }

    private func page(_ visit: Visit, _ problem: SettingsProblem? = nil) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        let images = try await visit.call("assets.list", ["limit": 100]).body["assets"]?.array ?? []
        let page = ToolsetSettingsPage(
            place: place,
            images: images.filter { $0["kind"]?.string == "image" },
            rules: place.mayPublish
                ? try await visit.call("toolsets.listChangeRules").body["change_rules"]?.array ?? [] : [],
            typed: visit.form,
            problem: problem
        )
        return .page(
            "Settings · \(place.name)",
            page,
            by: "toolset/settings",
            in: .toolsets,
            status: problem.map { HTTPResponse.Status(code: $0.problem.code.httpStatus) } ?? .ok
        )
    }
}

/// What is wrong with one of the forms of the settings.
struct SettingsProblem: Sendable {
    /// The forms, by the anchors of their places on the page.
    enum Section: String, Sendable {
        case content, logo, access, clone, delete
        case changeRules = "change-rules"
    }

    let section: Section
    let problem: Problem

    init(_ section: Section, _ problem: Problem) {
        self.section = section
        self.problem = problem
    }
}

/// What the forms of the settings send to the management API.
enum SettingsInput {
    static func content(_ form: FormFields, slug: String) -> JSONObject {
        [
            "slug": .string(slug), "name": .string(form.text("name") ?? ""),
            "description": .string(form.text("description") ?? ""),
            "instructions": .string(form.text("instructions") ?? ""),
            "documentation_url": JSONValue(form.text("documentation_url")),
            "output_schemas": form["output_schemas"] == "true"
                ? true : form["output_schemas"] == "false" ? false : .null,
        ]
    }

    static func access(_ form: FormFields, slug: String) throws -> JSONObject {
        let variables = (form["mcp_caller_variables"] ?? "").split { $0.isWhitespace || $0 == "," }.map(String.init)
        var errors: [Problem.FieldError] = []
        if let address = form.text("mcp_slug"), Slug(address) == nil {
            errors.append(.init(pointer: "/mcp_slug", message: ShortName.rule))
        }
        let grace = Int(form.text("grace_seconds") ?? "0").flatMap { (0...86_400).contains($0) ? $0 : nil }
        if grace == nil {
            let sentence = "Write a whole number of seconds, from 0 to 86,400."
            errors.append(.init(pointer: "/grace_seconds", message: sentence))
        }
        if let first = errors.first { throw Problem(.invalid, first.message, errors: errors) }
        return [
            "slug": .string(slug), "mcp_slug": .string(form.text("mcp_slug") ?? ""),
            "mcp_enabled": .bool(form.has("mcp_enabled")), "mcp_is_public": .bool(form.has("mcp_is_public")),
            "pinned_addresses": .bool(form.has("pinned_addresses")), "grace_seconds": JSONValue(grace ?? 0),
            "mcp_caller_variables": JSONValue(variables),
        ]
    }

    static func changeRules(_ form: FormFields, slug: String) throws -> JSONObject {
        var rules = JSONObject()
        for (rule, level) in form.under("rule:") { rules[rule] = level.isEmpty ? .null : .string(level) }
        var input: JSONObject = [
            "slug": .string(slug), "profile": .string(form["profile"] ?? ""), "rules": .object(rules),
            "deprecation_days": .null,
        ]
        if let days = form.text("deprecation_days") {
            guard let count = Int(days), (1...3650).contains(count) else {
                let sentence = "Write a whole number of days, from 1 to 3,650, or leave it empty."
                throw Problem(.invalid, sentence, errors: [.init(pointer: "/deprecation_days", message: sentence)])
            }
            input["deprecation_days"] = JSONValue(count)
        }
        return input
    }
}
