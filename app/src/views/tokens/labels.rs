//! i18n labels of the permanent-token page.

use crate::views::labels::labels;
use leptos::prelude::StoredValue;

labels! {
    /// The fixed texts of the permanent-token page.
    TokenLabels {
        lead: "tokens-lead",
        new_token: "tokens-new",
        table: "tokens-table",
        inactive_table: "tokens-inactive-table",
        empty: "tokens-empty",
        empty_text: "tokens-empty-text",
        none_found: "tokens-none-found",
        clear: "tokens-clear",
        find_label: "tokens-find-label",
        find: "tokens-find",
        name: "tokens-name",
        scopes: "tokens-scopes",
        last_used: "tokens-last-used",
        never_used: "never-used",
        created: "tokens-created",
        actions: "tokens-actions",
        state: "tokens-state",
        rename: "tokens-rename",
        revoke: "tokens-revoke",
        revoked: "tokens-revoked",
        lost_scopes: "tokens-lost-scopes",
        idle: "tokens-idle",
        pages: "pages",
        newer: "pages-newer",
        older: "pages-older",
        problem: "problem",
        ok: "ok",
        cancel: "cancel",
        no_answer: "no-answer",
        name_hint: "token-name-hint",
        scope: "token-scope",
        scope_hint: "token-scope-hint",
        add: "scope-add",
        none_added: "token-none-added",
        create: "token-create",
        token_created: "token-created",
        once: "token-once",
        value: "token-value",
        try_it: "token-try",
        done: "token-done",
        already_created: "token-already-created",
        revoke_text: "token-revoke-text",
        copy_value: "token-copy",
        value_copied: "token-copied",
        copy_call: "token-copy-call",
        call_copied: "token-call-copied",
        copy_by_hand: "copy-by-hand",
    }
}

/// The labels of the page, shared by its views.
pub(crate) type Labels = StoredValue<TokenLabels>;
