//! InfraViewer (row F2): a web service of the same house. It takes the name and the password itself and trades
//! them for an access token; the token is its whole session, so a restart signs nobody out.

use crate::{
    State,
    authority::SignIn,
    browser::{after_failure, clear_cookie, cookie_token, from_own_page, own_path, set_cookie},
    html::{escape, page},
    resource::open_resource,
};
use axum::{
    body::Bytes,
    extract::{self, RawQuery},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use std::collections::HashMap;
use url::form_urlencoded;

/// Form pairs by name; of a repeated one the last. Bytes that are no text become replacement characters.
fn pairs(bytes: &[u8]) -> HashMap<String, String> {
    form_urlencoded::parse(bytes).into_owned().collect()
}

/// `GET /`: the resource, a button that writes it, and whoever is signed in or a form to do so.
pub async fn start(extract::State(state): State, headers: HeaderMap, RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    let cookie = cookie_token(&headers);
    let token = match cookie {
        Some(token) => state.authority.introspect(token).await.ok().filter(|token| token.active),
        None => None,
    };
    let who = match &token {
        Some(token) => signed_in(token.username.as_deref().unwrap_or("somebody")),
        None => format!("<h2>Sign in</h2>\n{}", sign_in_form("/", query.get("login"))),
    };
    let resource = escape(&open_resource().to_string());
    page(
        "InfraViewer",
        &format!(
            r#"<h2>resource_1</h2>
<pre id="resource">{resource}</pre>
<form method="post" action="/resource_1"><button>POST /resource_1</button></form>
{who}"#
        ),
    )
}

fn signed_in(username: &str) -> String {
    let username = escape(username);
    format!(
        r#"<h2>Account</h2>
<p>Signed in as <strong id="user">{username}</strong>.</p>
<form method="post" action="/logout"><button>Sign out</button></form>"#
    )
}

/// `GET /login`
pub async fn sign_in_page(RawQuery(query): RawQuery) -> Response {
    let query = pairs(query.unwrap_or_default().as_bytes());
    let next = own_path(query.get("next").map(String::as_str));
    page("Sign in", &sign_in_form(next, query.get("login")))
}

fn sign_in_form(next: &str, why: Option<&String>) -> String {
    let alert = why.map_or_else(String::new, |why| format!("<p role=\"alert\">{}</p>\n", message(why)));
    let next = escape(next);
    format!(
        r#"{alert}<form method="post" action="/login">
<input type="hidden" name="next" value="{next}">
<label for="username">Username</label>
<input id="username" name="username" autocomplete="username" autocapitalize="none" spellcheck="false" required>
<label for="password">Password</label>
<input id="password" name="password" type="password" autocomplete="current-password" required>
<button id="login-submit">Sign in</button>
</form>
<p class="quiet">Your account at the authorization server.</p>"#
    )
}

/// The word in the address chooses one of these sentences; it is never shown itself.
fn message(why: &str) -> &'static str {
    match why {
        "wait" => "Too many failed sign-ins. Wait a moment, then try again",
        "unavailable" => "Nobody can sign in now. Try again later",
        _ => "Enter a correct username and password",
    }
}

/// `POST /login`: back to the page that the person came from, with a session or without one.
pub async fn sign_in(extract::State(state): State, headers: HeaderMap, body: Bytes) -> Response {
    let form = pairs(&body);
    let field = |name: &str| form.get(name).map_or("", String::as_str);
    let next = own_path(form.get("next").map(String::as_str));
    if !from_own_page(&headers) {
        return see_other(&after_failure(next, "wrong"), None);
    }
    match state.authority.sign_in(field("username"), field("password")).await {
        Ok(SignIn::Granted { access_token, expires_in }) => {
            see_other(next, Some(set_cookie(&access_token, expires_in)))
        }
        Ok(SignIn::Refused) => see_other(&after_failure(next, "wrong"), None),
        Ok(SignIn::Throttled) => see_other(&after_failure(next, "wait"), None),
        Err(_) => see_other(&after_failure(next, "unavailable"), None),
    }
}

/// `POST /logout`: forgets the token, and tells the authorization server to do so.
pub async fn sign_out(extract::State(state): State, headers: HeaderMap) -> Response {
    match cookie_token(&headers) {
        // The cookie goes even if the authorization server is away: the token then ends by its age.
        Some(token) => {
            let _told = state.authority.revoke(token).await;
            see_other("/", Some(clear_cookie()))
        }
        None => see_other("/", None),
    }
}

fn see_other(to: &str, cookie: Option<String>) -> Response {
    let cookie = cookie.map(|cookie| [(header::SET_COOKIE, cookie)]);
    let headers = [(header::LOCATION, to), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::SEE_OTHER, headers, cookie, ()).into_response()
}
