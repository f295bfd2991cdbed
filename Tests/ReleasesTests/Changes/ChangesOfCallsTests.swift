import JSON
import Testing
import Tools
import Vocabulary

@testable import Releases

/// Each rule about how a call is made, in both directions.
struct ChangesOfCallsTests {
    private static func served(by server: String) -> @Sendable (inout Heads) -> Void {
        { $0.first.call.server = server }
    }

    static func with(_ edit: @escaping @Sendable (inout CallRecipe) -> Void) -> Heads {
        pets.edited { edit(&$0.first.call) }
    }

    static func body(_ type: String, parts: [CallRecipe.Body.Part] = []) -> CallRecipe.Body {
        let members = ["limit", "owner"].map { CallRecipe.Body.Member(argument: $0, name: $0, isRequired: false) }
        return CallRecipe.Body(content: .members(members), contentType: type, isRequired: true, parts: parts)
    }

    private static func part(_ headers: [String: String]) -> CallRecipe.Body {
        body("multipart/form-data", parts: [CallRecipe.Body.Part(name: "owner", headers: headers)])
    }

    private static let region = CallRecipe.ServerVariable(
        name: "region",
        variable: "PETS_SERVER_REGION",
        defaultValue: "eu",
        values: ["eu", "us"]
    )

    static let methodRows: [ChangeRow] = [
        ChangeRow(
            "GET, POST",
            there: [.execMethodEscalated, .hintMethodWriteMarkedReadOnly],
            back: [.execMethodReduced]
        ) {
            $0.first.call.method = "POST"
        },
        ChangeRow(
            "GET, DELETE",
            there: [.hintMethodDeleteMarkedReadOnly, .execMethodDeleteIntroduced],
            back: [.execMethodReduced]
        ) { $0.first.call.method = "DELETE" },
        ChangeRow(
            "PUT, DELETE that says it destroys nothing",
            there: [.execMethodDeleteIntroduced, .hintMethodDeleteMarkedHarmless],
            back: [.execMethodChanged],
            base: pets.edited {
                $0.first.call.method = "PUT"
                $0.first.annotations = ToolAnnotations(isReadOnly: false, isDestructive: false)
            }
        ) { $0.first.call.method = "DELETE" },
        ChangeRow("GET, HEAD", there: [.execMethodChanged], back: [.execMethodChanged]) {
            $0.first.call.method = "HEAD"
        },
        ChangeRow("a path", there: [.execPathChanged], back: [.execPathChanged]) { $0.first.call.path = "/v2/list" },
        ChangeRow(
            "the path of a server",
            there: [.execPathChanged],
            back: [.execPathChanged],
            edit: served(by: "https://api.example.com/v2")
        ),
        ChangeRow(
            "the name of a path's parameter",
            there: [],
            back: [],
            base: with {
                $0.path = "/list/{id}"
                $0.parameters = [place("id")]
            }
        ) {
            $0.first.call.path = "/list/{petId}"
            $0.first.call.parameters = [place("petId")]
        },
    ]

    private static func place(_ name: String) -> CallRecipe.Parameter {
        CallRecipe.Parameter(
            argument: "id",
            name: name,
            location: .path,
            style: .simple,
            explode: false,
            isRequired: false
        )
    }

    static let hostRows: [ChangeRow] = [
        ChangeRow(
            "a host",
            there: [.execHostChanged],
            back: [.execHostChanged],
            edit: served(by: "https://api.evil.com")
        ),
        ChangeRow(
            "a port",
            there: [.execHostChanged],
            back: [.execHostChanged],
            edit: served(by: "https://api.example.com:8443")
        ),
        ChangeRow("a default port", there: [], back: [], edit: served(by: "https://API.example.com:443")),
        ChangeRow(
            "no TLS",
            there: [.execHostSchemeDowngraded],
            back: [.execHostVariableChanged],
            edit: served(by: "http://api.example.com")
        ),
        ChangeRow(
            "what the environment says",
            there: [.authVariableAdded, .execHostChanged],
            back: [.authVariableRemoved, .execHostChanged],
            edit: served(by: "")
        ),
        ChangeRow(
            "loopback",
            there: [.execHostChanged, .execHostPrivateReached],
            back: [.execHostChanged],
            edit: served(by: "https://127.1")
        ),
        ChangeRow(
            "metadata by a value that an environment may choose",
            there: [.execHostPrivateReached, .execHostVariableChanged],
            back: [.execHostVariableChanged],
            base: with {
                $0.server = "https://{region}"
                $0.serverVariables = [region.with("api.example.com", [])]
            }
        ) { $0.first.call.serverVariables = [region.with("api.example.com", ["169.254.169.254"])] },
        ChangeRow(
            "the values of a variable",
            there: [.execHostVariableChanged],
            back: [.execHostVariableChanged],
            base: with {
                $0.server = "https://{region}.example.com"
                $0.serverVariables = [region]
            }
        ) { $0.first.call.serverVariables = [region.with("eu", ["us", "eu", "ap"])] },
        ChangeRow(
            "the variable that replaces the address",
            there: [.execHostVariableChanged],
            back: [.execHostVariableChanged]
        ) {
            $0.first.call.serverVariable = "ANIMALS_SERVER_URL"
        },
    ]

    static let argumentRows: [ChangeRow] = [
        ChangeRow(
            "moved to a header",
            there: [.execParamMoved],
            back: [.execParamMoved],
            base: with { $0.parameters = [query("limit")] }
        ) {
            $0.first.call.parameters[0].location = .header
        },
        ChangeRow(
            "moved to the body",
            there: [.execParamMoved],
            back: [.execParamMoved],
            base: with { $0.parameters = [query("limit")] }
        ) {
            $0.first.call.parameters = []
            $0.first.call.body = body("application/json")
        },
        ChangeRow(
            "another name upstream",
            there: [.execParamRenamedUpstream],
            back: [.execParamRenamedUpstream],
            base: with { $0.parameters = [query("limit")] }
        ) {
            $0.first.call.parameters[0].name = "max"
        },
        ChangeRow(
            "another style",
            there: [.execParamStyleChanged],
            back: [.execParamStyleChanged],
            base: with { $0.parameters = [query("limit")] }
        ) {
            $0.first.call.parameters[0].style = .pipeDelimited
        },
        ChangeRow(
            "another body",
            there: [.execBodyMediaChanged],
            back: [.execBodyMediaChanged],
            base: with { $0.body = body("application/json") }
        ) {
            $0.first.call.body = body("application/x-www-form-urlencoded")
        },
        ChangeRow(
            "a media type in capitals",
            there: [],
            back: [],
            base: with { $0.body = body("application/json; charset=utf-8") }
        ) {
            $0.first.call.body = body("Application/JSON;charset=utf-8")
        },
        ChangeRow("a header", there: [.execHeaderAdded], back: [.execHeaderRemoved], base: with { $0.body = part([:]) })
        {
            $0.first.call.body = part(["X-Kind": "pets"])
        },
        ChangeRow(
            "another value of a header",
            there: [.execHeaderChanged],
            back: [.execHeaderChanged],
            base: with { $0.body = part(["X-Kind": "pets"]) }
        ) {
            $0.first.call.body = part(["x-kind": "dogs"])
        },
        ChangeRow(
            "a secret in a header",
            there: [.execHeaderSecretExposed],
            back: [.execHeaderRemoved],
            base: with { $0.body = part([:]) }
        ) {
            $0.first.call.body = part(["Authorization": "Bearer kj2h34kjh234kj2h34"])
        },
        ChangeRow(
            "a secret in an address",
            there: [.execHeaderSecretExposed],
            back: [],
            edit: served(by: "https://me:secret@api.example.com")
        ),
        ChangeRow(
            "bytes in place of text",
            there: [.outputContentMediaChanged],
            back: [.outputContentMediaChanged],
            base: with { $0.accept = "text/plain" }
        ) {
            $0.first.call.accept = "image/png"
        },
        ChangeRow(
            "text in place of text",
            there: [.execHeaderChanged],
            back: [.execHeaderChanged],
            base: with { $0.accept = "text/plain" }
        ) {
            $0.first.call.accept = "application/json"
        },
        ChangeRow(
            "a path that nothing fills",
            there: [.execSourceOperationBroken, .execPathChanged],
            back: [.execPathChanged]
        ) {
            $0.first.call.path = "/list/{id}"
        },
    ]

    @Test(arguments: methodRows + hostRows + argumentRows)
    func `a row tells what it says, there and back`(row: ChangeRow) throws {
        try row.check()
    }

    @Test func `an operation that is gone from the newest deployment is told of the tool that still calls it`() throws {
        let surroundings = ChangeSurroundings(orphans: [urn("get"), urn("gone")])
        let new = pets.edited { $0.first.title = "All" }
        let told = try changes(from: pets, to: new, surroundings: surroundings)
        #expect(told.map(\.rule) == [.toolTitleChanged, .execSourceOperationOrphaned])
        #expect(told.map(\.subject) == [.tool(urn("list")), .tool(urn("get"))])
    }

    @Test(arguments: [
        ("api.example.com", HostReach.publicInternet), ("8.8.8.8", .publicInternet),
        ("[2606:4700::1111]", .publicInternet),
        ("127.0.0.1", .privateNetwork), ("127.1", .privateNetwork), ("2130706433", .privateNetwork),
        ("0x7f.0.0.1", .privateNetwork), ("017700000001", .privateNetwork), ("0", .privateNetwork),
        ("localhost", .privateNetwork), ("api.localhost.", .privateNetwork), ("petstore", .privateNetwork),
        ("10.1.2.3", .privateNetwork), ("172.31.0.1", .privateNetwork), ("172.32.0.1", .publicInternet),
        ("192.168.0.1", .privateNetwork), ("100.64.0.1", .privateNetwork), ("printer.local", .privateNetwork),
        ("127.0.0.1.nip.io", .privateNetwork), ("[::1]", .privateNetwork), ("[fc00::1]", .privateNetwork),
        ("[::ffff:10.0.0.1]", .privateNetwork), ("[::ffff:8.8.8.8]", .publicInternet),
        ("[::ffff:7f00:1]", .privateNetwork),
        ("[2002:a00:1::]", .privateNetwork), ("[64:ff9b::a9fe:a9fe]", .metadata), ("[fe80::1%25eth0]", .metadata),
        ("169.254.1.1", .metadata), ("169.254.169.254", .metadata), ("2852039166", .metadata),
        ("100.100.100.200", .metadata), ("[fd00:ec2::254]", .metadata), ("metadata.google.internal", .metadata),
        ("1.2.3.4.5", .publicInternet), ("999.1.1.1", .publicInternet), ("[::1::]", .privateNetwork),
    ])
    func `a host's reach is told by its text`(host: String, reach: HostReach) {
        #expect(HostReach(host: host) == reach, "\(host)")
    }

    @Test func `a private host that the operator allows is not told`() throws {
        let new = pets.edited { $0.first.call.server = "https://10.0.0.1:8443" }
        var surroundings = ChangeSurroundings()
        surroundings.allowsHost = { $0 == "10.0.0.1:8443" }
        #expect(try changes(from: pets, to: new, surroundings: surroundings).map(\.rule) == [.execHostChanged])
        surroundings.allowsHost = { _ in false }
        let more = pets.edited {
            $0.tools.append(head("feed"))
            $0.tools[4].definition?.call.server = "https://10.0.0.1"
        }
        #expect(
            try changes(from: pets, to: more, surroundings: surroundings).map(\.rule)
                == [.execHostPrivateReached, .setToolAdded]
        )
        surroundings.allowsHost = nil
        #expect(try changes(from: pets, to: more, surroundings: surroundings).map(\.rule) == [.setToolAdded])
    }

    @Test func `a secret is in no change`() throws {
        let secret = "kj2h34kjh234kj2h34"
        let base = pets.edited { $0.first.call.body = Self.part(["Authorization": "Bearer aaaabbbbccccdddd"]) }
        let new = pets.edited { $0.first.call.body = Self.part(["Authorization": "Bearer \(secret)"]) }
        let told = try changes(from: base, to: new)
        #expect(told.map(\.rule) == [.execHeaderSecretExposed])
        for change in told {
            let text = "\(change.message) \(change.before?.text ?? "") \(change.after?.text ?? "")"
            #expect(!text.contains(secret))
        }
    }

    @Test(arguments: [
        ("Authorization", "Bearer kj2h34kjh234kj2h34", true), ("X-Trace", "AKIAIOSFODNN7ABCDEFG", true),
        ("X-Any", "ghp_1234567890abcdefghij", true), ("X-Api-Key", "98adf7a9d8f7", true),
        ("X-Kind", "multipart", false), ("X-Api-Key", "YOUR_API_KEY", false),
        ("Authorization", "Bearer {token}", false),
        ("Accept-Language", "en-GB, de;q=0.5", false), ("X-Api-Key", "short", false), ("page_token", "{next}", false),
    ])
    func `what looks like a secret`(name: String, value: String, isSecret: Bool) {
        #expect(SecretText.isSecret(value, named: name) == isSecret)
    }
}

extension CallRecipe.ServerVariable {
    fileprivate func with(_ value: String, _ values: [String]) -> CallRecipe.ServerVariable {
        CallRecipe.ServerVariable(name: name, variable: variable, defaultValue: value, values: values)
    }
}
