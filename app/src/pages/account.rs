//! The page `/account`: profile, security, figures, connected applications, theme.

use crate::components::{Avatar, Choice, Day, Name, PostForm};
use crate::frame::{self, Frame, Theme};
use crate::i18n::{translate, translate_with, translate_with_views};
use crate::islands::AccountIsland;
use crate::shell::{self, Document};
use crate::views::AccountLabels;
use leptos::prelude::*;
use oauth::Access;
use oauth::view::{AccountView, ConnectionView};

/// The account page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountPage {
    /// The account.
    pub view: AccountView,
    /// Whether the server was just set up, which shows the first steps.
    pub first_steps: bool,
}

/// The account page.
#[must_use]
pub fn account(frame: &Frame, AccountPage { view, first_steps }: AccountPage) -> String {
    shell::render(frame, || {
        let main = view! {
            <h1>{translate("account")}</h1>
            {first_steps.then(|| view! { <FirstSteps/> })}
            <AccountIsland words=AccountLabels::translate()>
                <div class="cards">
                    <Profile view=view.clone()/>
                    <Security view=view.clone()/>
                    <Figures view=view.clone()/>
                    <Connected recent=view.recent/>
                    <Appearance/>
                    <DeleteAccount/>
                </div>
            </AccountIsland>
        };
        Document::new(translate("account"), main)
    })
}

/// The next steps after the setup.
#[component]
fn FirstSteps() -> AnyView {
    let step = |to: &'static str, label: String, why: String| view! { <li><a href=to>{label}</a><span class="sub">{why}</span></li> };
    view! {
        <section class="card" aria-labelledby="first-steps">
            <h2 id="first-steps">{translate("first-steps")}</h2>
            <ul class="list">
                {step("/developer/applications/new", translate("first-steps-application"), translate("first-steps-application-why"))}
                {step("/account/tokens/new", translate("first-steps-token"), translate("first-steps-token-why"))}
                {step("/developer", translate("first-steps-addresses"), translate("first-steps-addresses-why"))}
                <li>{translate("first-steps-people")}<code dir="ltr">"jeton user add NAME --password-stdin"</code></li>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Profile(view: AccountView) -> AnyView {
    let access = match view.access {
        Access::Full => translate("account-access-full"),
        Access::Partial => translate("account-access-partial"),
    };
    let name = match view.full_name {
        Some(name) => view! { <Name of=name/> }.into_any(),
        None => translate("account-no-name").into_any(),
    };
    view! {
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">{translate("account-profile")}</h2>
            <dl class="facts">
                <dt>{translate("account-name")}</dt><dd>{name}</dd>
                <dt>{translate("username")}</dt><dd><Name of=view.username/></dd>
                {view.email.map(|email| view! { <dt>{translate("account-email")}</dt><dd><Name of=email/></dd> })}
                <dt>{translate("account-access")}</dt><dd>{access}</dd>
                {view.administrator.then(|| view! { <dt>{translate("account-role")}</dt><dd>{translate("account-administrator")}</dd> })}
                <dt>{translate("account-since")}</dt><dd><Day at=view.created_at/></dd>
            </dl>
            <div class="actions"><a class="button" href="/account/name">{translate("change-name")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Security(view: AccountView) -> AnyView {
    let changed = view! { <Day at=view.password_changed_at/> }.into_any();
    view! {
        <section class="card" aria-labelledby="security">
            <h2 id="security">{translate("account-security")}</h2>
            <dl class="facts">
                <dt>{translate("password")}</dt><dd>{translate_with_views("account-password-changed", [("date", changed)])}</dd>
            </dl>
            <p>{translate("account-password-advice")}</p>
            <div class="actions"><a class="button" href="/account/password">{translate("change-password")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Figures(view: AccountView) -> AnyView {
    let tokens = translate_with("account-tokens", [("count", view.tokens.into())]);
    let sessions = translate_with("account-sessions", [("count", view.sessions.into())]);
    let connections = translate_with("account-connections", [("count", view.connections.into())]);
    view! {
        <section class="card" aria-labelledby="figures">
            <h2 id="figures">{translate("tokens-and-sessions")}</h2>
            <ul class="figures">
                <li><a href="/account/tokens">{tokens}</a></li>
                <li><a href="/account/sessions">{sessions}</a></li>
                <li><a href="/account/applications">{connections}</a></li>
            </ul>
            <div class="actions"><a class="button filled" href="/account/tokens">{translate("tokens-and-sessions")}</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Connected(recent: Vec<ConnectionView>) -> AnyView {
    let inner = if recent.is_empty() {
        view! { <p>{translate("connections-empty")}</p><p class="hint">{translate("connections-empty-next")}</p> }
            .into_any()
    } else {
        let rows: Vec<_> = recent.into_iter().map(recent_row).collect();
        view! {
            <ul class="list">{rows}</ul>
            <div class="actions"><a class="button" href="/account/applications">{translate("account-all-connections")}</a></div>
        }
        .into_any()
    };
    view! {
        <section class="card" aria-labelledby="connected">
            <h2 id="connected">{translate("tab-applications")}</h2>
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
                <span class="sub">{translate_with_views("account-allowed-on", [("date", allowed)])}</span>
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
            <h2 id="appearance">{translate("appearance")}</h2>
            <PostForm action="/account/theme" class="stack-tight">
                <input type="hidden" name="return_to" value="/account"/>
                <fieldset>
                    <legend class="hidden-visually">{translate("theme")}</legend>
                    <div class="theme-choice">
                        {choice(Theme::System, translate("theme-system"))}
                        {choice(Theme::Light, translate("theme-light"))}
                        {choice(Theme::Dark, translate("theme-dark"))}
                    </div>
                </fieldset>
                <button type="submit" class="button">{translate("theme-save")}</button>
            </PostForm>
        </section>
    }
    .into_any()
}

#[component]
fn DeleteAccount() -> AnyView {
    view! {
        <section class="card danger-zone" aria-labelledby="leave">
            <h2 id="leave">{translate("delete-account")}</h2>
            <p>{translate("delete-account-lead")}</p>
            <div class="actions"><a class="button" href="/account/delete">{translate("delete-account")}</a></div>
        </section>
    }
    .into_any()
}
