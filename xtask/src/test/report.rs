//! What a run found, part by part.

use crate::{clock, process::Outcome};
use std::{fmt, time::Duration};

/// How a part ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Passed,
    Failed,
    /// Not run, because the build failed.
    Skipped,
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Passed => "passed",
            Self::Failed => "FAILED",
            Self::Skipped => "skipped",
        })
    }
}

/// Parts and how they ended.
#[derive(Default)]
pub struct Report(Vec<(&'static str, Verdict, Duration)>);

impl Report {
    pub fn add(&mut self, name: &'static str, verdict: Verdict, time: Duration) {
        self.0.push((name, verdict, time));
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(part, ..)| *part == name)
    }

    /// Prints the table and, last, the closing line: as the error if any part failed.
    pub fn finish(&self) -> Outcome {
        println!();
        for (name, verdict, time) in &self.0 {
            println!("{name:<10} {verdict:<8} {:>6}", clock::shown(*time));
        }
        if self.count(Verdict::Failed) > 0 {
            return Err(self.closing_line());
        }
        println!("\n{}", self.closing_line());
        Ok(())
    }

    fn closing_line(&self) -> String {
        let line = format!("{} passed, {} failed", self.count(Verdict::Passed), self.count(Verdict::Failed));
        match self.count(Verdict::Skipped) {
            0 => line,
            skipped => format!("{line}, {skipped} skipped"),
        }
    }

    fn count(&self, wanted: Verdict) -> usize {
        self.0.iter().filter(|(_, verdict, _)| *verdict == wanted).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_closing_line_counts_the_parts() {
        let mut report = Report::default();
        report.add("fmt", Verdict::Passed, Duration::ZERO);
        assert_eq!(report.closing_line(), "1 passed, 0 failed");
        assert!(report.finish().is_ok());
        report.add("build", Verdict::Failed, Duration::ZERO);
        report.add("unit", Verdict::Skipped, Duration::ZERO);
        assert_eq!(report.closing_line(), "1 passed, 1 failed, 1 skipped");
        assert!(report.finish().is_err());
    }
}
