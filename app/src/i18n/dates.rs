//! i18n of dates and times, in UTC: the server does not know the reader's time zone.

use super::{Language, translate_with};
use crate::frame;
use oauth::{Message, Timestamp};

const MONTHS: [&str; 12] = [
    "month-1", "month-2", "month-3", "month-4", "month-5", "month-6", "month-7", "month-8", "month-9", "month-10",
    "month-11", "month-12",
];

/// `3 Nov 2026`
pub(crate) fn date(at: Timestamp) -> String {
    date_in(frame::current().language, at)
}

/// The same for code that does not run inside a page.
pub(crate) fn date_in(language: Language, at: Timestamp) -> String {
    let (year, month, day) = at.civil();
    let key = usize::try_from(month - 1).ok().and_then(|index| MONTHS.get(index)).unwrap_or(&MONTHS[0]);
    let date = Message::new("date").with("day", day.to_string()).with("month", language.translate(key));
    language.translate_message(&date.with("year", year.to_string()))
}

/// `3 Nov 2026, 14:05 UTC`
pub(crate) fn moment(at: Timestamp) -> String {
    translate_with("moment", [("date", date(at).into()), ("clock", at.clock().into())])
}

/// `14:05 UTC`
pub(crate) fn hour(at: Timestamp) -> String {
    translate_with("hour", [("clock", at.clock().into())])
}
