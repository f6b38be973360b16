//! Jeton under test: a database of its own, filled by the commands that an operator would type, and by SQL where it is many rows.

use crate::browser::{Browser, Led, address, hidden, parameter};
use crate::http;
use crate::process::{Server, free_address, pinned};
use crate::target::{CALLBACK, CHALLENGE, CLIENT, PASSWORD, SECRET, Target, USER, VERIFIER};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Permanent tokens on the page that is asked for.
const TOKENS: i64 = 1000;

/// A Jeton and where its data is.
pub struct Jeton {
    program: PathBuf,
    database: String,
    key: PathBuf,
    address: String,
}

impl Jeton {
    /// On this database, with its key in that folder.
    pub fn new(program: &Path, database: &str, folder: &Path) -> Result<Self, String> {
        let key = folder.join("secret.key");
        Ok(Self { program: program.to_owned(), database: database.to_owned(), key, address: free_address()? })
    }

    /// A second server on the same database.
    pub fn another(&self) -> Result<Self, String> {
        Ok(Self {
            program: self.program.clone(),
            database: self.database.clone(),
            key: self.key.clone(),
            address: free_address()?,
        })
    }

    /// Makes the database with what every workload needs.
    pub fn prepare(&self) -> Result<(), String> {
        if self.database.starts_with("postgres") {
            std::fs::write(&self.key, format!("{}\n", "5e".repeat(32))).map_err(|error| error.to_string())?;
            private(&self.key)?;
        }
        self.ask(&["init"], "")?;
        self.ask(&["scope", "add", "read", "--title", "Read"], "")?;
        self.ask(&["user", "add", USER, "--password-stdin"], PASSWORD)?;
        let add = "client add --name Bench --no-pkce --first-party --client-secret-stdin --grant authorization_code \
            --grant refresh_token --grant password --grant client_credentials";
        let mut words: Vec<&str> = add.split_whitespace().collect();
        words.extend(["--client-id", CLIENT, "--redirect-uri", CALLBACK]);
        self.ask(&words, SECRET)
    }

    /// So many access tokens that nobody asks for, and a page full of permanent ones.
    pub async fn fill(&self, rows: i64) -> Result<(), String> {
        sqlx::any::install_default_drivers();
        let pool = sqlx::any::AnyPoolOptions::new().max_connections(1).connect(&self.database).await;
        let pool = pool.map_err(|error| format!("{}: {error}", self.database))?;
        let postgres = self.database.starts_with("postgres");
        let (tokens, page) = if postgres { (TOKENS_POSTGRES, PAGE_POSTGRES) } else { (TOKENS_SQLITE, PAGE_SQLITE) };
        let filled = async {
            let have: i64 = sqlx::query_scalar("select count(*) from access_tokens").fetch_one(&pool).await?;
            let (now, end) = (1_700_000_000_i64, 4_000_000_000_i64);
            sqlx::query(tokens).bind(rows - have).bind(now).bind(end).execute(&pool).await?;
            let have: i64 = sqlx::query_scalar("select count(*) from permanent_tokens").fetch_one(&pool).await?;
            sqlx::query(page).bind(TOKENS - have).bind(now).execute(&pool).await?;
            // A database that has stood for a while, not one that still writes back what was just put into it.
            for sql in settled(postgres) {
                sqlx::query(sql).execute(&pool).await?;
            }
            Ok::<_, sqlx::Error>(())
        };
        filled.await.map_err(|error| format!("{}: {error}", self.database))?;
        pool.close().await;
        Ok(())
    }

    /// Starts it on the servers' core.
    pub async fn start(&self) -> Result<Server, String> {
        let mut command = pinned(&self.program);
        command.arg("serve").envs(self.settings()).stderr(Stdio::null());
        Server::start(command, &self.address, "/health/ready").await
    }

    fn settings(&self) -> [(&'static str, String); 6] {
        [
            ("JETON_LISTEN", self.address.clone()),
            ("JETON_PUBLIC_URL", format!("http://{}", self.address)),
            ("JETON_DATABASE_URL", self.database.clone()),
            ("JETON_SECRET_KEY_FILE", self.key.display().to_string()),
            ("JETON_PASSWORD_GRANT", "first-party".to_owned()),
            ("JETON_SHUTDOWN_DELAY", "0".to_owned()),
        ]
    }

    fn ask(&self, words: &[&str], input: &str) -> Result<(), String> {
        let mut command = Command::new(&self.program);
        command.args(words).envs(self.settings()).stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| error.to_string())?;
        if let Some(mut pipe) = child.stdin.take() {
            std::io::Write::write_all(&mut pipe, input.as_bytes()).map_err(|error| error.to_string())?;
        }
        let output = child.wait_with_output().map_err(|error| error.to_string())?;
        let said = String::from_utf8_lossy(&output.stderr);
        if output.status.success() { Ok(()) } else { Err(format!("jeton {}: {said}", words.join(" "))) }
    }

    /// A person who has signed in and allowed the client what it asks for.
    pub async fn target(&self) -> Result<Target, String> {
        let authorize = authorize();
        let mut browser = Browser::new(&self.address).await?;
        let Led::Page { html, .. } = browser.get("/login").await? else { return Err("no sign-in page".to_owned()) };
        let mut form = hidden(&html, "/login");
        form.extend([("username", USER), ("password", PASSWORD)]);
        browser.post("/login", &form).await?;
        let code = match browser.get(&authorize).await? {
            Led::Away(url) => url,
            Led::Page { html, .. } => {
                let mut form = hidden(&html, "/consent");
                form.push(("decision", "allow"));
                match browser.post("/consent", &form).await? {
                    Led::Away(url) => url,
                    Led::Page { path, html } => return Err(format!("no code, but {path}: {html}")),
                }
            }
        };
        parameter(&code, "code").ok_or_else(|| format!("no code in {code}"))?;
        Ok(Target {
            address: self.address.clone(),
            token: "/oauth2/token",
            introspect: "/oauth2/introspect",
            authorize,
            sign_in: http::get(&self.address, "/login", &[]),
            cookie: browser.cookie(),
            verifier: Some(VERIFIER),
            evicts: false,
        })
    }
}

fn authorize() -> String {
    let pairs = [
        ("response_type", "code"),
        ("client_id", CLIENT),
        ("redirect_uri", CALLBACK),
        ("scope", "read"),
        ("state", "bench"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    address("/oauth2/authorize", &pairs)
}

const fn settled(postgres: bool) -> [&'static str; 2] {
    if postgres { ["vacuum analyze", "checkpoint"] } else { ["analyze", "pragma wal_checkpoint(truncate)"] }
}

fn private(file: &Path) -> Result<(), String> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(file, std::fs::Permissions::from_mode(0o600)).map_err(|error| error.to_string())
}

const TOKENS_SQLITE: &str = "with recursive n (i) as (select 1 where $1 > 0 union all select i + 1 from n where i < $1) \
    insert into access_tokens (token_hash, client_id, family_id, scope, issued_at, expires_at) \
    select lower(hex(randomblob(32))), 'bench', lower(hex(randomblob(13))), 'read', $2, $3 from n";
const PAGE_SQLITE: &str = "with recursive n (i) as (select 1 where $1 > 0 union all select i + 1 from n where i < $1) \
    insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, created_at) \
    select lower(hex(randomblob(13))), lower(hex(randomblob(32))), 1, 'token ' || i, 'read', 'abcd', $2 from n";
const TOKENS_POSTGRES: &str = "insert into access_tokens (token_hash, client_id, family_id, scope, issued_at, expires_at) \
    select md5(random()::text) || md5(random()::text), 'bench', md5(random()::text), 'read', $2, $3 from generate_series(1, $1)";
const PAGE_POSTGRES: &str = "insert into permanent_tokens (id, token_hash, user_id, name, scope, hint, created_at) \
    select md5(random()::text), md5(random()::text) || md5(random()::text), 1, 'token ' || i, 'read', 'abcd', $2 \
    from generate_series(1, $1) as i";
