import Foundation
import JSON

// What each client reads, as their makers' documentation had it in August 2026. The formats differ in small ways that matter:
// `url`, `httpUrl` and `serverUrl`; `mcpServers`, `servers` and `mcp_servers`. A client that is not told the type of a server may
// take it for the older transport.
extension InstallClient {
    /// Every client that there are instructions for, in the order in which people see them.
    package static let all = [
        claudeCode, claude, cursor, visualStudioCode, codex, gemini, windsurf, chatGPT, rawJSON,
    ]

    private static let claudeCode = InstallClient(
        id: "claude-code",
        name: "Claude Code",
        sendsKey: true,
        keyNote:
            "A key goes from the variable into the settings of whoever runs the command; .mcp.json holds its name only."
    ) { target in
        let header = target.needsKey ? #" --header "Authorization: Bearer $\#(target.variable)""# : ""
        return [
            InstallMethod(
                .command,
                "Run in your shell",
                "claude mcp add --transport http \(target.name) \(shell(target.url))\(header)"
            ),
            InstallMethod(
                .file(path: ".mcp.json"),
                "Or share it with a project",
                servers("mcpServers", target, server("url", target, key: "${\(target.variable)}", type: "http"))
            ),
        ]
    }

    private static let claude = InstallClient(
        id: "claude",
        name: "Claude",
        sendsKey: false,
        isHosted: true,
        note: "Claude on the web, on the desktop and on phones share their connectors."
    ) { target in
        guard target.needsKey else {
            return [
                InstallMethod(
                    .steps,
                    "In Claude",
                    """
                    Open Settings, then Connectors.
                    Choose “Add custom connector”.
                    Name it \(target.name) and give it the address \(target.url)
                    """
                )
            ]
        }
        // Claude Desktop starts programs of this file; one of them can send the key.
        let bridge: JSONObject = [
            "command": "npx",
            "args": ["-y", "mcp-remote", .string(target.url), "--header", "Authorization:${AUTHORIZATION}"],
            "env": ["AUTHORIZATION": "Bearer YOUR_KEY"],
        ]
        return [
            InstallMethod(
                .file(path: "claude_desktop_config.json"),
                "Claude Desktop only: a bridge on your machine sends the key (needs Node.js)",
                servers("mcpServers", target, bridge)
            )
        ]
    }

    private static let cursor = InstallClient(id: "cursor", name: "Cursor", sendsKey: true) { target in
        let inner = server("url", target, key: "${env:\(target.variable)}")
        let config = Data(JSONValue.object(inner).bytes).base64EncodedString()
        return [
            InstallMethod(
                .link,
                "Add to Cursor",
                "cursor://anysphere.cursor-deeplink/mcp/install?name=\(encoded(target.name))&config=\(encoded(config))"
            ),
            InstallMethod(.file(path: "~/.cursor/mcp.json"), "Or edit the file", servers("mcpServers", target, inner)),
        ]
    }

    private static let visualStudioCode = InstallClient(id: "vscode", name: "VS Code", sendsKey: true) { target in
        let prompt: JSONValue = [
            ["type": "promptString", "id": "slipway-key", "description": "Key of \(target.name)", "password": true]
        ]
        let inner = server("url", target, key: "${input:slipway-key}", type: "http")
        var link: JSONObject = ["name": .string(target.name)]
        for (name, value) in inner { link[name] = value }
        var file: JSONObject = [:]
        if target.needsKey {
            link["inputs"] = prompt
            file["inputs"] = prompt
        }
        file["servers"] = .object(JSONObject([(target.name, .object(inner))]))
        let json = String(decoding: JSONValue.object(link).bytes, as: UTF8.self)
        return [
            InstallMethod(.link, "Add to VS Code", "vscode:mcp/install?\(encoded(json))"),
            InstallMethod(.link, "Add to VS Code Insiders", "vscode-insiders:mcp/install?\(encoded(json))"),
            InstallMethod(.command, "Or run in your shell", "code --add-mcp \(shell(json))"),
            InstallMethod(.file(path: ".vscode/mcp.json"), "Or edit the file", JSONValue.object(file).prettyText),
        ]
    }

    private static let codex = InstallClient(
        id: "codex",
        name: "Codex",
        sendsKey: true,
        note: "The command line, the editor extension and the desktop app read the same file."
    ) { target in
        let key = target.needsKey ? " --bearer-token-env-var \(target.variable)" : ""
        let line = target.needsKey ? "\nbearer_token_env_var = \"\(target.variable)\"" : ""
        return [
            InstallMethod(
                .command,
                "Run in your shell",
                "codex mcp add \(target.name) --url \(shell(target.url))\(key)"
            ),
            InstallMethod(
                .file(path: "~/.codex/config.toml"),
                "Or edit the file",
                "[mcp_servers.\(target.name)]\nurl = \(JSONValue.string(target.url).text)\(line)"
            ),
        ]
    }

    private static let gemini = InstallClient(id: "gemini-cli", name: "Gemini CLI", sendsKey: true) { target in
        // In single quotes: Gemini CLI looks up variables of its settings itself, so that the file holds the name alone.
        let header = target.needsKey ? " --header 'Authorization: Bearer $\(target.variable)'" : ""
        return [
            InstallMethod(
                .command,
                "Run in your shell",
                "gemini mcp add --scope user --transport http\(header) \(target.name) \(shell(target.url))"
            ),
            InstallMethod(
                .file(path: "~/.gemini/settings.json"),
                "Or edit the file",
                servers("mcpServers", target, server("httpUrl", target, key: "$\(target.variable)"))
            ),
        ]
    }

    private static let windsurf = InstallClient(
        id: "windsurf",
        name: "Windsurf",
        sendsKey: true,
        note: "Windsurf takes 100 tools at most, over all servers."
    ) { target in
        [
            InstallMethod(
                .file(path: "~/.codeium/windsurf/mcp_config.json"),
                "Edit the file",
                servers("mcpServers", target, server("serverUrl", target, key: "${env:\(target.variable)}"))
            )
        ]
    }

    private static let chatGPT = InstallClient(
        id: "chatgpt",
        name: "ChatGPT",
        sendsKey: false,
        isHosted: true,
        note: "The names of its menus change now and then; some plans only take tools that read."
    ) { target in
        guard !target.needsKey else { return [] }
        return [
            InstallMethod(
                .steps,
                "In ChatGPT on the web",
                """
                Open Settings, then Apps, then Advanced, and turn on Developer mode.
                Choose “Create app”.
                Name it \(target.name), give it the address \(target.url) and choose “No authentication”.
                """
            )
        ]
    }

    private static let rawJSON = InstallClient(
        id: "json",
        name: "Another client (JSON)",
        sendsKey: true,
        note: "Most clients read a file like this one. The transport is Streamable HTTP."
    ) { target in
        [
            InstallMethod(
                .file(path: "mcp.json"),
                "What most clients read",
                servers("mcpServers", target, server("url", target, key: "YOUR_KEY", type: "http"))
            )
        ]
    }
}

extension InstallClient {
    /// A server as most clients write it; `field` holds its address.
    private static func server(_ field: String, _ target: InstallTarget, key: String, type: String? = nil) -> JSONObject
    {
        var server: JSONObject = [:]
        server["type"] = type.map(JSONValue.string)
        server[field] = .string(target.url)
        if target.needsKey { server["headers"] = ["Authorization": .string("Bearer \(key)")] }
        return server
    }

    private static func servers(_ field: String, _ target: InstallTarget, _ server: JSONObject) -> String {
        let named = JSONObject([(target.name, .object(server))])
        return JSONValue.object(JSONObject([(field, .object(named))])).prettyText
    }

    /// For a part of a query (RFC 3986, section 2.3).
    private static func encoded(_ text: String) -> String {
        let unreserved = CharacterSet(
            charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"
        )
        return text.addingPercentEncoding(withAllowedCharacters: unreserved) ?? ""
    }

    /// As a shell reads it as one word.
    private static func shell(_ word: String) -> String {
        let isPlain = word.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
                || "-_./:=@,+".utf8.contains(byte)
        }
        return isPlain ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}
