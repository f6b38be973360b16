use crate::views::CopyWords;
use serde::{Deserialize, Serialize};

/// A struct of words, and on the server how it comes by them.
macro_rules! words {
    ($(#[$docs:meta])* $name:ident { $($field:ident: $key:literal,)* }) => {
        $(#[$docs])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(from = "(Vec<String>, CopyWords, CopyWords)", into = "(Vec<String>, CopyWords, CopyWords)")]
        pub struct $name {
            $(#[doc = $key] pub $field: String,)*
            /// The button that copies the value.
            pub copy_value: CopyWords,
            /// The button that copies the line that tries it.
            pub copy_call: CopyWords,
        }

        // A list on the wire: reading a struct by its names costs kilobytes of code.
        impl From<$name> for (Vec<String>, CopyWords, CopyWords) {
            fn from(words: $name) -> Self {
                (vec![$(words.$field,)*], words.copy_value, words.copy_call)
            }
        }

        impl From<(Vec<String>, CopyWords, CopyWords)> for $name {
            fn from((words, copy_value, copy_call): (Vec<String>, CopyWords, CopyWords)) -> Self {
                let mut words = words.into_iter();
                Self { $($field: words.next().unwrap_or_default(),)* copy_value, copy_call }
            }
        }

        #[cfg(feature = "ssr")]
        impl $name {
            /// The words in the language of the page.
            pub(crate) fn say(copy_value: CopyWords, copy_call: CopyWords) -> Self {
                use crate::words::say;
                Self { $($field: say($key),)* copy_value, copy_call }
            }
        }
    };
}

words! {
    /// What stands on the page of permanent tokens, whatever is in the list.
    TokenWords {
        lead: "tokens-lead",
        new: "tokens-new",
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
    }
}
