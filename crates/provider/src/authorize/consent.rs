//! The question to the user, and what the answer does.

use oauth::view::ConsentView;
use oauth::{AuthorizationCode, Error as OAuth, ErrorCode, Prefix, Prompt, Scope, Secret, SecretHash, Timestamp, par};

use super::asked::Asked;
use super::seal::{Form, Shown};
use super::{At, Checked, Fault, PageError, Reply, SignedIn, Step, grantable, mark};
use crate::error::Error;
use crate::problems::Failed;
use crate::provider::Provider;
use crate::store::codes::{Ground, Made, NewCode};
use crate::store::grants::{Allowed, Grant};
use crate::store::users::User;

/// A consent page's content.
#[derive(Clone, Debug)]
pub struct Consent {
    /// What the page shows.
    pub view: ConsentView,
    /// Where the answer goes, for the page's `form-action`.
    pub form_action: Option<String>,
    /// The languages that the client knows the person to read, best first.
    pub ui_locales: Vec<String>,
}

/// What the person answered.
#[derive(Clone, Debug)]
pub struct Decision {
    /// The sealed request, as the form carried it.
    pub sealed: String,
    /// Allow, or deny.
    pub allow: bool,
    /// The optional scope tokens that were left ticked.
    pub optional: Vec<String>,
}

/// Where an answer leads.
#[derive(Debug)]
pub enum Visit {
    /// Back to the client.
    Client(Reply),
    /// Once more through the authorization endpoint: the form was old, its code is used, the session has ended, or what would be allowed is
    /// not what was shown.
    Again(String),
}

impl Provider {
    pub(super) async fn consent_step(
        &self,
        checked: Checked,
        asked: &Asked,
        (visitor, user): (&SignedIn, &User),
        at: At<'_>,
    ) -> Result<Step, Error> {
        let now = at.now;
        let scope = grantable(&checked.scope, user)?;
        let grant = self.store().find_grant(user.id, &checked.client.id).await?;
        if let Some(ground) = self.ground(&checked, (user, grant.as_ref()), &scope, now).await? {
            let secret = self.new_secret(Prefix::Code);
            let new = self.new_code(&checked, (visitor, scope.clone()), ground, (&secret, now)).await?;
            match self.store().insert_code(NewCode { pushed: asked.pushed.clone(), ..new }).await? {
                Made::Yes => return Ok(Step::Reply(checked.way.success(secret.expose()))),
                Made::Before => return Err(par::invalid_request_uri().because("completed at the same time").into()),
                Made::NoGrant => {}
            }
        }
        if checked.request.wants(Prompt::None) {
            return Err(OAuth::new(ErrorCode::ConsentRequired, "The user has not allowed this yet.").into());
        }
        let sent = self.once_marked(&asked.sent, at);
        let shown = Shown::of(&checked, scope);
        let sealed = self.seal((&sent, &shown), visitor, (self.began(&sent, at), now));
        let switch = self.switch_path(&asked.sent, at);
        let view = self.consent_view(&checked, (user, grant), (sealed, switch), now).await?;
        let form_action = oauth::redirect_uri::origin(&checked.way.callback.redirect_uri);
        let ui_locales = checked.request.ui_locales;
        Ok(Step::Consent(Box::new(Consent { view, form_action, ui_locales })))
    }

    /// What a code stands on for which nobody is asked: the grant that was given before, or by the operator's word for a trusted client
    /// one that is made, or widened, with the code, while the client is as it is now.
    async fn ground(
        &self,
        checked: &Checked,
        (user, grant): (&User, Option<&Grant>),
        scope: &Scope,
        now: Timestamp,
    ) -> Result<Option<Ground>, Error> {
        if let Some(grant) = grant.filter(|grant| remembered(checked, grant, scope)) {
            return Ok(Some(Ground::Held { grant_id: grant.id.clone(), scope: grant.scope.clone() }));
        }
        if !vouched_for(checked) {
            return Ok(None);
        }
        let seen = self.store().read_grant(user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused: Scope::default(), seen };
        Ok(Some(Ground::Consent(allowed, checked.client.version)))
    }

    /// Carries out the person's answer: everything is checked anew, then one write holds consent and code.
    ///
    /// # Errors
    /// `Page` when the form belongs to another session or was changed; nothing is stored then.
    pub async fn decide(&self, decision: &Decision, visitor: &SignedIn) -> Result<Visit, Error> {
        let now = self.now();
        let form = self.unseal(&decision.sealed, visitor).ok_or_else(|| PageError::new(Fault::ForeignForm))?;
        let Some(shown) = form.shown_lately(now) else { return Ok(Visit::Again(mark::path_of(&form.params))) };
        match self.answer(&form, shown, decision, visitor).await {
            Err(Error::SignedOut) => Ok(Visit::Again(mark::path_of(&form.params))),
            answered => answered,
        }
    }

    async fn answer(
        &self,
        form: &Form,
        shown: &Shown,
        decision: &Decision,
        visitor: &SignedIn,
    ) -> Result<Visit, Error> {
        let client = self.asking_client(&form.params).await?;
        let id = client.id.clone();
        let asked = self.request_of(&client, &form.params, (form.began, None)).await?;
        let visitor_id = Some(visitor.user_id);
        let failed = Failed { client_id: Some(&id), params: &asked.params, secret: None, visitor: visitor_id };
        let way = self.way(&client, &asked, &failed)?;
        if way.callback.redirect_uri != shown.redirect_uri {
            return Ok(Visit::Again(mark::path_with_mark(&form.params)));
        }
        if !decision.allow {
            self.complete(&asked, self.now()).await?;
            return Ok(Visit::Client(self.answer_error(&way, OAuth::access_denied(), &failed)));
        }
        let allowed = async {
            let checked = self.check(client, way.clone(), &asked).await?;
            self.allow(checked, (form, shown, asked.pushed.clone()), decision, visitor).await
        };
        match allowed.await {
            Err(Error::OAuth(error)) => Ok(Visit::Client(self.answer_error(&way, error, &failed))),
            other => other,
        }
    }

    /// Whoever denies has answered: a pushed request is used up. Whether it was before makes no difference to a denial.
    async fn complete(&self, asked: &Asked, now: Timestamp) -> Result<(), Error> {
        if let Some(key) = &asked.pushed {
            self.store().complete_pushed(key.clone(), now).await?;
        }
        Ok(())
    }

    /// The name of the client whose question this is.
    ///
    /// # Errors
    /// `Page` when the form belongs to another session or was changed.
    pub async fn asker(&self, decision: &Decision, visitor: &SignedIn) -> Result<String, Error> {
        let form = self.unseal(&decision.sealed, visitor).ok_or_else(|| PageError::new(Fault::ForeignForm))?;
        Ok(self.asking_client(&form.params).await?.name)
    }

    async fn allow(
        &self,
        checked: Checked,
        (form, shown, pushed): (&Form, &Shown, Option<SecretHash>),
        decision: &Decision,
        visitor: &SignedIn,
    ) -> Result<Visit, Error> {
        let now = self.now();
        let user = self.store().find_user(visitor.user_id).await?.filter(|user| !user.disabled);
        let user = user.ok_or_else(OAuth::access_denied)?;
        let asked = grantable(&checked.scope, &user)?;
        if !shown.covers(&Shown::of(&checked, asked.clone())) {
            return Ok(Visit::Again(mark::path_with_mark(&form.params)));
        }
        let refused = shown.optional.minus(&Scope::of(decision.optional.iter().cloned()));
        let scope = asked.minus(&refused);
        let seen = self.store().read_grant(user.id, &checked.client.id).await?.map(|grant| grant.id);
        let allowed = Allowed { new_id: self.new_id(now), scope: scope.clone(), refused, seen };
        // The same form makes the same code, so a double click on Allow makes one.
        let secret = Secret::new(Prefix::Code, self.key().mac("authorization code", &[form.nonce.as_bytes()]));
        let ground = Ground::Consent(allowed, shown.version);
        let new = self.new_code(&checked, (visitor, scope), ground, (&secret, now)).await?;
        Ok(match self.store().insert_code(NewCode { pushed, ..new }).await? {
            Made::Yes => Visit::Client(checked.way.success(secret.expose())),
            Made::Before | Made::NoGrant => Visit::Again(mark::path_of(&form.params)),
        })
    }

    /// Where `nonce` stands in for PKCE, only an ID token protects the code (RFC 9700 §2.1.1): without `openid` in what was allowed there
    /// is none.
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
        (visitor, scope): (&SignedIn, Scope),
        ground: Ground,
        (secret, now): (&Secret, Timestamp),
    ) -> Result<NewCode, Error> {
        self.check_pkce(checked, &scope)?;
        let code = AuthorizationCode {
            client_id: checked.client.id.clone(),
            user_id: visitor.user_id,
            grant_id: ground.grant_id().to_owned(),
            family_id: self.new_id(now),
            redirect_uri: checked.way.callback.sent.clone(),
            scope,
            challenge: checked.request.challenge.clone(),
            nonce: checked.request.nonce.clone(),
            auth_time: visitor.auth_time,
            session: self.session_id(&visitor.session).await?,
            claims: checked.request.authentication.claims.clone(),
            binding: checked.request.binding.clone(),
            expires_at: now.plus(self.settings().code_ttl),
            spent: false,
        };
        Ok(NewCode { hash: secret.hash(), code, issued_at: now, ground, pushed: None })
    }
}

/// Whether the operator's word is enough. The client may still want the person to be asked, and nobody vouches for an address that any
/// program on the person's device can have (RFC 8252 §8.6).
fn vouched_for(checked: &Checked) -> bool {
    checked.client.trusted
        && checked.client.is_identified_by(&checked.way.callback.redirect_uri)
        && !checked.request.wants(Prompt::Consent)
}

/// Whether the user need not be asked again: all of it was allowed, and nobody else can be using the client's name. A public
/// client proves nothing, so only an https address, which belongs to somebody, is believed (RFC 8252 §8.6).
fn remembered(checked: &Checked, grant: &Grant, scope: &Scope) -> bool {
    let identified = checked.client.kind == oauth::ClientKind::Confidential
        || oauth::redirect_uri::is_web(&checked.way.callback.redirect_uri);
    identified && !checked.request.wants(Prompt::Consent) && grant.scope.covers(scope)
}
