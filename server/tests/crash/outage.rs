//! While nothing can be written: every write is refused, and reads go on.

use super::counts::Fault;
use super::http_client::Call;
use super::rig::Rig;
use super::server::Server;
use super::writer::{Step, Trouble, Writer};

/// Pages that are read without a write, with and without a session.
const PAGES: [&str; 5] =
    ["/health/live", "/login?switch=1", "/account/tokens", "/account/sessions", "/.well-known/openid-configuration"];

impl Rig {
    /// Gives every writer one thing of each kind at least.
    pub fn furnish(&mut self, server: &Server) {
        self.each(server, |_, writer| writer.patiently(Writer::furnish));
    }

    /// Tries every kind of write, and reads.
    pub fn assert_only_reads(&mut self, server: &Server) {
        self.each(server, |number, writer| {
            writer.assert_refused(number);
            writer.patiently(Writer::read);
        });
    }
}

impl Writer<'_> {
    fn furnish(&mut self) -> Step {
        for _ in 0..3 {
            self.machine_token()?;
        }
        self.code()?;
        let last = self.book.families.len() - 1;
        self.exchange(last)?;
        self.code()
    }

    fn assert_refused(&mut self, kind: usize) {
        let spent = self.book.any_family(&mut self.dice, |family| family.is_spent());
        let token = self.book.any_token(&mut self.dice);
        let unspent = self.book.any_family(&mut self.dice, |family| !family.is_spent());
        let (what, outcome) = match (kind, spent, unspent, token) {
            (0, Some(at), ..) => ("a rotation", self.rotate(at)),
            (1, _, Some(at), _) => ("a code for tokens", self.exchange(at)),
            (2, .., Some(_)) => ("a revocation", self.end_token()),
            (3, ..) => ("a code", self.code()),
            (4, ..) => ("a permanent token", self.permanent_token()),
            (5, Some(_), ..) => ("a replay", self.replay()),
            _ => ("client credentials", self.machine_token()),
        };
        if outcome != Err(Trouble::Refused) {
            self.tally.fault(Fault::Strange, format!("{what}: {outcome:?} although nothing can be written"));
        }
    }

    fn read(&mut self) -> Step {
        if let Some(at) = self.book.any_token(&mut self.dice) {
            let value = self.book.tokens[at].value.clone();
            if !self.is_live(&value)? {
                self.tally.fault(Fault::Lost, "a token, while nothing can be written".to_owned());
            }
        }
        for page in PAGES {
            let answer = self.ask(&Call::get(page).with(self.cookies))?;
            if answer.status != 200 {
                self.fault(Fault::Strange, page, &answer);
            }
        }
        Ok(())
    }
}
