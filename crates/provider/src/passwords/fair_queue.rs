//! A fair queue of password checks: round robin over accounts and addresses together, so that a
//! flood delays only itself.
//!
//! Every key (an account, an address) has the number of the turn that served it last; a key without
//! waiters gets the number of the current turn when it joins. Next is the attempt whose more
//! recently served key was served longest ago. A later attempt overtakes an earlier one only if
//! both keys of the earlier one were served in between, which a flood under other keys cannot
//! cause.

use std::collections::HashMap;

/// The keys of an attempt: account and address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct QueueKey {
    /// The account, or a known browser of it.
    pub account: String,
    /// The address, or the authenticated client.
    pub address: String,
}

impl QueueKey {
    /// A key for an account without an address.
    pub fn alone(account: String) -> Self {
        Self { address: account.clone(), account }
    }
}

/// Waiting attempts, each with a ticket to notify it.
#[derive(Debug)]
pub struct FairQueue<T> {
    waiting: Vec<Waiting<T>>,
    most: usize,
    turn: u64,
    last_id: u64,
}

#[derive(Debug)]
struct Waiting<T> {
    id: u64,
    key: QueueKey,
    account_turn: u64,
    address_turn: u64,
    ticket: T,
}

/// The result of joining the queue.
#[derive(Debug)]
pub enum Joined<T> {
    /// Queued, with this id; the ticket is that of an attempt that was displaced.
    In(u64, Option<T>),
    /// The queue is full.
    Full,
}

impl<T> FairQueue<T> {
    /// A queue with this capacity.
    pub const fn new(most: usize) -> Self {
        Self { waiting: Vec::new(), most, turn: 0, last_id: 0 }
    }

    /// Joins the queue. If it is full, the newest attempt of the key with the most waiters is
    /// displaced, which may be this one.
    pub fn join(&mut self, key: QueueKey, ticket: T) -> Joined<T> {
        self.last_id += 1;
        let known =
            |same: fn(&QueueKey, &QueueKey) -> bool| self.waiting.iter().find(|waiting| same(&waiting.key, &key));
        let account_turn = known(same_account).map_or(self.turn, |waiting| waiting.account_turn);
        let address_turn = known(same_address).map_or(self.turn, |waiting| waiting.address_turn);
        self.waiting.push(Waiting { id: self.last_id, key, account_turn, address_turn, ticket });
        if self.waiting.len() <= self.most {
            return Joined::In(self.last_id, None);
        }
        let id = self.last_id;
        match self.displaced().map(|index| self.waiting.swap_remove(index)) {
            Some(left) if left.id != id => Joined::In(id, Some(left.ticket)),
            _ => Joined::Full,
        }
    }

    /// Leaves the queue; does nothing if the attempt has left already.
    pub fn remove(&mut self, id: u64) {
        self.waiting.retain(|waiting| waiting.id != id);
    }

    /// Removes and returns the next attempt.
    pub fn next(&mut self) -> Option<T> {
        let order = |waiting: &Waiting<T>| {
            let (account, address) = (waiting.account_turn, waiting.address_turn);
            (account.max(address), account.min(address), waiting.id)
        };
        let (index, _) = self.waiting.iter().enumerate().min_by_key(|(_, waiting)| order(waiting))?;
        let served = self.waiting.swap_remove(index);
        self.turn += 1;
        for waiting in &mut self.waiting {
            if same_account(&waiting.key, &served.key) {
                waiting.account_turn = self.turn;
            }
            if same_address(&waiting.key, &served.key) {
                waiting.address_turn = self.turn;
            }
        }
        Some(served.ticket)
    }

    #[cfg(test)]
    pub const fn len(&self) -> usize {
        self.waiting.len()
    }

    #[cfg(test)]
    pub fn waiting_for(&self, account: &str) -> usize {
        self.waiting.iter().filter(|waiting| waiting.key.account == account).count()
    }

    /// The newest attempt of the account or address with the most waiters; within an address, of
    /// the account with the most.
    fn displaced(&self) -> Option<usize> {
        let (mut accounts, mut addresses) = (HashMap::<&str, usize>::new(), HashMap::<&str, usize>::new());
        for Waiting { key, .. } in &self.waiting {
            *accounts.entry(&key.account).or_default() += 1;
            *addresses.entry(&key.address).or_default() += 1;
        }
        let share = |Waiting { key, id, .. }: &Waiting<T>| {
            let count = |of: &HashMap<&str, usize>, key: &String| of.get(key.as_str()).copied().unwrap_or_default();
            let (account, address) = (count(&accounts, &key.account), count(&addresses, &key.address));
            (account.max(address), account.min(address), *id)
        };
        let largest = self.waiting.iter().enumerate().max_by_key(|(_, waiting)| share(waiting));
        largest.map(|(index, _)| index)
    }
}

fn same_account(one: &QueueKey, other: &QueueKey) -> bool {
    one.account == other.account
}

fn same_address(one: &QueueKey, other: &QueueKey) -> bool {
    one.address == other.address
}

#[cfg(test)]
mod tests {
    #![expect(clippy::panic, reason = "tests")]

    use super::*;

    const PLACES: usize = 64;

    fn key(account: &str, address: &str) -> QueueKey {
        QueueKey { account: account.to_owned(), address: address.to_owned() }
    }

    /// A queue of these attempts, in this order.
    fn line<'a>(waiting: impl IntoIterator<Item = (&'a str, &'a str)>) -> FairQueue<String> {
        let mut queue = FairQueue::new(PLACES);
        for (account, address) in waiting {
            join(&mut queue, account, address);
        }
        queue
    }

    fn join(queue: &mut FairQueue<String>, account: &str, address: &str) -> Option<String> {
        match queue.join(key(account, address), format!("{account}@{address}")) {
            Joined::In(_, left) => left,
            Joined::Full => Some(format!("{account}@{address}")),
        }
    }

    /// The number of turns until this attempt is served, while the flood adds one after each.
    fn turns_until(
        queue: &mut FairQueue<String>,
        served: &str,
        mut flood: impl FnMut(&mut FairQueue<String>, usize),
    ) -> usize {
        for turn in 1..=1000 {
            if queue.next().is_some_and(|next| next == served) {
                return turn;
            }
            flood(queue, turn);
        }
        panic!("{served} waits for ever");
    }

    #[test]
    fn nobody_waits_for_more_than_a_turn_of_an_account_that_floods() {
        let mut queue = line([("mallory", "1"); PLACES - 1]);
        for served in 0..11 {
            // Each of eleven others, while the flood never ends.
            let (name, address) = (format!("person{served}"), format!("10.{served}"));
            assert_eq!(join(&mut queue, &name, &address), None, "there is a place");
            let waited = turns_until(&mut queue, &format!("{name}@{address}"), |queue, _| {
                join(queue, "mallory", "1");
            });
            assert!(waited <= 2, "{name} waited for {waited} turns");
        }
        assert!(queue.next().is_some_and(|next| next == "mallory@1"), "and the flood has its turn as well");
    }

    #[test]
    fn all_who_wait_beside_a_flood_are_served_in_as_many_rounds() {
        let mut queue = line([("mallory", "1"); 40]);
        let others: Vec<(String, String)> = (0..20).map(|n| (format!("person{n}"), format!("10.{n}"))).collect();
        for (name, address) in &others {
            join(&mut queue, name, address);
        }
        let turns: Vec<String> = std::iter::from_fn(|| queue.next()).take(21).collect();
        assert_eq!(turns.iter().filter(|turn| *turn == "mallory@1").count(), 1, "{turns:?}");
        assert!(others.iter().all(|(name, address)| turns.contains(&format!("{name}@{address}"))));
    }

    #[test]
    fn an_address_that_floods_with_many_names_has_one_turn_among_the_others() {
        let names: Vec<String> = (0..PLACES).map(|n| format!("name{n}")).collect();
        let mut queue = line(names.iter().map(|name| (name.as_str(), "1")));
        for round in 0..5 {
            let (name, address) = (format!("person{round}"), format!("10.{round}"));
            assert_eq!(join(&mut queue, &name, &address).as_deref().map(|left| left.ends_with("@1")), Some(true));
            let waited = turns_until(&mut queue, &format!("{name}@{address}"), |queue, turn| {
                join(queue, &format!("other{round}-{turn}"), "1");
            });
            assert!(waited <= 2, "{waited}");
            join(&mut queue, &format!("more{round}"), "1");
        }
    }

    #[test]
    fn an_account_that_floods_from_many_addresses_has_one_turn_among_the_others() {
        let addresses: Vec<String> = (0..PLACES - 1).map(|n| format!("bot{n}")).collect();
        let mut queue = line(addresses.iter().map(|address| ("mallory", address.as_str())));
        assert_eq!(join(&mut queue, "ada", "10.1"), None);
        let waited = turns_until(&mut queue, "ada@10.1", |queue, turn| {
            join(queue, "mallory", &format!("bot-{turn}"));
        });
        assert!(waited <= 2, "{waited}");
    }

    #[test]
    fn people_behind_one_address_are_all_served_in_the_order_in_which_they_came() {
        let names: Vec<String> = (0..PLACES).map(|n| format!("person{n:02}")).collect();
        let mut queue = line(names.iter().map(|name| (name.as_str(), "office")));
        let served: Vec<String> = std::iter::from_fn(|| queue.next()).collect();
        assert_eq!(served, names.iter().map(|name| format!("{name}@office")).collect::<Vec<_>>());
    }

    #[test]
    fn who_floods_from_the_office_keeps_no_colleague_waiting() {
        let mut queue = line([("mallory", "office"); PLACES]);
        assert_eq!(join(&mut queue, "ada", "office").as_deref(), Some("mallory@office"), "makes room");
        let waited = turns_until(&mut queue, "ada@office", |queue, _| {
            join(queue, "mallory", "office");
        });
        assert!(waited <= 2, "{waited}");
    }

    #[test]
    fn an_endless_row_of_newcomers_keeps_nobody_waiting() {
        let mut queue = line([("mallory", "1"), ("mallory", "1"), ("ada", "10.1")]);
        let waited = turns_until(&mut queue, "ada@10.1", |queue, turn| {
            join(queue, &format!("new{turn}"), &format!("20.{turn}"));
        });
        assert!(waited <= 2, "{waited}");
        let waited = turns_until(&mut queue, "mallory@1", |queue, turn| {
            join(queue, &format!("newer{turn}"), &format!("30.{turn}"));
        });
        assert!(waited <= 4, "{waited}");
    }

    #[test]
    fn a_full_line_takes_no_more_than_its_places_and_turns_away_whom_most_wait_for() {
        let mut queue = line([("mallory", "1"); PLACES]);
        assert_eq!(join(&mut queue, "mallory", "1").as_deref(), Some("mallory@1"));
        for n in 0..PLACES - 1 {
            assert_eq!(join(&mut queue, &format!("person{n}"), &format!("10.{n}")).as_deref(), Some("mallory@1"));
        }
        assert_eq!(queue.len(), PLACES);
        assert_eq!(join(&mut queue, "late", "11").as_deref(), Some("late@11"), "all have one place each");
    }
}
