import JSON
import Testing

@testable import Dashboard

@Suite struct `The variables that a call lacks` {
    private let either: JSONValue = [[["variables": ["TOKEN"]]], [["variables": ["USER", "PASSWORD"]]]]

    @Test func `are all named where one of several ways is enough`() {
        #expect(
            NeededVariables.told(["SERVER_URL", "TOKEN"], security: either)
                == ["SERVER_URL", "TOKEN, or USER and PASSWORD"]
        )
    }

    @Test func `are told as they are where there is one way`() {
        #expect(NeededVariables.told(["TOKEN"], security: [[["variables": ["TOKEN"]]]]) == ["TOKEN"])
        #expect(NeededVariables.told(["SERVER_URL"], security: either) == ["SERVER_URL"])
        #expect(NeededVariables.told(["SERVER_URL"], security: nil) == ["SERVER_URL"])
    }
}
