//! The authorization request: RFC 6749 §4.1.1, RFC 7636 §4.3, OpenID Connect Core §3.1.2.1.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use crate::oidc::AuthenticationRequest;
use crate::problem::{Fault, Finding};
use crate::{
    Binding, Client, ClientKind, CodeChallenge, Error, ErrorCode, GrantType, Params, PkceRule, Profile, Resources,
    Scope, dpop,
};

/// The known parameters: each may occur once (RFC 6749 §3.1).
pub(crate) const KNOWN: &str = "client_id redirect_uri response_type response_mode scope state code_challenge \
    code_challenge_method prompt max_age login_hint nonce ui_locales id_token_hint acr_values claims \
    claims_locales display request request_uri dpop_jkt";
/// The longest stored parameter, in bytes.
const MAX_TEXT: usize = 2048;

/// For clients that always need PKCE.
const PKCE: &str = "PKCE is required: send code_challenge with code_challenge_method=S256";
/// For confidential clients, whose rule the operator can relax.
const PKCE_OR_OPERATOR: &str = "PKCE is required: send code_challenge with code_challenge_method=S256. For a client that \
    sends nonce with openid, the operator can waive it: jeton client set CLIENT_ID --pkce nonce-or-pkce";
/// For clients with the rule `nonce-or-pkce`.
const NONCE_OR_PKCE: &str = "Send nonce with the scope openid, or PKCE: code_challenge with code_challenge_method=S256";

/// The `prompt` parameter: OpenID Connect Core §3.1.2.1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prompt {
    /// No interaction: respond at once or with an error.
    None,
    /// To sign in again.
    Login,
    /// To consent again.
    Consent,
    /// To choose an account.
    SelectAccount,
}

impl Prompt {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::None, Self::Login, Self::Consent, Self::SelectAccount];

    /// The value in the `prompt` parameter.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Login => "login",
            Self::Consent => "consent",
            Self::SelectAccount => "select_account",
        }
    }

    /// The reverse of [`Prompt::as_str`].
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|prompt| prompt.as_str() == text)
    }
}

/// A validated authorization request with `response_type=code`. The redirect URI is in
/// [`crate::Callback`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The requested scope, never empty; `None`: none was requested.
    pub scope: Option<Scope>,
    /// The PKCE challenge; always present where the client must use PKCE.
    pub challenge: Option<CodeChallenge>,
    /// The requested prompts; [`Prompt::None`] is exclusive.
    pub prompts: Vec<Prompt>,
    /// `max_age`: the maximum age of the sign-in, in seconds; 0 asks for a new one.
    pub max_age: Option<i64>,
    /// `login_hint`.
    pub login_hint: Option<String>,
    /// `nonce` of the ID token.
    pub nonce: Option<String>,
    /// The languages that the person prefers, best first (RFC 5646 tags, not checked).
    pub ui_locales: Vec<String>,
    /// The other parameters of OpenID Connect.
    pub authentication: AuthenticationRequest,
    /// What the code is bound to: resources (RFC 8707) and the DPoP key (RFC 9449 §10).
    pub binding: Binding,
}

impl AuthorizationRequest {
    /// Parses a request of this client; unknown parameters are ignored (RFC 6749 §3.1). `usual`:
    /// the PKCE rule of the server.
    ///
    /// # Errors
    /// Errors for the redirect: RFC 6749 §4.1.2.1, OpenID Connect Core §3.1.2.6. The scope is only
    /// parsed here; the caller checks that it exists and that the client may request it.
    pub fn parse(client: &Client, params: &Params, usual: PkceRule) -> Result<Self, Error> {
        refuse_repeated(params)?;
        refuse_request_objects(params)?;
        check_response(params)?;
        client.may(GrantType::AuthorizationCode)?;
        let scope = params.get("scope")?.map(Scope::parse).transpose()?;
        let scope = scope.filter(|scope| !scope.is_empty());
        let nonce = text(params, "nonce")?;
        let challenge =
            CodeChallenge::parse(params.get_or_refuse_empty("code_challenge")?, params.get("code_challenge_method")?)?;
        let rule = client.pkce_rule(usual);
        if challenge.is_none() && !rule.lets_pass(nonce.is_some(), scope.as_ref()) {
            return Err(without_pkce(client, rule));
        }
        let locales = text(params, "ui_locales")?.unwrap_or_default();
        Ok(Self {
            scope,
            challenge,
            prompts: prompts(params)?,
            max_age: max_age(params)?,
            login_hint: text(params, "login_hint")?,
            nonce,
            ui_locales: locales.split_ascii_whitespace().map(str::to_owned).collect(),
            authentication: AuthenticationRequest::parse(params)?,
            binding: Binding { resources: Resources::parse(params)?, key: dpop::dpop_jkt(params)?.map(str::to_owned) },
        })
    }

    /// Whether the client asks for this prompt.
    #[must_use]
    pub fn wants(&self, prompt: Prompt) -> bool {
        self.prompts.contains(&prompt)
    }
}

fn refuse_repeated(params: &Params) -> Result<(), Error> {
    KNOWN.split(' ').try_for_each(|name| params.get(name).map(|_| ()))
}

/// An ignored request object would drop signed parameters, so it is refused: OpenID
/// Connect Core §3.1.2.6.
fn refuse_request_objects(params: &Params) -> Result<(), Error> {
    if params.get("request")?.is_some() {
        return Err(Error::new(ErrorCode::RequestNotSupported, "The request parameter is not supported")
            .found(Finding::new(Fault::Unsupported, "request")));
    }
    if params.get("request_uri")?.is_some() {
        return Err(Error::new(ErrorCode::RequestUriNotSupported, "The request_uri parameter is not supported")
            .found(Finding::new(Fault::Unsupported, "request_uri")));
    }
    Ok(())
}

/// Only the code flow, by query or form_post: tokens never travel through the browser
/// (RFC 9700 §2.1.2).
fn check_response(params: &Params) -> Result<(), Error> {
    let asked = params.required("response_type")?;
    if asked != "code" {
        return Err(Error::new(ErrorCode::UnsupportedResponseType, "Only the response type code is supported")
            .found(Finding::new(Fault::UnknownValue, "response_type").sent(asked).expected("code")));
    }
    match params.get("response_mode")? {
        None | Some("query" | "form_post") => Ok(()),
        Some(asked) => Err(Error::invalid_request("Only the response modes query and form_post are supported")
            .found(Finding::new(Fault::UnknownValue, "response_mode").sent(asked).expected("query"))),
    }
}

/// The description says how to fix it, for developer or operator: the client may not support PKCE.
fn without_pkce(client: &Client, rule: PkceRule) -> Error {
    let text = match rule {
        PkceRule::NonceOrPkce => NONCE_OR_PKCE,
        _ if client.kind == ClientKind::Confidential && client.registration.profile == Profile::Standard => {
            PKCE_OR_OPERATOR
        }
        _ => PKCE,
    };
    Error::invalid_request(text).found(Finding::new(Fault::PkceMissing, "code_challenge").expected("S256"))
}

fn prompts(params: &Params) -> Result<Vec<Prompt>, Error> {
    let asked = params.get("prompt")?.unwrap_or_default();
    let wrong = |fault| Finding::new(fault, "prompt").sent(asked);
    let words = asked.split(' ').filter(|word| !word.is_empty());
    let prompts: Option<Vec<Prompt>> = words.map(Prompt::parse).collect();
    let unknown = || Error::invalid_request("The value of prompt is not known").found(wrong(Fault::UnknownValue));
    let prompts = prompts.ok_or_else(unknown)?;
    match prompts.contains(&Prompt::None) && prompts.iter().any(|prompt| *prompt != Prompt::None) {
        true => Err(Error::invalid_request("prompt=none must stand alone").found(wrong(Fault::NotAlone))),
        false => Ok(prompts),
    }
}

fn max_age(params: &Params) -> Result<Option<i64>, Error> {
    let seconds = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok()).flatten();
    let bad = |text: &str| {
        Error::invalid_request("max_age must be a whole number of seconds, 0 or more")
            .found(Finding::new(Fault::Malformed, "max_age").sent(text))
    };
    params.get("max_age")?.map_or(Ok(None), |text| seconds(text).map(Some).ok_or_else(|| bad(text)))
}

fn text(params: &Params, name: &str) -> Result<Option<String>, Error> {
    match params.get(name)? {
        Some(value) if value.len() > MAX_TEXT => Err(Error::invalid_request("A parameter is too long")
            .because(name)
            .found(Finding::new(Fault::TooLong, name))),
        value => Ok(value.map(str::to_owned)),
    }
}
