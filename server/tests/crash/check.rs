//! The journal compared with what the server answers.

use super::counts::Fault;
use super::http_client::Call;
use super::journal::Fate;
use super::writer::{Step, Trouble, Writer};

/// Refusals in a row that are too many: each is told after five seconds of waiting, so this is a
/// minute.
const TRIES: usize = 12;

impl Writer<'_> {
    /// Looks at everything that was touched since the last look, or at all there is.
    pub fn check(&mut self, all: bool) {
        for at in 0..self.book.tokens.len() {
            if all || self.book.tokens[at].touched {
                self.patiently(|writer| writer.check_token(at));
            }
        }
        for at in 0..self.book.families.len() {
            if all || self.book.families[at].touched {
                self.patiently(|writer| writer.check_family(at));
            }
        }
    }

    /// While nothing is wrong every request is answered. A machine that has other things to do may
    /// refuse some for a while.
    pub fn patiently(&mut self, look: impl Fn(&mut Self) -> Step) {
        for _ in 0..TRIES {
            match look(self) {
                Ok(()) => return,
                Err(Trouble::Refused) => {}
                Err(Trouble::Gone) => break,
            }
        }
        self.tally.fault(Fault::Strange, format!("{}: no answer while nothing is wrong", self.client));
    }

    /// Whether a token is good, by one of the two ways to ask.
    pub fn is_live(&mut self, token: &str) -> Step<bool> {
        if self.dice.below(2) == 0 {
            let answer = self.post("/oauth2/introspect", &[("token", token)])?;
            if answer.status != 200 {
                self.fault(Fault::Strange, "introspection", &answer);
            }
            return Ok(answer.is_true("active"));
        }
        let answer = self.ask(&Call::post("/oauth2/tokeninfo", &[("access_token", token)]))?;
        if answer.status != 200 && answer.member("error").as_deref() != Some("invalid_token") {
            self.fault(Fault::Strange, "tokeninfo", &answer);
        }
        Ok(answer.status == 200)
    }

    fn check_token(&mut self, at: usize) -> Step {
        let value = self.book.tokens[at].value.clone();
        let live = self.compare(&value, self.book.tokens[at].fate)?;
        let token = &mut self.book.tokens[at];
        token.fate = if live { Fate::Live } else { Fate::Dead };
        token.touched = false;
        Ok(())
    }

    /// Whether the token is live, which it should be or not.
    fn compare(&mut self, token: &str, fate: Fate) -> Step<bool> {
        let live = self.is_live(token)?;
        let found = match (fate, live) {
            (Fate::Live, false) => Fault::Lost,
            (Fate::Dead, true) => Fault::Revived,
            _ => return Ok(live),
        };
        self.tally.fault(found, format!("{}: {}…", self.client, &token[..12]));
        Ok(live)
    }

    fn check_family(&mut self, at: usize) -> Step {
        if !self.book.families[at].is_spent() && self.book.families[at].fate != Fate::Dead {
            self.exchange(at)?;
        }
        self.settle(at)?;
        for token in self.book.families[at].access.clone() {
            self.compare(&token, self.book.families[at].fate)?;
        }
        if self.book.families[at].fate == Fate::Live {
            self.rotate(at)?;
            self.retry(at)?;
        } else {
            self.check_dead(at)?;
        }
        self.book.families[at].touched = false;
        Ok(())
    }

    /// What was open is what its last token is. The others must be the same: a revocation ends all
    /// or none.
    fn settle(&mut self, at: usize) -> Step {
        let Some(last) = self.book.families[at].access.last().cloned() else { return Ok(()) };
        if self.book.families[at].fate == Fate::Either {
            self.book.families[at].fate = if self.is_live(&last)? { Fate::Live } else { Fate::Dead };
        }
        Ok(())
    }

    fn check_dead(&mut self, at: usize) -> Step {
        // The newest first: an old one that comes back ends the grant, and with it one that should
        // have been dead.
        for token in self.book.families[at].refresh.clone().into_iter().rev() {
            let answer = self.refresh(&token)?;
            self.denied(&answer, Fault::Revived, "a refresh token of a family that ended");
        }
        let answer = self.present_code(at)?;
        self.denied(&answer, Fault::Revived, "the code of a family that ended");
        Ok(())
    }
}
