import JSON
import Testing
import Tools
import Vocabulary

/// Names of tools: valid, unique, stable.
struct ToolNamesTests {
    private func names(
        _ operations: [(key: String, id: String?)],
        previous: [String: String] = [:]
    ) throws
        -> CompiledSource
    {
        var paths: JSONObject = [:]
        for (key, id) in operations {
            let parts = key.split(separator: " ", maxSplits: 1).map(String.init)
            var item = paths[parts[1]]?.object ?? [:]
            item[parts[0].lowercased()] = id.map { ["operationId": .string($0)] } ?? [:]
            paths[parts[1]] = .object(item)
        }
        return try compile("paths: \(JSONValue.object(paths).text)", previousNames: previous)
    }

    @Test(arguments: [
        ("listPets", "listPets"), ("list-pets__v2_", "list-pets__v2_"), ("pets/list all", "pets_list_all"),
        (".pets.", "pets"), ("日本", "get_pets_petId"), ("", "get_pets_petId"), (nil, "get_pets_petId"),
        ("größe", "gr_e"), (String(repeating: "x", count: 60), String(repeating: "x", count: 60)),
    ])
    func `a name is the operation's, as far as the rule allows`(id: String?, name: String) throws {
        #expect(try names([("GET /pets/{petId}", id)]).first.name == name)
    }

    @Test func `a long name is cut and marked with its digest`() throws {
        let id = String(repeating: "x", count: 61)
        let mark = Digest(of: id.utf8).hex.prefix(6)
        #expect(try names([("GET /a", id)]).first.name == String(repeating: "x", count: 53) + "_" + mark)
    }

    @Test func `the first of two operations keeps a name, the other is marked, and that is said`() throws {
        let compiled = try names([("GET /a", "x"), ("GET /b", "x"), ("PUT /b", "x")])
        let mark = { (key: String) in "x_" + Digest(of: key.utf8).hex.prefix(6) }
        #expect(compiled.tools.map(\.name) == ["x", mark("GET /b"), mark("PUT /b")])
        #expect(
            compiled.reports == [
                "warning name_collision /paths/~1b/get", "warning name_collision /paths/~1b/put",
            ]
        )
    }

    @Test func `names stay whatever the order of the document`() throws {
        let first = try names([("GET /a", "x"), ("GET /b", "x"), ("GET /c", "y")])
        let second = try names(
            [("GET /d", "x"), ("GET /b", "x"), ("GET /c", "y"), ("GET /a", "x")],
            previous: first.names
        )
        for key in ["GET /a", "GET /b", "GET /c"] { #expect(second.names[key] == first.names[key]) }
        let third = try names([("GET /b", "x"), ("GET /c", "z")], previous: second.names)
        #expect(third.names["GET /b"] == first.names["GET /b"])
        #expect(third.names["GET /c"] == second.names["GET /c"])
    }

    @Test func `an operation whose operationId changed keeps its name, and nobody else gets it`() throws {
        let first = try names([("GET /p/{id}", "old")])
        let second = try names([("GET /q", "old"), ("GET /p/{id}", "renamed")], previous: first.names)
        let mark = Digest(of: "GET /q".utf8).hex.prefix(6)
        #expect(second.names == ["GET /p/{id}": "old", "GET /q": "old_\(mark)"])
        let reports = second.diagnostics.filter { $0.code.hasPrefix("name_") }
        #expect(reports.map(\.code) == ["name_kept", "name_collision"])
        #expect(reports.map(\.severity) == [.note, .warning])
        #expect(reports.map(\.pointer) == ["/paths/~1p~1{id}/get", "/paths/~1q/get"])
        #expect(second["old"]?.offeredName == "renamed")
        #expect(reports.first?.message == #"The document now says "renamed"; the tool keeps its name "old"."#)
    }

    @Test func `a marked name of any length is kept and is nothing to speak of`() throws {
        let mark = Digest(of: "GET /b".utf8).hex
        for digits in [6, 8, 40] {
            let compiled = try names([("GET /b", "x")], previous: ["GET /b": "x_\(mark.prefix(digits))"])
            #expect(compiled.names == ["GET /b": "x_\(mark.prefix(digits))"])
            #expect(!compiled.diagnostics.contains { $0.code == "name_kept" })
        }
    }

    @Test func `the name of an operation that is gone is free, and who takes it over is told`() throws {
        let compiled = try names([("GET /b", "x")], previous: ["GET /a": "x"])
        #expect(compiled.names == ["GET /b": "x"])
        #expect(compiled.reports == ["warning name_taken_over /paths/~1b/get"])
        #expect(compiled.diagnostics.first?.message.contains("GET /a") == true)
        let later = try names([("GET /b", "x")], previous: ["GET /a": "x", "GET /b": "x"])
        #expect(later.reports.isEmpty, "it is told once")
    }

    @Test func `an operation whose path parameters were renamed keeps its name`() throws {
        let first = try names([("GET /u/{id}", nil), ("GET /u/{id}/k/{key}", "key")])
        let second = try names(
            [("GET /u/{userId}/k/{name}", "key"), ("GET /u/{userId}", nil), ("PUT /u/{userId}", nil)],
            previous: first.names
        )
        #expect(second.names["GET /u/{userId}"] == "get_u_id")
        #expect(second.names["GET /u/{userId}/k/{name}"] == "key")
        #expect(second.names["PUT /u/{userId}"] == "put_u_userId")
        #expect(second["get_u_id"]?.offeredName == "get_u_userId")
    }

    @Test func `of two operations that one could have become, only one keeps the name`() throws {
        let compiled = try names(
            [("GET /u/{a}#1", "x"), ("GET /u/{b}#1", "y"), ("GET /u/{c}", "z")],
            previous: ["GET /u/{id}#1": "old"]
        )
        #expect(compiled.names == ["GET /u/{a}#1": "old", "GET /u/{b}#1": "y", "GET /u/{c}": "z"])
    }

    @Test func `names are unique even where others took every marked name`() throws {
        let mark = Digest(of: "GET /z".utf8).hex
        let taken = stride(from: 6, through: 40, by: 2).map { ("GET /a\($0)", "x_\(mark.prefix($0))" as String?) }
        let compiled = try names([("GET /a", "x")] + taken + [("GET /z", "x")])
        #expect(Set(compiled.names.values).count == taken.count + 2)
    }

    @Test func `an operation that is no tool for now keeps its name reserved`() throws {
        let compiled = try compile(
            """
            paths:
              /a: {get: {operationId: x, parameters: [{$ref: '#/none'}]}}
              /b: {get: {operationId: x}}
            """
        )
        #expect(compiled.names["GET /a"] == "x")
        #expect(compiled.tools.map(\.name) == ["x_" + Digest(of: "GET /b".utf8).hex.prefix(6)])
    }

    @Test func `a marked name that is taken already gets more digits`() throws {
        let mark = Digest(of: "GET /b".utf8).hex
        let compiled = try names([("GET /c", "x_" + mark.prefix(6)), ("GET /a", "x"), ("GET /b", "x")])
        #expect(compiled.names["GET /b"] == "x_" + mark.prefix(8))
    }

    @Test func `names that differ by case stand, with a warning`() throws {
        let compiled = try names([("GET /a", "listPets"), ("GET /b", "ListPets")])
        #expect(compiled.tools.map(\.name) == ["listPets", "ListPets"])
        #expect(compiled.reports == ["warning name_case /paths/~1b/get"])
    }

    @Test func `a previous name that no tool may have is not kept`() throws {
        let compiled = try names([("GET /a", "x")], previous: ["GET /a": "evil name"])
        #expect(try compiled.first.name == "x")
        #expect(compiled.reports.isEmpty)
    }
}
