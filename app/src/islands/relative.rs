use super::dom::{all, attribute, once_awake};
use crate::browser;
use js_sys::Date;
use leptos::prelude::*;
use leptos::web_sys::Element;
use oauth::Timestamp;

/// Tells the times of the page in the reader's zone, and beside them "2 hours ago"; the server wrote them in UTC.
#[island]
pub fn RelativeTimes() -> impl IntoView {
    once_awake(|_| {
        for time in all::<Element>("time[datetime]") {
            let Some(at) = moment_of(&time) else { continue };
            let text = if time.class_list().contains("day") { browser::day(at) } else { browser::moment(at) };
            time.set_text_content(Some(&text));
            if let Some(ago) = time.next_element_sibling().filter(|beside| beside.class_list().contains("ago")) {
                ago.set_text_content(Some(&browser::ago(at)));
            }
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit easily")]
fn moment_of(time: &Element) -> Option<Timestamp> {
    let milliseconds = Date::parse(&attribute(time, "datetime"));
    (!milliseconds.is_nan()).then(|| Timestamp::from_seconds((milliseconds / 1000.0) as i64))
}
