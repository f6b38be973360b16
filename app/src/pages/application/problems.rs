use crate::components::{LinkButton, PostForm, When};
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::form::visible;
use oauth::problem::Fault;
use oauth::redirect_uri;
use oauth::view::ProblemView;

/// The most that is shown of what was received, in characters.
const MOST_SHOWN: usize = 512;

/// What failed lately, each with what was wrong. Nothing where nothing did.
#[component]
pub(super) fn Problems(problems: Vec<ProblemView>, path: String) -> AnyView {
    if problems.is_empty() {
        return ().into_any();
    }
    let lines: Vec<_> = problems.into_iter().map(|problem| line(problem, &path)).collect();
    view! {
        <section class="card" aria-labelledby="problems">
            <h2 id="problems">{say("problems-title")}</h2>
            <p class="hint">{say("problems-lead")}</p>
            <ul class="list">{lines}</ul>
            <PostForm action=format!("{path}/problems/clear")>
                <button type="submit" class="button">{say("problems-clear")}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

fn line(problem: ProblemView, path: &str) -> AnyView {
    let times = say_with("problems-times", [("count", problem.times.into())]);
    let facts = view! { <Facts problem=problem.clone()/> };
    let add = problem.may_add.then(|| {
        let to = format!("{path}/problems/{}/add", problem.id);
        view! { <LinkButton to=to label=say("problems-add") class="button small"/> }
    });
    view! {
        <li class="stack-tight">
            <p><strong>{what(&problem)}</strong><span class="sub">{times}", "<When at=problem.last_at/></span></p>
            {facts}
            {add}
        </li>
    }
    .into_any()
}

/// What was wrong, in a sentence.
pub(in crate::pages) fn what(problem: &ProblemView) -> AnyView {
    let parameter = view! { <code dir="ltr">{visible(&problem.finding.parameter)}</code> };
    sentence(key(problem.finding.fault), [("parameter", parameter.into_any())])
}

/// What was sent beside what would have been right. Two addresses show where they part, and an age how much is allowed.
#[component]
pub(in crate::pages) fn Facts(problem: ProblemView) -> AnyView {
    let typed = is_to_be_typed(&problem).then(|| view! { <p class="hint">{say("problems-type")}</p> });
    let ProblemView { finding, difference, .. } = problem;
    let at = difference.as_ref().map(|difference| difference.at);
    let sent = finding.sent.as_deref().map(shown);
    let place = sent.as_ref().zip(at).map(|(sent, at)| {
        let ends = sent.chars().count() <= at;
        let key = if ends { "problems-ends" } else { "problems-differs" };
        let number = i64::try_from(at + 1).unwrap_or(i64::MAX);
        view! { <p class="hint">{say_with(key, [("place", number.into())])}</p> }
    });
    let age = finding.age.zip(finding.lifetime).map(|(age, lifetime)| {
        let said = say_with("problems-age", [("age", age.into()), ("lifetime", lifetime.into())]);
        view! { <p class="hint">{said}</p> }
    });
    let expected = finding.expected.filter(|_| difference.is_none());
    let (nearest, expected) = (difference.map(|found| shown(&found.nearest)), expected.map(|text| shown(&text)));
    let compared = if finding.fault == Fault::NotRegistered { "problems-registered" } else { "problems-expected" };
    view! {
        <dl class="facts">
            {fact("problems-received", sent, at)}
            {fact(compared, nearest, at)}
            {fact("problems-expected", expected, None)}
        </dl>
        {place}
        {age}
        {typed}
    }
    .into_any()
}

/// Whether the address that was refused could be registered, though not by a press of a button: it is on a host that the application
/// has nothing to do with yet, so its owner is to think of it before it works.
fn is_to_be_typed(problem: &ProblemView) -> bool {
    let finding = &problem.finding;
    let registered = problem.difference.as_ref().is_some_and(|found| finding.sent.as_ref() == Some(&found.nearest));
    let good = finding.sent.as_deref().is_some_and(|sent| redirect_uri::check(sent).is_ok());
    finding.fault == Fault::NotRegistered && good && !registered && !problem.may_add
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
    // An empty text would become a space, and be copied as one.
    let text = |part: &str| (!part.is_empty()).then(|| part.to_owned());
    view! { <bdi>{text(before)}<mark>{mark.to_owned()}</mark>{text(after)}</bdi> }.into_any()
}

/// What may be shown of a stranger's text. Nothing visible is taken out of it, so the places of its characters hold as long
/// as it is ASCII, which every address that could be registered is.
fn shown(text: &str) -> String {
    visible(text).chars().take(MOST_SHOWN).collect()
}

/// The sentence of a fault.
const fn key(fault: Fault) -> &'static str {
    match fault {
        Fault::Missing => "fault-missing",
        Fault::Repeated => "fault-repeated",
        Fault::TooLong => "fault-too-long",
        Fault::TooMany => "fault-too-many",
        Fault::Malformed => "fault-malformed",
        Fault::UnknownValue => "fault-unknown-value",
        Fault::Unsupported => "fault-unsupported",
        Fault::NotAlone => "fault-not-alone",
        Fault::NotRegistered => "fault-not-registered",
        Fault::Unusable => "fault-unusable",
        Fault::Differs => "fault-differs",
        Fault::PkceMissing => "fault-pkce-missing",
        Fault::PkceMethod => "fault-pkce-method",
        Fault::VerifierUnasked => "fault-verifier-unasked",
        Fault::VerifierWrong => "fault-verifier-wrong",
        Fault::ScopeUnknown => "fault-scope-unknown",
        Fault::ScopeNotAllowed => "fault-scope-not-allowed",
        Fault::ScopeWider => "fault-scope-wider",
        Fault::ScopeNotGrantable => "fault-scope-not-grantable",
        Fault::GrantNotAllowed => "fault-grant-not-allowed",
        Fault::GrantOff => "fault-grant-off",
        Fault::FirstPartyOnly => "fault-first-party",
        Fault::NeedsSecret => "fault-needs-secret",
        Fault::Unknown => "fault-unknown",
        Fault::Expired => "fault-expired",
        Fault::Spent => "fault-spent",
        Fault::Revoked => "fault-revoked",
        Fault::OtherClient => "fault-other-client",
        Fault::Disabled => "fault-disabled",
        Fault::SecretMissing => "fault-secret-missing",
        Fault::SecretWrong => "fault-secret-wrong",
        Fault::SecretUnexpected => "fault-secret-unexpected",
        Fault::TwoMethods => "fault-two-methods",
        Fault::TwoClients => "fault-two-clients",
        Fault::MethodWrong => "fault-method-wrong",
        Fault::NotVerified => "fault-not-verified",
    }
}
