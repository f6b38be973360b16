use crate::browser;
use crate::views::fill;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

/// The group of boxes that people may untick.
pub const OPTIONAL: &str = "optional-scopes";

/// What a [`ConsentIsland`] says.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "[String; 3]", into = "[String; 3]")]
pub struct ConsentWords {
    /// Everything that Allow gives where nothing is unticked, parted by spaces.
    pub asked: String,
    /// What it would still give: `{given}`, without `{refused}`.
    pub some: String,
    /// That it would give nothing.
    pub nothing: String,
}

impl From<ConsentWords> for [String; 3] {
    fn from(ConsentWords { asked, some, nothing }: ConsentWords) -> Self {
        [asked, some, nothing]
    }
}

impl From<[String; 3]> for ConsentWords {
    fn from([asked, some, nothing]: [String; 3]) -> Self {
        Self { asked, some, nothing }
    }
}

/// Says, while a scope is unticked, what Allow would still give.
#[island]
pub fn ConsentIsland(words: ConsentWords, children: Children) -> impl IntoView {
    let (told, tell) = signal(String::new());
    let look = move || tell.set(sentence(&words, &browser::unticked(OPTIONAL)));
    if cfg!(feature = "hydrate") {
        // A browser that comes back to a page keeps what was unticked.
        browser::soon(look.clone());
    }
    view! {
        <div class="stack-tight" translate="no">
            <div translate="yes" on:change=move |_| look()>{children()}</div>
            <p role="status" class="hint">{move || told.get()}</p>
        </div>
    }
}

fn sentence(words: &ConsentWords, refused: &[String]) -> String {
    let given: Vec<&str> = words.asked.split(' ').filter(|scope| !refused.iter().any(|other| other == scope)).collect();
    let text = match (given.is_empty(), refused.is_empty()) {
        (_, true) => return String::new(),
        (true, false) => &words.nothing,
        (false, false) => &words.some,
    };
    fill(text, &[("given", &given.join(", ")), ("refused", &refused.join(", "))])
}

#[cfg(test)]
mod tests {
    use super::{ConsentWords, sentence};

    #[test]
    fn an_unticked_scope_is_explained_and_ticked_ones_are_not() {
        let say = |text: &str| text.to_owned();
        let words =
            ConsentWords { asked: say("email read"), some: say("{given}, not {refused}"), nothing: say("none") };
        let refused = |names: &[&str]| names.iter().map(|name| say(name)).collect::<Vec<_>>();
        assert_eq!(sentence(&words, &[]), "");
        assert_eq!(sentence(&words, &refused(&["email"])), "read, not email");
        assert_eq!(sentence(&words, &refused(&["email", "read"])), "none");
    }
}
