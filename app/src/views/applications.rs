//! A developer's applications: what both sides render of their pages.

mod changed;
mod dialogs;
mod preview;
mod problems;
mod secrets;
mod urls;
mod words;

pub(crate) use changed::Changed;
pub(crate) use dialogs::dialog;
#[cfg(feature = "ssr")]
pub(crate) use preview::NAME;
pub(crate) use preview::Preview;
#[cfg(feature = "ssr")]
pub(crate) use problems::Facts;
pub(crate) use problems::Problems;
pub(crate) use secrets::Secrets;
pub use urls::UrlWords;
pub(crate) use urls::{ROWS, field_of, url_row};
pub use words::ApplicationWords;

use leptos::prelude::StoredValue;

/// The page with the list.
pub const LIST: &str = "/developer/applications";
/// The page with the form that registers one.
pub const NEW: &str = "/developer/applications/new";

/// Where the question stands that people will be asked.
pub(crate) const PREVIEW: &str = "heading-preview";

/// The form with the settings of an application.
pub(crate) const SETTINGS: &str = "settings-form";

/// The words of a page, for every view on it.
pub(crate) type Words = StoredValue<ApplicationWords>;

/// The page of an application.
pub(crate) fn path_of(client_id: &str) -> String {
    [LIST, "/", client_id].concat()
}
