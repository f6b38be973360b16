//! A fixture with eight writers and their journals, and the faults that are injected.

use std::sync::atomic::{AtomicBool, Ordering};

use super::browser_flow;
use super::counts::{Fault, Tally};
use super::fixture::{Home, WRITERS, client_id};
use super::journal::{Book, Fate};
use super::random::{self, Dice};
use super::server::Server;
use super::writer::Writer;

pub struct Rig {
    pub home: Home,
    pub tally: Tally,
    pub seed: u64,
    books: Vec<Book>,
    cookies: String,
    rounds: u64,
}

/// What the one who disturbs sees of the writers.
pub struct Load<'a> {
    pub tally: &'a Tally,
    over: AtomicBool,
    killed: AtomicBool,
}

impl Load<'_> {
    /// Waits for so many more answers.
    pub fn answers(&self, more: usize) {
        let enough = self.tally.now().answers + more;
        self.tally.wait(|counts| counts.answers >= enough);
    }

    /// Waits for so many more refusals.
    pub fn refusals(&self, more: usize) {
        let enough = self.tally.now().refused + more;
        self.tally.wait(|counts| counts.refused >= enough);
    }

    pub fn kill(&self, server: &Server) {
        self.killed.store(true, Ordering::SeqCst);
        server.kill();
    }

    pub fn is_killed(&self) -> bool {
        self.killed.load(Ordering::SeqCst)
    }

    pub fn is_over(&self) -> bool {
        self.over.load(Ordering::SeqCst)
    }
}

impl Rig {
    pub fn new(home: Home) -> Self {
        let seed = random::seed();
        println!("seed {seed}");
        let books = (0..WRITERS).map(|_| Book::default()).collect();
        Self { home, tally: Tally::default(), seed, books, cookies: String::new(), rounds: 0 }
    }

    /// Starts the server. The person signs in once and for all: a session outlives a crash too.
    pub fn start(&mut self) -> Server {
        let server = self.home.start();
        if self.cookies.is_empty() {
            self.cookies = browser_flow::sign_in(server.address);
        }
        server
    }

    /// Lets every writer write until this is done.
    pub fn under_load(&mut self, server: &Server, disturb: impl FnOnce(&Load)) {
        let tally = std::mem::take(&mut self.tally);
        let load = Load { tally: &tally, over: AtomicBool::new(false), killed: AtomicBool::new(false) };
        std::thread::scope(|threads| {
            for mut writer in self.writers(server, &tally) {
                let load = &load;
                threads.spawn(move || writer.work(load));
            }
            // However it ends, or the writers would go on for ever.
            let _over = Over(&load.over);
            disturb(&load);
        });
        self.tally = tally;
    }

    /// Compares every journal with what the server says: what was touched since the last time, or
    /// everything.
    pub fn check(&mut self, server: &Server, all: bool) {
        self.each(server, |_, writer| writer.check(all));
        for _ in 0..self.home.database.twins() {
            self.tally.fault(Fault::Doubled, "a chain has two refresh tokens that can be used".to_owned());
        }
    }

    /// One writer comes with a refresh token that was spent long ago, another with a code: both
    /// were spent before a crash.
    pub fn abuse(&mut self, server: &Server) {
        let turn = usize::try_from(self.rounds).unwrap() % WRITERS;
        self.each(server, |number, writer| {
            if number == turn {
                writer.patiently(Writer::steal);
            } else if number == (turn + WRITERS / 2) % WRITERS {
                writer.patiently(Writer::replay);
            }
        });
    }

    /// Lets every writer do this.
    pub fn each(&mut self, server: &Server, what: impl Fn(usize, &mut Writer) + Sync) {
        let tally = std::mem::take(&mut self.tally);
        std::thread::scope(|threads| {
            for (number, mut writer) in self.writers(server, &tally).into_iter().enumerate() {
                let what = &what;
                threads.spawn(move || what(number, &mut writer));
            }
        });
        self.tally = tally;
    }

    fn writers<'a>(&'a mut self, server: &Server, tally: &'a Tally) -> Vec<Writer<'a>> {
        self.rounds += 1;
        let (seed, round, cookies) = (self.seed, self.rounds, self.cookies.as_str());
        let books = self.books.iter_mut().enumerate();
        let writer = |(number, book): (usize, &'a mut Book)| {
            let dice = Dice::new(seed, round * 100 + u64::try_from(number).unwrap());
            Writer { book, dice, tally, address: server.address, cookies, client: client_id(number) }
        };
        books.map(writer).collect()
    }

    /// Checks everything once more and reports the counts.
    pub fn close(&mut self, server: &Server, what: &str) {
        self.check(server, true);
        self.tally.close(&format!("{what} on {}", self.home.database.name()), self.seed);
        self.assert_rich();
    }

    /// A run that saw too little shows nothing.
    fn assert_rich(&self) {
        let families = || self.books.iter().flat_map(|book| &book.families);
        let tokens = || self.books.iter().flat_map(|book| &book.tokens);
        for fate in [Fate::Live, Fate::Dead] {
            assert!(families().any(|family| family.is_spent() && family.fate == fate), "no {fate:?} family");
            assert!(tokens().any(|token| token.fate == fate), "no {fate:?} token");
        }
        assert!(families().any(|family| family.stale().is_some()), "no chain");
    }
}

struct Over<'a>(&'a AtomicBool);

impl Drop for Over<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::SeqCst);
    }
}
