//! `cargo xtask demo`: Jeton with demo data, and an example API that uses it.

mod conformance;
mod options;
mod seed;

use crate::{
    children::{Children, check_free},
    native, process,
    process::Outcome,
    site,
};
use conformance::Suite;
use options::Options;
use seed::{Jeton, PASSWORD, Secrets};
use std::{
    net::SocketAddr,
    path::Path,
    process::{Command, Stdio},
};

/// Builds what is needed and runs it until it is stopped.
pub fn demo(arguments: &[String]) -> Outcome {
    let options = Options::parse(arguments)?;
    check_free(options.address())?;
    check_free(options.example())?;
    site::build()?;
    let built = native::build(native::Targets::Programs)?;
    let temporary = options.data.is_none().then(temporary).transpose()?;
    let mut children = Children::new(temporary.as_deref())?;
    let data = options.data.clone().or(temporary).unwrap_or_default();
    let suite = Suite::of(&options);
    let jeton = Jeton::new(built.program("jeton")?, &data, options.address(), suite.clone());
    let secrets = jeton.prepare(&data, options.example())?;
    process::heading("Starting");
    children.start(jeton.command().arg("serve").stdin(Stdio::null()), options.address())?;
    children.start(&mut example(&built.program("example-api")?, &options, &secrets), options.example())?;
    announce(options.address(), options.example());
    if let Some(suite) = suite {
        suite.announce(options.address(), &secrets.suite);
    }
    Err(children.wait())
}

fn temporary() -> Outcome<std::path::PathBuf> {
    let template = std::env::temp_dir().join("jeton-demo.XXXXXX");
    process::output(process::command("mktemp").arg("-d").arg(template)).map(|path| path.trim().into())
}

fn example(program: &Path, options: &Options, secrets: &Secrets) -> Command {
    let mut command = process::command(program);
    command
        .env("EXAMPLE_LISTEN", options.example().to_string())
        .env("EXAMPLE_ISSUER", format!("http://{}", options.address()))
        .env("EXAMPLE_CLIENT_ID", seed::API)
        .env("EXAMPLE_CLIENT_SECRET", &secrets.api)
        .env("INFRAVIEWER_CLIENT_ID", seed::INFRAVIEWER)
        .env("INFRAVIEWER_CLIENT_SECRET", &secrets.infraviewer)
        .stdin(Stdio::null());
    command
}

fn announce(jeton: SocketAddr, example: SocketAddr) {
    println!(
        "
Jeton runs. Open

  http://{jeton}/            accounts, tokens, applications
  http://{example}/docs        Swagger UI: press Authorize, choose swagger-ui's scopes
  http://{example}/            InfraViewer, a web service with its own sign-in form

Sign in as  ada    full access, administrator
            grace  full access
            guest  partial access: may only read
Password    {PASSWORD}

Ctrl-C stops it all."
    );
}
