//! Island: what Allow still grants while optional scopes are unticked.

use crate::browser;
use crate::views::interpolate;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The id of the group of optional scopes.
pub const OPTIONAL: &str = "optional-scopes";

/// i18n labels of a [`ConsentIsland`].
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "[String; 3]", into = "[String; 3]")]
pub struct ConsentLabels {
    /// The scopes that Allow grants where nothing is unticked, separated by spaces.
    pub asked: String,
    /// The note with the placeholders `{given}` and `{refused}`.
    pub some: String,
    /// The note where nothing is granted.
    pub nothing: String,
}

impl From<ConsentLabels> for [String; 3] {
    fn from(ConsentLabels { asked, some, nothing }: ConsentLabels) -> Self {
        [asked, some, nothing]
    }
}

impl From<[String; 3]> for ConsentLabels {
    fn from([asked, some, nothing]: [String; 3]) -> Self {
        Self { asked, some, nothing }
    }
}

/// Says what Allow still grants while optional scopes are unticked.
#[island]
pub fn ConsentIsland(words: ConsentLabels, children: Children) -> impl IntoView {
    let (note, set_note) = signal(String::new());
    let update = move || set_note.set(note_text(&words, &browser::unchecked_boxes(OPTIONAL)));
    if cfg!(feature = "hydrate") {
        // A browser that restores the page keeps the ticks.
        browser::next_tick(update.clone());
    }
    view! {
        <div class="stack-tight" translate="no">
            <div translate="yes" on:change=move |_| update()>{children()}</div>
            <p role="status" class="hint">{move || note.get()}</p>
        </div>
    }
}

fn note_text(labels: &ConsentLabels, refused: &[String]) -> String {
    let given: Vec<&str> =
        labels.asked.split(' ').filter(|scope| !refused.iter().any(|other| other == scope)).collect();
    let text = match (given.is_empty(), refused.is_empty()) {
        (_, true) => return String::new(),
        (true, false) => &labels.nothing,
        (false, false) => &labels.some,
    };
    interpolate(text, &[("given", &given.join(", ")), ("refused", &refused.join(", "))])
}

#[cfg(test)]
mod tests {
    use super::{ConsentLabels, note_text};

    #[test]
    fn an_unticked_scope_is_explained_and_ticked_ones_are_not() {
        let owned = |text: &str| text.to_owned();
        let labels =
            ConsentLabels { asked: owned("email read"), some: owned("{given}, not {refused}"), nothing: owned("none") };
        let refused = |names: &[&str]| names.iter().map(|name| owned(name)).collect::<Vec<_>>();
        assert_eq!(note_text(&labels, &[]), "");
        assert_eq!(note_text(&labels, &refused(&["email"])), "read, not email");
        assert_eq!(note_text(&labels, &refused(&["email", "read"])), "none");
    }
}
