use super::count;
use crate::components::{BackForm, Cancel, Choice, Day, Name, PasswordField, PostForm, Problems, Text, error_of};
use crate::frame::{self, Frame, Theme};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::Access;
use oauth::form::FieldError;
use oauth::view::AccountView;

/// The start page of somebody who is signed in.
#[must_use]
pub fn account(frame: &Frame, view: AccountView) -> String {
    shell::render(frame, || {
        let main = view! {
            <h1>"Account"</h1>
            <div class="cards">
                <Profile view=view.clone()/>
                <Security/>
                <Figures view=view/>
                <Appearance/>
            </div>
        };
        Document::new("Account", main)
    })
}

#[component]
fn Profile(view: AccountView) -> AnyView {
    let access = match view.access {
        Access::Full => "Full access: every scope, and you may register applications",
        Access::Partial => "Partial access: the scopes that an administrator gave you",
    };
    let fact = |label: &'static str, value: String| view! { <dt>{label}</dt><dd><Name of=value/></dd> };
    view! {
        <section class="card" aria-labelledby="profile">
            <h2 id="profile">"Profile"</h2>
            <dl class="facts">
                {fact("Username", view.username)}
                {view.full_name.map(|name| fact("Name", name))}
                {view.email.map(|email| fact("E-mail", email))}
                <dt>"Access"</dt><dd>{access}</dd>
                {view.administrator.then(|| fact("Role", "Administrator".to_owned()))}
                <dt>"Since"</dt><dd><Day at=view.created_at/></dd>
            </dl>
        </section>
    }
    .into_any()
}

#[component]
fn Security() -> AnyView {
    view! {
        <section class="card" aria-labelledby="security">
            <h2 id="security">"Security"</h2>
            <p>"A password of its own for this account keeps it safe when another site loses yours."</p>
            <div class="actions"><a class="button" href="/account/password">"Change password"</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Figures(view: AccountView) -> AnyView {
    view! {
        <section class="card" aria-labelledby="figures">
            <h2 id="figures">"Tokens and sessions"</h2>
            <ul class="figures">
                <li><a href="/account/tokens">{count(view.tokens, "permanent token", "permanent tokens")}</a></li>
                <li><a href="/account/sessions">{count(view.sessions, "signed-in browser", "signed-in browsers")}</a></li>
                <li><a href="/account/applications">{count(view.connections, "connected application", "connected applications")}</a></li>
            </ul>
            <div class="actions"><a class="button filled" href="/account/tokens">"Tokens and sessions"</a></div>
        </section>
    }
    .into_any()
}

#[component]
fn Appearance() -> AnyView {
    let chosen = frame::current().theme;
    let choice = move |theme: Theme, label: &'static str| {
        view! { <Choice name="theme" value=theme.as_str() checked=theme == chosen>{label}</Choice> }
    };
    view! {
        <section class="card" aria-labelledby="appearance">
            <h2 id="appearance">"Appearance"</h2>
            <PostForm action="/account/theme" class="stack-tight">
                <input type="hidden" name="return_to" value="/account"/>
                <fieldset>
                    <legend class="hidden-visually">"Theme"</legend>
                    <div class="theme-choice">
                        {choice(Theme::System, "System")}{choice(Theme::Light, "Light")}{choice(Theme::Dark, "Dark")}
                    </div>
                </fieldset>
                <button type="submit" class="button">"Save theme"</button>
            </PostForm>
        </section>
    }
    .into_any()
}

/// The form that changes the password.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PasswordPage {
    /// Fields `current_password` and `new_password`.
    pub errors: Vec<FieldError>,
}

/// Changes the password. What was typed is not sent back.
#[must_use]
pub fn password(frame: &Frame, page: PasswordPage) -> String {
    let title = title_of("Change password", !page.errors.is_empty());
    shell::render(frame, || Document::new(title, view! { <Password page=page/> }).width(Width::Narrow))
}

#[component]
fn Password(page: PasswordPage) -> AnyView {
    let errors = page.errors;
    let current = Text {
        name: "current_password",
        error: error_of(&errors, "current_password"),
        focused: errors.is_empty(),
        ..Text::default()
    };
    let new = Text {
        name: "new_password",
        hint: "At least 8 characters. Four random words are better than one strange one.".to_owned(),
        error: error_of(&errors, "new_password"),
        autocomplete: Some("new-password"),
        ..Text::default()
    };
    let username = frame::current().user.clone().map(|user| user.username);
    view! {
        <div class="card">
            <h1>"Change password"</h1>
            <Problems errors=errors/>
            <PostForm action="/account/password" class="stack">
                <input type="text" name="username" value=username autocomplete="username" hidden/>
                <PasswordField label="Current password" text=current/>
                <PasswordField label="New password" text=new/>
                <div class="actions">
                    <button type="submit" class="button filled">"Change password"</button>
                    <Cancel form="back"/>
                </div>
            </PostForm>
            <BackForm id="back" to="/account"/>
        </div>
    }
    .into_any()
}
