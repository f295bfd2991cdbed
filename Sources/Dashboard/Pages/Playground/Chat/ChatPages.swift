import Accounts
import HTTPTypes
import JSON
import ManagementAPI
import Vocabulary

/// Talking to a model that uses the tools of a toolset. What is not read-only is called after a person said so.
struct ChatPages: PageController {
    /// None where the server has no model.
    let model: (any ChatModel)?

    private static let path = "/projects/{project}/toolsets/{toolset}/playground/chat"
    /// How often the model may go on by itself after something was said.
    private static let mostRounds = 8
    /// How many tools a model is given: what OpenAI takes.
    private static let mostTools = 128
    /// How long an answer of a tool may be in a conversation, in bytes.
    private static let longestAnswer = 50_000

    var routes: [PageRoute] {
        [.get(Self.path, scope: .producer, show), .post(Self.path, scope: .producer, talk)]
    }

    private func show(_ visit: Visit) async throws -> PageAnswer {
        try await page(visit, Conversation(), place: try await visit.toolsetPlace())
    }

    private func talk(_ visit: Visit) async throws -> PageAnswer {
        let place = try await visit.toolsetPlace()
        var conversation = Conversation(text: visit.form["conversation"])
        guard let model, visit.form["do"] != "forget" else {
            return try await page(visit, Conversation(), place: place)
        }
        let side = PlaygroundSide(visit.query, place: place)
        let offer = try await offer(visit, place, side)
        guard visit.form["do"] != "choose" else {
            return try await page(visit, conversation, place: place, offer: offer)
        }
        let tools = offer.tools
        if let call = conversation.open {
            let isAllowed = visit.form["do"] == "allow" && visit.form["call"] == call.id
            try await run(call, isAllowed, &conversation, (visit, place, side))
        } else if let text = visit.form.text("message") {
            conversation.say(text)
        } else if !conversation.waitsForModel {
            return try await page(visit, conversation, place: place, offer: offer, fault: "Write a message first.")
        }
        do {
            try await goOn(&conversation, with: model, tools, (visit, place, side))
        } catch let problem as Problem where [.upstreamFailed, .upstreamTimeout].contains(problem.code) {
            return try await page(visit, conversation, place: place, offer: offer, fault: problem.message)
        }
        return try await page(visit, conversation, place: place, offer: offer)
    }

    /// Lets the model speak and tools that only read be called, until it has nothing to call or somebody must decide.
    private func goOn(
        _ conversation: inout Conversation,
        with model: any ChatModel,
        _ tools: [JSONValue],
        _ at: (visit: Visit, place: ToolsetPlace, side: PlaygroundSide)
    ) async throws {
        let readOnly = Set(
            tools.filter { $0["annotations"]?["readOnlyHint"]?.bool == true }.compactMap { $0["name"]?.string }
        )
        let offered = tools.map(Self.offer)
        for _ in 0..<Self.mostRounds {
            while let call = conversation.open {
                guard readOnly.contains(call.tool) || call.arguments == nil else { return }
                try await run(call, true, &conversation, at)
            }
            guard conversation.waitsForModel else { return }
            conversation.hear(try await model.complete(conversation.messages, tools: offered))
        }
    }

    private func run(
        _ call: Conversation.Call,
        _ isAllowed: Bool,
        _ conversation: inout Conversation,
        _ at: (visit: Visit, place: ToolsetPlace, side: PlaygroundSide)
    ) async throws {
        guard isAllowed else {
            return conversation.answer(call, "The person did not want this call; it was not made.")
        }
        guard let arguments = call.arguments else {
            return conversation.answer(call, "The arguments are no JSON object; the call was not made.")
        }
        var fields: JSONObject = ["toolset_slug": .string(at.place.slug), "tool": .string(call.tool)]
        for (name, value) in at.side.fields { fields[name] = value }
        fields["arguments"] = .object(arguments)
        do {
            let result = try await at.visit.call("instances.invokeTool", fields).body["result"] ?? .null
            let texts = (result["content"]?.array ?? []).map {
                $0["text"]?.string ?? "[\($0["type"]?.string ?? "content")]"
            }
            let text = texts.joined(separator: "\n")
            conversation.answer(
                call,
                text.utf8.count <= Self.longestAnswer ? text : "\(text.prefix(Self.longestAnswer))…"
            )
        } catch let problem as Problem where [.notFound, .invalid].contains(problem.code) {
            conversation.answer(call, problem.message)
        }
    }

    /// The tools that the model gets: of more than it takes, those that somebody searched for.
    private func offer(_ visit: Visit, _ place: ToolsetPlace, _ side: PlaygroundSide) async throws -> ChatOffer {
        var fields: JSONObject = ["toolset_slug": .string(place.slug), "schemas": true]
        for (name, value) in side.fields { fields[name] = value }
        fields["limit"] = JSONValue(Self.mostTools)
        let search = visit.form.text("tools").map { String($0.prefix(200)) }
        if let search { fields["q"] = .string(search) }
        let answer = try await visit.call("instances.listTools", fields).body
        return ChatOffer(
            tools: answer["tools"]?.array ?? [],
            hasMore: answer["next_cursor"]?.string != nil,
            search: search ?? ""
        )
    }

    /// A tool as OpenAI's chat completions take it.
    private static func offer(_ tool: JSONValue) -> JSONValue {
        [
            "type": "function",
            "function": [
                "name": tool["name"] ?? "", "description": tool["description"] ?? "",
                "parameters": tool["input_schema"] ?? ["type": "object"],
            ],
        ]
    }

    private func page(
        _ visit: Visit,
        _ conversation: Conversation,
        place: ToolsetPlace,
        offer: ChatOffer? = nil,
        fault: String = ""
    ) async throws -> PageAnswer {
        let side = PlaygroundSide(visit.query, place: place)
        let known: ChatOffer
        if let offer { known = offer } else { known = try await self.offer(visit, place, side) }
        return .page(
            "Chat · \(place.toolset["name"]?.string ?? place.slug)",
            ChatPage(
                conversation,
                place: place,
                side: side,
                model: model?.name,
                offer: known,
                typed: visit.form["do"] == "choose" ? visit.form["message"] ?? "" : "",
                fault: fault
            ),
            by: "playground/chat",
            in: .toolsets
        )
    }
}

/// The tools that a model gets.
struct ChatOffer: Sendable {
    let tools: [JSONValue]
    /// Whether there are more than a model takes.
    let hasMore: Bool
    /// What somebody searched them by; empty where nobody did.
    let search: String

    /// `The model gets 12 tools.`
    var sentence: String {
        let count = Count.of(tools.count, "tool")
        let kind = search.isEmpty ? "" : " with “\(search)”"
        guard hasMore else { return "The model gets \(count)\(kind)." }
        return "The model gets the first \(count)\(kind): it takes no more. Search for those that it shall have."
    }
}

/// What was said, and what somebody must decide.
struct ChatPage: Sendable {
    struct Message: Sendable {
        let who: String
        let text: String
        let calls: [Call]
    }

    struct Call: Sendable {
        let tool: String
        let arguments: String
        let answer: String
    }

    struct Decision: Sendable {
        let id: String
        let tool: String
        let arguments: String
        let side: String
    }

    let header: ToolsetHeader
    let address: String
    let side: String
    let isStaging: Bool
    let model: String
    let messages: [Message]
    let isEmpty: Bool
    /// Whether the model has to say something, and failed to.
    let mayAskAgain: Bool
    let conversation: String
    let decision: Decision?
    let offered: String
    let search: String
    let offersSearch: Bool
    /// What somebody was writing while they chose tools.
    let typed: String
    let fault: String

    init(
        _ conversation: Conversation,
        place: ToolsetPlace,
        side: PlaygroundSide,
        model: String?,
        offer: ChatOffer,
        typed: String,
        fault: String,
        now: Timestamp = .now()
    ) {
        header = ToolsetHeader(place, page: .playground, trail: [("Playground", "playground"), ("Chat", "")], now: now)
        let playground = Address.toolset(place.slug, "playground", in: place.project)
        address = "\(playground)/chat?\(side.query)"
        self.side = side.word
        isStaging = side.isStaging
        self.model = model ?? ""
        messages = conversation.messages.indices.filter { conversation.messages[$0]["role"]?.string != "tool" }.map {
            Message(conversation.messages[$0], answers: conversation.answers(after: $0))
        }
        .filter { !$0.text.isEmpty || !$0.calls.isEmpty }
        mayAskAgain = conversation.waitsForModel
        isEmpty = messages.isEmpty
        self.conversation = conversation.text
        decision = conversation.open.map {
            Decision(id: $0.id, tool: $0.tool, arguments: PlaygroundResult.readable($0.text), side: side.word)
        }
        offered = offer.sentence
        search = offer.search
        offersSearch = offer.hasMore || !offer.search.isEmpty
        self.typed = typed
        self.fault = fault
    }
}

extension ChatPage.Message {
    /// A message with the calls in it that were answered.
    fileprivate init(_ message: JSONValue, answers: [String: String]) {
        who = message["role"]?.string == "user" ? "You" : "Model"
        text = message["content"]?.string ?? ""
        calls = Conversation.calls(of: message).compactMap { call in
            answers[call.id].map {
                ChatPage.Call(
                    tool: call.tool,
                    arguments: PlaygroundResult.readable(call.text),
                    answer: PlaygroundResult.cut(PlaygroundResult.readable($0))
                )
            }
        }
    }
}
