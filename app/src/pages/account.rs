use crate::components::{Avatar, Choice, Day, Name, PostForm};
use crate::frame::{self, Frame, Theme};
use crate::islands::AccountIsland;
use crate::shell::{self, Document};
use crate::views::AccountWords;
use crate::words::{say, say_with, sentence};
use leptos::prelude::*;
use oauth::Access;
use oauth::view::{AccountView, ConnectionView};

/// The start page of somebody who is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// The account.
    pub view: AccountView,
    /// Whether it has just set up this server, and is told what comes next.
    pub first_steps: bool,
}

/// The start page of somebody who is signed in.
#[must_use]
pub fn account(frame: &Frame, AccountPage { view, first_steps }: AccountPage) -> String {
    shell::render(frame, || {
        let main = view! {
            <h1>{say("account")}</h1>
            {first_steps.then(|| view! { <FirstSteps/> })}
            <AccountIsland words=AccountWords::say()>
                <div class="cards">
                    <Profile view=view.clone()/>
                    <Security view=view.clone()/>
                    <Figures view=view.clone()/>
                    <Connected recent=view.recent/>
                    <Appearance/>
                    <Leave/>
                </div>
            </AccountIsland>
        };
        Document::new(say("account"), main)
    })
}

/// What somebody does next who has just set up this server.
#[component]
fn FirstSteps() -> AnyView {
    let step = |to: &'static str, label: String, why: String| view! { <li><a href=to>{label}</a><span class="sub">{why}</span></li> };
    view! {
        <section class="card" aria-labelledby="first-steps">
            <h2 id="first-steps">{say("first-steps")}</h2>
            <ul class="list">
                {step("/developer/applications/new", say("first-steps-application"), say("first-steps-application-why"))}
                {step("/account/tokens/new", say("first-steps-token"), say("first-steps-token-why"))}
                {step("/developer", say("first-steps-addresses"), say("first-steps-addresses-why"))}
                <li>{say("first-steps-people")}<code dir="ltr">"jeton user add NAME --password-stdin"</code></li>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Profile(view: AccountView) -> AnyView {
    let access = match view.access {
        Access::Full => say("account-access-full"),
        Access::Partial => say("account-access-partial"),
    };
    let name = match view.full_name {
        Some(name) => view! { <Name of=name/> }.into_any(),
        None => say("account-no-name").into_any(),
    };
    view! {
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">{say("account-profile")}</h2>
            <dl class="facts">
                <dt>{say("account-name")}</dt><dd>{name}</dd>
                <dt>{say("username")}</dt><dd><Name of=view.username/></dd>
                {view.email.map(|email| view! { <dt>{say("account-email")}</dt><dd><Name of=email/></dd> })}
                <dt>{say("account-access")}</dt><dd>{access}</dd>
                {view.administrator.then(|| view! { <dt>{say("account-role")}</dt><dd>{say("account-administrator")}</dd> })}
                <dt>{say("account-since")}</dt><dd><Day at=view.created_at/></dd>
            </dl>
            <div class="actions"><a class="button" href="/account/name">{say("change-name")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Security(view: AccountView) -> AnyView {
    let changed = view! { <Day at=view.password_changed_at/> }.into_any();
    view! {
        <section class="card" aria-labelledby="security">
            <h2 id="security">{say("account-security")}</h2>
            <dl class="facts">
                <dt>{say("password")}</dt><dd>{sentence("account-password-changed", [("date", changed)])}</dd>
            </dl>
            <p>{say("account-password-advice")}</p>
            <div class="actions"><a class="button" href="/account/password">{say("change-password")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Figures(view: AccountView) -> AnyView {
    let tokens = say_with("account-tokens", [("count", view.tokens.into())]);
    let sessions = say_with("account-sessions", [("count", view.sessions.into())]);
    let connections = say_with("account-connections", [("count", view.connections.into())]);
    view! {
        <section class="card" aria-labelledby="figures">
            <h2 id="figures">{say("tokens-and-sessions")}</h2>
            <ul class="figures">
                <li><a href="/account/tokens">{tokens}</a></li>
                <li><a href="/account/sessions">{sessions}</a></li>
                <li><a href="/account/applications">{connections}</a></li>
            </ul>
            <div class="actions"><a class="button filled" href="/account/tokens">{say("tokens-and-sessions")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Connected(recent: Vec<ConnectionView>) -> AnyView {
    let inner = if recent.is_empty() {
        view! { <p>{say("connections-empty")}</p><p class="hint">{say("connections-empty-next")}</p> }.into_any()
    } else {
        let rows: Vec<_> = recent.into_iter().map(recent_row).collect();
        view! {
            <ul class="list">{rows}</ul>
            <div class="actions"><a class="button" href="/account/applications">{say("account-all-connections")}</a></div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="connected">
            <h2 id="connected">{say("tab-applications")}</h2>
            {inner}
        </section>
    }
    .into_any()
}

fn recent_row(connection: ConnectionView) -> AnyView {
    let allowed = view! { <Day at=connection.allowed_at/> }.into_any();
    let name = connection.client_name;
    view! {
        <li class="with-icon">
            <Avatar of=name.clone()/>
            <div>
                <a href=format!("/account/applications/{}", connection.id)><Name of=name/></a>
                <span class="sub">{sentence("account-allowed-on", [("date", allowed)])}</span>
            </div>
        </li>
    }
    .into_any()
}

#[component]
fn Appearance() -> AnyView {
    let chosen = frame::current().theme;
    let choice = move |theme: Theme, label: String| {
        view! { <Choice name="theme" value=theme.as_str() checked=theme == chosen>{label}</Choice> }
    };
    view! {
        <section class="card" aria-labelledby="appearance">
            <h2 id="appearance">{say("appearance")}</h2>
            <PostForm action="/account/theme" class="stack-tight">
                <input type="hidden" name="return_to" value="/account"/>
                <fieldset>
                    <legend class="hidden-visually">{say("theme")}</legend>
                    <div class="theme-choice">
                        {choice(Theme::System, say("theme-system"))}
                        {choice(Theme::Light, say("theme-light"))}
                        {choice(Theme::Dark, say("theme-dark"))}
                    </div>
                </fieldset>
                <button type="submit" class="button">{say("theme-save")}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn Leave() -> AnyView {
    view! {
        <section class="card danger-zone" aria-labelledby="leave">
            <h2 id="leave">{say("delete-account")}</h2>
            <p>{say("delete-account-lead")}</p>
            <div class="actions"><a class="button" href="/account/delete">{say("delete-account")}</a></div>
        </section>
    }
    .into_any()
}
