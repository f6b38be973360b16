//! Every workload against one server, a row of the table for each.

use crate::flood::Flood;
use crate::http;
use crate::load::{self, Figures, Worker};
use crate::process::Server;
use crate::table::Row;
use crate::target::{PASSWORD, Target, USER, basic};
use crate::work::{self, Code, Refresh, Repeat};
use std::time::Duration;

/// What is measured while many sign in.
pub const FLOOD: &str = "introspection during a flood of 500 sign-ins";
/// Tokens that are asked about in turn.
const MANY: usize = 10_000;
const ACTIVE: &str = "\"active\":true";

/// One server under every workload.
pub struct Suite<'a> {
    /// What stands in the first column.
    pub name: String,
    pub server: &'a Server,
    pub target: Target,
    pub length: Duration,
}

impl Suite<'_> {
    async fn measure<W: Worker>(&self, workload: &'static str, workers: Vec<W>) -> Result<Row, String> {
        eprintln!("{}: {workload}", self.name);
        let run = load::run(self.server.address(), workers, self.length, &|| self.server.usage()).await;
        let figures = run.map_err(|error| format!("{}, {workload}: {error}", self.name))?;
        Ok(Row { server: self.name.clone(), workload, figures })
    }

    /// What both Jeton and the peer do.
    pub async fn common(&self) -> Result<Vec<Row>, String> {
        Ok(vec![
            self.introspection(1, "introspection, 1 token").await?,
            self.introspection(MANY, "introspection, 10 000 tokens").await?,
            self.client_credentials().await?,
            self.refresh().await?,
            self.code().await?,
            self.sign_in().await?,
        ])
    }

    /// What Jeton alone does.
    pub async fn own(&self) -> Result<Vec<Row>, String> {
        let token = work::tokens(&self.target, 1).await?.pop().unwrap_or_default();
        let page = http::get(self.server.address(), "/account/tokens", &[("Cookie", &self.target.cookie)]);
        let form = [("grant_type", "password"), ("username", USER), ("password", PASSWORD), ("scope", "read")];
        let password = http::post(self.server.address(), self.target.token, &[("Authorization", &basic())], &form);
        Ok(vec![
            self.tokeninfo().await?,
            self.measure("password grant", Repeat::workers(vec![password.clone()], "access_token")).await?,
            self.measure("tokens page, 1 000 tokens", Repeat::workers(vec![page], "token 1")).await?,
            self.flood(token, password).await?,
        ])
    }

    /// So many tokens, asked about in turn.
    pub async fn introspection(&self, tokens: usize, workload: &'static str) -> Result<Row, String> {
        let requests = work::introspections(&self.target, &work::tokens(&self.target, tokens).await?);
        self.measure(workload, Repeat::workers(requests, ACTIVE)).await
    }

    /// A token of the client's own.
    pub async fn client_credentials(&self) -> Result<Row, String> {
        let request = work::client_credentials(&self.target);
        self.measure("client_credentials", Repeat::workers(vec![request], "access_token")).await
    }

    /// A refresh token for its successor.
    pub async fn refresh(&self) -> Result<Row, String> {
        self.measure("refresh chains", Refresh::workers(&self.target).await?).await
    }

    /// A code and what it buys.
    pub async fn code(&self) -> Result<Row, String> {
        self.measure("code round trip", Code::workers(&self.target)).await
    }

    /// The page on which people sign in.
    pub async fn sign_in(&self) -> Result<Row, String> {
        self.measure("sign-in page", Repeat::workers(vec![self.target.sign_in.clone()], "<form")).await
    }

    /// Whoever holds a token asks what it is.
    pub async fn tokeninfo(&self) -> Result<Row, String> {
        let token = work::tokens(&self.target, 1).await?.pop().unwrap_or_default();
        let bearer = format!("Bearer {token}");
        let request = http::get(self.server.address(), "/oauth2/tokeninfo", &[("Authorization", &bearer)]);
        self.measure("tokeninfo", Repeat::workers(vec![request], "expires_in")).await
    }

    /// Introspection of a token while people sign in, each again as soon as they are in or may try again.
    async fn flood(&self, token: String, sign_in: Vec<u8>) -> Result<Row, String> {
        let flood = Flood::begin(self.server.address(), sign_in).await?;
        let ask = work::introspections(&self.target, &[token]);
        let row = self.measure(FLOOD, Repeat::workers(ask, ACTIVE)).await?;
        let (good, busy) = flood.end().await.map_err(|error| format!("{}, {FLOOD}: {error}", self.name))?;
        eprintln!("{}: {good} signed in meanwhile, {busy} were told to come again", self.name);
        Ok(row)
    }
}

/// The bare handler under the same requests.
pub async fn bare(server: &Server, length: Duration) -> Result<Row, String> {
    let form = [("token", "jtn_at_0123456789012345678901234567890123456789012345678")];
    let request = http::post(server.address(), "/introspect", &[("Authorization", &basic())], &form);
    let workers = Repeat::workers(vec![request], ACTIVE);
    let figures: Figures = load::run(server.address(), workers, length, &|| server.usage()).await?;
    Ok(Row { server: "bare axum handler".to_owned(), workload: "introspection, 1 token", figures })
}
