//! What is sent: the parameters of requests, which are pairs and no types.
#![expect(dead_code, reason = "the fields are the parameters of forms and queries")]

use super::answers::add;
use crate::GrantType;
use utoipa::ToSchema;
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::Schema;

/// A token request (RFC 6749 §4.1.3, §4.3.2, §4.4.2, §6).
#[derive(ToSchema)]
pub(super) struct TokenForm {
    grant_type: GrantType,
    /// With `authorization_code`: the code.
    code: Option<String>,
    /// With `authorization_code`: the same as in the authorization request, if it stood there.
    redirect_uri: Option<String>,
    /// With `authorization_code`: the PKCE verifier (RFC 7636 §4.5).
    code_verifier: Option<String>,
    /// With `refresh_token`: the refresh token.
    refresh_token: Option<String>,
    /// With `password`: the user name.
    username: Option<String>,
    /// With `password`: the password.
    password: Option<String>,
    /// Scope tokens with spaces between them; at a refresh no more than was granted.
    scope: Option<String>,
    /// The resource that the token is to be for; may be repeated (RFC 8707 §2).
    resource: Option<Vec<String>>,
    client_id: Option<String>,
    /// Of a client that sends its secret in the body.
    client_secret: Option<String>,
    /// Of a client that signs (RFC 7523 §2.2).
    client_assertion: Option<String>,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`
    client_assertion_type: Option<String>,
}

/// A question about a token, or its revocation (RFC 7662 §2.1, RFC 7009 §2.1).
#[derive(ToSchema)]
pub(super) struct TokenQuestion {
    /// The token.
    token: String,
    /// Taken as a hint, and never needed.
    token_type_hint: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion: Option<String>,
    client_assertion_type: Option<String>,
}

/// A revocation: by the client that the token was issued to, with `token` (RFC 7009 §2.1), or by whoever holds it, with
/// `access_token`, in the form or in the query.
#[derive(ToSchema)]
pub(super) struct RevocationForm {
    /// The token, with the client's credentials.
    token: Option<String>,
    /// Taken as a hint, and never needed.
    token_type_hint: Option<String>,
    /// The token, without any: it and its refresh token end.
    access_token: Option<String>,
    client_id: Option<String>,
    client_secret: Option<String>,
    client_assertion: Option<String>,
    client_assertion_type: Option<String>,
}

/// A token that its holder asks about, or uses.
#[derive(ToSchema)]
pub(super) struct HeldToken {
    /// The token, where it does not stand in the header.
    access_token: Option<String>,
}

/// An authorization request (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
#[derive(ToSchema)]
pub(super) struct AuthorizationForm {
    client_id: String,
    /// May be left out where the client has registered one.
    redirect_uri: Option<String>,
    /// `code`.
    response_type: Option<String>,
    /// `query` or `form_post`.
    response_mode: Option<String>,
    scope: Option<String>,
    /// Comes back as it is.
    state: Option<String>,
    /// PKCE (RFC 7636 §4.3).
    code_challenge: Option<String>,
    /// `S256`.
    code_challenge_method: Option<String>,
    /// `none`, or some of `login`, `consent` and `select_account`.
    prompt: Option<String>,
    /// Seconds since the person signed in, at most.
    max_age: Option<i64>,
    login_hint: Option<String>,
    nonce: Option<String>,
    ui_locales: Option<String>,
    id_token_hint: Option<String>,
    acr_values: Option<String>,
    /// JSON (OpenID Connect Core §5.5).
    claims: Option<String>,
    claims_locales: Option<String>,
    display: Option<String>,
    /// A signed request object (RFC 9101).
    request: Option<String>,
    /// A pushed request (RFC 9126 §4), or a registered address of a signed one.
    request_uri: Option<String>,
    /// The thumbprint of the key that will be proved (RFC 9449 §10).
    dpop_jkt: Option<String>,
    /// May be repeated (RFC 8707 §2.1).
    resource: Option<Vec<String>>,
}

/// The same, from the client itself (RFC 9126 §2.1): with its credentials.
#[derive(ToSchema)]
pub(super) struct PushedForm {
    #[serde(flatten)]
    request: AuthorizationForm,
    client_secret: Option<String>,
    client_assertion: Option<String>,
    client_assertion_type: Option<String>,
}

/// A request to sign out (OpenID Connect RP-Initiated Logout §2).
#[derive(ToSchema)]
pub(super) struct EndSessionForm {
    id_token_hint: Option<String>,
    logout_hint: Option<String>,
    client_id: Option<String>,
    /// One that the client has registered.
    post_logout_redirect_uri: Option<String>,
    state: Option<String>,
    ui_locales: Option<String>,
}

/// Every schema of a form.
pub(super) fn schemas() -> Vec<(String, RefOr<Schema>)> {
    let mut all = Vec::new();
    add::<TokenForm>(&mut all);
    add::<TokenQuestion>(&mut all);
    add::<RevocationForm>(&mut all);
    add::<HeldToken>(&mut all);
    add::<AuthorizationForm>(&mut all);
    add::<PushedForm>(&mut all);
    add::<EndSessionForm>(&mut all);
    all
}
