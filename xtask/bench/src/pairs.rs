//! Ratios: two servers under the same load, one right after the other and several times over, since a machine that others use as well is
//! not equally fast for two minutes.

use crate::peer::{Adapter, Peer};
use crate::process::Server;
use crate::suite::{self, Suite};
use crate::table::Row;

/// How often each pair is measured.
const ROUNDS: usize = 3;

/// How much faster one is than the other.
pub struct Ratio {
    pub name: String,
    /// In the order of size.
    rounds: Vec<f64>,
    /// What it should be at least, if anything.
    pub bar: Option<f64>,
}

impl Ratio {
    /// Before any round.
    const fn new(name: String, bar: Option<f64>) -> Self {
        Self { name, rounds: Vec::new(), bar }
    }

    /// Half of the rounds gave more.
    pub fn median(&self) -> f64 {
        self.rounds.get(self.rounds.len() / 2).copied().unwrap_or(f64::NAN)
    }

    /// The least and the most that a round gave.
    pub fn range(&self) -> (f64, f64) {
        let end = |found: Option<&f64>| found.copied().unwrap_or(f64::NAN);
        (end(self.rounds.first()), end(self.rounds.last()))
    }
}

/// Jeton against the bare handler.
pub async fn with_bare(jeton: &Suite<'_>, bare: &Server) -> Result<Vec<Ratio>, String> {
    let handler = async || suite::bare(bare, jeton.length).await;
    let named = |workload: &str| Ratio::new(format!("{workload} / bare axum handler"), Some(0.65));
    let introspection = async || jeton.introspection(1, "introspection, 1 token").await;
    Ok(vec![
        pair(named("introspection"), introspection, handler).await?,
        pair(named("tokeninfo"), async || jeton.tokeninfo().await, handler).await?,
    ])
}

/// Jeton against the peer; the bars are for the one with its own adapter.
pub async fn with_peer(jeton: &Suite<'_>, peer: &Peer) -> Result<Vec<Ratio>, String> {
    let other = peer.suite().await?.name;
    let named = |workload: &str, bar: f64| {
        Ratio::new(format!("{workload} / {other}"), (peer.adapter() == Adapter::Own).then_some(bar))
    };
    let tokens = async || peer.suite().await?.client_credentials().await;
    let refresh = async || peer.suite().await?.refresh().await;
    let code = async || peer.suite().await?.code().await;
    let page = async || peer.suite().await?.sign_in().await;
    Ok(vec![
        pair(named("client_credentials", 2.5), async || jeton.client_credentials().await, tokens).await?,
        pair(named("refresh rotation", 4.0), async || jeton.refresh().await, refresh).await?,
        pair(named("code round trip", 5.0), async || jeton.code().await, code).await?,
        pair(named("sign-in page", 3.0), async || jeton.sign_in().await, page).await?,
    ])
}

/// Measures the ratio.
async fn pair(
    ratio: Ratio,
    ours: impl AsyncFn() -> Result<Row, String>,
    theirs: impl AsyncFn() -> Result<Row, String>,
) -> Result<Ratio, String> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let against = theirs().await?.figures.rate;
        rounds.push(ours().await?.figures.rate / against);
    }
    rounds.sort_unstable_by(f64::total_cmp);
    Ok(Ratio { rounds, ..ratio })
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn a_ratio_is_the_one_in_the_middle_and_shows_how_far_it_was_from_steady() {
        let ratio = Ratio { name: "one / other".to_owned(), rounds: vec![0.5, 0.75, 2.0], bar: None };
        assert_eq!((ratio.median(), ratio.range()), (0.75, (0.5, 2.0)));
    }
}
