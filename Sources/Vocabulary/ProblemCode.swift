/// The closed list of what can go wrong. A code is a promise to programs: it is never renamed.
package enum ProblemCode: String, Sendable, CaseIterable {
    // The request.
    case malformed
    case invalid
    case unknownField = "unknown_field"
    case unknownURN = "unknown_urn"
    case duplicateToolName = "duplicate_tool_name"
    case notSupported = "not_supported"
    case tooLarge = "too_large"
    case unsupportedMediaType = "unsupported_media_type"
    case methodNotAllowed = "method_not_allowed"
    case notFound = "not_found"

    // Who asks.
    case unauthorized
    case forbidden
    case insufficientScope = "insufficient_scope"
    case featureDisabled = "feature_disabled"
    case originNotAllowed = "origin_not_allowed"
    case hostNotAllowed = "host_not_allowed"

    // What stands in the way.
    case nameTaken = "name_taken"
    case inUse = "in_use"
    case lastAdmin = "last_admin"
    case wrongMode = "wrong_mode"
    case nothingToPublish = "nothing_to_publish"
    case alreadyLive = "already_live"
    case releaseIsLive = "release_is_live"
    case liveMoved = "live_moved"
    case stagingMoved = "staging_moved"
    case reviewStale = "review_stale"
    case heldAfterRollback = "held_after_rollback"
    case notHeld = "not_held"
    case redacted
    case unacknowledged
    case preflightFailed = "preflight_failed"
    case confirmRequired = "confirm_required"
    case idempotencyConflict = "idempotency_conflict"
    case etagMismatch = "etag_mismatch"
    case mergeConflicts = "merge_conflicts"

    // Upstream.
    case upstreamRefused = "upstream_refused"
    case upstreamFailed = "upstream_failed"
    case upstreamTimeout = "upstream_timeout"
    case variableMissing = "variable_missing"

    // The server.
    case configuration
    case databaseBusy = "database_busy"
    case databaseNewer = "database_newer"
    case databaseDamaged = "database_damaged"
    case storageFull = "storage_full"
    case unavailable
    case unexpected
}

extension ProblemCode {
    /// The status of an HTTP answer that reports this problem.
    package var httpStatus: Int {
        switch self {
        case .malformed: 400
        case .unauthorized: 401
        case .forbidden, .insufficientScope, .featureDisabled, .originNotAllowed: 403
        case .notFound: 404
        case .methodNotAllowed: 405
        case .nameTaken, .inUse, .lastAdmin, .wrongMode, .nothingToPublish, .alreadyLive, .releaseIsLive, .liveMoved,
            .stagingMoved, .reviewStale, .heldAfterRollback, .notHeld, .redacted, .idempotencyConflict:
            409
        case .mergeConflicts: 409
        case .etagMismatch: 412
        case .tooLarge: 413
        case .unsupportedMediaType: 415
        case .hostNotAllowed: 421
        case .invalid, .unknownField, .unknownURN, .duplicateToolName, .notSupported, .preflightFailed,
            .unacknowledged, .confirmRequired, .variableMissing:
            422
        case .upstreamRefused, .upstreamFailed: 502
        case .databaseBusy, .unavailable: 503
        case .upstreamTimeout: 504
        case .storageFull: 507
        case .configuration, .databaseNewer, .databaseDamaged, .unexpected: 500
        }
    }

    /// The problem in a few words, the same at each occurrence (RFC 9457, section 3.1.4).
    package var title: String {
        let words = rawValue.replacing("_", with: " ")
        return words.prefix(1).uppercased() + words.dropFirst()
    }

    /// Whether the same request may succeed later without a change.
    package var isRetryable: Bool {
        switch self {
        case .databaseBusy, .unavailable, .upstreamTimeout, .upstreamFailed, .storageFull: true
        default: false
        }
    }
}
