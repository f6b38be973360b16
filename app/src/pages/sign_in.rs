use super::local_path;
use crate::components::{Field, LinkButton, Name, Note, PasswordField, PostForm, Text};
use crate::frame::Frame;
use crate::shell::{self, Document, Width, title_of};
use leptos::prelude::*;
use oauth::Timestamp;

/// The sign-in form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignInPage {
    /// What was typed as user name.
    pub username: String,
    /// The path to go on to; anything that is not a path of this server is ignored.
    pub return_to: String,
    /// The name of the application that sent the person here.
    pub client_name: Option<String>,
    /// Why the form is shown again.
    pub error: Option<SignInError>,
    /// The only user who may sign in here, because the application asked to confirm who it is.
    pub fixed_user: Option<String>,
}

/// Why the sign-in form is shown again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInError {
    /// Unknown user or wrong password: never which of the two.
    Wrong,
    /// Too many failures; sign-in works again at `until`.
    Throttled {
        /// When the next try is allowed.
        until: Timestamp,
    },
    /// The form was open for too long.
    Expired,
    /// No error: the person signed out, or the session ended.
    SignedOut,
}

impl SignInError {
    fn text(self) -> String {
        match self {
            Self::Wrong => "Enter a correct username and password".to_owned(),
            Self::Throttled { until } => format!("Too many attempts. Try again after {} UTC.", until.clock()),
            Self::Expired => "This page was open too long. Sign in again.".to_owned(),
            Self::SignedOut => "You are signed out.".to_owned(),
        }
    }

    fn view(self) -> AnyView {
        match self {
            Self::SignedOut => view! {
                <div role="status" id="logged-out"><Note kind="good">{self.text()}</Note></div>
            }
            .into_any(),
            _ => view! {
                <div role="alert" tabindex="-1" autofocus id="problem">
                    <Note kind="bad"><h2>"There is a problem"</h2><p id="sign-in-error">{self.text()}</p></Note>
                </div>
            }
            .into_any(),
        }
    }
}

/// The sign-in page.
#[must_use]
pub fn sign_in(frame: &Frame, page: SignInPage) -> String {
    let refused = page.error.is_some_and(|error| error != SignInError::SignedOut);
    let heading = if page.fixed_user.is_some() { "Confirm it is you" } else { "Sign in" };
    shell::render(frame, || {
        let form = view! {
            <div class="sign-in">
                <div class="card">
                    <h1>{heading}</h1>
                    {page.client_name.clone().map(|name| view! { <p class="lead">"to continue to "<Name of=name/></p> })}
                    {page.error.map(SignInError::view)}
                    <SignInForm page=page refused=refused/>
                </div>
            </div>
        };
        Document::new(title_of(heading, refused), form).width(Width::Narrow)
    })
}

#[component]
fn SignInForm(page: SignInPage, refused: bool) -> AnyView {
    let wrong = (page.error == Some(SignInError::Wrong)).then_some("sign-in-error");
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
            <input type="hidden" name="return_to" value=local_path(&page.return_to)/>
            {match page.fixed_user {
                Some(user) => view! { <FixedUser user=user/> }.into_any(),
                None => view! { <Field label="Username" text=username/> }.into_any(),
            }}
            <PasswordField label="Password" text=password/>
            <button type="submit" class="button filled wide" id="login-submit">"Sign in"</button>
        </PostForm>
    }
    .into_any()
}

/// Managers fill this field; it stays readable to them when the user is fixed.
#[component]
fn FixedUser(user: String) -> AnyView {
    view! {
        <div class="field">
            <label for="username">"Username"</label>
            <input type="text" id="username" name="username" value=user readonly autocomplete="username" dir="auto"/>
        </div>
    }
    .into_any()
}

/// `/login` for somebody who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AlreadyPage {
    /// Who is signed in.
    pub username: String,
    /// The path that Continue leads to.
    pub return_to: String,
}

/// "You are signed in as ada": continue, or use another account.
#[must_use]
pub fn signed_in_already(frame: &Frame, page: AlreadyPage) -> String {
    let back = local_path(&page.return_to);
    let switch = format!("/login?{}", oauth::Params::default().with("switch", "1").with("return_to", &back).encode());
    shell::render(frame, || {
        let main = view! {
            <div class="card">
                <h1>"You are signed in as "<Name of=page.username/></h1>
                <div class="actions">
                    <a class="button filled" href=back>"Continue"</a>
                    <LinkButton to=switch label="Use another account"/>
                </div>
            </div>
        };
        Document::new("You are signed in", main).width(Width::Narrow)
    })
}
