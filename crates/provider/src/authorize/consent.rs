//! Consent: when the consent page is required, and what the user's decision does.

use super::page_error::{Fault, PageError};
use super::response::AuthorizationResponse;
use super::scope::grantable;
use super::step::{Checked, Consent, RequestContext, ResourceOwner, Step, UserGrant};
use crate::signed_in::SignedIn;
use crate::store::records::Grant;
use oauth::{AuthorizationCode, Error as OAuth, ErrorCode, Prefix, Prompt, Scope, Secret, SecretHash, Timestamp, par};

use super::consent_form::{ConsentForm, FormTimes, ShownConsent};
use super::consent_view::ConsentLinks;
use super::reauthentication;
use super::resolve_request::Arrival;
use super::resolve_request::ResolvedRequest;
use crate::error::Error;
use crate::problems::FailedRequest;
use crate::provider::Provider;
use crate::store::codes::{CodeInsert, GrantSource, NewCode};
use crate::store::grants::Allowed;

/// The user's decision on the consent page.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The sealed value of the consent form.
    pub sealed: String,
    /// Allow, or deny.
    pub allow: bool,
    /// The optional scope tokens that the user left ticked.
    pub optional: Vec<String>,
}

/// The outcome of a decision.
#[derive(Debug)]
pub enum DecisionOutcome {
    /// Redirect to the client.
    Respond(AuthorizationResponse),
    /// Restart at this path of the authorization endpoint: the form has expired, its code is used,
    /// the session has ended, or the request now exceeds what the page showed.
    Restart(String),
}

/// A submitted consent form.
#[derive(Clone, Copy)]
struct Answer<'a> {
    form: &'a ConsentForm,
    shown: &'a ShownConsent,
    decision: &'a Decision,
    signed_in: &'a SignedIn,
    now: Timestamp,
}

/// A code to be issued.
struct CodeRequest<'a> {
    signed_in: &'a SignedIn,
    scope: Scope,
    source: GrantSource,
    secret: &'a Secret,
    now: Timestamp,
}

impl Provider {
    pub(super) async fn consent_step(
        &self,
        checked: Checked,
        resolved: &ResolvedRequest,
        owner: ResourceOwner<'_>,
        at: RequestContext<'_>,
    ) -> Result<Step, Error> {
        let (now, user) = (at.now, owner.user);
        let scope = grantable(&checked.scope, user)?;
        let grant = self.store().find_grant(user.id, &checked.client.id).await?;
        let held = UserGrant { user, grant: grant.as_ref() };
        if let Some(source) = self.grant_source(&checked, held, &scope, now).await? {
            let secret = self.new_secret(Prefix::Code);
            let request =
                CodeRequest { signed_in: owner.signed_in, scope: scope.clone(), source, secret: &secret, now };
            let new = self.new_code(&checked, request).await?;
            match self.store().insert_code(NewCode { pushed: resolved.pushed.clone(), ..new }).await? {
                CodeInsert::Inserted => return Ok(Step::Respond(checked.target.success(secret.expose()))),
                CodeInsert::RequestUsed => {
                    return Err(par::invalid_request_uri().because("completed at the same time").into());
                }
                CodeInsert::NoGrant => {}
            }
        }
        if checked.request.wants(Prompt::None) {
            return Err(OAuth::new(ErrorCode::ConsentRequired, "The user has not allowed this yet.").into());
        }
        let sent = self.ensure_marker(&resolved.sent, at);
        let shown = ShownConsent::of(&checked, scope);
        let sealed = self.seal_consent_form(
            &sent,
            &shown,
            owner.signed_in,
            FormTimes { received_at: self.received_at(&sent, at), made_at: now },
        );
        let switch = self.switch_path(&resolved.sent, at);
        let links = ConsentLinks { sealed, switch_url: switch };
        let view = self.consent_view(&checked, held, links, now).await?;
        let form_action = oauth::redirect_uri::origin(&checked.target.callback.redirect_uri);
        let ui_locales = checked.request.ui_locales;
        Ok(Step::Consent(Box::new(Consent { view, form_action, ui_locales })))
    }

    /// The grant for a code without a consent page: an existing grant that covers the scope, or,
    /// for a client that the operator trusts, a grant that is made or widened in the write that
    /// issues the code, if the client is unchanged.
    async fn grant_source(
        &self,
        checked: &Checked,
        held: UserGrant<'_>,
        scope: &Scope,
        now: Timestamp,
    ) -> Result<Option<GrantSource>, Error> {
        if let Some(grant) = held.grant.filter(|grant| is_covered_by(checked, grant, scope)) {
            return Ok(Some(GrantSource::Held { grant_id: grant.id.clone(), scope: grant.scope.clone() }));
        }
        if !is_trusted(checked) {
            return Ok(None);
        }
        let seen = self.store().read_grant(held.user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused: Scope::default(), seen };
        Ok(Some(GrantSource::Consent(allowed, checked.client.version)))
    }

    /// Carries out the decision: repeats every check, then stores consent and code in one write.
    ///
    /// # Errors
    /// `Page` when the form belongs to another session or was changed; nothing is stored then.
    pub async fn decide(&self, decision: &Decision, signed_in: &SignedIn) -> Result<DecisionOutcome, Error> {
        let now = self.now();
        let form =
            self.open_consent_form(&decision.sealed, signed_in).ok_or_else(|| PageError::new(Fault::ForeignForm))?;
        let Some(shown) = form.unexpired(now) else {
            return Ok(DecisionOutcome::Restart(reauthentication::restart_path(&form.params)));
        };
        match self.answer(Answer { form: &form, shown, decision, signed_in, now }).await {
            Err(Error::SignedOut) => Ok(DecisionOutcome::Restart(reauthentication::restart_path(&form.params))),
            answered => answered,
        }
    }

    async fn answer(&self, answer: Answer<'_>) -> Result<DecisionOutcome, Error> {
        let Answer { form, shown, decision, signed_in, now } = answer;
        let client = self.requesting_client(&form.params).await?;
        let id = client.id.clone();
        let resolved = self
            .resolve_request(&client, &form.params, Arrival { received_at: form.received_at, address: None })
            .await?;
        let user_id = Some(signed_in.user_id);
        let failed = FailedRequest { client_id: Some(&id), params: &resolved.params, secret: None, user_id };
        let target = self.target(&client, &resolved, &failed)?;
        if target.callback.redirect_uri != shown.redirect_uri {
            return Ok(DecisionOutcome::Restart(reauthentication::authorize_path(&form.params)));
        }
        if !decision.allow {
            self.complete(&resolved, now).await?;
            return Ok(DecisionOutcome::Respond(self.error_response(&target, OAuth::access_denied(), &failed)));
        }
        let allowed = async {
            let checked = self.check(client, target.clone(), &resolved).await?;
            self.allow(checked, resolved.pushed.clone(), answer).await
        };
        match allowed.await {
            Err(Error::OAuth(error)) => Ok(DecisionOutcome::Respond(self.error_response(&target, error, &failed))),
            other => other,
        }
    }

    /// Completes a denied request: a denial uses up a pushed request too. Idempotent.
    async fn complete(&self, resolved: &ResolvedRequest, now: Timestamp) -> Result<(), Error> {
        if let Some(key) = &resolved.pushed {
            self.store().complete_pushed(key.clone(), now).await?;
        }
        Ok(())
    }

    /// The name of the client that a consent form is for.
    ///
    /// # Errors
    /// `Page` when the form belongs to another session or was changed.
    pub async fn consent_client_name(&self, decision: &Decision, signed_in: &SignedIn) -> Result<String, Error> {
        let form =
            self.open_consent_form(&decision.sealed, signed_in).ok_or_else(|| PageError::new(Fault::ForeignForm))?;
        Ok(self.requesting_client(&form.params).await?.name)
    }

    async fn allow(
        &self,
        checked: Checked,
        pushed: Option<SecretHash>,
        answer: Answer<'_>,
    ) -> Result<DecisionOutcome, Error> {
        let Answer { form, shown, decision, signed_in, now } = answer;
        let user = self.store().find_user(signed_in.user_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or_else(OAuth::access_denied)?;
        let asked = grantable(&checked.scope, &user)?;
        if !shown.covers(&ShownConsent::of(&checked, asked.clone())) {
            return Ok(DecisionOutcome::Restart(reauthentication::authorize_path(&form.params)));
        }
        let refused = shown.optional.minus(&Scope::of(decision.optional.iter().cloned()));
        let scope = asked.minus(&refused);
        let seen = self.store().read_grant(user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused, seen };
        // Idempotent: the same form derives the same code, so a double click on Allow issues one
        // code.
        let secret = Secret::new(Prefix::Code, self.key().mac("authorization code", &[form.nonce.as_bytes()]));
        let source = GrantSource::Consent(allowed, shown.version);
        let new = self.new_code(&checked, CodeRequest { signed_in, scope, source, secret: &secret, now }).await?;
        Ok(match self.store().insert_code(NewCode { pushed, ..new }).await? {
            CodeInsert::Inserted => DecisionOutcome::Respond(checked.target.success(secret.expose())),
            CodeInsert::RequestUsed | CodeInsert::NoGrant => {
                DecisionOutcome::Restart(reauthentication::restart_path(&form.params))
            }
        })
    }

    /// Requires `openid` in the granted scope where `nonce` replaces PKCE: without an ID token,
    /// nothing protects the code (RFC 9700 §2.1.1).
    fn check_pkce(&self, checked: &Checked, scope: &Scope) -> Result<(), OAuth> {
        let request = &checked.request;
        let rule = checked.client.pkce_rule(self.settings().pkce);
        if request.challenge.is_some() || rule.lets_pass(request.nonce.is_some(), Some(scope)) {
            return Ok(());
        }
        Err(OAuth::new(ErrorCode::AccessDenied, "Without openid, which was not allowed, PKCE is required."))
    }

    async fn new_code(&self, checked: &Checked, request: CodeRequest<'_>) -> Result<NewCode, Error> {
        let CodeRequest { signed_in, scope, source, secret, now } = request;
        self.check_pkce(checked, &scope)?;
        let code = AuthorizationCode {
            client_id: checked.client.id.clone(),
            user_id: signed_in.user_id,
            grant_id: source.grant_id().to_owned(),
            family_id: self.new_id(now),
            redirect_uri: checked.target.callback.sent.clone(),
            scope,
            challenge: checked.request.challenge.clone(),
            nonce: checked.request.nonce.clone(),
            auth_time: signed_in.auth_time,
            session: self.sid(&signed_in.session).await?,
            claims: checked.request.authentication.claims.clone(),
            binding: checked.request.binding.clone(),
            expires_at: now.plus(self.settings().code_ttl),
            spent: false,
        };
        Ok(NewCode { hash: secret.hash(), code, issued_at: now, source, pushed: None })
    }
}

/// Whether the operator's trust replaces consent: not if the client sent `prompt=consent`, and not
/// for a redirect URI that any program on the user's device can claim (RFC 8252 §8.6).
fn is_trusted(checked: &Checked) -> bool {
    checked.client.trusted
        && checked.client.is_identified_by(&checked.target.callback.redirect_uri)
        && !checked.request.wants(Prompt::Consent)
}

/// Whether an existing grant makes the consent page unnecessary: it covers the whole scope, and the
/// client cannot be impersonated. A public client has no credentials, so it is identified only by
/// an https redirect URI (RFC 8252 §8.6).
fn is_covered_by(checked: &Checked, grant: &Grant, scope: &Scope) -> bool {
    let identified = checked.client.kind == oauth::ClientKind::Confidential
        || oauth::redirect_uri::is_web(&checked.target.callback.redirect_uri);
    identified && !checked.request.wants(Prompt::Consent) && grant.scope.covers(scope)
}
