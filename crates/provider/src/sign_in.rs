//! Password sign-in and its rate limits: one code path for the page, the password grant and the
//! change of a password.

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

/// Length of the window of the rate limits, in seconds, from the first failure.
const WINDOW: i64 = 300;

/// A day, in seconds.
const DAY: i64 = 86_400;

/// The end of the year 9999: failures in a row never expire.
const NEVER: Timestamp = Timestamp::from_seconds(253_402_300_799);

/// The outcome of a sign-in with a right password.
#[derive(Clone, Debug)]
pub enum SignInOutcome {
    /// The user is signed in.
    In(Box<User>),
    /// The account is disabled. Only the sign-in page may reveal it, and only here: a wrong
    /// password never gets this far.
    Locked,
}

impl Provider {
    /// Signs in on the page, which may reveal to a user with the right password that the account is
    /// disabled. `known` is the cookie made by [`Provider::remember_browser`]. Otherwise as
    /// [`Provider::check_password`].
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

    /// The user with this name and password. Unknown names and wrong passwords take the same time
    /// and have the same result; a disabled user's right password counts as wrong.
    ///
    /// # Errors
    /// `OAuth(invalid_grant)` for a wrong name or password; `Throttled` after too many failures of
    /// this account or from this address; `Capped` after so many in a row that only browsers known
    /// to the account are checked; `Busy` when too many sign in at once; `Unavailable` when the
    /// database does not answer.
    pub async fn check_password(&self, username: &str, password: &str, address: IpAddr) -> Result<User, Error> {
        self.check_password_from(username, password, Origin::Address(address)).await
    }

    /// The same, for any origin of the password.
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

    /// The user with this normalised name and password, and the hash that was verified; never a
    /// disabled user.
    pub(crate) async fn verify_password(
        &self,
        name: &str,
        password: &str,
        origin: Origin<'_>,
    ) -> Result<(User, String), Error> {
        let (user, hash) = self.verify_attempt(name, password, origin).await?;
        if user.disabled { Err(wrong("the account is disabled")) } else { Ok((user, hash)) }
    }

    /// The user with this normalised name and password, disabled or not, and the hash that was
    /// verified.
    ///
    /// The permit is taken before the attempt is counted and held until a right password is
    /// forgiven: there are fewer permits than failures that an account may have, so concurrent
    /// right passwords cannot lock it. The attempt is counted before the hash is verified, so
    /// concurrent wrong passwords cannot exceed the limit.
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
            // The typed name is not logged: it may be a password in the wrong field.
            let (address, client_id) = (origin.address(), origin.client_id());
            tracing::info!(user, address, client_id, reason, "sign-in failed");
        }
        match known.filter(|_| right) {
            None => Err(wrong("wrong name or password")),
            // Failures are kept, or the counters would reveal a guessed password.
            Some(found) if disabled => Ok(found),
            Some(found) => {
                self.store().forgive_attempt(attempt.origin_key(), attempt.ends).await?;
                drop(permit);
                Ok(found)
            }
        }
    }

    /// A known browser that has used up its failures in a row counts as an unknown one from then
    /// on, so that a new password, or a success elsewhere, ends the limit there as well.
    async fn recheck_known_browser<'a>(&self, name: &str, origin: Origin<'a>) -> Result<Origin<'a>, Error> {
        let Origin::Known(mark, address) = origin else { return Ok(origin) };
        let failures = self.store().failures_in_a_row(&row_of_mark(name, mark), self.now()).await?;
        Ok(if failures >= MOST_IN_A_ROW { Origin::Address(address) } else { origin })
    }

    /// Refuses a rate-limited attempt before it queues, where it would delay others. The account's
    /// window is checked when counting, because its failures include concurrent right passwords.
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

    /// Counts the attempt and refuses it if that exceeds a limit.
    async fn count(&self, attempt: &Attempt, exists: bool) -> Result<(), Error> {
        let now = self.now();
        let origin = attempt.origin.clone().into_iter();
        let keys: Vec<_> = origin.chain([(attempt.account.clone(), MOST_FOR_ACCOUNT)]).collect();
        let limits: Vec<i64> = keys.iter().map(|(_, most)| *most).collect();
        // Unknown names have the same limits, but their rows expire after a day: attackers can type
        // any number of names.
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

    /// Clears the failures of a name, after its operator set a new password or created the account.
    pub(crate) async fn clear_failures(&self, name: &str) -> Result<(), Error> {
        self.store().forgive_attempt(None, account_keys(name)).await
    }
}

/// Seconds to wait if the count exceeds the limit; at least 1, so that no client retries at once.
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
