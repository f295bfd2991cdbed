import Testing

@testable import Dashboard

@Suite struct `A form with files` {
    private func form(_ text: String, boundary: String = "X") throws(MultipartForm.Fault) -> MultipartForm {
        try MultipartForm(
            Array(text.replacing("\n", with: "\r\n").utf8),
            contentType: "multipart/form-data; boundary=\(boundary)"
        )
    }

    @Test func `has fields and files as a browser sends them`() throws {
        let form = try form(
            """
            --X
            Content-Disposition: form-data; name="form_token"

            abc
            --X
            Content-Disposition: form-data; name="text"

            one
            two
            --X
            Content-Disposition: form-data; name="document"; filename="pets %22v2%22.yaml"
            Content-Type: application/yaml

            openapi: 3.1.0
            --Y
            info: {}

            --X--

            """
        )
        #expect(form.fields["form_token"] == "abc")
        #expect(form.fields["text"] == "one\ntwo")
        let file = try #require(form.files.first)
        #expect(form.files.count == 1)
        #expect(file.name == "pets \"v2\".yaml" && file.field == "document" && file.contentType == "application/yaml")
        #expect(String(decoding: file.content, as: UTF8.self) == "openapi: 3.1.0\r\n--Y\r\ninfo: {}\r\n")
    }

    @Test func `keeps the bytes of a file`() throws {
        let bytes: [UInt8] = [0, 13, 10, 45, 45, 88, 255, 13, 10, 13, 10]
        let head = Array("--XX\r\nContent-Disposition: form-data; name=f; filename=b\r\n\r\n".utf8)
        let body = head + bytes + Array("\r\n--XX--\r\n".utf8)
        let form = try MultipartForm(body, contentType: "multipart/form-data; boundary=\"XX\"")
        #expect(form.files.map(\.content) == [bytes])
    }

    @Test func `leaves out a file that was not chosen, and keeps empty ones that were`() throws {
        let form = try form(
            """
            --X
            Content-Disposition: form-data; name="a"; filename=""
            Content-Type: application/octet-stream


            --X
            Content-Disposition: form-data; name="b"; filename="empty.json"


            --X
            Content-Disposition: form-data; name="c"


            --X--
            """
        )
        #expect(form.files.map(\.field) == ["b"])
        #expect(form.fields["c"] == "")
    }

    @Test func `ignores what stands before the first part, and other parameters and headers`() throws {
        let form = try form(
            """
            preamble
            --X \("")
            X-Other: 1
            content-disposition: FORM-DATA; filename="a;\\"b.txt"; name="f"

            1
            --X--
            epilogue
            """
        )
        #expect(form.files.map(\.name) == ["a;\"b.txt"])
    }

    @Test(arguments: [
        ("", "no parts"), ("--X\nContent-Disposition: form-data; name=\"a\"\n\nvalue", "ends in the middle"),
        ("--X\nno head", "ends in the middle"), ("--X\nContent-Disposition: form-data\n\nv\n--X--", "has no name"),
        ("--X\nhead only\n--X--", "has no head"),
    ])
    func `is refused where it is none`(text: String, reason: String) throws {
        let fault = #expect(throws: MultipartForm.Fault.self) { try form(text) }
        #expect(fault?.message.contains(reason) == true, "\(fault?.message ?? "")")
    }

    @Test func `is refused without a boundary, and with too many parts or too long fields`() throws {
        #expect(throws: MultipartForm.Fault.self) { try MultipartForm([], contentType: "multipart/form-data") }
        let part = "--X\nContent-Disposition: form-data; name=\"a\"\n\nv\n"
        let many = String(repeating: part, count: 101) + "--X--"
        #expect(throws: MultipartForm.Fault.self) { try form(many) }
        _ = try form(String(repeating: part, count: 100) + "--X--")
        let long =
            "--X\nContent-Disposition: form-data; name=\"a\"\n\n\(String(repeating: "v", count: (1 << 20) + 1))\n--X--"
        #expect(throws: MultipartForm.Fault.self) { try form(long) }
    }
}
