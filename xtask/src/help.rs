//! What `cargo xtask --help` prints.

/// Every command, what it needs, and where the rest stands.
pub const COMMANDS: &str = "\
The project's commands. Each shows its progress and names what is missing, with the command that installs it.

  cargo xtask demo [--port N] [--data DIR]   build and run Jeton with demo data on 127.0.0.1:8080 (or port N) and the
                                             example API on the next port; Ctrl-C stops both. The data is temporary
                                             unless DIR keeps it. For the OpenID conformance suite (docs/conformance.md):
                                             --conformance URL [--suite URL]
  cargo xtask run                            build and run `jeton serve` with the settings of the environment, data in
                                             ./data (docs/operating.md)
  cargo xtask build                          build target/release/jeton, one file with everything in it
  cargo xtask test [PART…] [-- NAME…]        run every check, or these parts, or in them what bears these names;
                                             `cargo xtask test --help` lists the parts
  cargo xtask openapi                        write docs/openapi.json, the OpenAPI document, from the types
  cargo xtask bench [--seconds N] [--rows N,N]
                                             build the release binary and measure it beside its yardsticks
                                             (docs/benchmarks.md)

demo, run and build need rustup and a C compiler. test and bench also need Node.js 20 or newer with npm, and test Python 3
with venv. What else tests need is installed from the system's packages where the user is root and apt-get is there:
`cargo xtask test --help`. bench measures PostgreSQL where it is installed.

The first build takes minutes; afterwards only what changed is built. CARGO_TARGET_DIR moves what is built elsewhere.
CONTRIBUTING.md walks through the code.";
