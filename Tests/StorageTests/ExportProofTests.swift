import JSON
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// An export proves what it says: the content, and what is said of the release and of its activations.
struct ExportProofTests {
    /// `pets` with a release 2 that was live twice, the second time right after a rollback.
    private func makeExport(_ world: World) async throws -> ReleaseExport {
        _ = try await world.prompts.createPrompt(template("greet"), in: world.project, by: world.actor)
        try await world.addResource("guide", "Read me")
        try await world.deploy(definition("list"), definition("get"), definition("shop/buy"))
        try await world.make(tools: ["list", "get"], prompts: ["greet"], resources: ["guide"])
        try await world.vary("list", in: nil) { $0.title = "global" }
        try await world.stage()
        try await world.select(["list"])
        try await world.vary("list") { $0.description = "own" }
        try await world.publish(notes: "second")
        try await world.rollBack(to: 1)
        try await world.rollBack(to: 2, reason: "it was all right")
        try await world.label(2, "spring")
        return try await world.exported(2)
    }

    @Test func `a change of whichever value is found`() async throws {
        try await World.with { world in
            let export = try await makeExport(world)
            #expect(try export.differences() == [])
            #expect(export.json["activations"]?.array?.count == 2)
            var missed: Set<String> = []
            var tried = 0
            for (place, json) in changes(of: .object(export.json), at: "") {
                tried += 1
                let found = try? ReleaseExport(json: json.object ?? [:]).differences()
                if found == [] { missed.insert(place) }
            }
            #expect(missed == [])
            #expect(tried > 150)
        }
    }

    @Test func `an activation, a label or a redaction that was taken out is found`() async throws {
        try await World.with { world in
            let export = try await makeExport(world)
            let activations = try #require(export.json["activations"]?.array)
            for index in activations.indices {
                var json = export.json
                var left = activations
                left.remove(at: index)
                json["activations"] = .array(left)
                #expect(try ReleaseExport(json: json).differences().map(\.place) == ["/digest"])
            }
            var json = export.json
            var release = try #require(json["release"]?.object)
            #expect(release["label"] == "spring")
            release["label"] = .null
            json["release"] = .object(release)
            #expect(try ReleaseExport(json: json).differences().map(\.place) == ["/digest"])
            json["digest"] = nil
            #expect(try ReleaseExport(json: json).differences().map(\.expected) == ["nothing"])
        }
    }

    @Test func `notes and activations that were changed are named`() async throws {
        try await World.with { world in
            let export = try await makeExport(world)
            let all = changes(of: .object(export.json), at: "")
            for (place, line) in [
                ("/release/notes", "acme/pets release 2: record in /release/notes"),
                ("/activations/1/reason", "acme/pets release 2: activation in /activations/1/reason"),
                ("/activations/0/actor", "acme/pets release 2: activation in /activations/0/actor"),
                (
                    "/activations/0/previous_release",
                    "acme/pets release 2: activation in /activations/0/previous_release"
                ),
                (
                    "/release/pins/own_variations_version",
                    "acme/pets release 2: record in /release/pins/own_variations_version"
                ),
                ("/toolset", "acme/pet0 release 2: record in /toolset"),
            ] {
                let changed = all.first { $0.place == place }?.json.object
                let found = try ReleaseExport(json: changed ?? [:]).differences().map(\.line)
                #expect(found.count == 1)
                #expect(found.first?.hasPrefix(line) == true, "\(found)")
            }
        }
    }

    @Test func `records that are missing are found, and those of an older form were never there`() async throws {
        try await World.with { world in
            let export = try await makeExport(world)
            var json = export.json
            var release = try #require(json["release"]?.object)
            release["record"] = nil
            json["release"] = .object(release)
            #expect(try ReleaseExport(json: json).differences().map(\.place) == ["/release/record"])
            var activations = (json["activations"]?.array ?? []).compactMap(\.object)
            for place in activations.indices { activations[place]["record"] = nil }
            json["activations"] = .array(activations.map { .object($0) })
            #expect(try ReleaseExport(json: json).differences().count == 3)
            json["format"] = 1
            #expect(try ReleaseExport(json: json).differences().map(\.place) == ["/format"])
            json["digest"] = nil
            #expect(try ReleaseExport(json: json).differences() == [])
            var newer = export.json
            newer["format"] = 4
            #expect(throws: ManifestError.self) { try ReleaseExport(json: newer).differences() }
        }
    }

    /// The document with one value changed, for each value in it.
    private func changes(of json: JSONValue, at place: String) -> [(place: String, json: JSONValue)] {
        switch json {
        case .object(let object):
            object.flatMap { key, value in
                changes(of: value, at: "\(place)/\(key)").map { change in
                    var other = object
                    other[key] = change.json
                    return (change.place, .object(other))
                }
            }
        case .array(let items):
            items.indices.flatMap { index in
                changes(of: items[index], at: "\(place)/\(index)").map { change in
                    var other = items
                    other[index] = change.json
                    return (change.place, .array(other))
                }
            }
        case .string(let text):
            [(place, .string(text.isEmpty ? "x" : String(text.dropLast()) + (text.hasSuffix("0") ? "1" : "0")))]
        case .number: [(place, json.integer == 7 ? 8 : 7)]
        case .bool(let flag): [(place, .bool(!flag))]
        case .null: [(place, "x")]
        }
    }
}
