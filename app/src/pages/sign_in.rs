//! The sign-in page, "already signed in", and "Forgot your password?".

use super::local_path::local_path;
use crate::components::{Clock, Field, LinkButton, Name, Note, PasswordField, PostForm, Text};
use crate::frame::{self, Frame};
use crate::i18n::{translate, translate_with_views};
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::{Params, Timestamp};

/// The sign-in form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInPage {
    /// The typed user name.
    pub username: String,
    /// The path to continue to; anything but a local path is ignored.
    pub return_to: String,
    /// The name of the application that asked for the sign-in.
    pub client_name: Option<String>,
    /// A notice: a refusal, or what has just ended.
    pub notice: Option<SignInNotice>,
    /// The only user who may sign in: re-authentication was asked for.
    pub fixed_user: Option<String>,
}

/// Notices above the sign-in form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInNotice {
    /// Unknown user or wrong password, without saying which.
    Wrong,
    /// The password was right, but the account is disabled.
    Locked,
    /// Too many failures; sign-in works again at `until`.
    Throttled {
        /// When the next try is allowed.
        until: Timestamp,
    },
    /// Too many failures in a row: only a known browser, or the operator, can help.
    Capped,
    /// The password-hashing queue is full.
    Busy,
    /// The CSRF token of the form had expired.
    Expired,
    /// No error: the person signed out.
    SignedOut,
    /// No error: the session had ended when a form was sent.
    SessionEnded,
    /// No error: the person deleted the account.
    Deleted,
}

impl SignInNotice {
    const fn is_error(self) -> bool {
        matches!(self, Self::Wrong | Self::Locked | Self::Throttled { .. } | Self::Capped | Self::Busy | Self::Expired)
    }

    fn text(self) -> AnyView {
        let text = match self {
            Self::Wrong => translate("sign-in-wrong"),
            Self::Locked => return locked(),
            Self::Throttled { until } => {
                return translate_with_views("sign-in-throttled", [("clock", view! { <Clock at=until/> }.into_any())]);
            }
            Self::Capped => translate("sign-in-capped"),
            Self::Busy => translate("sign-in-busy"),
            Self::Expired => translate("sign-in-expired"),
            Self::SignedOut => translate("sign-in-signed-out"),
            Self::SessionEnded => translate("sign-in-ended"),
            Self::Deleted => translate("sign-in-deleted"),
        };
        text.into_any()
    }

    fn view(self) -> AnyView {
        let text = self.text();
        let (id, kind) = match self {
            Self::SignedOut => ("logged-out", "good"),
            Self::Deleted => ("account-deleted", "good"),
            Self::SessionEnded => ("session-ended", ""),
            _ => return refusal(text),
        };
        view! { <div role="status" id=id><Note kind=kind>{text}</Note></div> }.into_any()
    }
}

fn locked() -> AnyView {
    match support() {
        Some(support) => translate_with_views("sign-in-locked", [("support", support)]),
        None => translate_with_views("sign-in-locked-operator", [("operator", operator())]),
    }
}

/// The support link, if the operator set one.
fn support() -> Option<AnyView> {
    let url = frame::current().brand.support_url.clone()?;
    let shown = url.strip_prefix("mailto:").unwrap_or(&url).to_owned();
    Some(view! { <a href=url><Name of=shown/></a> }.into_any())
}

fn operator() -> AnyView {
    view! { <Name of=frame::current().operator.clone()/> }.into_any()
}

fn refusal(text: AnyView) -> AnyView {
    view! {
        <div role="alert" tabindex="-1" autofocus id="problem">
            <Note kind="bad"><h2>{translate("problem")}</h2><p id="sign-in-error">{text}</p></Note>
        </div>
    }
    .into_any()
}

/// The sign-in page.
#[must_use]
pub fn sign_in(frame: &Frame, page: SignInPage) -> String {
    let refused = page.notice.is_some_and(SignInNotice::is_error);
    shell::render(frame, || {
        let heading = if page.fixed_user.is_some() { translate("sign-in-confirm") } else { translate("sign-in") };
        let title = title_of(&heading, refused);
        let client = page.client_name.clone().map(|name| {
            let name = view! { <Name of=name/> }.into_any();
            view! { <p class="lead">{translate_with_views("sign-in-to-continue", [("client", name)])}</p> }
        });
        let form = view! {
            <div class="sign-in">
                <div class="card">
                    <h1>{heading}</h1>
                    {client}
                    {page.notice.map(SignInNotice::view)}
                    <SignInForm page=page refused=refused/>
                </div>
            </div>
        };
        Document::new(title, form).width(Width::Narrow)
    })
}

#[component]
fn SignInForm(page: SignInPage, refused: bool) -> AnyView {
    let wrong = (page.notice == Some(SignInNotice::Wrong)).then_some("sign-in-error");
    let back = local_path(&page.return_to);
    let forgot = format!("/forgot?{}", Params::default().with("return_to", &back).encode());
    let retyped = !page.username.is_empty() || page.fixed_user.is_some();
    let username = Text {
        name: "username",
        value: page.username,
        autocomplete: Some("username"),
        focused: !retyped && !refused,
        error_elsewhere: wrong,
        ..Text::default()
    };
    let password = Text { name: "password", focused: retyped && !refused, error_elsewhere: wrong, ..Text::default() };
    view! {
        <PostForm action="/login" class="stack">
            <input type="hidden" name="return_to" value=back/>
            {match page.fixed_user {
                Some(user) => view! { <FixedUser user=user wrong=wrong/> }.into_any(),
                None => view! { <Field label=translate("username") text=username/> }.into_any(),
            }}
            <PasswordField label=translate("password") text=password/>
            <button type="submit" class="button filled wide" id="login-submit">{translate("sign-in")}</button>
        </PostForm>
        <p><a href=forgot>{translate("forgot-password")}</a></p>
    }
    .into_any()
}

/// Read-only, but present for password managers.
#[component]
fn FixedUser(user: String, wrong: Option<&'static str>) -> AnyView {
    view! {
        <div class="field">
            <label for="username">{translate("username")}</label>
            <input
                type="text" id="username" name="username" value=user readonly autocomplete="username" dir="auto"
                aria-describedby=wrong aria-invalid=wrong.map(|_| "true")
            />
        </div>
    }
    .into_any()
}

/// `/login` for a signed-in person.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlreadyPage {
    /// Who is signed in.
    pub username: String,
    /// The path of Continue.
    pub return_to: String,
}

/// "You are signed in as ada": continue, or use another account.
#[must_use]
pub fn signed_in_already(frame: &Frame, page: AlreadyPage) -> String {
    let back = local_path(&page.return_to);
    let switch = format!("/login?{}", Params::default().with("switch", "1").with("return_to", &back).encode());
    shell::render(frame, || {
        let name = view! { <Name of=page.username/> }.into_any();
        let main = view! {
            <div class="card">
                <h1>{translate_with_views("already-heading", [("user", name)])}</h1>
                <div class="actions">
                    <a class="button filled" href=back>{translate("already-continue")}</a>
                    <LinkButton to=switch label=translate("already-switch")/>
                </div>
            </div>
        };
        Document::new(translate("already-title"), main).width(Width::Narrow)
    })
}

/// "Forgot your password?": this server sends no mail, so the page says whom to ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ForgotPage {
    /// The path to continue to after the sign-in.
    pub return_to: String,
}

/// "Forgot your password?"
#[must_use]
pub fn forgot(frame: &Frame, page: ForgotPage) -> String {
    let back = format!("/login?{}", Params::default().with("return_to", &local_path(&page.return_to)).encode());
    shell::render(frame, || {
        let whom = match support() {
            Some(support) => translate_with_views("forgot-ask-support", [("support", support)]),
            None => translate_with_views("forgot-ask-operator", [("operator", operator())]),
        };
        let main = view! {
            <div class="card">
                <h1>{translate("forgot-password")}</h1>
                <p>{whom}</p>
                <p>{translate("forgot-why")}</p>
                <p><a href=back>{translate("forgot-back")}</a></p>
            </div>
        };
        Document::new(translate("forgot-password"), main).width(Width::Narrow)
    })
}
