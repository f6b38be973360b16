//! Refresh tokens: rotated at each use, with the gate in the database.

mod rotation;

use crate::store::records::{Authentication, NewRefreshToken, RefreshToken};
use crate::store::records::{CachedGrant, NewAccessToken, Proof};
use std::sync::Arc;

use oauth::SecretHash;
use sqlx::AnyConnection;
use sqlx::any::AnyRow;

use super::access_tokens;
use super::access_tokens::Family;
use super::grants::Allowed;
use super::invalidation::Invalidation;
use super::users::still_proves;
use super::writer::statements::Statement;
use super::{Store, grants, row};
use crate::error::Error;

pub use self::rotation::Rotated;

impl RefreshToken {
    /// The stored form of a new token.
    pub fn of(new: &NewRefreshToken) -> Self {
        Self {
            client_id: new.client_id.clone(),
            user_id: new.user_id,
            grant_id: new.grant_id.clone(),
            family_id: new.family_id.clone(),
            scope: new.scope.clone(),
            authentication: new.authentication.clone(),
            binding: new.binding.clone(),
            expires_at: new.expires_at,
            revoked: false,
        }
    }
}

const INSERT: &str = "insert into refresh_tokens (token_hash, client_id, user_id, grant_id, family_id, scope, issued_at, expires_at, \
    auth_time, session_id, claims, resources, key_thumbprint) \
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) on conflict (token_hash) do nothing";

const FIND: &str = "select t.client_id, t.user_id, t.grant_id, t.family_id, t.scope, t.auth_time, t.session_id, t.claims, \
    t.resources, t.key_thumbprint, t.expires_at, t.revoked_at from refresh_tokens t join grants g on g.id = t.grant_id join users u on u.id = t.user_id \
    where t.token_hash = $1 and g.revoked_at is null and u.disabled_at is null";

const FIND_FAMILY: &str = "select client_id, family_id from refresh_tokens where token_hash = $1";

impl Store {
    /// The refresh token with this hash while its grant and user are live, spent or not.
    pub async fn find_refresh_token(&self, hash: &SecretHash) -> Result<Option<RefreshToken>, Error> {
        if let Some(known) = self.caches().refresh_tokens.get(hash) {
            return Ok(Some(RefreshToken::clone(&known)));
        }
        let before = self.caches().before_read();
        let found = sqlx::query(FIND).bind(hash.as_str()).fetch_optional(self.readers()).await?;
        let Some(token) = found.map(|found| read(&found)).transpose()?.map(Arc::new) else { return Ok(None) };
        self.caches().refresh_tokens.insert(hash.clone(), before, &token);
        Ok(Some(RefreshToken::clone(&token)))
    }

    /// The family of a refresh token, live or not.
    pub async fn find_refresh_family(&self, hash: &SecretHash) -> Result<Option<Family>, Error> {
        access_tokens::family(self, FIND_FAMILY, hash).await
    }

    /// Stores the tokens of a password grant and the grant that they belong to.
    pub async fn insert_pair(
        &self,
        access: NewAccessToken,
        refresh: Option<NewRefreshToken>,
        consent: Consent,
    ) -> Result<(), Error> {
        let touched = Invalidation::Family(CachedGrant::key(consent.proof.user_id, &consent.client_id));
        self.write_invalidating(touched, move |c| {
            Box::pin(async move { insert_pair(c, access, refresh, consent).await })
        })
        .await
    }
}

/// The consent that a password grant implies.
#[derive(Clone, Debug)]
pub struct Consent {
    /// Proof that the user's password was verified.
    pub proof: Proof,
    /// The client.
    pub client_id: String,
    /// What is added to the grant.
    pub allowed: Allowed,
}

async fn insert_pair(
    c: &mut AnyConnection,
    mut access: NewAccessToken,
    refresh: Option<NewRefreshToken>,
    consent: Consent,
) -> Result<(), Error> {
    let now = access.issued_at;
    still_proves(c, consent.proof).await?;
    let (user_id, client_id) = (consent.proof.user_id, consent.client_id.as_str());
    if !grants::stay(c, user_id, client_id, None).await? {
        return Err(oauth::Error::invalid_client().because("the client was removed meanwhile").into());
    }
    let widened = grants::widen(c, user_id, client_id, &consent.allowed, now).await?;
    let grant_id = widened.ok_or_else(|| oauth::Error::invalid_grant().because("the grant ended meanwhile"))?;
    grants::issue(c, &grant_id, now).await?;
    access.grant_id = Some(grant_id.clone());
    access_tokens::insert(c, &access).await?;
    if let Some(refresh) = refresh {
        insert(c, &NewRefreshToken { grant_id, ..refresh }).await?;
    }
    Ok(())
}

/// Stores a refresh token. Part of a larger write.
pub async fn insert(c: &mut AnyConnection, token: &NewRefreshToken) -> Result<(), Error> {
    insertion(token).execute(c).await.map(drop)
}

/// The statement that stores a refresh token: it changes one row, unless the token exists.
pub fn insertion(token: &NewRefreshToken) -> Statement {
    let sign_in = token.authentication.as_ref();
    let values = [
        token.hash.as_str().into(),
        token.client_id.as_str().into(),
        token.user_id.into(),
        token.grant_id.as_str().into(),
        token.family_id.as_str().into(),
        token.scope.to_string().into(),
        token.issued_at.seconds().into(),
        token.expires_at.seconds().into(),
        sign_in.map(|sign_in| sign_in.auth_time.seconds()).into(),
        sign_in.and_then(|sign_in| sign_in.session.clone()).into(),
        sign_in.and_then(|sign_in| row::claims_text(&sign_in.claims)).into(),
        token.binding.resources.to_stored().into(),
        token.binding.key.clone().into(),
    ];
    Statement::new(INSERT, values)
}

fn read(found: &AnyRow) -> Result<RefreshToken, Error> {
    Ok(RefreshToken {
        client_id: row::text(found, "client_id")?,
        user_id: row::int(found, "user_id")?,
        grant_id: row::text(found, "grant_id")?,
        family_id: row::text(found, "family_id")?,
        scope: row::scope(found, "scope")?,
        authentication: authentication(found)?,
        binding: row::binding(found)?,
        expires_at: row::time(found, "expires_at")?,
        revoked: row::int_opt(found, "revoked_at")?.is_some(),
    })
}

fn authentication(found: &AnyRow) -> Result<Option<Authentication>, Error> {
    let Some(auth_time) = row::time_opt(found, "auth_time")? else { return Ok(None) };
    let session = row::text_opt(found, "session_id")?;
    Ok(Some(Authentication { auth_time, session, claims: row::claims_opt(found, "claims")?.unwrap_or_default() }))
}
