import Accounts
import JSON
import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `Pages of a project` {
    private let now = Timestamp(milliseconds: 1_764_000_000_000)
    private let at: JSONValue = "2025-11-24T15:00:00.000Z"

    @Test func `list prompts and resources`() throws {
        let prompts: JSONObject = [
            "templates": [
                [
                    "name": "plan", "description": "Plans a <b>trip</b>", "version": 2, "created_at": at,
                    "arguments": [["name": "city"], ["name": "days"]],
                ]
            ]
        ]
        try expectSnapshot(
            of: PromptListPage(prompts, visit: .of(.producer), now: now),
            by: "prompt/list",
            named: "prompt-list"
        )
        try expectSnapshot(
            of: PromptListPage(["templates": []], visit: .of(.producer), now: now),
            by: "prompt/list",
            named: "prompt-list-empty"
        )
        let resources: JSONObject = [
            "resources": [
                [
                    "slug": "glossary", "title": "Glossary", "description": nil, "mime_type": "text/markdown",
                    "size": 2048,
                    "version": 1, "created_at": at,
                ]
            ]
        ]
        try expectSnapshot(
            of: ResourceListPage(resources, visit: .of(.producer), now: now),
            by: "resource/list",
            named: "resource-list"
        )
    }

    @Test func `show a prompt with arguments, preview and versions`() throws {
        let current: JSONValue = [
            "name": "plan", "description": "Plans", "prompt": "Go to {{city}} & {{<x}}", "version": 2, "etag": "2",
            "arguments": [["name": "city", "description": "Where to", "required": true]], "created_at": at,
        ]
        let first: JSONValue = ["version": 1, "created_at": at]
        let page = PromptPage(
            PromptDraft(current),
            current: current,
            history: [current, first],
            preview: PromptPreview(text: "Go to [city]"),
            visit: .of(.producer),
            now: now
        )
        try expectSnapshot(of: page, by: "prompt/show", named: "prompt")
        #expect(page.button == "Write version 3" && page.versions.map(\.isCurrent) == [true, false])
    }

    @Test func `keep a prompt that was refused`() throws {
        let form =
            "name=plan&prompt=Go+%7B%7B&argument-0-name=1x&argument-0-required=yes&argument-1-name=&argument-2-name=b&argument-2-remove=yes"
        let problem = Problem(
            .invalid,
            "The template cannot be read.",
            errors: [
                .init(pointer: "/prompt", message: "a tag is not closed"),
                .init(pointer: "/arguments/0/name", message: "pattern"),
            ]
        )
        let visit = Visit.of(.producer, form: form)
        let draft = PromptDraft(visit.form)
        let page = PromptPage(draft, current: nil, history: [], visit: visit, problem: problem, now: now)
        try expectSnapshot(of: page, by: "prompt/show", named: "prompt-fault")
        #expect(draft.arguments.map(\.name) == ["1x"], "empty and removed rows say nothing")
        #expect(page.prompt.error == "A tag is not closed." && !page.rows[0].error.isEmpty && page.fault.isEmpty)
    }

    @Test func `say what is used and not declared, and declare it`() throws {
        let draft = PromptDraft(["name": "plan", "prompt": "{{city}} {{day}}", "arguments": [["name": "city"]]])
        let preview = PromptPreview(text: "[city] ", undeclared: ["day"])
        let page = PromptPage(draft, current: nil, history: [], preview: preview, visit: .of(.producer), now: now)
        try expectSnapshot(of: page, by: "prompt/show", named: "prompt-undeclared")
        #expect(page.declareLabel == "Declare day")
        #expect(draft.declaring(["day"]).arguments.map(\.name) == ["city", "day"])
    }

    @Test func `show a resource`() throws {
        let resource: JSONValue = [
            "slug": "glossary", "uri": "slipway://default/resources/glossary", "title": "Glossary", "version": 3,
            "size": 9, "encoding": "text", "text": "# Words\n", "mime_type": "text/markdown", "etag": "3",
        ]
        try expectSnapshot(of: ResourcePage(resource, visit: .of(.producer)), by: "resource/show", named: "resource")
        try expectSnapshot(of: ResourcePage(nil, visit: .of(.producer)), by: "resource/show", named: "resource-new")
    }

    @Test(arguments: [
        ("mime_type=", nil, "text/markdown"), ("mime_type=text%2Fcss", nil, "text/css"),
        ("mime_type=", "image/png", "image/png"),
        ("mime_type=text%2Fmarkdown&mime_type_was=text%2Fmarkdown", "image/png", "image/png"),
        ("mime_type=text%2Fcss&mime_type_was=text%2Fmarkdown", "image/png", "text/css"),
        ("mime_type=&mime_type_was=image%2Fpng", nil, "image/png"),
        ("mime_type=", "application/octet-stream", "text/plain"),
    ])
    func `take the type of a file, unless somebody says another one`(form: String, file: String?, type: String) {
        let files = file.map { [FormFile(field: "file", name: "a", contentType: $0, content: [0x61])] } ?? []
        let visit = Visit(
            session: Visit.of().session,
            formToken: FormToken(of: KeySecret("secret")),
            address: "/",
            query: .empty,
            form: FormFields(urlEncoded: form),
            files: files,
            parameters: [:],
            desk: ScriptedDesk()
        )
        #expect(ResourceFields(visit).input["mime_type"] == .string(type))
    }

    @Test func `show variations with the toolsets that they touch`() throws {
        let variation: JSONValue = [
            "tool_urn": "tools:http:library:getBook", "version": 2, "title": "Get a book", "name": nil,
            "annotations": ["read_only_hint": true], "created_by": "Ada", "created_at": at,
        ]
        let uses: [JSONValue] = [
            ["slug": "a", "name": "A", "editing_mode": "iteration", "has_own_variation": true],
            ["slug": "b", "name": "B", "editing_mode": "staging", "has_own_variation": false],
        ]
        let list = VariationListPage(
            ["variations": [variation]],
            uses: ["tools:http:library:getBook": uses],
            found: [],
            visit: .of(.producer, query: "q=%3C"),
            now: now
        )
        try expectSnapshot(of: list, by: "variation/list", named: "variation-list")
        #expect(list.variations[0].touched.sentence == "Live at once in 1 toolset; waits in staging of 1.")
        let tool: JSONValue = [
            "name": "getBook", "title": nil, "description": "One book", "method": "GET", "path": "/books/{isbn}",
            "tags": ["books"], "annotations": ["readOnlyHint": true, "openWorldHint": false],
        ]
        let page = VariationPage(
            tool: tool,
            history: [variation],
            touched: TouchedToolsets(uses, project: Slug("default")),
            visit: .of(.producer, query: "urn=tools%3Ahttp%3Alibrary%3AgetBook"),
            now: now
        )
        try expectSnapshot(of: page, by: "variation/edit", named: "variation")
        let originals = page.choices.compactMap { $0.options.first?.label }
        #expect(
            originals.prefix(4) == [
                "Original: Reads only", "Original: not said", "Original: not said", "Original: Closed world",
            ]
        )
    }

    @Test func `say of a tool what the editor of a toolset's tool says, in its words`() throws {
        let editor = ToolEditPage(
            ["tool": searchBooks, "etag": "t1"],
            place: try .of(.staging),
            back: ToolQuery(FormFields(urlEncoded: ""))
        )
        let page = VariationPage(
            tool: searchBooks,
            history: [],
            touched: TouchedToolsets([], project: nil),
            visit: .of(.producer, query: "urn=tools%3Ahttp%3Alibrary%3AsearchBooks"),
            now: now
        )
        #expect(page.texts.map(\.field.label) == editor.overrides.map(\.label))
        #expect(page.texts.map(\.field.hint) == editor.overrides.map(\.hint))
        let selects = editor.hints + [editor.confirm] + [editor.outputSchema].compactMap(\.self)
        #expect(page.choices.map(\.label) == selects.map(\.label))
        #expect(
            page.choices.map { $0.options.dropFirst().map(\.label) }
                == selects.map { $0.options.dropFirst().map(\.label) }
        )
    }

    @Test(arguments: [("title=A", "is changed"), ("title=&name=&read_only_hint=", "says what its document says")])
    func `tell what became of a variation`(form: String, told: String) async throws {
        let desk = ScriptedDesk(["variations.upsertGlobal": [:], "tools.uses": ["toolsets": []]])
        let visit = Visit.of(.producer, query: "urn=tools%3Ahttp%3Aa%3Ab", form: form, desk: desk)
        let save = try #require(VariationPages().routes.first { $0.method == .post }).handler
        guard case .redirect(_, let notice) = try await save(visit) else {
            Issue.record("no redirect")
            return
        }
        #expect(notice?.text.contains(told) == true)
    }

    @Test func `find what people uploaded before what came with the server`() async throws {
        let tools: [JSONValue] = [
            ["name": "getProject", "urn": "tools:http:slipway:getProject", "source": "slipway"],
            ["name": "getBook", "urn": "tools:http:library:getBook", "source": "library"],
        ]
        let desk = ScriptedDesk([
            "variations.listGlobal": ["variations": []], "tools.list": ["tools": .array(tools)],
            "sources.list": ["sources": [["slug": "slipway", "built_in": true, "asset": ["id": "a"]]]],
        ])
        let list = try #require(VariationPages().routes.first).handler
        guard case .page(let content) = try await list(.of(.reader, query: "q=get", desk: desk)) else { return }
        let page = try #require(content.view as? VariationListPage)
        #expect(page.found.map(\.origin) == ["library", "slipway (built in)"])
    }

    @Test func `send what a variation says, and null for the rest`() {
        let fields = VariationFields(
            FormFields(urlEncoded: "title=A&output_schema=&tags=a,+b,&read_only_hint=false&confirm=always")
        )
        #expect(
            fields.input == [
                "name": nil, "title": "A", "description": nil, "summary": nil, "confirm_prompt": nil,
                "confirm": "always", "output_schema": nil,
                "tags": ["a", "b"],
                "annotations": [
                    "read_only_hint": false, "destructive_hint": nil, "idempotent_hint": nil, "open_world_hint": nil,
                ],
            ]
        )
    }

    @Test func `say what will happen before it does`() throws {
        let page = ConfirmPage(
            title: "Delete the environment prod",
            sentences: ["Its 2 variables are gone."],
            names: ["Library"],
            button: "Delete environment prod",
            action: "/x",
            back: "/y",
            etag: "3",
            fault: "It is in use."
        )
        try expectSnapshot(of: page, by: "confirm", named: "confirm")
    }
}
