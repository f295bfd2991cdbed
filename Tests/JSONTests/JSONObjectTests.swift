import JSON
import Testing

/// Below and above the size at which an object keeps an index of its names.
struct JSONObjectTests {
    private func object(_ count: Int) -> JSONObject {
        JSONObject((0..<count).map { ("k\($0)", JSONValue.number(JSONNumber($0))) })
    }

    @Test(arguments: [0, 1, 12, 13, 14, 100])
    func `finds every member`(count: Int) {
        let object = object(count)
        #expect(object.count == count)
        for index in 0..<count { #expect(object["k\(index)"] == .number(JSONNumber(index))) }
        #expect(object["k\(count)"] == nil)
    }

    @Test(arguments: [3, 12, 13, 14, 40])
    func `removes from the middle and goes on in order`(count: Int) {
        var object = object(count)
        object["k1"] = nil
        object["none"] = nil
        #expect(object.count == count - 1)
        #expect(object["k1"] == nil)
        #expect(object["k2"] == 2)
        object["k1"] = "again"
        #expect(object["k1"] == "again")
        #expect(Array(object.keys).last == "k1")
        for index in 2..<count { #expect(object["k\(index)"] == .number(JSONNumber(index))) }
        for index in 0..<count { object["k\(index)"] = nil }
        #expect(object.isEmpty)
        object["new"] = true
        #expect(object["new"] == true)
    }

    @Test(arguments: [3, 30])
    func `changes in place`(count: Int) {
        var object = object(count)
        object["k1"] = "changed"
        #expect(Array(object.keys) == (0..<count).map { "k\($0)" })
        #expect(object["k1"] == "changed")
    }

    @Test(arguments: [3, 30])
    func `inserts only new names`(count: Int) {
        var object = object(count)
        let isNew = object.insert("k0", "other")
        #expect(!isNew)
        #expect(object["k0"] == 0)
        let wasNew = object.insert("new", "other")
        #expect(wasNew)
        #expect(object.count == count + 1)
    }

    @Test func `of two members with one name the later stays in the place of the earlier`() {
        let object = JSONObject([("a", 1), ("b", 2), ("a", 3)])
        #expect(JSONValue.object(object).text == #"{"a":3,"b":2}"#)
    }

    @Test(arguments: [3, 30])
    func `is equal in any order`(count: Int) {
        let object = object(count)
        let reversed = JSONObject(object.reversed().map { ($0.key, $0.value) })
        #expect(object == reversed)
        #expect(object.hashValue == reversed.hashValue)
        var other = reversed
        other["k0"] = "other"
        #expect(object != other)
        other["k0"] = nil
        #expect(object != other)
    }
}
