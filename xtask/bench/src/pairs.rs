//! Ratios: two servers under the same load, one right after the other and several times over, since a machine that others use as well is
//! not equally fast for two minutes.

use crate::process::Server;
use crate::suite::{self, Suite};
use crate::table::Row;

/// How often each pair is measured.
const ROUNDS: usize = 5;

/// How much faster one is than the other.
pub struct Ratio {
    pub name: &'static str,
    /// In the order of size.
    rounds: Vec<f64>,
    /// What it should be at least.
    pub bar: f64,
}

impl Ratio {
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
    Ok(vec![
        pair(
            ("introspection / bare axum handler", 0.65),
            async || jeton.introspection(1, "introspection, 1 token").await,
            handler,
        )
        .await?,
        pair(("tokeninfo / bare axum handler", 0.65), async || jeton.tokeninfo().await, handler).await?,
    ])
}

/// Jeton against the peer.
pub async fn with_peer(jeton: &Suite<'_>, peer: &Suite<'_>) -> Result<Vec<Ratio>, String> {
    Ok(vec![
        pair(
            ("client_credentials / oidc-provider", 2.5),
            async || jeton.client_credentials().await,
            async || peer.client_credentials().await,
        )
        .await?,
        pair(("refresh rotation / oidc-provider", 4.0), async || jeton.refresh().await, async || peer.refresh().await)
            .await?,
        pair(("code round trip / oidc-provider", 5.0), async || jeton.code().await, async || peer.code().await).await?,
        pair(("sign-in page / oidc-provider", 3.0), async || jeton.sign_in().await, async || peer.sign_in().await)
            .await?,
    ])
}

async fn pair(
    (name, bar): (&'static str, f64),
    ours: impl AsyncFn() -> Result<Row, String>,
    theirs: impl AsyncFn() -> Result<Row, String>,
) -> Result<Ratio, String> {
    let mut rounds = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let against = theirs().await?.figures.rate;
        rounds.push(ours().await?.figures.rate / against);
    }
    rounds.sort_unstable_by(f64::total_cmp);
    Ok(Ratio { name, rounds, bar })
}

#[cfg(test)]
mod tests {
    use super::Ratio;

    #[test]
    fn a_ratio_is_the_one_in_the_middle_and_shows_how_far_it_was_from_steady() {
        let ratio = Ratio { name: "one / other", rounds: vec![0.5, 0.75, 2.0], bar: 0.65 };
        assert_eq!((ratio.median(), ratio.range()), (0.75, (0.5, 2.0)));
    }
}
