//! i18n labels of the connected-applications page.

use crate::views::labels::labels;

labels! {
    /// The fixed texts of the connected-applications page.
    ConnectionLabels {
        lead: "connections-lead",
        table: "tab-applications",
        application: "connections-application",
        rights: "connections-rights",
        allowed: "connections-allowed",
        last_used: "connections-last-used",
        never_used: "never-used",
        actions: "column-actions",
        remove: "connections-remove",
        stops: "connections-stops",
        empty: "connections-empty",
        empty_next: "connections-empty-next",
        ok: "ok",
        cancel: "cancel",
        no_answer: "no-answer",
        without_sentence: "right-without-sentence",
        reads: "right-reads",
        changes: "right-changes",
        away: "right-away",
    }
}
