//! The tables, as Markdown.

use crate::load::Figures;
use crate::suite::FLOOD;

/// A row: who, what, how fast.
pub struct Row {
    pub server: String,
    pub workload: &'static str,
    pub figures: Figures,
}

/// A figure that is no workload.
pub struct Fact {
    pub name: String,
    pub value: String,
}

/// Prints what was measured.
pub fn print(rows: &[Row], facts: &[Fact]) {
    println!("| server | workload | requests/s | p50 ms | p99 ms | CPU s per 1 000 | memory MiB |");
    println!("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
    for Row { server, workload, figures } in rows {
        let Figures { rate, p50, p99, cpu, memory } = figures;
        println!("| {server} | {workload} | {rate:.0} | {p50:.2} | {p99:.2} | {cpu:.3} | {memory:.0} |");
    }
    println!("\n| figure | value |\n| --- | ---: |");
    for Fact { name, value } in facts {
        println!("| {name} | {value} |");
    }
}

/// A ratio between two rows, held against its bar.
pub struct Bar {
    pub name: &'static str,
    /// Server and workload of the row that is judged.
    pub of: (&'static str, &'static str),
    /// Server and workload of what it is held against.
    pub against: (&'static str, &'static str),
    pub least: f64,
}

const SMALL: &str = "Jeton, SQLite, 10 000 rows";
const LARGE: &str = "Jeton, SQLite, 1 000 000 rows";
const PEER: &str = "oidc-provider, in memory";
const BARE: (&str, &str) = ("bare axum handler", "introspection, 1 token");

/// What the figures are held against.
pub const BARS: [Bar; 7] = [
    Bar {
        name: "introspection / bare axum handler",
        of: (SMALL, "introspection, 1 token"),
        against: BARE,
        least: 0.65,
    },
    Bar { name: "tokeninfo / bare axum handler", of: (SMALL, "tokeninfo"), against: BARE, least: 0.65 },
    Bar {
        name: "introspection, 1 000 000 rows / 10 000 rows",
        of: (LARGE, "introspection, 10 000 tokens"),
        against: (SMALL, "introspection, 10 000 tokens"),
        least: 0.8,
    },
    Bar {
        name: "client_credentials / oidc-provider",
        of: (SMALL, "client_credentials"),
        against: (PEER, "client_credentials"),
        least: 2.5,
    },
    Bar {
        name: "refresh rotation / oidc-provider",
        of: (SMALL, "refresh chains"),
        against: (PEER, "refresh chains"),
        least: 4.0,
    },
    Bar {
        name: "code round trip / oidc-provider",
        of: (SMALL, "code round trip"),
        against: (PEER, "code round trip"),
        least: 5.0,
    },
    Bar {
        name: "sign-in page / oidc-provider",
        of: (SMALL, "sign-in page"),
        against: (PEER, "sign-in page"),
        least: 3.0,
    },
];

/// Milliseconds that an introspection takes at most, but for one in a hundred, while many sign in.
const MOST_IN_FLOOD: f64 = 25.0;

/// Prints each ratio of which both rows were measured.
pub fn print_bars(rows: &[Row], argon2: f64) {
    let rate = |(server, workload): (&str, &str)| {
        rows.iter().find(|row| row.server == server && row.workload == workload).map(|row| row.figures.rate)
    };
    println!("\n| ratio | measured | bar | |\n| --- | ---: | ---: | --- |");
    let line = |name: &str, ratio: f64, least: f64| {
        let verdict = if ratio >= least { "held" } else { "MISSED" };
        println!("| {name} | {ratio:.2} | {least} | {verdict} |");
    };
    for bar in &BARS {
        if let (Some(of), Some(against)) = (rate(bar.of), rate(bar.against)) {
            line(bar.name, of / against, bar.least);
        }
    }
    if let Some(password) = rate((SMALL, "password grant")) {
        line("password grant / bare Argon2", password / argon2, 0.9);
    }
    for row in rows.iter().filter(|row| row.workload == FLOOD) {
        let verdict = if row.figures.p99 <= MOST_IN_FLOOD { "held" } else { "MISSED" };
        println!(
            "| {}: {FLOOD}, p99 in ms | {:.2} | at most {MOST_IN_FLOOD} | {verdict} |",
            row.server, row.figures.p99
        );
    }
}
