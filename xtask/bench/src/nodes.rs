//! Two servers on one PostgreSQL: how long one of them still takes for good what the other has revoked.

use crate::clock::Stopwatch;
use crate::http::{self, Connection};
use crate::target::{Target, basic};
use crate::work;

/// Tokens that are revoked, one after the other.
const TOKENS: usize = 200;

/// Issues tokens at `here`, has them remembered at `there`, revokes them at `here`; milliseconds from the answer of the
/// revocation to the first answer of `there` that refuses, in ascending order.
pub async fn revocations(here: &Target, there: &str) -> Result<Vec<f64>, String> {
    let (mut near, mut far) = (Connection::open(&here.address).await?, Connection::open(there).await?);
    let mut times = Vec::with_capacity(TOKENS);
    for token in work::tokens(here, TOKENS).await? {
        let ask = http::post(there, here.introspect, &[("Authorization", &basic())], &[("token", &token)]);
        for _ in 0..2 {
            expect(&mut far, &ask, "\"active\":true").await?;
        }
        let end = http::post(&here.address, "/oauth2/revoke", &[("Authorization", &basic())], &[("token", &token)]);
        expect(&mut near, &end, "").await?;
        let begin = Stopwatch::start();
        while far.exchange(&ask).await?.text().contains("\"active\":true") {}
        times.push(begin.elapsed().as_secs_f64() * 1000.0);
    }
    times.sort_unstable_by(f64::total_cmp);
    Ok(times)
}

async fn expect(connection: &mut Connection, request: &[u8], holds: &str) -> Result<(), String> {
    let answer = connection.exchange(request).await?;
    let right = answer.status == 200 && answer.text().contains(holds);
    if right { Ok(()) } else { Err(format!("{}: {}", answer.status, answer.text())) }
}
