//! The recent failed requests of an application.

use super::{Labels, path_of};
use crate::views::{GetButton, Pieces, PostForm, ToView, View, When};
use leptos::prelude::*;
use oauth::answer::{Piece, ProblemLine};

/// The recent problems; nothing where there are none.
#[component]
pub(crate) fn Problems(lines: Vec<ProblemLine>, client_id: String, labels: Labels) -> View {
    if lines.is_empty() {
        return ().view();
    }
    let t = labels.get_value();
    let path = path_of(&client_id);
    let lines: Vec<_> = lines.into_iter().map(|problem| line(problem, &path, &t.problems_add())).collect();
    view! {
        <section class="card" aria-labelledby="problems">
            <h2 id="problems">{t.problems()}</h2>
            <p class="hint">{t.problems_lead()}</p>
            <ul class="list">{lines}</ul>
            <PostForm action=[path, "/problems/clear".to_owned()].concat()>
                <button type="submit" class="button">{t.problems_clear()}</button>
            </PostForm>
        </section>
    }
    .view()
}

fn line(problem: ProblemLine, path: &str, add: &str) -> View {
    let ProblemLine { id, what, times, last_at, facts, notes, may_add } = problem;
    let to = [path, "/problems/", &id, "/add"].concat();
    let label = add.to_owned();
    view! {
        <li class="stack-tight">
            <p><strong><Pieces of=what/></strong><span class="sub">{times}", "<When at=last_at/></span></p>
            <Facts facts=facts notes=notes/>
            {may_add.then(|| view! { <GetButton to=to label=label class="button small"/> })}
        </li>
    }
    .view()
}

/// Received and expected values, and notes.
#[component]
pub(crate) fn Facts(facts: Vec<(String, Vec<Piece>)>, notes: Vec<String>) -> View {
    let fact = |(label, text)| {
        view! { <dt>{label}</dt><dd><code dir="ltr"><bdi><Pieces of=text/></bdi></code></dd> }
    };
    let facts: Vec<_> = facts.into_iter().map(fact).collect();
    let notes: Vec<_> = notes.into_iter().map(|note| view! { <p class="hint">{note}</p> }).collect();
    view! { <dl class="facts">{facts}</dl>{notes} }.view()
}
