//! i18n labels of a developer's application pages.

use crate::views::labels::labels;

labels! {
    /// The fixed texts of the application pages.
    ApplicationLabels {
        problem: "problem",
        ok: "ok",
        cancel: "cancel",
        done: "registered-done",
        no_answer: "no-answer",
        copy_by_hand: "copy-by-hand",
        client_id: "application-client-id",
        copy_id: "application-copy-id",
        id_copied: "application-id-copied",
        secret: "application-secret",
        copy_secret: "application-copy-secret",
        secret_copied: "application-secret-copied",
        once: "registered-once",
        registered: "registered-title",
        already_registered: "registered-already",
        connect: "connect-title",
        rotate: "application-rotate",
        rotate_legend: "rotate-legend",
        rotate_day: "rotate-day",
        rotate_now: "rotate-now",
        rotate_week: "rotate-week",
        new_secret: "new-secret-title",
        already_rotated: "new-secret-already",
        changed: "changed-title",
        changed_lead: "changed-lead",
        changed_field: "changed-field",
        changed_now: "changed-now",
        changed_typed: "changed-typed",
        changed_nothing: "changed-nothing",
        problems: "problems-title",
        problems_lead: "problems-lead",
        problems_clear: "problems-clear",
        problems_add: "problems-add",
    }
}
