//! A writer: a client, its journal, and a browser in which `ada` is signed in.

use std::net::SocketAddr;

use super::counts::{Fault, Tally};
use super::fixture::SECRET;
use super::http_client::{Answer, Call};
use super::journal::Book;
use super::random::Dice;

/// Why there is nothing to journal. In both cases the operation may have happened or not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// 503.
    Refused,
    /// No answer, or not all of it.
    Gone,
}

pub type Step<T = ()> = Result<T, Trouble>;

pub struct Writer<'a> {
    pub book: &'a mut Book,
    pub dice: Dice,
    pub tally: &'a Tally,
    pub address: SocketAddr,
    pub cookies: &'a str,
    pub client: String,
}

impl Writer<'_> {
    /// Sends a request. A refusal must say when to come again.
    pub fn ask(&self, call: &Call) -> Step<Answer> {
        let Some(answer) = call.send(self.address) else {
            self.tally.unanswered();
            return Err(Trouble::Gone);
        };
        if answer.status != 503 {
            return Ok(answer);
        }
        if answer.headers("retry-after").next().is_none() {
            self.fault(Fault::Strange, &format!("no Retry-After at {}", call.target), &answer);
        }
        self.tally.refused();
        Err(Trouble::Refused)
    }

    /// A form posted by the client, with its secret.
    pub fn post(&self, target: &str, pairs: &[(&str, &str)]) -> Step<Answer> {
        let mut pairs = pairs.to_vec();
        pairs.extend([("client_id", self.client.as_str()), ("client_secret", SECRET)]);
        self.ask(&Call::post(target, &pairs))
    }

    /// Whether the answer is a yes, which is counted. A no is this fault.
    pub fn granted(&self, answer: &Answer, otherwise: Fault, what: &str) -> bool {
        let yes = answer.status == 200;
        if yes {
            self.tally.answered();
        } else {
            self.fault(otherwise, what, answer);
        }
        yes
    }

    /// Whether the answer is a no, which is counted. A yes is this fault.
    pub fn denied(&self, answer: &Answer, otherwise: Fault, what: &str) {
        match answer.status {
            400 => self.tally.answered(),
            200 => self.fault(otherwise, what, answer),
            _ => self.fault(Fault::Strange, what, answer),
        }
    }

    pub fn fault(&self, fault: Fault, what: &str, answer: &Answer) {
        self.tally.fault(fault, format!("{}: {what}: {}", self.client, answer.shown()));
    }
}
