//! Times in the reader's time zone: the server renders UTC, the browser localizes with `Intl`.

#[cfg(feature = "ssr")]
use oauth::Timestamp;

/// Day and hour of a moment.
#[cfg(feature = "ssr")]
pub(crate) fn moment(at: Timestamp) -> String {
    crate::i18n::moment(at)
}

/// The day of a moment.
#[cfg(feature = "ssr")]
pub(crate) fn day(at: Timestamp) -> String {
    crate::i18n::date(at)
}

/// The hour of a moment.
#[cfg(feature = "ssr")]
pub(crate) fn clock(at: Timestamp) -> String {
    crate::i18n::hour(at)
}

/// Empty on the server: a relative time would be wrong when the page is read later.
#[cfg(feature = "ssr")]
pub(crate) const fn relative_time(_: Timestamp) -> String {
    String::new()
}

#[cfg(not(feature = "ssr"))]
pub(crate) use local::{day, localize_times, moment, relative_time};

#[cfg(not(feature = "ssr"))]
pub(crate) mod local {
    use crate::browser::dom::all;
    use js_sys::Intl::RelativeTimeFormat;
    use js_sys::{Array, Date, Object, Reflect};
    use leptos::prelude::{document, window};
    use leptos::wasm_bindgen::JsValue;
    use leptos::web_sys::Element;
    use oauth::Timestamp;

    /// Localizes every `<time>` of the page, with the relative time ("2 hours ago") beside it.
    pub(crate) fn localize_times() {
        for time in all("time[datetime]") {
            let Some(at) = moment_of(&time) else { continue };
            let text = match time.class_name().as_str() {
                "day" => day(at),
                "clock" => shown(at, &[("timeStyle", "short")]),
                _ => moment(at),
            };
            time.set_text_content(Some(&text));
            if let Some(beside) = time.next_element_sibling().filter(|beside| beside.class_list().contains("ago")) {
                beside.set_text_content(Some(&relative_time(at)));
            }
        }
    }

    #[expect(clippy::cast_possible_truncation, reason = "seconds since 1970 fit easily")]
    fn moment_of(time: &Element) -> Option<Timestamp> {
        let milliseconds = Date::parse(&time.get_attribute("datetime")?);
        (!milliseconds.is_nan()).then(|| Timestamp::from_seconds((milliseconds / 1000.0) as i64))
    }

    /// Day and hour of a moment in the reader's zone.
    pub(crate) fn moment(at: Timestamp) -> String {
        shown(at, &[("dateStyle", "medium"), ("timeStyle", "short")])
    }

    /// The day of a moment in the reader's zone.
    pub(crate) fn day(at: Timestamp) -> String {
        shown(at, &[("dateStyle", "medium")])
    }

    fn shown(at: Timestamp, options: &[(&str, &str)]) -> String {
        Date::new(&JsValue::from_f64(seconds(at) * 1000.0)).to_locale_string(&language(), &object(options)).into()
    }

    /// "2 hours ago", in the largest unit that fits.
    pub(crate) fn relative_time(at: Timestamp) -> String {
        let words = RelativeTimeFormat::new(&Array::of1(&language().into()), &object(&[("numeric", "auto")]));
        let (number, unit) = distance(seconds(at) - Date::now() / 1000.0);
        String::from(words.format(number, unit))
    }

    /// The language of the page, with the region of the browser where it has the same language.
    fn language() -> String {
        let html = document().document_element();
        let page = html.and_then(|html| html.get_attribute("lang")).filter(|tag| !tag.is_empty());
        let page = page.unwrap_or_else(|| "en".to_owned());
        let own = window().navigator().language().unwrap_or_default();
        if own.split('-').next() == page.split('-').next() { own } else { page }
    }

    fn object(options: &[(&str, &str)]) -> Object {
        let object = Object::new();
        for (name, value) in options {
            let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
        }
        object
    }

    #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 fit easily")]
    const fn seconds(at: Timestamp) -> f64 {
        at.seconds() as f64
    }

    use super::distance;
}

/// A duration in its largest unit; negative is past.
#[cfg(any(test, not(feature = "ssr")))]
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
