//! Prints the OpenAPI document. `cargo xtask openapi` puts it into `docs/openapi.json`.
#![expect(clippy::print_stdout, reason = "a command-line tool talks to its terminal")]

fn main() {
    print!("{}", oauth::openapi::text());
}
