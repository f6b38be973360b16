use super::dom::{all, once_awake};
use leptos::prelude::*;
use leptos::web_sys::HtmlElement;
use oauth::Timestamp;

/// Adds "2 hours ago" beside the times of the page; the server wrote them in full.
#[island]
pub fn RelativeTimes() -> impl IntoView {
    once_awake(|| {
        let now = now();
        for place in all::<HtmlElement>(".ago[data-ago]") {
            let then = place.dataset().get("ago").and_then(|text| text.parse().ok()).map(Timestamp::from_seconds);
            place.set_text_content(then.map(|then| ago(now, then)).as_deref());
        }
    });
}

#[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit easily")]
fn now() -> Timestamp {
    Timestamp::from_seconds((js_sys::Date::now() / 1000.0) as i64)
}

/// How long ago something was, or in how long it will be, in the largest unit that fits.
fn ago(now: Timestamp, then: Timestamp) -> String {
    const UNITS: [(i64, &str); 5] =
        [(31_536_000, "year"), (2_592_000, "month"), (86_400, "day"), (3600, "hour"), (60, "minute")];
    let seconds = now.since(then);
    let Some((length, unit)) = UNITS.into_iter().find(|(length, _)| seconds.abs() >= *length) else {
        return "just now".to_owned();
    };
    let number = seconds.abs() / length;
    let plural = if number == 1 { "" } else { "s" };
    if seconds > 0 { format!("{number} {unit}{plural} ago") } else { format!("in {number} {unit}{plural}") }
}

#[cfg(test)]
mod tests {
    use super::ago;
    use oauth::Timestamp;

    #[test]
    fn a_time_is_told_in_its_largest_unit() {
        let now = Timestamp::from_seconds(1_800_000_000);
        let told = |seconds: i64| ago(now, now.plus(-seconds));
        assert_eq!(told(3), "just now");
        assert_eq!(told(60), "1 minute ago");
        assert_eq!(told(7300), "2 hours ago");
        assert_eq!(told(86_400 * 45), "1 month ago");
        assert_eq!(told(-7300), "in 2 hours");
    }
}
