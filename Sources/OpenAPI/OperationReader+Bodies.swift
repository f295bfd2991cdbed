import JSON
import Vocabulary

extension OperationReader {
    /// Reads the request body (OpenAPI 3.1, 4.8.13).
    mutating func readBody(_ written: Place) {
        let body: Place
        do throws(UnresolvedReference) {
            body = try document.resolved(written)
        } catch {
            fault(error.code, error.message)
            return
        }
        let isRequired = body.value["required"]?.bool ?? false
        guard let content = body["content"], let mediaTypes = content.value.object, !mediaTypes.isEmpty else {
            let message = "The request body at \(named(body.pointer)) has no content."
            if isRequired {
                fault(.malformedRequestBody, message)
            } else {
                report(.warning, .malformedRequestBody, message + " The tool is made without it.", at: body.pointer)
            }
            return
        }
        operation.body = Operation.Body(
            description: overridden("description", written, body),
            isRequired: isRequired,
            mediaTypes: mediaTypes.keys.map { mediaType($0, of: content) },
            pointer: body.pointer
        )
    }

    /// Reads what the document says of the answers (OpenAPI 3.1, 4.8.16). What is wrong with one of them never keeps
    /// the call from being made.
    mutating func readResponses(_ place: Place) {
        guard let responses = place["responses"] else { return }
        guard let object = responses.value.object else {
            let message = "\"responses\" must be an object, not of type \(responses.value.kind)."
            return report(.warning, .malformedResponse, message, at: responses.pointer)
        }
        for (status, value) in object where !status.hasPrefix("x-") {
            if let response = response(status, Place(value, at: responses.pointer.appending(status))) {
                operation.responses.append(response)
            }
        }
    }

    private mutating func response(_ status: String, _ written: Place) -> Operation.Response? {
        guard let response = followed(written) else { return nil }
        guard response.value.object != nil else {
            let message = "The response \"\(status)\" must be an object, not of type \(response.value.kind)."
            report(.warning, .malformedResponse, message, at: written.pointer)
            return nil
        }
        return Operation.Response(
            status: status,
            description: overridden("description", written, response),
            mediaTypes: response["content"].map { content in
                (content.value.object ?? [:]).keys.map { mediaType($0, of: content) }
            } ?? [],
            pointer: response.pointer
        )
    }

    /// What stands there once references are followed; where they lead nowhere, nothing, with a warning.
    mutating func followed(_ place: Place) -> Place? {
        do throws(UnresolvedReference) {
            return try document.resolved(place)
        } catch {
            report(.warning, error.code, error.message, at: error.pointer)
            return nil
        }
    }

    /// A text of what a reference leads to; one beside the reference replaces it (OpenAPI 3.1, 4.8.23).
    func overridden(_ key: String, _ written: Place, _ target: Place) -> String? {
        let isOverridden = document.version >= .v31 && target.pointer != written.pointer
        return (isOverridden ? written.value[key]?.string : nil) ?? target.value[key]?.string
    }
}

// MARK: - Media types

extension OperationReader {
    /// One form of a body, by its name in a `content` (OpenAPI 3.1, 4.8.14).
    mutating func mediaType(_ name: String, of content: Place) -> Operation.Body.MediaType {
        guard let written = content[name], let place = followed(written) else {
            return Operation.Body.MediaType(name: name, schema: nil)
        }
        if document.version >= .v32 { noteSequences(in: place, name: name) }
        return Operation.Body.MediaType(
            name: name,
            schema: place["schema"],
            itemSchema: document.version >= .v32 ? place["itemSchema"] : nil,
            encodings: encodings(of: place)
        )
    }

    /// Says what of a media type that is a sequence of items is not made use of (OpenAPI 3.2, 4.14.1 and 4.14.3).
    private mutating func noteSequences(in mediaType: Place, name: String) {
        if let items = mediaType["itemSchema"] {
            let message = "\"\(name)\" is a stream of items; it is sent and read whole, and not item by item."
            report(.note, .streamReadWhole, message, at: items.pointer)
        }
        for key in ["prefixEncoding", "itemEncoding"] {
            guard let encoding = mediaType[key] else { continue }
            let message = "\"\(key)\" is not supported: parts of \"\(name)\" are written by name, not by position."
            report(.warning, .unsupportedEncoding, message, at: encoding.pointer)
        }
    }

    /// How the members of a body are written (OpenAPI 3.1, 4.8.15).
    private mutating func encodings(of mediaType: Place) -> [String: Operation.Body.Encoding] {
        guard let written = mediaType["encoding"] else { return [:] }
        guard let object = written.value.object else {
            let message = "\"encoding\" must be an object, not of type \(written.value.kind); it is left out."
            report(.warning, .malformedRequestBody, message, at: written.pointer)
            return [:]
        }
        var encodings: [String: Operation.Body.Encoding] = [:]
        for (name, value) in object {
            encodings[name] = Operation.Body.Encoding(
                contentType: value["contentType"]?.string,
                style: value["style"]?.string,
                explode: value["explode"]?.bool,
                allowsReserved: value["allowReserved"]?.bool ?? false,
                headers: headers(of: Place(value, at: written.pointer.appending(name)))
            )
        }
        return encodings
    }

    /// The headers of a part; `Content-Type` is said by `contentType` alone.
    private mutating func headers(of encoding: Place) -> [String: Place] {
        guard let written = encoding["headers"], let object = written.value.object else { return [:] }
        var headers: [String: Place] = [:]
        for (name, value) in object where name.lowercased() != "content-type" {
            headers[name] = followed(Place(value, at: written.pointer.appending(name)))
        }
        return headers
    }
}

// MARK: - Extensions

extension OperationReader {
    /// What a path item or a document may say for all of its operations.
    private static let inheritedExtensions = ["x-slipway", "x-speakeasy-mcp", "x-gram"]

    /// The members `x-…` of the operation; of those that concern tools the nearest counts, whole.
    mutating func readExtensions(_ place: Place) {
        operation.extensions = place.value.extensions
        for name in Self.inheritedExtensions where operation.extensions[name] == nil {
            operation.extensions[name] = item[name]?.value ?? document.root[name]
        }
    }
}

extension JSONValue {
    /// The members `x-…` of an object (OpenAPI 3.1, 4.9).
    var extensions: JSONObject {
        JSONObject((object ?? [:]).filter { $0.key.hasPrefix("x-") }.map { ($0.key, $0.value) })
    }
}
