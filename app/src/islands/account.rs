//! Island: the account forms for name and theme, saved without loading the page.

use super::forms::on_submit;
use super::status_region::{StatusRegion, call_with_retry};
use crate::api::account as api;
use crate::browser::{self, Submission};
use crate::views::{AccountLabels, ProblemSummary};
use leptos::prelude::*;
use oauth::answer::{FieldMessage, Saved};
use oauth::form::PersonName;

/// Wraps the name and theme forms, which stay where they are.
#[island]
pub fn AccountIsland(words: AccountLabels, children: Children) -> impl IntoView {
    let account = Account { status: StatusRegion::new(words.no_answer()), problems: RwSignal::new(Vec::new()) };
    if cfg!(feature = "hydrate") {
        account.listen();
    }
    let title = words.problem();
    view! {
        <div class="desk" translate="no">
            {account.status.render()}
            {move || (!account.problems.with(Vec::is_empty)).then(|| view! {
                <ProblemSummary title=title.clone() problems=account.problems.get()/>
            })}
            <div translate="yes">{children()}</div>
        </div>
    }
}

/// The state of the island.
#[derive(Clone, Copy)]
struct Account {
    status: StatusRegion,
    problems: RwSignal<Vec<FieldMessage>>,
}

/// What a submitted form asks for.
enum Action {
    Name(PersonName),
    Theme(String),
}

impl Action {
    fn of(submission: &Submission) -> Option<Self> {
        match submission.target().as_str() {
            "POST /account/name" => {
                let [given_name, family_name] = ["given_name", "family_name"].map(|name| submission.text(name));
                Some(Self::Name(PersonName { given_name, family_name }))
            }
            "POST /account/theme" => Some(Self::Theme(submission.text("theme"))),
            _ => None,
        }
    }

    /// The URL that restores the typed values, for after a sign-in.
    fn return_to(&self) -> Option<String> {
        let Self::Name(name) = self else { return None };
        let typed = [("given_name", name.given_name.as_str()), ("family_name", &name.family_name)];
        Some(browser::with_query("/account/name", typed.into_iter()))
    }
}

impl Account {
    fn listen(self) {
        on_submit(move |submission| {
            let action = Action::of(submission)?;
            Some(Box::pin(self.perform(action)))
        });
    }

    async fn perform(self, action: Action) {
        self.status.clear();
        let answer = match &action {
            Action::Name(name) => call_with_retry(|| Box::pin(api::save_name(name.clone()))).await,
            Action::Theme(theme) => call_with_retry(|| Box::pin(api::save_theme(theme.clone()))).await,
        };
        match (answer, &action) {
            (Ok(saved), Action::Name(_)) => self.show(saved),
            (Ok(saved), Action::Theme(theme)) => {
                browser::set_theme(theme);
                self.show(saved);
            }
            (Err(error), _) => self.status.fail(error, action.return_to().as_deref()),
        }
    }

    fn show(self, Saved { announcement, problems }: Saved) {
        browser::set_field_errors(&problems);
        let refused = !problems.is_empty();
        self.problems.set(problems);
        self.status.announce(announcement);
        if refused {
            browser::next_tick(|| browser::focus("problem"));
        }
    }
}
