//! What `cargo xtask test --help` prints.

use std::fmt::Write as _;

/// What a newcomer asks of a part.
struct About {
    part: &'static str,
    checks: &'static str,
    /// Beside rustup, and what it installs itself.
    needs: &'static str,
    /// Minutes and seconds on two idle cores; empty where it is a matter of seconds.
    time: &'static str,
}

const ABOUT: [About; 10] = [
    About { part: "fmt", checks: "the form of the code: cargo fmt", needs: "", time: "" },
    About {
        part: "tree",
        checks: "what may depend on what, how long files are, what documents name",
        needs: "",
        time: "",
    },
    About {
        part: "deny",
        checks: "licences, sources and known holes of dependencies",
        needs: "cargo-deny, which it installs with cargo; the network for known holes",
        time: "",
    },
    About {
        part: "lint",
        checks: "clippy on every package and the front end in WASM, rustdoc, and that the fuzz targets fit",
        needs: "the WASM target, which it adds with rustup",
        time: "0:38, the first time 5:47",
    },
    About { part: "unit", checks: "protocol, pages, xtask, and examples in documentation", needs: "", time: "" },
    About {
        part: "store",
        checks: "use cases and store, on SQLite and on PostgreSQL",
        needs: "PostgreSQL, which it installs",
        time: "1:03",
    },
    About {
        part: "http",
        checks: "every endpoint and page without a browser, and the command line, on both databases",
        needs: "PostgreSQL, which it installs",
        time: "4:57",
    },
    About {
        part: "crash",
        checks: "kills, full disks, locks and restarts; 20 kills on each database, 100 when the part is named",
        needs: "PostgreSQL, which it installs; for the full disk a user who may mount",
        time: "0:22 with 20 kills",
    },
    About {
        part: "browser",
        checks: "the pages with JavaScript on and off, accessibility, weight and speed",
        needs: "Node.js 20 and npm; Chromium, Firefox, WebKit's driver, Xvfb, w3m and tmux, which it installs",
        time: "9:41",
    },
    About {
        part: "examples",
        checks: "unmodified client libraries and Swagger UI",
        needs: "Node.js 20 and npm, Python 3 with venv; Chromium, which it installs",
        time: "1:36",
    },
];

const USAGE: &str = "\
usage: cargo xtask test [PART…] [-- NAME…]

Without PART every part runs, in the order below. A part that fails does not stop the others; at the end stands a table, and
the exit status is 0 only if all passed.
";

const REST: &str = "
The parts from unit on share one build (1:06, the first time 2:27), which is made when the first of them needs it. Times are
minutes and seconds on two idle cores. \"Installs\" means: from the system's packages, where the user is root and apt-get is
there; else the command to run is printed. PostgreSQL runs in a temporary folder on a free port.

NAME chooses within a part: in unit, store, http and crash the tests whose path holds one of the names, in browser the files,
in examples the folders.
  cargo xtask test http -- codes:: refresh::        these HTTP tests, on both databases
  cargo xtask test browser -- tokens                end2end/specs/tokens.spec.mjs
  cargo xtask test examples -- authlib              examples/authlib

JETON_CRASH_SEED repeats a run of crash. How to run one test without xtask: CONTRIBUTING.md.";

/// The whole text.
pub fn text() -> String {
    let mut text = USAGE.to_owned();
    for About { part, checks, needs, time } in &ABOUT {
        let _infallible = write!(text, "\n  {part:<9} {checks}");
        for (name, value) in [("needs", needs), ("takes", time)] {
            if !value.is_empty() {
                let _infallible = write!(text, "\n            {name} {value}");
            }
        }
    }
    text.push('\n');
    text.push_str(REST);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_is_explained_in_its_order() {
        let explained: Vec<&str> = ABOUT.iter().map(|about| about.part).collect();
        assert_eq!(explained, super::super::names());
        assert!(explained.iter().all(|part| text().contains(&format!("\n  {part}"))));
    }
}
