//! The operations of the writers. The journal says "either outcome" before each request, and what
//! was acknowledged after it.

use super::counts::Fault;
use super::http_client::Answer;
use super::journal::Fate;
use super::rig::Load;
use super::writer::{Step, Trouble, Writer};

const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const TOKEN: &str = "/oauth2/token";
const REVOKE: &str = "/oauth2/revoke";

impl Writer<'_> {
    /// Goes on until there is no server any more, or it is enough.
    pub fn work(&mut self, load: &Load) {
        while !load.is_over() {
            if self.act() == Err(Trouble::Gone) {
                if !load.is_killed() {
                    self.tally.fault(Fault::Strange, format!("{}: no answer", self.client));
                }
                return;
            }
        }
    }

    fn act(&mut self) -> Step {
        match self.dice.below(32) {
            0..=6 => self.machine_token(),
            7 => self.permanent_token(),
            8..=11 => self.end_token(),
            12..=16 => self.code(),
            17..=27 => self.go_on(),
            28..=29 => self.end_family(),
            30 => self.replay(),
            _ => self.steal(),
        }
    }

    pub fn machine_token(&mut self) -> Step {
        let answer = self.post(TOKEN, &[("grant_type", "client_credentials")])?;
        if self.granted(&answer, Fault::Strange, "client credentials") {
            self.book.issued(answer.member("access_token").unwrap());
        }
        Ok(())
    }

    /// Revokes a single token by possession.
    pub fn end_token(&mut self) -> Step {
        let Some(at) = self.book.any_token(&mut self.dice) else { return Ok(()) };
        self.book.tokens[at].fate = Fate::Either;
        self.book.tokens[at].touched = true;
        let answer = self.post(REVOKE, &[("access_token", &self.book.tokens[at].value)])?;
        self.was_live(&answer);
        self.book.tokens[at].fate = Fate::Dead;
        Ok(())
    }

    /// Spends a code, or rotates a refresh token and perhaps, as if the answer had been lost, once
    /// more.
    fn go_on(&mut self) -> Step {
        let Some(at) = self.book.any_family(&mut self.dice, |_| true) else { return self.code() };
        if !self.book.families[at].is_spent() {
            return self.exchange(at);
        }
        self.rotate(at)?;
        if self.dice.below(4) == 0 { self.retry(at) } else { Ok(()) }
    }

    /// Spends a code. One that may be spent already must at least buy nothing a second time.
    pub fn exchange(&mut self, at: usize) -> Step {
        let fate = self.book.families[at].fate;
        self.book.families[at].set(Fate::Either);
        let answer = self.present_code(at)?;
        let spent = fate == Fate::Either && answer.status == 400;
        if !spent && self.granted(&answer, Fault::Lost, "a code that was not spent") {
            self.keep(at, &answer);
            self.book.families[at].refresh.extend(answer.member("refresh_token"));
            self.book.families[at].set(Fate::Live);
        } else {
            self.book.families[at].set(Fate::Dead);
        }
        Ok(())
    }

    /// Rotates. Without an answer the same token is as good as before: it may be retried.
    pub fn rotate(&mut self, at: usize) -> Step {
        self.book.families[at].touched = true;
        let last = self.book.families[at].refresh.last().unwrap().clone();
        let answer = self.refresh(&last)?;
        if self.granted(&answer, Fault::Lost, "the last refresh token of a chain") {
            self.keep(at, &answer);
            self.book.families[at].refresh.extend(answer.member("refresh_token"));
        } else {
            self.book.families[at].set(Fate::Dead);
        }
        Ok(())
    }

    /// Comes once more with the predecessor of a successor that was not used: the same successor
    /// again, never a second one.
    pub fn retry(&mut self, at: usize) -> Step {
        let [.., before, last] = self.book.families[at].refresh.as_slice() else { return Ok(()) };
        let (before, last) = (before.clone(), last.clone());
        let answer = self.refresh(&before)?;
        if self.granted(&answer, Fault::Lost, "a retry") {
            self.keep(at, &answer);
            if answer.member("refresh_token") != Some(last) {
                self.fault(Fault::Doubled, "another successor", &answer);
            }
        }
        Ok(())
    }

    fn keep(&mut self, at: usize, answer: &Answer) {
        self.book.families[at].access.extend(answer.member("access_token"));
    }

    /// Revokes a family by its access or refresh token, as its client or as whoever holds the
    /// token.
    fn end_family(&mut self) -> Step {
        let Some(at) = self.book.any_family(&mut self.dice, |family| family.is_spent()) else { return Ok(()) };
        self.book.families[at].set(Fate::Either);
        let family = &self.book.families[at];
        let access = self.dice.below(2) == 0;
        let token = if access { family.access.last() } else { family.refresh.last() }.unwrap();
        let name = if self.dice.below(2) == 0 { "access_token" } else { "token" };
        let answer = self.post(REVOKE, &[(name, token)])?;
        self.was_live(&answer);
        self.book.families[at].set(Fate::Dead);
        Ok(())
    }

    fn was_live(&self, answer: &Answer) {
        if self.granted(answer, Fault::Strange, "a revocation") && !answer.is_true("success") {
            self.fault(Fault::Lost, "a token that was to be live", answer);
        }
    }

    /// Comes with a code that was spent: it buys nothing, and what it had bought ends.
    pub fn replay(&mut self) -> Step {
        let Some(at) = self.book.any_family(&mut self.dice, |family| family.is_spent()) else { return Ok(()) };
        self.book.families[at].set(Fate::Either);
        let answer = self.present_code(at)?;
        self.denied(&answer, Fault::Doubled, "a code was spent twice");
        self.book.families[at].set(Fate::Dead);
        Ok(())
    }

    /// Comes with a refresh token whose successor was used: it buys nothing, and the grant ends
    /// with all that hangs on it.
    pub fn steal(&mut self) -> Step {
        let Some(at) = self.book.any_family(&mut self.dice, |family| family.stale().is_some()) else { return Ok(()) };
        let stale = self.book.families[at].stale().unwrap().to_owned();
        self.book.turn(Fate::Live, Fate::Either);
        let answer = self.refresh(&stale)?;
        self.denied(&answer, Fault::Revived, "a refresh token that was spent long ago");
        self.book.turn(Fate::Either, Fate::Dead);
        Ok(())
    }

    pub fn refresh(&self, token: &str) -> Step<Answer> {
        self.post(TOKEN, &[("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    pub fn present_code(&self, at: usize) -> Step<Answer> {
        let code = &self.book.families[at].code;
        let redirect = super::fixture::REDIRECT;
        let pairs = [
            ("grant_type", "authorization_code"),
            ("code", code),
            ("redirect_uri", redirect),
            ("code_verifier", VERIFIER),
        ];
        self.post(TOKEN, &pairs)
    }
}
