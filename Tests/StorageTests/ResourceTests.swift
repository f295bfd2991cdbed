import JSON
import Projects
import Releases
import Storage
import Testing
import Tools
import Vocabulary

/// The rows of "Rules of behaviour" for resources, down to the bytes that they say.
struct ResourceTests {
    /// The toolset `pets` with one tool and the resources `guide` and `note`.
    private func makePets(_ world: World) async throws {
        try await world.addResource("guide")
        try await world.addResource("note")
        try await world.deploy(definition("list"))
        try await world.make(tools: ["list"], resources: ["guide", "note"])
    }

    @Test func `edit in iteration mode`() async throws {
        try await World.with { world in
            try await makePets(world)
            let before = try await world.state()
            #expect(before.live.bodyTexts == ["first", "first"])
            try await world.editResource("guide", "second")
            let after = try await world.state()
            #expect(after.live.bodyTexts == ["second", "first"])
            try await world.selectResources(["note", "guide"])
            let moved = try await world.state()
            #expect(
                moved.live.resources.map(\.uri) == ["slipway://acme/resources/note", "slipway://acme/resources/guide"]
            )
            #expect(moved.live.bodyTexts == ["first", "second"])
            #expect(moved.live.digest != after.live.digest)
            #expect(moved.releases == [])
            #expect(moved.audit == before.audit + ["resource.update", "toolset.update"])
        }
    }

    @Test func `edit in staging mode, and publish`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let before = try await world.state()
            try await world.selectResources(["note"])
            try await world.editResource("note", "second")
            let edited = try await world.state()
            #expect(edited.live == before.live)
            #expect(edited.staging?.bodyTexts == ["second"])
            let changes = try #require(try await world.changes())
            #expect(changes.removedResources == ["guide"])
            #expect(changes.changedResources == ["note"])
            #expect(changes.addedResources == [])
            #expect(changes.count == 2)

            try await world.publish()
            let after = try await world.state()
            #expect(after.live == edited.staging)
            #expect(after.staging == edited.staging)
            #expect(try await world.changes()?.count == 0)
            #expect(try await problem { try await world.publish() }.code == .nothingToPublish)
            // A text that is written again is nothing to publish either.
            try await world.editResource("note", "third")
            try await world.editResource("note", "second")
            #expect(try await problem { try await world.publish() }.code == .nothingToPublish)
            let details = try await world.releases.releaseDetails(.number(2, toolset: pets), in: world.project)
            #expect(details?.resources.map(\.urn) == [resourceURN("note")])
            #expect(details?.resourceVersions.map(\.version) == [2])
        }
    }

    @Test func `roll back to N and return to M are exact to the byte, whatever becomes of the resource`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let first = try await world.state().live
            try await world.editResource("guide", "second")
            try await world.publish()
            let second = try await world.state().live
            #expect(second != first)
            try await world.editResource("guide", "third")
            let staged = try await world.state().staging

            try await world.rollBack(to: 1)
            #expect(try await world.state().live == first)
            #expect(try await world.state().staging == staged)
            try await world.rollBack(to: 2)
            #expect(try await world.state().live == second)
            #expect(try await world.state().staging == staged)
        }
    }

    @Test func `discard changes`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let before = try await world.state()
            try await world.selectResources(["note", "guide"])
            #expect(try await world.changes()?.orderChanged == true)
            try await world.discard()
            #expect(try await world.state().staging == before.live)
            #expect(try await world.changes()?.count == 0)
        }
    }

    @Test func `staging to iteration tells which resources change, and makes them live`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            try await world.addResource("more")
            try await world.selectResources(["guide", "more"])
            try await world.editResource("guide", "second")
            let refusal = try await world.confirmation()
            #expect(refusal.detail("added_resources") == .texts(["more"]))
            #expect(refusal.detail("removed_resources") == .texts(["note"]))
            #expect(refusal.detail("changed_resources") == .texts(["guide"]))
            try await world.iterate()
            #expect(try await world.state().live.bodyTexts == ["second", "first"])
        }
    }

    @Test func `a release with the same resources as the one before shares its state`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.stage()
            let states = try await world.count("system_source_states")
            try await world.edit { $0.name = "Animals" }
            try await world.publish()
            #expect(try await world.count("system_source_states") == states)
            let objects = try await world.count("objects")
            try await world.editResource("guide", "second")
            try await world.publish()
            #expect(try await world.count("system_source_states") == states + 1)
            // One resource and the page it stands on; bytes are no objects.
            #expect(try await world.count("objects") == objects + 2)
        }
    }

    @Test func `bytes are stored once, and a version that keeps them shares the asset`() async throws {
        try await World.with { world in
            try await world.addResource("guide", "same")
            try await world.addResource("note", "same")
            #expect(try await world.count("asset_contents") == 1)
            #expect(try await world.count("assets") == 2)
            var content = document("guide", "same")
            content.title = "Guide"
            let titled = try await world.resources.updateResource(
                content,
                bytes: nil,
                expecting: 1,
                in: world.project,
                by: world.actor
            )
            #expect(titled.version == 2)
            #expect(titled.content.title == "Guide")
            #expect(try await world.editResource("guide", "same").version == 3)
            #expect(try await world.editResource("guide", "same").version == 3)
            #expect(try await world.count("assets") == 2)
            let assets = try await world.deployments.assets(in: world.project, PageRequest()).items
            #expect(Set(assets.map(\.kind)) == ["resource"])
        }
    }

    @Test func `text is what says it is text and is UTF-8; everything else is bytes`() async throws {
        let bytes: [UInt8] = [0x68, 0xFF, 0x00]
        #expect(document("a", "text").isText)
        #expect(document("a", "{}", type: "application/problem+json; charset=UTF-8").isText)
        #expect(document("a", "<svg/>", type: "image/svg+xml").isText)
        #expect(!document("a", "text", type: "application/octet-stream").isText)
        #expect(!document("a", "text", type: "text/plain; charset=iso-8859-1").isText)
        #expect(!document("a", bytes, type: "text/plain").isText)
        #expect(document("a", [], type: "text/plain").isText)
        try await World.with { world in
            _ = try await world.resources.createResource(
                document("logo", bytes, type: "text/plain"),
                bytes: bytes,
                in: world.project,
                by: world.actor
            )
            try await world.make(tools: [], resources: ["logo"])
            let live = try #require(try await world.served())
            #expect(live.bodies == [bytes])
            #expect(live.resources.map(\.isText) == [false])
            #expect(live.resources.map(\.size) == [3])
            try await world.stage()
            #expect(try await world.served() == live)
        }
    }

    @Test(arguments: ["text", "text/", "/plain", "te xt/plain", "text/plain/x", "text/plän", "", "text/plain;\n"])
    func `a MIME type that is none is told apart`(text: String) {
        #expect(!MIMEType.isValid(text))
    }

    @Test(arguments: ["resources:asset", "resources:asset:", "resources:asset:A", "resources:file:a", "tools:asset:a"])
    func `a URN that is none of a resource is told apart`(text: String) {
        #expect(ResourceURN(text) == nil)
        #expect(ResourceURN("resources:asset:a")?.description == "resources:asset:a")
    }

    @Test func `resources that are not there are refused, naming each`() async throws {
        try await World.with { world in
            try await makePets(world)
            try await world.addResource("gone")
            try await world.deleteResource("gone")
            let before = try await world.state()
            let refusal = try await problem { try await world.selectResources(["guide", "gone", "nothing"]) }
            #expect(refusal.code == .unknownURN)
            #expect(refusal.errors.map(\.pointer) == ["/resource_urns/1", "/resource_urns/2"])
            #expect(refusal.message.contains("resources:asset:gone is not known, and 1 more"))
            #expect(try await world.state() == before)
        }
    }

    @Test func `a resource has a history, an etag, and a slug of its own`() async throws {
        try await World.with { world in
            let first = try await world.addResource("guide")
            #expect(try await problem { try await world.addResource("guide") }.code == .nameTaken)
            let stale = try await problem { try await world.editResource("guide", "x", expecting: 7) }
            #expect(stale.code == .etagMismatch)
            #expect(try await problem { try await world.editResource("none", "x") }.code == .notFound)
            #expect(try await world.editResource("guide", "second", expecting: 1).version == 2)
            let late = try await problem {
                try await world.resources.deleteResource(
                    slug("guide"),
                    expecting: 1,
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(late.code == .etagMismatch)
            var history: [Resource] = []
            var cursor: String?
            repeat {
                let page = try await world.resources.resourceHistory(
                    slug("guide"),
                    in: world.project,
                    PageRequest(cursor: cursor, limit: 1)
                )
                history += page.items
                cursor = page.nextCursor
            } while cursor != nil
            #expect(history.map(\.version) == [2, 1])
            #expect(history.last == first)
            let bytes = try await world.resources.resourceBytes(first.content.body.digest)
            #expect(bytes == Array("first".utf8))
            try await world.addResource("atlas")
            let page = try await world.resources.resources(in: world.project, PageRequest(limit: 1))
            #expect(page.items.map(\.content.slug.text) == ["atlas"])
            #expect(page.nextCursor == "atlas")
        }
    }

    @Test func `what a resource says cannot be deployed`() async throws {
        try await World.with { world in
            try await world.addResource("guide")
            let asset = try #require(try await world.deployments.assets(in: world.project, PageRequest()).items.first)
            let refusal = try await problem {
                _ = try await world.deployments.beginDeployment(
                    of: [DeploymentSource(slug: pets, assetID: asset.id)],
                    in: world.project,
                    by: world.actor
                )
            }
            #expect(refusal.code == .invalid)
            #expect(refusal.message.contains("no document"))
        }
    }
}
