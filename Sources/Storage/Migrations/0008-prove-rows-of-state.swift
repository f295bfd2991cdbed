import Persistence

extension Migrations {
    /// Digests of rows that are no part of a release's record: settings, labels and redactions, kept edits, audit events.
    static let proveRowsOfState = Migration(
        version: 8,
        name: "prove rows of state",
        script: """
            -- Of label and redaction, which come after the release; none until one of them is set in an older release.
            ALTER TABLE toolset_releases ADD COLUMN marks_digest TEXT;
            -- Of the settings that act at once; none until one of them is set in an older toolset.
            ALTER TABLE toolsets ADD COLUMN settings_digest TEXT;
            -- Of the row itself; none in older ones.
            ALTER TABLE kept_edits ADD COLUMN record_digest TEXT;

            -- The event and the one before it: a chain; none in older events. The index keeps it one where several write.
            ALTER TABLE audit_events ADD COLUMN seq INTEGER;
            ALTER TABLE audit_events ADD COLUMN record_digest TEXT;
            CREATE UNIQUE INDEX audit_events_by_seq ON audit_events (seq);

            """
    )
}
