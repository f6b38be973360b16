//! Timestamps: rules get `now` as an argument and never read a clock.

use serde::{Deserialize, Serialize};
use std::fmt;

const DAY: i64 = 86_400;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A moment, in whole seconds since 1970-01-01 00:00 UTC (leap seconds not counted). Serialized as
/// that number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(i64);

/// The tolerated clock skew between servers, in seconds: a time at most this far ahead counts as
/// now.
pub const SKEW: i64 = 60;

impl Timestamp {
    /// The moment that lies `seconds` after 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds)
    }

    /// Seconds since 1970-01-01 00:00 UTC.
    #[must_use]
    pub const fn seconds(self) -> i64 {
        self.0
    }

    /// This moment and `seconds` more; stays at the end of the range instead of wrapping round.
    #[must_use]
    pub const fn plus(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds))
    }

    /// Seconds that have passed since `earlier`; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }

    /// Whether fewer than `seconds` have passed since `earlier`, which may lie ahead by [`SKEW`]
    /// and no more.
    #[must_use]
    pub const fn is_within(self, seconds: i64, earlier: Self) -> bool {
        let passed = self.since(earlier);
        -SKEW <= passed && passed < seconds
    }

    /// RFC 3339 in UTC, for `<time datetime>` and for JSON: `2026-11-03T14:05:00Z`.
    #[must_use]
    pub fn iso(self) -> String {
        let (year, month, day) = self.civil();
        let second = self.0.rem_euclid(60);
        format!("{year:04}-{month:02}-{day:02}T{}:{second:02}Z", self.clock())
    }

    /// The day in UTC, for people: `3 Nov 2026`.
    #[must_use]
    pub fn date(self) -> String {
        let (year, month, day) = self.civil();
        let name = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index));
        format!("{day} {} {year}", name.unwrap_or(&""))
    }

    /// Hours and minutes in UTC: `14:05`.
    #[must_use]
    pub fn clock(self) -> String {
        let second = self.0.rem_euclid(DAY);
        format!("{:02}:{:02}", second / 3600, second / 60 % 60)
    }

    /// Year, month (1 to 12) and day (1 to 31) of the proleptic Gregorian calendar.
    ///
    /// Counts days from 1 March of year 0, so that the leap day is the last of its year, in eras of
    /// 400 years.
    #[must_use]
    pub const fn civil(self) -> (i64, i64, i64) {
        let days = self.0.div_euclid(DAY) + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let shifted = (5 * of_year + 2) / 153;
        let day = of_year - (153 * shifted + 2) / 5 + 1;
        let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
        (era * 400 + year + (month <= 2) as i64, month, day)
    }
}

/// `3 Nov 2026, 14:05 UTC`
impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {} UTC", self.date(), self.clock())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_lies_a_little_ahead_is_of_now_and_what_lies_far_ahead_is_not() {
        let now = Timestamp::from_seconds(1_000);
        let table = [(-61, false), (-60, true), (-1, true), (0, true), (29, true), (30, false), (3_600, false)];
        for (passed, is_within) in table {
            assert_eq!(now.is_within(30, now.plus(-passed)), is_within, "{passed}");
        }
    }

    #[test]
    fn a_moment_is_shown_in_utc() {
        let cases = [
            (0, "1970-01-01T00:00:00Z", "1 Jan 1970, 00:00 UTC"),
            (1_793_714_700, "2026-11-03T14:05:00Z", "3 Nov 2026, 14:05 UTC"),
            (951_782_400, "2000-02-29T00:00:00Z", "29 Feb 2000, 00:00 UTC"),
            (4_107_542_399, "2100-02-28T23:59:59Z", "28 Feb 2100, 23:59 UTC"),
            (4_107_542_400, "2100-03-01T00:00:00Z", "1 Mar 2100, 00:00 UTC"),
            (-1, "1969-12-31T23:59:59Z", "31 Dec 1969, 23:59 UTC"),
        ];
        for (seconds, iso, shown) in cases {
            let moment = Timestamp::from_seconds(seconds);
            assert_eq!((moment.iso().as_str(), moment.to_string().as_str()), (iso, shown));
        }
    }

    #[test]
    fn arithmetic_stays_inside_the_range() {
        let end = Timestamp::from_seconds(i64::MAX);
        assert_eq!(end.plus(1), end);
        assert_eq!(end.since(Timestamp::from_seconds(-1)), i64::MAX);
        assert_eq!(Timestamp::from_seconds(10).plus(5).since(Timestamp::from_seconds(10)), 5);
    }

    proptest! {
        #[test]
        fn any_moment_can_be_shown(seconds: i64) {
            let moment = Timestamp::from_seconds(seconds);
            prop_assert!(moment.iso().ends_with('Z') && moment.to_string().ends_with(" UTC"));
        }

        #[test]
        fn later_days_have_later_dates(day in 0_i64..2_900_000) {
            let at = |day| Timestamp::from_seconds(day * DAY).iso();
            prop_assert!(at(day) < at(day + 1));
        }
    }
}
