//! The tables, as Markdown.

use crate::load::Figures;
use crate::pairs::Ratio;
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

const SMALL: &str = "Jeton, SQLite, 10 000 rows";
const LARGE: &str = "Jeton, SQLite, 1 000 000 rows";
const MANY: &str = "introspection, 10 000 tokens";

/// Milliseconds that an introspection takes at most, but for one in a hundred, while many sign in.
const MOST_IN_FLOOD: f64 = 25.0;

/// Prints each ratio, with the least and the most of its rounds, and what else has a bar.
pub fn print_bars(ratios: &[Ratio], rows: &[Row], argon2: f64) {
    println!("\n| ratio | measured | least to most | bar | |\n| --- | ---: | ---: | ---: | --- |");
    for ratio in ratios {
        let (least, most) = ratio.range();
        line(&ratio.name, ratio.median(), &format!("{least:.2} to {most:.2}"), ratio.bar);
    }
    let rate = |(server, workload): (&str, &str)| {
        rows.iter().find(|row| row.server == server && row.workload == workload).map(|row| row.figures.rate)
    };
    if let (Some(large), Some(small)) = (rate((LARGE, MANY)), rate((SMALL, MANY))) {
        line("introspection, 1 000 000 rows / 10 000 rows", large / small, "", Some(0.8));
    }
    if let Some(password) = rate((SMALL, "password grant")) {
        line("password grant / bare Argon2", password / argon2, "", Some(0.9));
    }
    for row in rows.iter().filter(|row| row.workload == FLOOD) {
        let verdict = if row.figures.p99 <= MOST_IN_FLOOD { "held" } else { "MISSED" };
        println!(
            "| {}: {FLOOD}, p99 in ms | {:.2} | | at most {MOST_IN_FLOOD} | {verdict} |",
            row.server, row.figures.p99
        );
    }
}

fn line(name: &str, ratio: f64, range: &str, least: Option<f64>) {
    let (bar, verdict) = match least {
        Some(least) => (least.to_string(), if ratio >= least { "held" } else { "MISSED" }),
        None => (String::new(), ""),
    };
    println!("| {name} | {ratio:.2} | {range} | {bar} | {verdict} |");
}
