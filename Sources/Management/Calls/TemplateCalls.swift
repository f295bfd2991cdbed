import JSON
import ManagementAPI
import Projects
import Releases
import Vocabulary

/// `templates.*`
struct TemplateCalls: CallService {
    let prompts: any PromptStore

    var handlers: [String: CallHandler] {
        [
            "templates.create": create, "templates.update": update, "templates.get": get, "templates.list": list,
            "templates.history": history, "templates.delete": delete, "templates.render": render,
            "templates.preview": preview,
        ]
    }

    private func create(_ request: CallRequest) async throws -> CallAnswer {
        let content = try PromptTemplate.Content(request.input)
        return answer(try await prompts.createPrompt(content, in: try request.projectID, by: request.actor))
    }

    private func update(_ request: CallRequest) async throws -> CallAnswer {
        let expected = try request.versionEtag
        while true {
            // Fields that are left out are taken from what was read, so the write must meet that very version.
            let current = try await existing(request)
            do {
                let prompt = try await prompts.updatePrompt(
                    try PromptTemplate.Content(request.input, over: current.content),
                    expecting: expected ?? current.version,
                    in: try request.projectID,
                    by: request.actor
                )
                return answer(prompt)
            } catch let problem as Problem where problem.code == .etagMismatch && expected == nil {
                continue
            }
        }
    }

    private func get(_ request: CallRequest) async throws -> CallAnswer {
        answer(try await existing(request))
    }

    private func list(_ request: CallRequest) async throws -> CallAnswer {
        CallAnswer("templates", try await prompts.prompts(in: try request.projectID, request.page), \.json)
    }

    private func history(_ request: CallRequest) async throws -> CallAnswer {
        let page = try await prompts.promptHistory(
            request.input.text("name") ?? "",
            in: try request.projectID,
            request.page
        )
        return CallAnswer("templates", page, \.json)
    }

    private func delete(_ request: CallRequest) async throws -> CallAnswer {
        try await prompts.deletePrompt(
            request.input.text("name") ?? "",
            expecting: try request.versionEtag,
            in: try request.projectID,
            by: request.actor
        )
        return CallAnswer([:])
    }

    private func render(_ request: CallRequest) async throws -> CallAnswer {
        let prompt = try await existing(request)
        var values: [String: String] = [:]
        for member in request.input["arguments"]?.object ?? [:] { values[member.key] = member.value.string }
        do throws(PromptFailure) {
            return CallAnswer(["text": .string(try prompt.content.render(values))])
        } catch {
            throw error.problem(of: prompt.content.name)
        }
    }

    private func preview(_ request: CallRequest) async throws -> CallAnswer {
        let content = PromptTemplate.Content(
            name: "preview",
            description: "",
            arguments: request.input["declared"]?.array?.compactMap { PromptTemplate.Argument(json: $0) } ?? [],
            template: request.input.text("prompt") ?? ""
        )
        var values: [String: String] = [:]
        for member in request.input["arguments"]?.object ?? [:] { values[member.key] = member.value.string }
        do throws(PromptFailure) {
            return CallAnswer([
                "text": .string(try content.render(values)), "undeclared": JSONValue(content.undeclaredNames),
            ])
        } catch {
            throw error.problem(of: content.name)
        }
    }

    private func existing(_ request: CallRequest) async throws -> PromptTemplate {
        let name = request.input.text("name") ?? ""
        guard let prompt = try await prompts.prompt(name, in: try request.projectID) else {
            throw Problem.notFound("prompt", name, list: "templates.list")
        }
        return prompt
    }

    private func answer(_ prompt: PromptTemplate) -> CallAnswer {
        CallAnswer(["template": .object(prompt.json)], etag: String(prompt.version))
    }
}

extension CallRequest {
    /// The etag of something whose etag is its version.
    ///
    /// - Throws: ``Problem`` `etag_mismatch` where it is none: it can be no state of that thing.
    var versionEtag: Int? {
        get throws {
            guard let etag else { return nil }
            guard let version = Int(etag) else {
                throw Problem(.etagMismatch, "The etag \"\(etag.prefix(40))\" is of no version of it; read it again.")
            }
            return version
        }
    }
}

extension PromptTemplate.Content {
    fileprivate init(_ input: JSONObject, over current: PromptTemplate.Content? = nil) throws {
        let arguments = input["arguments"]?.array?.compactMap { PromptTemplate.Argument(json: $0) }
        self.init(
            name: input.text("name") ?? "",
            description: input.text("description") ?? current?.description ?? "",
            arguments: arguments ?? current?.arguments ?? [],
            template: input.text("prompt") ?? ""
        )
        do throws(PromptFailure) {
            try check()
        } catch {
            throw error.problem(of: name)
        }
        let names = self.arguments.map(\.name)
        if let twice = names.enumerated().first(where: { names[..<$0.offset].contains($0.element) }) {
            throw Problem(
                .invalid,
                "The prompt \"\(name)\" has two arguments \"\(twice.element)\".",
                errors: [.init(pointer: "/arguments/\(twice.offset)/name", message: "stands in the list twice")]
            )
        }
    }
}

extension PromptFailure {
    fileprivate func problem(of name: String) -> Problem {
        switch self {
        case .template(let reason):
            Problem(
                .invalid,
                "The template of \"\(name)\" cannot be read: \(reason).",
                errors: [.init(pointer: "/prompt", message: reason)]
            )
        case .missingArgument(let argument):
            Problem(
                .invalid,
                "The prompt \"\(name)\" needs the argument \"\(argument)\".",
                errors: [.init(pointer: "/arguments/\(argument)", message: "is required")]
            )
        case .unknownArgument(let argument):
            Problem(
                .unknownField,
                "The prompt \"\(name)\" has no argument \"\(argument)\".",
                errors: [.init(pointer: "/arguments/\(argument)", message: "not known")]
            )
        }
    }
}

extension PromptTemplate {
    fileprivate var json: JSONObject {
        [
            "id": .string(id.text), "name": .string(content.name), "version": JSONValue(version),
            "description": .string(content.description), "arguments": .array(content.arguments.map(\.json)),
            "prompt": .string(content.template), "etag": .string(String(version)),
            "created_at": .string(createdAt.description),
        ]
    }
}
