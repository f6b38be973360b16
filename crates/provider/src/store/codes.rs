//! Authorization codes: single use, decided by the gate in the database.

mod read;

use crate::store::records::{CachedGrant, NewAccessToken, NewRefreshToken, RefreshToken};
use std::sync::Arc;

use oauth::{AuthorizationCode, Scope, SecretHash, Timestamp};
use sqlx::AnyConnection;

use self::read::read;
use super::access_tokens;
use super::grants::Allowed;
use super::invalidation::Invalidation;
use super::refresh_tokens;
use super::session_end::{self, SessionClient};
use super::writer::statements::{Statement, Statements};
use super::{Store, grants, pushed, row, spent_tokens};
use crate::error::Error;

/// Failed attempts after which a code is invalid (RFC 7636 §7.1 leaves the number to the server).
const MOST_ATTEMPTS: i64 = 5;

/// Inserts only while grant and user are live: an access revoked a moment ago is not restored.
const INSERT: &str = "insert into authorization_codes (code_hash, client_id, user_id, grant_id, family_id, redirect_uri, scope, \
    challenge, nonce, auth_time, attempts, issued_at, expires_at, session_id, claims, resources, key_thumbprint) \
    select $1, client_id, user_id, id, $3, $4, $5, $6, $7, $8, 0, $9, $10, $11, $12, $13, $14 from grants where id = $2 and revoked_at is null \
    and scope = coalesce($15, scope) and exists (select 1 from users u where u.id = grants.user_id and u.disabled_at is null) \
    on conflict (code_hash) do nothing";

const FIND: &str = "select a.client_id, a.user_id, a.grant_id, a.family_id, a.redirect_uri, a.scope, a.challenge, a.nonce, \
    a.auth_time, a.session_id, a.claims, a.resources, a.key_thumbprint, a.expires_at, a.spent_at from authorization_codes a join grants g on g.id = a.grant_id \
    join users u on u.id = a.user_id where a.code_hash = $1 and a.attempts < $2 and g.revoked_at is null and u.disabled_at is null";

const COUNT_ATTEMPT: &str =
    "update authorization_codes set attempts = attempts + 1 where code_hash = $1 and spent_at is null";

const SPEND: &str = "update authorization_codes set spent_at = $2 where code_hash = $1 and spent_at is null \
    and attempts < $3 and expires_at > $2";

const STATE: &str = "select spent_at, expires_at from authorization_codes where code_hash = $1";

/// A code to be stored, and the consent that it is based on.
#[derive(Clone, Debug)]
pub struct NewCode {
    /// SHA-256 of its value.
    pub hash: SecretHash,
    /// The code's authorization.
    pub code: AuthorizationCode,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// What the user allowed, now or before.
    pub source: GrantSource,
    /// The pushed request that it completes.
    pub pushed: Option<SecretHash>,
}

/// The consent that a code is based on.
#[derive(Clone, Debug)]
pub enum GrantSource {
    /// A live grant that holds exactly this scope.
    Held {
        /// The grant.
        grant_id: String,
        /// Everything that was allowed so far.
        scope: Scope,
    },
    /// What is allowed in the same write, for this version of the client, the one that was shown.
    Consent(Allowed, i64),
}

impl GrantSource {
    /// The grant, as far as it is known before the write.
    pub fn grant_id(&self) -> &str {
        match self {
            Self::Held { grant_id, .. } => grant_id,
            Self::Consent(allowed, _) => &allowed.new_id,
        }
    }
}

/// The outcome of a write that stores a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeInsert {
    /// It is stored and unspent: by this write, or by an earlier one of the same form.
    Inserted,
    /// The same form was answered before and that code is spent or expired, or its pushed request
    /// was completed.
    RequestUsed,
    /// The grant was revoked meanwhile.
    NoGrant,
}

impl Store {
    /// The code with this hash while its grant and user are live, spent or not.
    pub async fn find_code(&self, hash: &SecretHash, now: Timestamp) -> Result<Option<AuthorizationCode>, Error> {
        // An expired one may have been spent by another process, which only the database knows;
        // before expiry, the gate decides.
        if let Some(known) = self.caches().codes.get(hash).filter(|known| now < known.expires_at) {
            return Ok(Some(AuthorizationCode::clone(&known)));
        }
        let found = sqlx::query(FIND).bind(hash.as_str()).bind(MOST_ATTEMPTS).fetch_optional(self.readers()).await?;
        found.map(|found| read(&found)).transpose()
    }

    /// Stores a code, and the consent if it is new, in one write.
    pub async fn insert_code(&self, new: NewCode) -> Result<CodeInsert, Error> {
        let (user_id, client_id) = (new.code.user_id, new.code.client_id.as_str());
        let held = match &new.source {
            GrantSource::Held { grant_id, scope } => Some((grant_id.clone(), scope.clone())),
            GrantSource::Consent(..) => None,
        };
        let touched = held
            .as_ref()
            .map_or_else(|| Invalidation::Family(CachedGrant::key(user_id, client_id)), |_| Invalidation::Nothing);
        // If the consent is new, only the write knows the grant.
        let known = held.as_ref().map(|_| (new.hash.clone(), Arc::new(new.code.clone())));
        let before = self.caches().before_read();
        // Only without a new consent or a pushed request, which need further queries, is the write
        // batched.
        let plain = held.filter(|_| new.pushed.is_none());
        let batched =
            plain.map(|(grant_id, scope)| (vec![insertion(&new, &grant_id, Some(&scope))], CodeInsert::Inserted));
        let invalidates = move |_: &CodeInsert| touched.clone();
        let write = self.write_batched(batched, invalidates, move |c| Box::pin(async move { insert(c, &new).await }));
        let made = write.await?;
        if let (CodeInsert::Inserted, Some((hash, code))) = (made, known) {
            self.caches().codes.insert(hash, before, &code);
        }
        Ok(made)
    }

    /// Counts a failed attempt on an unspent code.
    pub async fn count_attempt(&self, hash: SecretHash, family_id: String) -> Result<(), Error> {
        self.write_invalidating(Invalidation::Family(family_id), move |c| {
            Box::pin(async move {
                sqlx::query(COUNT_ATTEMPT).bind(hash.as_str()).execute(c).await?;
                Ok(())
            })
        })
        .await
    }

    /// Spends the code and stores its tokens; `false` if it was spent before, and then everything
    /// that it had bought is revoked (RFC 6749 §4.1.2). The gate is the first statement, so of any
    /// number of concurrent requests exactly one gets `true`. `session_client`: set if the client
    /// gets an ID token.
    pub async fn spend_code(
        &self,
        hash: SecretHash,
        access: NewAccessToken,
        refresh: Option<NewRefreshToken>,
        session_client: Option<SessionClient>,
    ) -> Result<bool, Error> {
        // A replayed code revokes what it had bought.
        let bought = Invalidation::Family(access.family_id.clone());
        let invalidates = move |spent: &Spent| match spent {
            Spent::Yes => Invalidation::Nothing,
            Spent::AfterTheSession => Invalidation::Everything,
            Spent::No => bought.clone(),
        };
        self.caches().codes.evict(&hash);
        let known = refresh.as_ref().map(|new| (new.hash.clone(), Arc::new(RefreshToken::of(new))));
        let before = self.caches().before_read();
        let batched = Some((spending_for(&hash, &access, refresh.as_ref(), session_client.as_ref()), Spent::Yes));
        let write = self.write_batched(batched, invalidates, move |c| {
            Box::pin(async move {
                let now = access.issued_at;
                spent_tokens::refuse_spent(c, access.proof.as_ref()).await?;
                let is_there = match &session_client {
                    Some(session_client) => session_end::lock(c, &session_client.session).await?,
                    None => true,
                };
                let lives = grants::issue(c, access.grant_id.as_deref().unwrap_or_default(), now).await?;
                let is_fresh = spending(&hash, now).execute(&mut *c).await? > 0;
                if !is_fresh || !lives {
                    access_tokens::revoke_family(c, &access.family_id, now).await?;
                    return Ok(Spent::No);
                }
                access_tokens::insert(c, &access).await?;
                if let Some(refresh) = &refresh {
                    refresh_tokens::insert(c, refresh).await?;
                }
                if let Some(session_client) = &session_client {
                    session_end::note(c, session_client, is_there, now).await?;
                }
                Ok(if is_there { Spent::Yes } else { Spent::AfterTheSession })
            })
        });
        let bought = write.await? != Spent::No;
        if let (true, Some((hash, refresh))) = (bought, known) {
            self.caches().refresh_tokens.insert(hash, before, &refresh);
        }
        Ok(bought)
    }
}

/// The outcome of spending a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spent {
    /// Its tokens are stored.
    Yes,
    /// Its tokens are stored, but the session had ended, and with it all access without
    /// `offline_access`.
    AfterTheSession,
    /// It could not be spent any more.
    No,
}

/// Stores a code. A pushed request is the gate: only the write that completes it stores the code.
async fn insert(c: &mut AnyConnection, new: &NewCode) -> Result<CodeInsert, Error> {
    let Some(key) = &new.pushed else { return insert_row(c, new).await };
    if !pushed::complete(c, key, new.issued_at).await? {
        return Ok(existing(c, new).await?.unwrap_or(CodeInsert::RequestUsed));
    }
    let made = insert_row(c, new).await?;
    if made != CodeInsert::Inserted {
        pushed::reopen(c, key).await?;
    }
    Ok(made)
}

async fn insert_row(c: &mut AnyConnection, new: &NewCode) -> Result<CodeInsert, Error> {
    let (user_id, client_id) = (new.code.user_id, new.code.client_id.as_str());
    let (grant_id, held) = match &new.source {
        GrantSource::Held { grant_id, scope } => (Some(grant_id.clone()), Some(scope)),
        GrantSource::Consent(_, version) if !grants::stay(c, user_id, client_id, Some(*version)).await? => (None, None),
        GrantSource::Consent(allowed, _) => (grants::widen(c, user_id, client_id, allowed, new.issued_at).await?, None),
    };
    let Some(grant_id) = grant_id else { return Ok(CodeInsert::NoGrant) };
    if insertion(new, &grant_id, held).execute(&mut *c).await? > 0 {
        return Ok(CodeInsert::Inserted);
    }
    Ok(existing(c, new).await?.unwrap_or(CodeInsert::NoGrant))
}

/// The statement that stores a code: it changes one row, if grant and user are live and the grant
/// still holds the scope that was read.
fn insertion(new: &NewCode, grant_id: &str, held: Option<&Scope>) -> Statement {
    let code = &new.code;
    let values = [
        new.hash.as_str().into(),
        grant_id.into(),
        code.family_id.as_str().into(),
        code.redirect_uri.clone().into(),
        code.scope.to_string().into(),
        code.challenge.as_ref().map(|challenge| challenge.as_str().to_owned()).into(),
        code.nonce.clone().into(),
        code.auth_time.seconds().into(),
        new.issued_at.seconds().into(),
        code.expires_at.seconds().into(),
        code.session.clone().into(),
        row::claims_text(&code.claims).into(),
        code.binding.resources.to_stored().into(),
        code.binding.key.clone().into(),
        held.map(ToString::to_string).into(),
    ];
    Statement::new(INSERT, values)
}

/// The statement that spends an unspent code: it changes one row.
fn spending(hash: &SecretHash, now: Timestamp) -> Statement {
    Statement::new(SPEND, [hash.as_str().into(), now.seconds().into(), MOST_ATTEMPTS.into()])
}

/// Spends an unspent code for its tokens, if its grant and its session are live.
fn spending_for(
    hash: &SecretHash,
    access: &NewAccessToken,
    refresh: Option<&NewRefreshToken>,
    session_client: Option<&SessionClient>,
) -> Statements {
    let now = access.issued_at;
    let lock = session_client.map(|session_client| session_end::lock_statement(&session_client.session));
    let gates = [grants::issuing(access.grant_id.as_deref().unwrap_or_default(), now), spending(hash, now)];
    let tokens = access_tokens::insertions(access).chain(refresh.map(refresh_tokens::insertion));
    let note = session_client.map(|session_client| session_end::insert_statement(session_client, now));
    lock.into_iter().chain(gates).chain(tokens).chain(note).collect()
}

/// The state of the code, if the same form created it before.
async fn existing(c: &mut AnyConnection, new: &NewCode) -> Result<Option<CodeInsert>, Error> {
    let Some(state) = sqlx::query(STATE).bind(new.hash.as_str()).fetch_optional(c).await? else { return Ok(None) };
    let fresh = row::int_opt(&state, "spent_at")?.is_none() && new.issued_at < row::time(&state, "expires_at")?;
    Ok(Some(if fresh { CodeInsert::Inserted } else { CodeInsert::RequestUsed }))
}
