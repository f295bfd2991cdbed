package import JSON
package import Vocabulary

/// The closed list of what an import reports about a document. A code is a promise to programs: it is never renamed.
package enum DiagnosticCode: String, Sendable, CaseIterable {
    // References.
    case unresolvedReference = "unresolved_reference"
    case externalReference = "external_reference"
    case referenceCycle = "reference_cycle"
    case unreadableFile = "unreadable_file"

    // The shape of the document.
    case malformedPathItem = "malformed_path_item"
    case malformedOperation = "malformed_operation"
    case malformedOperationID = "malformed_operation_id"
    case unsupportedMethod = "unsupported_method"
    case malformedSchema = "malformed_schema"
    case unknownSchemaKeyword = "unknown_schema_keyword"
    case noOperations = "no_operations"
    case dialectMixed = "dialect_mixed"
    case unknownDialect = "unknown_dialect"
    case webhooksIgnored = "webhooks_ignored"
    case callbacksIgnored = "callbacks_ignored"

    // Paths and parameters.
    case invalidPath = "invalid_path"
    case malformedParameter = "malformed_parameter"
    case duplicateParameter = "duplicate_parameter"
    case undeclaredPathParameter = "undeclared_path_parameter"
    case unusedPathParameter = "unused_path_parameter"
    case ignoredHeaderParameter = "ignored_header_parameter"
    case unsupportedStyle = "unsupported_style"
    case ambiguousParameter = "ambiguous_parameter"

    // Bodies.
    case malformedRequestBody = "malformed_request_body"
    case ignoredRequestBody = "ignored_request_body"
    case otherMediaTypes = "other_media_types"
    case ignoredEncoding = "ignored_encoding"
    case bodyAsText = "body_as_text"
    case unsupportedEncoding = "unsupported_encoding"
    case streamReadWhole = "stream_read_whole"
    case malformedResponse = "malformed_response"

    // Servers and security.
    case relativeServer = "relative_server"
    case unusableServer = "unusable_server"
    case unknownSecurityScheme = "unknown_security_scheme"
    case unsupportedSecurityScheme = "unsupported_security_scheme"
    case unsupportedSecurity = "unsupported_security"
    case malformedSecurity = "malformed_security"
    case credentialParameter = "credential_parameter"

    // Tools.
    case operationSkipped = "operation_skipped"
    case malformedExtension = "malformed_extension"
    case ignoredHeaderHint = "ignored_header_hint"
    case nameTakenOver = "name_taken_over"
    case outputSchemaTooLarge = "output_schema_too_large"
    case nameKept = "name_kept"
    case nameCollision = "name_collision"
    case nameCase = "name_case"
    case inputSchemaTooLarge = "input_schema_too_large"
    case tooSlow = "too_slow"
    case diagnosticsOmitted = "diagnostics_omitted"
}

extension DiagnosticCode {
    /// What the code says, in one line.
    package var meaning: String {
        switch self {
        case .unresolvedReference: "A reference points to nothing in the document."
        case .externalReference: "A reference points out of the document, and is not followed."
        case .referenceCycle: "References lead back to where they began."
        case .unreadableFile: "A file that a reference leads to is neither JSON nor YAML."
        case .malformedPathItem: "What stands under a path is no path item."
        case .malformedOperation: "What stands under a method is no operation."
        case .malformedOperationID: "An operationId is no text; the name is made of method and path."
        case .unsupportedMethod: "The method is one that is never called."
        case .malformedSchema: "What stands in the place of a schema is none; anything is accepted there."
        case .unknownSchemaKeyword: "A keyword that no schema has, with more than a simple value, is left out."
        case .noOperations: "The document describes no operations, so it makes no tools."
        case .dialectMixed: "A schema of OpenAPI 3.1 has keywords of 3.0; they are read as 3.0 means them."
        case .unknownDialect: "A schema names a dialect that is not known; it is read as JSON Schema 2020-12."
        case .webhooksIgnored: "Webhooks are calls that others make; they are no tools."
        case .callbacksIgnored: "Callbacks are calls that others make; the tool is made without them."
        case .invalidPath: "A path is not what a path template may be."
        case .malformedParameter: "A parameter lacks its name or a known place, or the parameters are no list."
        case .duplicateParameter: "Two parameters of one list have one name and place; the first counts."
        case .undeclaredPathParameter: "The path names a parameter that is declared nowhere; it is taken as text."
        case .unusedPathParameter: "A path parameter does not stand in the path; it is left out."
        case .ignoredHeaderParameter: "A header that no argument may set is left out."
        case .unsupportedStyle: "A style does not exist in that place; the default is used."
        case .ambiguousParameter: "A parameter says in two ways how it is written; one of them counts."
        case .malformedRequestBody: "A request body is none, or has no content."
        case .ignoredRequestBody: "A request body stands where its method has none; it is left out."
        case .otherMediaTypes: "A body may be sent in several forms; the tool sends one of them."
        case .ignoredEncoding: "A header of a part of a body has no fixed value; it is not sent."
        case .bodyAsText: "A body that the caller writes as text has a schema of parts, which is left out."
        case .credentialParameter: "A parameter is a credential of a security scheme, and no argument."
        case .malformedSecurity: "What says what a call needs is no list; that of the document holds."
        case .operationSkipped: "The document says that the operation is no tool."
        case .malformedExtension: "A member of an extension is not what it must be; it is left out."
        case .ignoredHeaderHint: "An argument cannot be repeated in a header as \"x-mcp-header\" wants."
        case .nameTakenOver: "An operation has a name that another one had, which is gone."
        case .outputSchemaTooLarge: "The schema of the answers is too large; it is left out."
        case .unsupportedEncoding: "A way to write parts of a body is not supported; they are written by default."
        case .streamReadWhole: "A stream of items is sent and read whole."
        case .malformedResponse: "What stands under a status is no response; the tool is made without it."
        case .relativeServer: "The document gives no full server address; a variable must supply it."
        case .unusableServer: "A server address cannot be used; a variable must supply it."
        case .unknownSecurityScheme: "A security requirement names a scheme that is defined nowhere."
        case .unsupportedSecurityScheme: "A security scheme is of a kind that is not supported."
        case .unsupportedSecurity: "No way to authorize the call is supported."
        case .nameKept: "The document gives another name now; the tool keeps its own."
        case .nameCollision: "Two operations want one name; one of them got a longer one."
        case .nameCase: "Two names differ only by case."
        case .inputSchemaTooLarge: "What the operation needs is too large for a tool."
        case .tooSlow: "The time for the document is over."
        case .diagnosticsOmitted: "There are more warnings and notes than are listed."
        }
    }
}

extension Diagnostic {
    /// A diagnostic of the closed list, at a place in the document.
    package init(_ severity: Severity, _ code: DiagnosticCode, _ message: String, at pointer: JSONPointer) {
        self.init(severity, code: code.rawValue, message: message, pointer: pointer.description)
    }
}
