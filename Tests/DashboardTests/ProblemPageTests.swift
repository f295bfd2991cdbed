import Testing
import Vocabulary

@testable import Dashboard

@Suite struct `A problem page` {
    private func page(
        _ problem: Problem,
        at address: String,
        isRead: Bool = true,
        from referer: String? = nil,
        mayPublish: Bool = true
    ) -> ProblemPage {
        ProblemPage(
            problem,
            request: address,
            isRead: isRead,
            referer: referer,
            own: "http://localhost",
            mayPublish: mayPublish
        )
    }

    private func wrong(_ pointer: String) -> Problem {
        let message = #"slug must match the pattern "^[a-z]$", but "No!" does not"#
        return Problem(
            .invalid,
            "The input of toolsets.get is not right: …",
            errors: [.init(pointer: pointer, message: message)]
        )
    }

    @Test(arguments: ["/slug", "/id", "/cursor", "/urn", "/tool_urn", "/q"])
    func `says what is wrong with an address in words`(pointer: String) {
        let page = page(wrong(pointer), at: "/projects/default/toolsets/No!?x=1")
        #expect(page.title == "There is nothing here" && page.code.isEmpty)
        for word in ["slug", "pattern", "urn", "cursor", "^", "_", "/"] { #expect(!page.message.contains(word)) }
        #expect(page.links.contains { $0.label == "All toolsets" } || pointer == "/cursor")
    }

    @Test func `leads to where somebody can go on`() throws {
        let missing = Problem(.notFound, "The toolset \"library\" has no release 99.")
        let release = page(missing, at: "/projects/default/toolsets/library/releases/99", from: "http://localhost/x")
        try expectSnapshot(of: release, by: "problem", named: "problem-release")
        #expect(release.links.map(\.label) == ["All releases", "Toolset library", "All toolsets"])
        #expect(release.back == "/x")
        let none = page(Problem(.notFound, "There is no toolset."), at: "/projects/default/toolsets/x/calls")
        #expect(none.links.map(\.address) == ["/projects/default/toolsets"] && none.back.isEmpty)
        let cursor = page(wrong("/cursor"), at: "/projects/default/audit?cursor=x&actor=Ada")
        #expect(cursor.links.map(\.address) == ["/projects/default/audit"])
        #expect(page(missing, at: "/members/x").links.map(\.address) == ["/members"])
        #expect(page(missing, at: "/nowhere").links.map(\.address) == ["/"])
        let project = Problem(.notFound, "There is no project \"none\" that Ada may use.")
        #expect(page(project, at: "/projects/none/toolsets/x").links.map(\.address) == ["/"])
    }

    @Test func `offers the other editing mode to those who may switch it`() {
        let problem = Problem(.wrongMode, "The toolset \"library\" is in iteration mode.")
        let address = "/projects/default/toolsets/library/review"
        #expect(page(problem, at: address).links.first?.address.hasSuffix("/library/editing-mode") == true)
        #expect(page(problem, at: address, mayPublish: false).links.first?.label == "Toolset library")
    }

    @Test func `tells of what was sent each field in words`() throws {
        let page = page(wrong("/mcp_slug"), at: "/projects/default/toolsets/a/settings/access", isRead: false)
        #expect(page.title == "Not done" && page.message.hasPrefix("Last part of the address: "))
        let inside = Problem(.unexpected, "Something went wrong inside.")
        let failed = self.page(inside, at: "/projects/default/toolsets")
        try expectSnapshot(of: failed, by: "problem", named: "problem-unexpected")
        #expect(failed.code == "unexpected")
    }

    @Test(arguments: [
        (
            "The address belongs to another toolset; choose another mcp_slug.",
            "The address belongs to another toolset; choose another last part of the address."
        ),
        (#"There is no toolset "slug" in the project."#, #"There is no toolset "slug" in the project."#),
        ("Choose another slug", "Choose another short name."),
    ])
    func `names no field of the API, and leaves what somebody typed`(message: String, told: String) {
        #expect(Problem(.invalid, message).pageMessage == told)
    }
}
