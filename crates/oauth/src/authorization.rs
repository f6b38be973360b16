//! The authorization request: RFC 6749 4.1.1, RFC 7636 4.3, OpenID Connect Core 3.1.2.1.

#[cfg(test)]
#[expect(clippy::unwrap_used, reason = "tests")]
mod tests;

use crate::oidc::AuthenticationRequest;
use crate::problem::{Fault, Finding};
use crate::{
    Binding, Client, ClientKind, CodeChallenge, Error, ErrorCode, GrantType, Params, PkceRule, Profile, Resources,
    Scope, dpop,
};

/// Everything that the protocol knows here, and that may therefore stand in a request only once.
pub(crate) const KNOWN: &str = "client_id redirect_uri response_type response_mode scope state code_challenge \
    code_challenge_method prompt max_age login_hint nonce ui_locales id_token_hint acr_values claims \
    claims_locales display request request_uri dpop_jkt";
/// What is kept with the code must not be without bounds.
const MAX_TEXT: usize = 2048;

/// For a client that must send it whatever the operator says.
const PKCE: &str = "PKCE is required: send code_challenge with code_challenge_method=S256";
/// For a confidential one.
const PKCE_OR_OPERATOR: &str = "PKCE is required: send code_challenge with code_challenge_method=S256. For a client that \
    sends nonce with openid, the operator can waive it: jeton client set CLIENT_ID --pkce nonce-or-pkce";
/// For one for which the operator did.
const NONCE_OR_PKCE: &str = "Send nonce with the scope openid, or PKCE: code_challenge with code_challenge_method=S256";

/// What the client wants the person to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Prompt {
    /// Nothing at all: answer at once or with an error.
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

    /// The word in the `prompt` parameter.
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

/// An authorization request for a code, checked. Its address is the [`crate::Callback`]'s business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizationRequest {
    /// The scope that is asked for, never empty; `None`: none was named.
    pub scope: Option<Scope>,
    /// The PKCE challenge; always there when the client must use PKCE.
    pub challenge: Option<CodeChallenge>,
    /// What the person is to be asked; [`Prompt::None`] stands alone.
    pub prompts: Vec<Prompt>,
    /// How long ago, in seconds, the person may have signed in; 0 asks to sign in again.
    pub max_age: Option<i64>,
    /// Whom the client expects.
    pub login_hint: Option<String>,
    /// To be repeated in an ID token.
    pub nonce: Option<String>,
    /// The languages that the person prefers, best first (RFC 5646 tags, not checked).
    pub ui_locales: Vec<String>,
    /// The other parameters of OpenID Connect.
    pub authentication: AuthenticationRequest,
    /// What the code is to be bound to: the resources that the tokens are for (RFC 8707), and the key of the client (RFC 9449 10).
    pub binding: Binding,
}

impl AuthorizationRequest {
    /// Reads a request of this client; parameters that the protocol does not know are ignored (RFC 6749 3.1). `usual` is the server's
    /// rule about PKCE.
    ///
    /// # Errors
    /// What goes back to the client by redirect: see RFC 6749 4.1.2.1 and OpenID Connect Core 3.1.2.6. The scope is only
    /// read here; whether it exists and whether the client may have it is for the caller to say.
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

/// Ignoring a request object would drop what the client signed, so it is refused by name: OpenID Connect Core 3.1.2.6.
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

/// A code, by query or form: tokens never travel through the browser (RFC 9700 2.1.2).
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

/// What to do is the developer's, or the operator's: the client may have no way to send PKCE.
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
