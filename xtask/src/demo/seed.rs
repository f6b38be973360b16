//! The demo's data, made with the commands that an operator would type.

use super::conformance::{self, Suite};
use crate::{
    process::{Outcome, command, feed, heading},
    random::secret,
};
use std::{
    fs::OpenOptions,
    io::Write,
    net::SocketAddr,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::Command,
};

pub const PASSWORD: &str = "correct horse battery staple";
pub const INFRAVIEWER: &str = "infraviewer";
pub const API: &str = "demo-api";

/// Name, risk, title, title in German, description: arguments, each word by itself.
const SCOPES: [[&str; 5]; 4] = [
    ["read", "reads", "See the demo's resources", "de=Die Ressourcen der Demo sehen", ""],
    [
        "write",
        "changes",
        "Change the demo's resources",
        "de=Die Ressourcen der Demo ändern",
        "Needed for POST /resource_1",
    ],
    ["service_id=uslicer.iponweb.com", "unknown", "Use uSlicer as you", "de=uSlicer in Ihrem Namen benutzen", ""],
    ["service_id=upredict.iponweb.com", "unknown", "Use uPredict as you", "de=uPredict in Ihrem Namen benutzen", ""],
];
const USERS: [&str; 3] = [
    "user add ada --access full --admin --password-stdin",
    "user add grace --access full --password-stdin",
    "user add guest --access partial --scope read --password-stdin",
];

/// The secrets of the confidential clients.
pub struct Secrets {
    pub infraviewer: String,
    pub api: String,
    /// Of the clients of the conformance suite, when it is to come.
    pub suite: Vec<String>,
}

/// Jeton's program with the demo's settings.
pub struct Jeton {
    program: PathBuf,
    settings: Vec<(&'static str, String)>,
    suite: Option<Suite>,
}

impl Jeton {
    pub fn new(program: PathBuf, data: &Path, address: SocketAddr, suite: Option<Suite>) -> Self {
        let mut settings = vec![
            ("JETON_LISTEN", address.to_string()),
            ("JETON_PUBLIC_URL", format!("http://{address}")),
            ("JETON_DATABASE_URL", format!("sqlite:{}", data.join("jeton.db").display())),
            ("JETON_SECRET_KEY_FILE", data.join("secret.key").display().to_string()),
            ("JETON_PASSWORD_GRANT", "open".to_owned()),
        ];
        settings.extend(suite.iter().flat_map(Suite::settings));
        Self { program, settings, suite }
    }

    /// A command of Jeton's.
    pub fn command(&self) -> Command {
        let mut command = command(&self.program);
        command.envs(self.settings.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Fills an empty folder; in one that holds a database already, only the clients' secrets are read.
    pub fn prepare(&self, data: &Path, example: SocketAddr) -> Outcome<Secrets> {
        let file = data.join("demo-secrets");
        if data.join("jeton.db").exists() {
            return Secrets::read(&file, self.suite.is_some());
        }
        heading("Making the demo data");
        let suite = self.suite.iter().flat_map(|_| conformance::CLIENTS).map(|_| secret()).collect::<Outcome<_>>()?;
        let secrets = Secrets { infraviewer: secret()?, api: secret()?, suite };
        self.ask(&["init"], "")?;
        for [name, risk, title, german, description] in SCOPES {
            let words = ["--title", title, "--title", german, "--description", description];
            self.ask(&[&["scope", "add", name, "--risk", risk][..], &words].concat(), "")?;
        }
        for user in USERS {
            let mut words: Vec<&str> = user.split(' ').collect();
            if self.suite.is_some() && words.contains(&"ada") {
                words.extend(conformance::PERSON);
            }
            self.ask(&words, PASSWORD)?;
        }
        self.add_clients(&secrets, example)?;
        if let Some(suite) = &self.suite {
            for (client, secret) in conformance::CLIENTS.iter().zip(&secrets.suite) {
                self.ask(&suite.client(client).iter().map(String::as_str).collect::<Vec<_>>(), secret)?;
            }
        }
        secrets.write(&file)?;
        Ok(secrets)
    }

    fn add_clients(&self, secrets: &Secrets, example: SocketAddr) -> Outcome {
        let redirect = format!("http://{example}/oauth2-redirect.html");
        let localhost = format!("http://localhost:{}/oauth2-redirect.html", example.port());
        let mut swagger = vec!["client", "add", "--name", "Swagger UI", "--client-id", "swagger-ui", "--public"];
        swagger.extend([
            "--scope",
            "read",
            "--scope",
            "write",
            "--redirect-uri",
            &redirect,
            "--redirect-uri",
            &localhost,
        ]);
        self.ask(&swagger, "")?;
        let mut viewer = vec!["client", "add", "--name", "InfraViewer", "--client-id", INFRAVIEWER, "--first-party"];
        viewer.extend(["--grant", "password", "--grant", "refresh_token", "--client-secret-stdin"]);
        self.ask(&viewer, &secrets.infraviewer)?;
        let mut api = vec!["client", "add", "--name", "Example API", "--client-id", API];
        api.extend(["--grant", "client_credentials", "--client-secret-stdin"]);
        self.ask(&api, &secrets.api)
    }

    fn ask(&self, words: &[&str], input: &str) -> Outcome {
        feed(self.command().args(words), input).map(drop)
    }
}

impl Secrets {
    fn read(file: &Path, suite: bool) -> Outcome<Self> {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        let foreign = || {
            format!("{}: this database was not made by a whole run of the demo; choose another folder", file.display())
        };
        let mut lines = text.lines().map(str::to_owned);
        let (infraviewer, api) = lines.next().zip(lines.next()).ok_or_else(foreign)?;
        let secrets = Self { infraviewer, api, suite: lines.collect() };
        if suite && secrets.suite.len() != conformance::CLIENTS.len() {
            return Err(format!("{}: made without --conformance; choose another folder", file.display()));
        }
        Ok(secrets)
    }

    /// For the next start with the same data, written last, as the mark of a whole one; only this user may read it.
    fn write(&self, file: &Path) -> Outcome {
        let open = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(file);
        let lines = [&[self.infraviewer.clone(), self.api.clone()], self.suite.as_slice()].concat().join("\n");
        open.and_then(|mut open| writeln!(open, "{lines}")).map_err(|error| format!("{}: {error}", file.display()))
    }
}
