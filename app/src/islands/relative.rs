use super::dom::{all, attribute, once_awake};
use super::texts::languages;
use js_sys::Intl::RelativeTimeFormat;
use js_sys::{Object, Reflect};
use leptos::prelude::*;
use leptos::web_sys::Element;

/// Adds "2 hours ago" beside the times of the page, in the page's language; the server wrote them in full.
#[island]
pub fn RelativeTimes() -> impl IntoView {
    once_awake(|_| {
        let places = all::<Element>(".ago[data-ago]");
        if places.is_empty() {
            return;
        }
        let options = Object::new();
        let _ = Reflect::set(&options, &"numeric".into(), &"auto".into());
        let (words, now) = (RelativeTimeFormat::new(&languages(), &options), js_sys::Date::now() / 1000.0);
        for place in places {
            let Ok(then) = attribute(&place, "data-ago").parse::<i64>() else { continue };
            let (number, unit) = distance(seconds(then) - now);
            place.set_text_content(Some(&String::from(words.format(number, unit))));
        }
    });
}

#[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit easily")]
const fn seconds(then: i64) -> f64 {
    then as f64
}

/// So many seconds in the largest unit that fits: negative ones are past.
fn distance(seconds: f64) -> (f64, &'static str) {
    const UNITS: [(f64, &str); 5] =
        [(31_536_000.0, "year"), (2_592_000.0, "month"), (86_400.0, "day"), (3600.0, "hour"), (60.0, "minute")];
    let fitting = UNITS.into_iter().find(|(length, _)| seconds.abs() >= *length);
    fitting.map_or((0.0, "second"), |(length, unit)| ((seconds / length).trunc(), unit))
}

#[cfg(test)]
mod tests {
    use super::distance;

    #[test]
    fn a_time_is_told_in_its_largest_unit() {
        assert_eq!(distance(-3.0), (0.0, "second"));
        assert_eq!(distance(-60.0), (-1.0, "minute"));
        assert_eq!(distance(-7300.0), (-2.0, "hour"));
        assert_eq!(distance(-86_400.0 * 45.0), (-1.0, "month"));
        assert_eq!(distance(7300.0), (2.0, "hour"));
    }
}
