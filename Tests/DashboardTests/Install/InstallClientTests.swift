import Foundation
import Installation
import JSON
import Testing

/// Formats of the makers' documentation: what a client reads must be exactly this.
@Suite struct `Instructions for clients` {
    private let url = "https://tools.example.com/mcp/town-library"
    private var open: InstallTarget { InstallTarget(slug: "town-library", url: url, isPublic: true) }
    private var closed: InstallTarget { InstallTarget(slug: "town-library", url: url, isPublic: false) }

    private func methods(_ client: String, _ target: InstallTarget) throws -> [InstallMethod] {
        try #require(InstallClient.named(client)).methods(for: target)
    }

    private func file(_ client: String, _ target: InstallTarget) throws -> JSONValue {
        let file = try methods(client, target).first { $0.kindName == "file" }
        return try JSONValue(parsing: try #require(file).text)
    }

    @Test func `no text holds a key, and one that is needed is named by its variable`() throws {
        #expect(closed.variable == "SLIPWAY_TOWN_LIBRARY_KEY")
        for client in InstallClient.all {
            for method in client.methods(for: open) {
                #expect(!method.text.contains("Authorization"), "\(client.id)")
                #expect(method.text.contains("town-library"), "\(client.id)")
            }
            let texts = client.methods(for: closed).map(\.text)
            #expect(texts.isEmpty == (client.id == "chatgpt"))
        }
    }

    @Test func `Cursor's link holds the inner object in Base64`() throws {
        let link = try methods("cursor", closed)[0].text
        let parts = try #require(URLComponents(string: link))
        #expect(parts.scheme == "cursor")
        #expect(parts.host == "anysphere.cursor-deeplink")
        #expect(parts.path == "/mcp/install")
        let items = Dictionary(uniqueKeysWithValues: (parts.queryItems ?? []).map { ($0.name, $0.value ?? "") })
        #expect(items["name"] == "town-library")
        let config = try #require(Data(base64Encoded: items["config"] ?? ""))
        let header = "Bearer ${env:SLIPWAY_TOWN_LIBRARY_KEY}"
        #expect(
            try JSONValue(parsing: Array(config)) == [
                "url": .string(url), "headers": ["Authorization": .string(header)],
            ]
        )
    }

    @Test func `the link of VS Code holds the server, and asks for the key`() throws {
        let link = try methods("vscode", closed)[0].text
        #expect(link.hasPrefix("vscode:mcp/install?"))
        let text = try #require(link.dropFirst("vscode:mcp/install?".count).removingPercentEncoding)
        let json = try JSONValue(parsing: text)
        #expect(json["name"] == "town-library")
        #expect(json["type"] == "http")
        #expect(json["headers"]?["Authorization"] == "Bearer ${input:slipway-key}")
        #expect(json["inputs"]?.array?.first?["id"] == "slipway-key")
        let file = try file("vscode", closed)
        #expect(file["servers"]?["town-library"]?["url"] == .string(url))
        #expect(file["inputs"]?.array?.first?["password"] == true)
        #expect(try self.file("vscode", open)["inputs"] == nil)
    }

    @Test func `each client has its own names for the same things`() throws {
        #expect(try file("claude-code", closed)["mcpServers"]?["town-library"]?["type"] == "http")
        #expect(try file("gemini-cli", closed)["mcpServers"]?["town-library"]?["httpUrl"] == .string(url))
        #expect(try file("windsurf", closed)["mcpServers"]?["town-library"]?["serverUrl"] == .string(url))
        #expect(
            try file("json", closed)["mcpServers"]?["town-library"]?["headers"]?["Authorization"] == "Bearer YOUR_KEY"
        )
        #expect(
            try methods("claude-code", closed)[0].text
                == "claude mcp add --transport http town-library \(url) --header \"Authorization: Bearer $SLIPWAY_TOWN_LIBRARY_KEY\""
        )
        #expect(
            try methods("codex", closed)[1].text
                == "[mcp_servers.town-library]\nurl = \"\(url)\"\nbearer_token_env_var = \"SLIPWAY_TOWN_LIBRARY_KEY\""
        )
    }

    @Test func `clients that can send no key are for public toolsets alone`() throws {
        let chatGPT = try #require(InstallClient.named("chatgpt"))
        #expect(chatGPT.obstacle(to: closed)?.contains("can send no key") == true)
        #expect(chatGPT.obstacle(to: open) == nil)
        let local = InstallTarget(slug: "a", url: "http://127.0.0.1:8080/mcp/a", isPublic: true)
        #expect(chatGPT.obstacle(to: local)?.contains("https") == true)
        #expect(chatGPT.obstacleName(to: local) == "Needs https")
        #expect(chatGPT.obstacleName(to: closed) == "Public toolsets only" && chatGPT.obstacleName(to: open).isEmpty)
        let staging = InstallTarget(slug: "a", url: "https://h/mcp/a/staging", isPublic: true, isStaging: true)
        #expect(staging.needsKey)
        #expect(staging.name == "a-staging")
    }

    @Test func `an address with signs of the shell stays one word`() throws {
        let odd = InstallTarget(slug: "a", url: "https://h/x'y;z/mcp/a", isPublic: true)
        #expect(try methods("codex", odd)[0].text == #"codex mcp add a --url 'https://h/x'\''y;z/mcp/a'"#)
    }
}
