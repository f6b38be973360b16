//! Redirect URI rows: one field each.

use crate::views::{ToView, View};
use leptos::prelude::*;
use oauth::redirect_uri;
use serde::{Deserialize, Serialize};

/// The list of the rows.
pub(crate) const ROWS: &str = "redirect-rows";

/// The labels of the rows. `{number}` is the placeholder for the number of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Vec<String>", into = "Vec<String>")]
pub struct UrlLabels {
    /// The label of a field.
    pub label: String,
    /// The accessible name of its Remove button.
    pub remove_label: String,
    /// The visible label of that button.
    pub remove: String,
    /// The hint for `localhost`.
    pub localhost: String,
    /// A message for each of [`redirect_uri::WRONGS`], in their order.
    pub wrongs: Vec<String>,
}

// Serialized as a list: deserializing named fields costs kilobytes of WASM.
impl From<UrlLabels> for Vec<String> {
    fn from(labels: UrlLabels) -> Self {
        [vec![labels.label, labels.remove_label, labels.remove, labels.localhost], labels.wrongs].concat()
    }
}

impl From<Vec<String>> for UrlLabels {
    fn from(labels: Vec<String>) -> Self {
        let mut labels = labels.into_iter();
        let mut next = || labels.next().unwrap_or_default();
        let (label, remove_label, remove, localhost) = (next(), next(), next(), next());
        Self { label, remove_label, remove, localhost, wrongs: labels.collect() }
    }
}

impl UrlLabels {
    /// The validation error of an address; empty: valid, or nothing typed.
    pub(crate) fn error_of(&self, address: &str) -> String {
        let Err(key) = redirect_uri::check(address) else { return String::new() };
        if address.is_empty() {
            return String::new();
        }
        let place = redirect_uri::WRONGS.iter().position(|wrong| *wrong == key);
        place.and_then(|place| self.wrongs.get(place)).cloned().unwrap_or_else(|| key.to_owned())
    }

    #[cfg(feature = "ssr")]
    /// The labels in the language of the page.
    pub(crate) fn translate() -> Self {
        use crate::i18n::{translate, translate_with};
        let numbered = |key| translate_with(key, [("number", "{number}".into())]);
        Self {
            label: numbered("register-url"),
            remove_label: numbered("register-url-remove"),
            remove: translate("register-remove"),
            localhost: translate("register-localhost"),
            wrongs: redirect_uri::WRONGS.iter().map(|key| translate(key)).collect(),
        }
    }
}

/// A row with its number, from 1, and its initial error.
pub(crate) fn url_row(number: Signal<usize>, url: String, error: String, labels: StoredValue<UrlLabels>) -> View {
    let t = labels.get_value();
    let id = move || field_id(number.get());
    let error_id = move || [&field_id(number.get()), "-error"].concat();
    let numbered = move |text: String| move || text.replace("{number}", &number.get().to_string());
    let localhost = redirect_uri::is_localhost(&url).then(|| view! { <p class="hint">{t.localhost}</p> });
    let invalid = (!error.is_empty()).then_some("true");
    view! {
        <li class="field">
            <label for=id>{numbered(t.label)}</label>
            <div class="with-button">
                <input
                    type="text" inputmode="url" id=id name="redirect_uri" value=url dir="ltr" class="mono"
                    autocomplete="off" autocapitalize="none" spellcheck="false"
                    aria-describedby=error_id aria-invalid=invalid
                />
                <button
                    type="submit" class="button" name="intent" value=move || format!("remove:{}", number.get())
                    aria-label=numbered(t.remove_label)
                >{t.remove}</button>
            </div>
            <p class="field-error" id=error_id>{(!error.is_empty()).then_some(error)}</p>
            {localhost}
        </li>
    }
    .view()
}

/// The id of the field in a row.
pub(crate) fn field_id(number: usize) -> String {
    ["redirect_uri_", &number.to_string()].concat()
}
