import JSON
import Testing

/// What holds for any JSON; the values are the same in every run.
struct JSONPropertyTests {
    @Test func `reading and writing is a fixed point whatever the numbers and texts`() throws {
        var generator = SeededGenerator(seed: 400)
        for _ in 0..<800 {
            let text = generator.oddJSON(depth: 5)
            let value = try JSONValue(parsing: text)
            #expect(value.text == text)
            #expect(try JSONValue(parsing: value.text).text == text)
        }
    }

    @Test func `space and escapes change nothing`() throws {
        var generator = SeededGenerator(seed: 8259)
        for _ in 0..<300 {
            let text = generator.oddJSON(depth: 4)
            let value = try JSONValue(parsing: text)
            #expect(try JSONValue(parsing: generator.disguised(text)).text == text)
            #expect(try JSONValue(parsing: value.prettyText).text == text)
        }
    }

    @Test(arguments: [
        "1e400", "-1e400", "1E-400", "-0", "-0.0", "1.0", "1.00", "0e0", "123456789012345678901234567890",
        "-123456789012345678901234567890.10", "0.1000000000000000055511151231257827", "1e+05", "9007199254740993",
    ])
    func `a number keeps its text wherever it stands`(number: String) throws {
        for text in [number, "[\(number)]", "{\"a\":[\(number),{\"b\":\(number)}]}"] {
            #expect(try JSONValue(parsing: text).text == text)
        }
    }

    @Test func `the canonical form is its own canonical form`() throws {
        var generator = SeededGenerator(seed: 8785)
        var count = 0
        for _ in 0..<800 {
            let value = try JSONValue(parsing: generator.oddJSON(depth: 4))
            guard let canonical = try? value.canonicalBytes else { continue }
            count += 1
            let again = try JSONValue(parsing: canonical)
            #expect(try again.canonicalBytes == canonical)
            #expect(again.bytes == canonical)
            #expect(try JSONValue(parsing: value.prettyText).canonicalBytes == canonical)
        }
        #expect(count > 100)
    }

    @Test func `the order of members does not change the canonical form`() throws {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<300 {
            let value = generator.value(depth: 4)
            #expect(try value.canonicalBytes == generator.shuffled(value).canonicalBytes)
        }
    }

    @Test(arguments: [1, 2, 64, 255, 256])
    func `nesting is kept up to the limit and refused beyond`(depth: Int) throws {
        var generator = SeededGenerator(seed: UInt64(depth))
        for _ in 0..<20 {
            var text = "[]"
            for _ in 1..<depth { text = Bool.random(using: &generator) ? "[\(text)]" : "{\"a\":\(text)}" }
            let value = try JSONValue(parsing: text)
            #expect(value.text == text)
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text, depthLimit: depth - 1) }
            if depth == JSONValue.defaultDepthLimit {
                #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "[\(text)]") }
            }
        }
    }

    @Test func `a name that occurs twice is refused wherever it stands and however it is written`() throws {
        var generator = SeededGenerator(seed: 2)
        for _ in 0..<200 {
            var names = (0..<Int.random(in: 1..<20, using: &generator)).map { "n\($0)" }
            let name = names[Int.random(in: names.indices, using: &generator)]
            let members = names.map { "\"\($0)\":0" }
            let single = "{" + members.joined(separator: ",") + "}"
            #expect(throws: Never.self) { try JSONValue(parsing: single) }
            names.insert(name, at: Int.random(in: 0...names.count, using: &generator))
            let doubled = names.map { "\(generator.disguised("\"\($0)\"")):0" }
            let text = "[{\"outer\":{" + doubled.joined(separator: ",") + "}}]"
            #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: text) }
        }
    }

    @Test func `every character beyond the first plane may be written as a pair`() throws {
        var generator = SeededGenerator(seed: 16)
        for _ in 0..<500 {
            let code = UInt32.random(in: 0x10000...0x10FFFF, using: &generator)
            let scalar = try #require(Unicode.Scalar(code))
            let units = Array(String(scalar).utf16)
            let halves = units.map { "\\u" + String($0, radix: 16, uppercase: Bool.random(using: &generator)) }
            #expect(try JSONValue(parsing: "\"\(halves.joined())\"") == .string(String(scalar)))
            #expect(try JSONValue(parsing: "\"\(scalar)\"").text == "\"\(scalar)\"")
            for broken in [halves[0], halves[1], halves[1] + halves[0], halves[0] + "x"] {
                #expect(throws: JSONSyntaxError.self) { try JSONValue(parsing: "\"\(broken)\"") }
            }
        }
    }
}

extension SeededGenerator {
    /// Compact JSON with numbers and texts that are seldom seen.
    fileprivate mutating func oddJSON(depth: Int) -> String {
        switch Int.random(in: 0..<(depth > 0 ? 8 : 5), using: &self) {
        case 0: return ["null", "true", "false"][Int.random(in: 0..<3, using: &self)]
        case 1, 2, 3: return oddNumber()
        case 4: return JSONValue.string(oddText()).text
        case 5, 6:
            return "["
                + (0..<Int.random(in: 0..<5, using: &self)).map { _ in oddJSON(depth: depth - 1) }
                .joined(separator: ",") + "]"
        default:
            var names: Set<String> = []
            var members: [String] = []
            for _ in 0..<Int.random(in: 0..<16, using: &self) {
                let name = JSONValue.string(oddText()).text
                // By code points, as JSON has it.
                guard names.insert(name.unicodeScalars.map { String($0.value) }.joined(separator: " ")).inserted else {
                    continue
                }
                members.append("\(name):\(oddJSON(depth: depth - 2))")
            }
            return "{" + members.joined(separator: ",") + "}"
        }
    }

    private mutating func oddNumber() -> String {
        var text = Bool.random(using: &self) ? "-" : ""
        text += Bool.random(using: &self) ? "0" : digits(1...30, first: "123456789")
        if Bool.random(using: &self) { text += "." + digits(1...20) }
        if Int.random(in: 0..<3, using: &self) == 0 {
            text += ["e", "E", "e+", "E-", "e-"][Int.random(in: 0..<5, using: &self)] + digits(1...3)
        }
        return text
    }

    private mutating func digits(_ counts: ClosedRange<Int>, first: String = "0123456789") -> String {
        let all = Array("0123456789")
        let rest = (1..<Int.random(in: counts, using: &self) + 1).dropFirst().map { _ in
            all[Int.random(in: 0..<10, using: &self)]
        }
        return String(Array(first)[Int.random(in: 0..<first.count, using: &self)]) + String(rest)
    }

    private mutating func oddText() -> String {
        let ranges: [ClosedRange<UInt32>] = [
            0...0x1F, 0x20...0x7F, 0x300...0x310, 0x2028...0x2029, 0xE000...0xE010, 0xFFFE...0xFFFF, 0x1F600...0x1F64F,
            0x10FFF0...0x10FFFF,
        ]
        var text = ""
        for _ in 0..<Int.random(in: 0..<6, using: &self) {
            let range = ranges[Int.random(in: ranges.indices, using: &self)]
            if let scalar = Unicode.Scalar(UInt32.random(in: range, using: &self)) {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// The same JSON with space between its parts, and some characters of texts escaped.
    fileprivate mutating func disguised(_ text: String) -> String {
        var result = ""
        var isText = false
        var isEscaped = false
        var digits = 0
        for scalar in text.unicodeScalars {
            let isPlain = isText && !isEscaped && digits == 0 && scalar != "\"" && scalar != "\\"
            digits = isEscaped && scalar == "u" ? 4 : max(0, digits - 1)
            if isPlain, Bool.random(using: &self) {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                if !isText, "[]{},:\"".unicodeScalars.contains(scalar), Bool.random(using: &self) { result += " \n" }
                result.unicodeScalars.append(scalar)
            }
            if scalar == "\"", !isEscaped { isText.toggle() }
            isEscaped = isText && !isEscaped && scalar == "\\"
        }
        return result
    }

    fileprivate mutating func shuffled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): return .array(items.map { shuffled($0) })
        case .object(let object):
            return .object(JSONObject(object.map { ($0.key, shuffled($0.value)) }.shuffled(using: &self)))
        default: return value
        }
    }
}
