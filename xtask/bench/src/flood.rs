//! Many people who sign in at the same moment, for as long as something else is measured.

use crate::http::Connection;
use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;
use tokio::task::JoinHandle;

/// So many, each on a connection of their own.
const PEOPLE: usize = 500;
/// What the server says in `Retry-After`.
const PAUSE: Duration = Duration::from_secs(2);

/// A flood that goes on until it is ended.
pub struct Flood {
    over: Rc<Cell<bool>>,
    people: Vec<JoinHandle<Result<(u64, u64), String>>>,
}

impl Flood {
    /// Lets them all begin; `sign_in` is the request of each.
    pub async fn begin(address: &str, sign_in: Vec<u8>) -> Result<Self, String> {
        let (over, sign_in) = (Rc::new(Cell::new(false)), Rc::new(sign_in));
        let mut people = Vec::with_capacity(PEOPLE);
        for _ in 0..PEOPLE {
            let connection = Connection::open(address).await?;
            people.push(tokio::task::spawn_local(person(connection, sign_in.clone(), over.clone())));
        }
        Ok(Self { over, people })
    }

    /// Ends it; how often somebody was let in, and was told to come again.
    pub async fn end(self) -> Result<(u64, u64), String> {
        self.over.set(true);
        let (mut good, mut busy) = (0, 0);
        for person in self.people {
            let (in_, away) = person.await.map_err(|error| error.to_string())??;
            good += in_;
            busy += away;
        }
        Ok((good, busy))
    }
}

/// Signs in again and again, and comes later when told so.
async fn person(mut connection: Connection, sign_in: Rc<Vec<u8>>, over: Rc<Cell<bool>>) -> Result<(u64, u64), String> {
    let (mut good, mut busy) = (0, 0);
    while !over.get() {
        let answer = connection.exchange(&sign_in).await?;
        match (answer.status, answer.header("retry-after")) {
            (200, _) => good += 1,
            (429 | 503, Some(_)) => {
                busy += 1;
                tokio::time::sleep(PAUSE).await;
            }
            (status, _) => return Err(format!("{status}: {}", answer.text())),
        }
    }
    Ok((good, busy))
}
