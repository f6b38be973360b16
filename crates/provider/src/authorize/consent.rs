//! Consent: when the user is asked, and what their decision does.

use super::page_error::{Fault, PageError};
use super::response::AuthorizationResponse;
use super::scope::grantable;
use super::step::{Checked, Consent, RequestContext, Step};
use crate::signed_in::SignedIn;
use crate::store::records::{Grant, User};
use oauth::{AuthorizationCode, Error as OAuth, ErrorCode, Prefix, Prompt, Scope, Secret, SecretHash, Timestamp, par};

use super::consent_form::{ConsentForm, ShownConsent};
use super::reauthentication;
use super::resolve_request::ResolvedRequest;
use crate::error::Error;
use crate::problems::FailedRequest;
use crate::provider::Provider;
use crate::store::codes::{CodeInsert, GrantSource, NewCode};
use crate::store::grants::Allowed;

/// The user's decision.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The value of the consent form.
    pub sealed: String,
    /// Allow, or deny.
    pub allow: bool,
    /// The optional scope tokens that were left ticked.
    pub optional: Vec<String>,
}

/// What a decision leads to.
#[derive(Debug)]
pub enum DecisionOutcome {
    /// Redirect to the client.
    Respond(AuthorizationResponse),
    /// The authorization endpoint, at this path: the form has expired, its code is used, the session has
    /// ended, or more would be allowed than was shown.
    Restart(String),
}

impl Provider {
    pub(super) async fn consent_step(
        &self,
        checked: Checked,
        resolved: &ResolvedRequest,
        (signed_in, user): (&SignedIn, &User),
        at: RequestContext<'_>,
    ) -> Result<Step, Error> {
        let now = at.now;
        let scope = grantable(&checked.scope, user)?;
        let grant = self.store().find_grant(user.id, &checked.client.id).await?;
        if let Some(source) = self.source(&checked, (user, grant.as_ref()), &scope, now).await? {
            let secret = self.new_secret(Prefix::Code);
            let new = self.new_code(&checked, (signed_in, scope.clone()), source, (&secret, now)).await?;
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
        let sealed = self.seal_consent_form((&sent, &shown), signed_in, (self.received_at(&sent, at), now));
        let switch = self.switch_path(&resolved.sent, at);
        let view = self.consent_view(&checked, (user, grant), (sealed, switch), now).await?;
        let form_action = oauth::redirect_uri::origin(&checked.target.callback.redirect_uri);
        let ui_locales = checked.request.ui_locales;
        Ok(Step::Consent(Box::new(Consent { view, form_action, ui_locales })))
    }

    /// The grant for a code without asking: an existing one that covers the scope, or, for a client that the
    /// operator trusts, one that is made or widened in the same write while the client is unchanged.
    async fn source(
        &self,
        checked: &Checked,
        (user, grant): (&User, Option<&Grant>),
        scope: &Scope,
        now: Timestamp,
    ) -> Result<Option<GrantSource>, Error> {
        if let Some(grant) = grant.filter(|grant| is_covered_by(checked, grant, scope)) {
            return Ok(Some(GrantSource::Held { grant_id: grant.id.clone(), scope: grant.scope.clone() }));
        }
        if !is_trusted(checked) {
            return Ok(None);
        }
        let seen = self.store().read_grant(user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused: Scope::default(), seen };
        Ok(Some(GrantSource::Consent(allowed, checked.client.version)))
    }

    /// Carries out the decision: every check is repeated, then one write stores consent and code.
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
        match self.answer(&form, shown, decision, signed_in).await {
            Err(Error::SignedOut) => Ok(DecisionOutcome::Restart(reauthentication::restart_path(&form.params))),
            answered => answered,
        }
    }

    async fn answer(
        &self,
        form: &ConsentForm,
        shown: &ShownConsent,
        decision: &Decision,
        signed_in: &SignedIn,
    ) -> Result<DecisionOutcome, Error> {
        let client = self.requesting_client(&form.params).await?;
        let id = client.id.clone();
        let resolved = self.resolve_request(&client, &form.params, (form.received_at, None)).await?;
        let user_id = Some(signed_in.user_id);
        let failed = FailedRequest { client_id: Some(&id), params: &resolved.params, secret: None, user_id };
        let target = self.target(&client, &resolved, &failed)?;
        if target.callback.redirect_uri != shown.redirect_uri {
            return Ok(DecisionOutcome::Restart(reauthentication::authorize_path(&form.params)));
        }
        if !decision.allow {
            self.complete(&resolved, self.now()).await?;
            return Ok(DecisionOutcome::Respond(self.error_response(&target, OAuth::access_denied(), &failed)));
        }
        let allowed = async {
            let checked = self.check(client, target.clone(), &resolved).await?;
            self.allow(checked, (form, shown, resolved.pushed.clone()), decision, signed_in).await
        };
        match allowed.await {
            Err(Error::OAuth(error)) => Ok(DecisionOutcome::Respond(self.error_response(&target, error, &failed))),
            other => other,
        }
    }

    /// A denial uses up a pushed request too; whether it was used before makes no difference.
    async fn complete(&self, resolved: &ResolvedRequest, now: Timestamp) -> Result<(), Error> {
        if let Some(key) = &resolved.pushed {
            self.store().complete_pushed(key.clone(), now).await?;
        }
        Ok(())
    }

    /// The name of the client that the consent form is for.
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
        (form, shown, pushed): (&ConsentForm, &ShownConsent, Option<SecretHash>),
        decision: &Decision,
        signed_in: &SignedIn,
    ) -> Result<DecisionOutcome, Error> {
        let now = self.now();
        let user = self.store().find_user(signed_in.user_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or_else(OAuth::access_denied)?;
        let resolved = grantable(&checked.scope, &user)?;
        if !shown.covers(&ShownConsent::of(&checked, resolved.clone())) {
            return Ok(DecisionOutcome::Restart(reauthentication::authorize_path(&form.params)));
        }
        let refused = shown.optional.minus(&Scope::of(decision.optional.iter().cloned()));
        let scope = resolved.minus(&refused);
        let seen = self.store().read_grant(user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused, seen };
        // Idempotent: the same form derives the same code, so a double click on Allow issues one.
        let secret = Secret::new(Prefix::Code, self.key().mac("authorization code", &[form.nonce.as_bytes()]));
        let source = GrantSource::Consent(allowed, shown.version);
        let new = self.new_code(&checked, (signed_in, scope), source, (&secret, now)).await?;
        Ok(match self.store().insert_code(NewCode { pushed, ..new }).await? {
            CodeInsert::Inserted => DecisionOutcome::Respond(checked.target.success(secret.expose())),
            CodeInsert::RequestUsed | CodeInsert::NoGrant => {
                DecisionOutcome::Restart(reauthentication::restart_path(&form.params))
            }
        })
    }

    /// Where `nonce` stands in for PKCE, only the ID token protects the code (RFC 9700 §2.1.1), and without
    /// `openid` in the granted scope there is none.
    fn check_pkce(&self, checked: &Checked, scope: &Scope) -> Result<(), OAuth> {
        let request = &checked.request;
        let rule = checked.client.pkce_rule(self.settings().pkce);
        if request.challenge.is_some() || rule.lets_pass(request.nonce.is_some(), Some(scope)) {
            return Ok(());
        }
        Err(OAuth::new(ErrorCode::AccessDenied, "Without openid, which was not allowed, PKCE is required."))
    }

    async fn new_code(
        &self,
        checked: &Checked,
        (signed_in, scope): (&SignedIn, Scope),
        source: GrantSource,
        (secret, now): (&Secret, Timestamp),
    ) -> Result<NewCode, Error> {
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
            session: self.session_id(&signed_in.session).await?,
            claims: checked.request.authentication.claims.clone(),
            binding: checked.request.binding.clone(),
            expires_at: now.plus(self.settings().code_ttl),
            spent: false,
        };
        Ok(NewCode { hash: secret.hash(), code, issued_at: now, source, pushed: None })
    }
}

/// Whether the operator's word is enough. The client may still want the person to be asked, and nobody vouches for an address that any
/// program on the person's device can have (RFC 8252 §8.6).
fn is_trusted(checked: &Checked) -> bool {
    checked.client.trusted
        && checked.client.is_identified_by(&checked.target.callback.redirect_uri)
        && !checked.request.wants(Prompt::Consent)
}

/// Whether the user need not be asked again: all of it was allowed, and nobody else can be using the client's name. A public
/// client proves nothing, so only an https address, which belongs to somebody, is believed (RFC 8252 §8.6).
fn is_covered_by(checked: &Checked, grant: &Grant, scope: &Scope) -> bool {
    let identified = checked.client.kind == oauth::ClientKind::Confidential
        || oauth::redirect_uri::is_web(&checked.target.callback.redirect_uri);
    identified && !checked.request.wants(Prompt::Consent) && grant.scope.covers(scope)
}
