use crate::components::{LinkButton, When};
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::Timestamp;
use oauth::form::visible;

/// The most that is shown of what was received, in characters.
const MOST_SHOWN: usize = 512;

/// Equal requests in the name of an application that failed, counted together. It holds text from strangers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentProblem {
    /// Its id, part of addresses.
    pub id: String,
    /// What was wrong, by its lasting name, such as `not_registered`.
    pub fault: String,
    /// The parameter that it is about.
    pub parameter: String,
    /// What was received.
    pub sent: Option<String>,
    /// What would have been right.
    pub expected: Option<String>,
    /// How old it was and how old it may become, in seconds.
    pub age: Option<(i64, i64)>,
    /// The nearest registered address, and how many characters at the start are the same.
    pub nearest: Option<(String, usize)>,
    /// How many such requests there were, at least.
    pub times: i64,
    /// When the last one came.
    pub last_at: Timestamp,
    /// Whether the address that was received may be registered by pressing a button.
    pub may_add: bool,
}

/// What failed lately, each with what was wrong. Nothing where nothing did.
#[component]
pub(super) fn Problems(problems: Vec<RecentProblem>, path: String) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = problems.into_iter().map(|problem| line(problem, &path)).collect();
    view! {
        <section class="card" aria-labelledby="problems">
            <h2 id="problems">{say("problems-title")}</h2>
            <p class="hint">{say("problems-lead")}</p>
            <ul class="list">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(problem: RecentProblem, path: &str) -> AnyView {
    let parameter = view! { <code dir="ltr">{visible(&problem.parameter)}</code> };
    let what = sentence(key(&problem.fault), [("parameter", parameter.into_any())]);
    let times = say_with("problems-times", [("count", problem.times.into())]);
    let facts = view! { <Facts problem=problem.clone()/> };
    let add = problem.may_add.then(|| {
        let to = format!("{path}/problems/{}/add", problem.id);
        view! { <LinkButton to=to label=say("problems-add") class="button small"/> }
    });
    view! {
        <li class="stack-tight">
            <p><strong>{what}</strong><span class="sub">{times}", "<When at=problem.last_at/></span></p>
            {facts}
            {add}
        </li>
    }
    .into_any()
}

#[component]
fn Facts(problem: RecentProblem) -> AnyView {
    let at = problem.nearest.as_ref().map(|(_, at)| *at);
    let sent = problem.sent.as_deref().map(shown);
    let ends = sent.as_ref().zip(at).is_some_and(|(sent, at)| sent.chars().count() <= at);
    let place = at.map(|at| {
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        let key = if ends { "problems-ends" } else { "problems-differs" };
        view! { <p class="hint">{say_with(key, [("place", number.into())])}</p> }
    });
    let age = problem.age.map(|(age, lifetime)| {
        let said = say_with("problems-age", [("age", age.into()), ("lifetime", lifetime.into())]);
        view! { <p class="hint">{said}</p> }
    });
    view! {
        <dl class="facts">
            {fact("problems-received", sent, at)}
            {fact("problems-registered", problem.nearest.map(|(uri, _)| shown(&uri)), at)}
            {fact("problems-expected", problem.expected.as_deref().map(shown), None)}
        </dl>
        {place}
        {age}
    }
    .into_any()
}

fn fact(label: &'static str, text: Option<String>, at: Option<usize>) -> Option<AnyView> {
    let text = text?;
    Some(view! { <dt>{say(label)}</dt><dd><code dir="ltr">{marked(&text, at)}</code></dd> }.into_any())
}

/// The text with the character at this place marked.
fn marked(text: &str, at: Option<usize>) -> AnyView {
    let Some((start, found)) = at.and_then(|at| text.char_indices().nth(at)) else {
        return view! { <bdi>{text.to_owned()}</bdi> }.into_any();
    };
    let (before, rest) = text.split_at(start);
    let (mark, after) = rest.split_at(found.len_utf8());
    view! { <bdi>{before.to_owned()}<mark>{mark.to_owned()}</mark>{after.to_owned()}</bdi> }.into_any()
}

/// What may be shown of a stranger's text. Nothing visible is taken out of it, so the places of its characters hold as long
/// as it is ASCII, which every address that could be registered is.
fn shown(text: &str) -> String {
    visible(text).chars().take(MOST_SHOWN).collect()
}

/// The sentence of a fault.
fn key(fault: &str) -> &'static str {
    const KEYS: [(&str, &str); 34] = [
        ("missing", "fault-missing"),
        ("repeated", "fault-repeated"),
        ("too_long", "fault-too-long"),
        ("too_many", "fault-too-many"),
        ("malformed", "fault-malformed"),
        ("unknown_value", "fault-unknown-value"),
        ("unsupported", "fault-unsupported"),
        ("not_alone", "fault-not-alone"),
        ("not_registered", "fault-not-registered"),
        ("unusable", "fault-unusable"),
        ("differs", "fault-differs"),
        ("pkce_missing", "fault-pkce-missing"),
        ("pkce_method", "fault-pkce-method"),
        ("verifier_unasked", "fault-verifier-unasked"),
        ("verifier_wrong", "fault-verifier-wrong"),
        ("scope_unknown", "fault-scope-unknown"),
        ("scope_not_allowed", "fault-scope-not-allowed"),
        ("scope_wider", "fault-scope-wider"),
        ("scope_not_grantable", "fault-scope-not-grantable"),
        ("grant_not_allowed", "fault-grant-not-allowed"),
        ("grant_off", "fault-grant-off"),
        ("first_party_only", "fault-first-party"),
        ("needs_secret", "fault-needs-secret"),
        ("unknown", "fault-unknown"),
        ("expired", "fault-expired"),
        ("spent", "fault-spent"),
        ("revoked", "fault-revoked"),
        ("other_client", "fault-other-client"),
        ("disabled", "fault-disabled"),
        ("secret_missing", "fault-secret-missing"),
        ("secret_wrong", "fault-secret-wrong"),
        ("secret_unexpected", "fault-secret-unexpected"),
        ("two_methods", "fault-two-methods"),
        ("two_clients", "fault-two-clients"),
    ];
    KEYS.iter().find(|(name, _)| *name == fault).map_or("fault-other", |(_, key)| key)
}
