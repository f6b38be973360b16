//! An application as the documentation of openidconnect has it. The issuer of this example is plain http on the loopback address,
//! which the library leaves to whoever brings the HTTP client.

use std::error::Error;

use openidconnect::core::{CoreAuthenticationFlow, CoreClient, CoreIdToken, CoreTokenResponse, CoreUserInfoClaims};
use openidconnect::{
    AccessToken, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EndSessionUrl, EndpointMaybeSet, EndpointNotSet,
    EndpointSet, HttpRequest, HttpResponse, IssuerUrl, LogoutRequest, Nonce, PkceCodeChallenge, PkceCodeVerifier,
    PostLogoutRedirectUrl, ProviderMetadataWithLogout, RedirectUrl, RefreshToken, Scope, SubjectIdentifier,
};
use ureq::Agent;

/// Whatever went wrong, in the library or on the way.
pub type Failure = Box<dyn Error>;

/// The client that discovery makes.
type Discovered =
    CoreClient<EndpointSet, EndpointNotSet, EndpointNotSet, EndpointNotSet, EndpointMaybeSet, EndpointMaybeSet>;

/// A relying party.
pub struct App {
    /// The library's client.
    pub client: Discovered,
    end_session: EndSessionUrl,
    agent: Agent,
}

/// A person on the way to the provider.
pub struct Errand {
    /// Where to send them.
    pub url: String,
    /// What the answer has to bear.
    pub state: CsrfToken,
    /// What the ID token has to bear.
    pub nonce: Nonce,
    /// What the code is redeemed with.
    pub verifier: PkceCodeVerifier,
}

impl App {
    /// Discovers the provider.
    pub fn discover(issuer: &str, id: &str, secret: &str, redirect_uri: &str) -> Result<Self, Failure> {
        let agent = Agent::config_builder().max_redirects(0).http_status_as_error(false).build().new_agent();
        let issuer = IssuerUrl::new(issuer.to_owned())?;
        let metadata = ProviderMetadataWithLogout::discover(&issuer, &|request| send(&agent, request))?;
        let end_session = metadata.additional_metadata().end_session_endpoint.clone();
        let secret = ClientSecret::new(secret.to_owned());
        let client = CoreClient::from_provider_metadata(metadata, ClientId::new(id.to_owned()), Some(secret))
            .set_redirect_uri(RedirectUrl::new(redirect_uri.to_owned())?);
        Ok(Self { client, end_session: end_session.ok_or("no end_session_endpoint")?, agent })
    }

    /// Begins a sign-in.
    pub fn errand(&self) -> Errand {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let flow = CoreAuthenticationFlow::AuthorizationCode;
        let request = self.client.authorize_url(flow, CsrfToken::new_random, Nonce::new_random);
        let scopes = ["profile", "email", "offline_access"].map(|scope| Scope::new(scope.to_owned()));
        let prompt = openidconnect::core::CoreAuthPrompt::Consent;
        let (url, state, nonce) = request.add_scopes(scopes).add_prompt(prompt).set_pkce_challenge(challenge).url();
        Errand { url: url.into(), state, nonce, verifier }
    }

    /// Where to send a person who wants to sign out, and what they are to come back with.
    pub fn leave(&self, token: &CoreIdToken, to: &str) -> Result<(String, CsrfToken), Failure> {
        let state = CsrfToken::new_random();
        let request = LogoutRequest::from(self.end_session.clone()).set_id_token_hint(token).set_state(state.clone());
        let to = PostLogoutRedirectUrl::new(to.to_owned())?;
        Ok((request.set_post_logout_redirect_uri(to).http_get_url().into(), state))
    }

    /// Redeems a code.
    pub fn exchange(&self, code: &str, verifier: PkceCodeVerifier) -> Result<CoreTokenResponse, Failure> {
        let request = self.client.exchange_code(AuthorizationCode::new(code.to_owned()))?.set_pkce_verifier(verifier);
        Ok(request.request(&|request| send(&self.agent, request))?)
    }

    /// Refreshes.
    pub fn refresh(&self, token: &RefreshToken) -> Result<CoreTokenResponse, Failure> {
        Ok(self.client.exchange_refresh_token(token)?.request(&|request| send(&self.agent, request))?)
    }

    /// Asks who it is, who has to be this one.
    pub fn user_info(&self, token: &AccessToken, subject: &SubjectIdentifier) -> Result<CoreUserInfoClaims, Failure> {
        let request = self.client.user_info(token.clone(), Some(subject.clone()))?;
        Ok(request.request(&|request| send(&self.agent, request))?)
    }
}

fn send(agent: &Agent, request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let (parts, mut body) = agent.run(request)?.into_parts();
    Ok(HttpResponse::from_parts(parts, body.read_to_vec()?))
}
