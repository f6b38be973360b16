use super::desk::{Desk, asked};
use super::listen::on_press;
use crate::api::account as api;
use crate::browser::{self, Press};
use crate::views::{AccountLabels, ProblemSummary};
use leptos::prelude::*;
use oauth::answer::{FieldMessage, Saved};
use oauth::form::PersonName;

/// Stands around the forms for the person's own name and colours, which stay where they are.
#[island]
pub fn AccountIsland(words: AccountLabels, children: Children) -> impl IntoView {
    let account = Account { desk: Desk::new(words.no_answer()), problems: RwSignal::new(Vec::new()) };
    if cfg!(feature = "hydrate") {
        account.listen();
    }
    let title = words.problem();
    view! {
        <div class="desk" translate="no">
            {account.desk.places()}
            {move || (!account.problems.with(Vec::is_empty)).then(|| view! {
                <ProblemSummary title=title.clone() problems=account.problems.get()/>
            })}
            <div translate="yes">{children()}</div>
        </div>
    }
}

/// What the island shows.
#[derive(Clone, Copy)]
struct Account {
    desk: Desk,
    problems: RwSignal<Vec<FieldMessage>>,
}

/// What a press asks for.
enum Act {
    Name(PersonName),
    Theme(String),
}

impl Act {
    fn of(press: &Press) -> Option<Self> {
        match press.target().as_str() {
            "POST /account/name" => {
                let [given_name, family_name] = ["given_name", "family_name"].map(|name| press.text(name));
                Some(Self::Name(PersonName { given_name, family_name }))
            }
            "POST /account/theme" => Some(Self::Theme(press.text("theme"))),
            _ => None,
        }
    }

    /// Where what was typed stands again, for somebody who has to sign in first.
    fn way_back(&self) -> Option<String> {
        let Self::Name(name) = self else { return None };
        let typed = [("given_name", name.given_name.as_str()), ("family_name", &name.family_name)];
        Some(browser::with_query("/account/name", typed.into_iter()))
    }
}

impl Account {
    fn listen(self) {
        on_press(move |press| {
            let act = Act::of(press)?;
            Some(Box::pin(self.perform(act)))
        });
    }

    async fn perform(self, act: Act) {
        self.desk.clear();
        let answer = match &act {
            Act::Name(name) => asked(|| Box::pin(api::save_name(name.clone()))).await,
            Act::Theme(theme) => asked(|| Box::pin(api::save_theme(theme.clone()))).await,
        };
        match (answer, &act) {
            (Ok(saved), Act::Name(_)) => self.show(saved),
            (Ok(saved), Act::Theme(theme)) => {
                browser::set_theme(theme);
                self.show(saved);
            }
            (Err(error), _) => self.desk.fail(error, act.way_back().as_deref()),
        }
    }

    fn show(self, Saved { announcement, problems }: Saved) {
        browser::mark_fields(&problems);
        let refused = !problems.is_empty();
        self.problems.set(problems);
        self.desk.announce(announcement);
        if refused {
            browser::soon(|| browser::focus("problem"));
        }
    }
}
