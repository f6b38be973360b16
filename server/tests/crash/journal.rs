//! The journal of what the server has acknowledged to one writer.

use super::random::Dice;

/// What must be so after a crash.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Issued and not ended.
    Live,
    /// Ended, and that was acknowledged or seen.
    Dead,
    /// The request that would change it was not answered. What is seen first counts from then on.
    Either,
}

/// A token that hangs on nothing else: of client credentials, or a permanent one.
pub struct Token {
    pub value: String,
    pub fate: Fate,
    /// Something happened to it since it was last looked at.
    pub touched: bool,
}

/// A code and everything that it bought. Without access tokens it is not spent yet.
pub struct Family {
    pub code: String,
    pub access: Vec<String>,
    /// The chain, oldest first. The last one may be spent already, by a request without an answer:
    /// then it may be retried.
    pub refresh: Vec<String>,
    pub fate: Fate,
    pub touched: bool,
}

impl Family {
    pub fn of(code: String) -> Self {
        Self { code, access: Vec::new(), refresh: Vec::new(), fate: Fate::Live, touched: true }
    }

    pub fn is_spent(&self) -> bool {
        !self.access.is_empty()
    }

    /// The first token of the chain, when its successor was used for sure: coming back with it is
    /// theft.
    pub fn stale(&self) -> Option<&str> {
        if self.refresh.len() < 3 { None } else { self.refresh.first().map(String::as_str) }
    }

    pub fn set(&mut self, fate: Fate) {
        self.fate = fate;
        self.touched = true;
    }
}

/// One writer's journal. All its families hang on one grant.
#[derive(Default)]
pub struct Book {
    pub tokens: Vec<Token>,
    pub families: Vec<Family>,
}

impl Book {
    pub fn issued(&mut self, value: String) {
        self.tokens.push(Token { value, fate: Fate::Live, touched: true });
    }

    /// Any live token.
    pub fn any_token(&self, dice: &mut Dice) -> Option<usize> {
        let live = self.tokens.iter().enumerate().filter(|(_, token)| token.fate == Fate::Live);
        dice.one_of(&live.map(|(at, _)| at).collect::<Vec<_>>())
    }

    /// Any live family of this kind.
    pub fn any_family(&self, dice: &mut Dice, kind: impl Fn(&Family) -> bool) -> Option<usize> {
        let live = self.families.iter().enumerate().filter(|(_, family)| family.fate == Fate::Live && kind(family));
        dice.one_of(&live.map(|(at, _)| at).collect::<Vec<_>>())
    }

    /// What happens to the grant happens to all that hangs on it.
    pub fn turn(&mut self, from: Fate, to: Fate) {
        for family in self.families.iter_mut().filter(|family| family.fate == from) {
            family.set(to);
        }
    }
}
