//! Signing in with a password: one gate for the page, the password grant and the change of a password.

mod attempt;
mod known_browsers;

use crate::store::records::User;
use std::net::IpAddr;

use oauth::Timestamp;
use oauth::user::{check_username, normalize_username};

pub use self::attempt::Origin;
use self::attempt::{Attempt, MOST_IN_A_ROW, account_keys, row_of_mark};
pub(crate) use self::attempt::{MOST_FOR_ACCOUNT, account_key, address_key};
use crate::error::Error;
use crate::passwords;
use crate::provider::Provider;
use crate::store::failures::{Count, InARow};

/// Seconds from the first failure to the end of its window.
const WINDOW: i64 = 300;

/// Seconds.
const DAY: i64 = 86_400;

/// The end of the year 9999: failures in a row are never forgotten by themselves.
const NEVER: Timestamp = Timestamp::from_seconds(253_402_300_799);

/// How signing in ended for somebody whose password is right.
#[derive(Clone, Debug)]
pub enum SignInOutcome {
    /// They are in.
    In(Box<User>),
    /// Their account is disabled. To be told on the page only, and only here: nobody who guesses gets this far.
    Locked,
}

impl Provider {
    /// Signs in on the page, which may say that an account is locked to whom it belongs. `known` is the cookie that
    /// [`Provider::remember_browser`] made. Otherwise as [`Provider::check_password`].
    ///
    /// # Errors
    /// As [`Provider::check_password`].
    pub async fn sign_in(
        &self,
        username: &str,
        password: &str,
        address: IpAddr,
        known: Option<&str>,
    ) -> Result<SignInOutcome, Error> {
        let name = normalize_username(username);
        let mark = self.known_browser(&name, known);
        let origin = mark.as_deref().map_or(Origin::Address(address), |mark| Origin::Known(mark, address));
        let (user, _) = self.verify_attempt(&name, password, origin).await?;
        if user.disabled {
            return Ok(SignInOutcome::Locked);
        }
        tracing::info!(user = user.id, address = %address, "signed in");
        Ok(SignInOutcome::In(Box::new(user)))
    }

    /// The user with this name and password. Wrong names and wrong passwords cost the same and get the same answer, and a
    /// disabled user's right password is as good as a wrong one.
    ///
    /// # Errors
    /// `OAuth(invalid_grant)` for a wrong name or password; `Throttled` after too many failures of this account or from this
    /// address; `Capped` after so many in a row that only browsers which the account knows are judged; `Busy` when too many sign in at once; `Unavailable` when the database does not answer.
    pub async fn check_password(&self, username: &str, password: &str, address: IpAddr) -> Result<User, Error> {
        self.check_password_from(username, password, Origin::Address(address)).await
    }

    /// The same, wherever the password comes from.
    pub(crate) async fn check_password_from(
        &self,
        username: &str,
        password: &str,
        origin: Origin<'_>,
    ) -> Result<User, Error> {
        let (user, _) = self.verify_password(&normalize_username(username), password, origin).await?;
        tracing::info!(user = user.id, address = origin.address(), client_id = origin.client_id(), "signed in");
        Ok(user)
    }

    /// The user with this normalised name and password, and the hash that was verified; nobody who is disabled.
    pub(crate) async fn verify_password(
        &self,
        name: &str,
        password: &str,
        origin: Origin<'_>,
    ) -> Result<(User, String), Error> {
        let (user, hash) = self.verify_attempt(name, password, origin).await?;
        if user.disabled { Err(wrong("the account is disabled")) } else { Ok((user, hash)) }
    }

    /// The user with this normalised name and password, disabled or not, and the hash that was verified.
    ///
    /// The permit is taken before the attempt is counted and kept until it is forgiven: there are fewer permits than failures
    /// that an account may have, so right passwords that arrive together cannot lock it. The attempt is counted before the hash is looked at, so that wrong ones that arrive together
    /// cannot pass the limit.
    async fn verify_attempt(&self, name: &str, password: &str, origin: Origin<'_>) -> Result<(User, String), Error> {
        if passwords::too_long(password) {
            return Err(wrong("the password is too long"));
        }
        let attempt = Attempt::of(name, self.recheck_known_browser(name, origin).await?);
        self.refuse_throttled(&attempt).await?;
        let permit = self.hasher().permit(&attempt.who).await?;
        let known = match check_username(name) {
            Ok(()) => self.store().find_credentials(name).await?,
            Err(_) => None,
        };
        self.count(&attempt, known.is_some()).await?;
        let stored = known.as_ref().map(|(_, hash)| hash.clone());
        let right = self.hasher().verify(permit.clone(), password, stored).await?;
        let user = known.as_ref().map(|(user, _)| user.id);
        let disabled = known.as_ref().is_some_and(|(user, _)| user.disabled);
        if !right || disabled {
            let reason = if right { "the account is disabled" } else { "wrong name or password" };
            // The name as typed stays out: it may be somebody's password.
            let (address, client_id) = (origin.address(), origin.client_id());
            tracing::info!(user, address, client_id, reason, "sign-in failed");
        }
        match known.filter(|_| right) {
            None => Err(wrong("wrong name or password")),
            // Not forgiven: a guessed password must not show in the counters.
            Some(found) if disabled => Ok(found),
            Some(found) => {
                self.store().forgive_attempt(attempt.origin_key(), attempt.ends).await?;
                drop(permit);
                Ok(found)
            }
        }
    }

    /// A browser that the account knows and that has used up its failures in a row is one like any other from then on, so that a new
    /// password, or a success elsewhere, lets its owner in there as well.
    async fn recheck_known_browser<'a>(&self, name: &str, origin: Origin<'a>) -> Result<Origin<'a>, Error> {
        let Origin::Known(mark, address) = origin else { return Ok(origin) };
        let failures = self.store().failures_in_a_row(&row_of_mark(name, mark), self.now()).await?;
        Ok(if failures >= MOST_IN_A_ROW { Origin::Address(address) } else { origin })
    }

    /// Refuses whoever is not listened to before they take a place in the line: they would keep others from theirs. The account's window
    /// is left to the count: there right passwords that are under way stand among the failures.
    async fn refuse_throttled(&self, attempt: &Attempt) -> Result<(), Error> {
        let now = self.now();
        if self.store().failures_in_a_row(&attempt.row, now).await? >= MOST_IN_A_ROW {
            return Err(capped(attempt));
        }
        let Some((key, most)) = &attempt.origin else { return Ok(()) };
        match self.store().attempts(key, now, now.plus(WINDOW)).await? {
            Some(count) if count.failures >= *most => Err(throttled(attempt, count.ends_at.since(now))),
            _ => Ok(()),
        }
    }

    /// Counts the attempt and refuses it when it is one too many.
    async fn count(&self, attempt: &Attempt, exists: bool) -> Result<(), Error> {
        let now = self.now();
        let origin = attempt.origin.clone().into_iter();
        let keys: Vec<_> = origin.chain([(attempt.account.clone(), MOST_FOR_ACCOUNT)]).collect();
        let limits: Vec<i64> = keys.iter().map(|(_, most)| *most).collect();
        // A name that is nobody's is capped like any other, and forgotten after a day: strangers can type any number of them.
        let kept = if exists { NEVER } else { now.plus(DAY) };
        let row = InARow { key: attempt.row.clone(), ends_at: kept };
        let (counts, in_a_row) = self.store().count_attempts(keys, row, now, now.plus(WINDOW)).await?;
        let waits = counts.iter().zip(limits).filter_map(|(count, most)| wait(count, most, now));
        match waits.max() {
            Some(retry_after) => Err(throttled(attempt, retry_after)),
            None if in_a_row > MOST_IN_A_ROW => Err(capped(attempt)),
            None => Ok(()),
        }
    }

    /// Forgets the failures under a name: its operator has just set a new password, or has given it to somebody.
    pub(crate) async fn clear_failures(&self, name: &str) -> Result<(), Error> {
        self.store().forgive_attempt(None, account_keys(name)).await
    }
}

/// Seconds to wait when the count is past the limit; at least one, so that nobody is told to try again at once.
fn wait(count: &Count, most: i64, now: Timestamp) -> Option<i64> {
    (count.failures > most).then(|| count.ends_at.since(now).max(1))
}

fn throttled(attempt: &Attempt, retry_after: i64) -> Error {
    tracing::warn!(origin = attempt.origin_key(), retry_after, "sign-in throttled");
    Error::Throttled { retry_after }
}

fn capped(attempt: &Attempt) -> Error {
    tracing::warn!(
        origin = attempt.origin_key(),
        "too many failures in a row: only browsers that signed in before are judged"
    );
    Error::Capped
}

fn wrong(reason: &str) -> Error {
    Error::OAuth(oauth::Error::invalid_grant().because(reason))
}

#[cfg(test)]
mod tests;
