//! Views of a developer's applications.

mod changed;
mod dialogs;
mod labels;
mod preview;
mod problems;
mod secrets;
mod urls;

pub(crate) use changed::Changed;
pub(crate) use dialogs::dialog;
pub use labels::ApplicationLabels;
#[cfg(feature = "ssr")]
pub(crate) use preview::NAME;
pub(crate) use preview::Preview;
#[cfg(feature = "ssr")]
pub(crate) use problems::Facts;
pub(crate) use problems::Problems;
pub(crate) use secrets::Secrets;
pub use urls::UrlLabels;
pub(crate) use urls::{ROWS, field_id, url_row};

use leptos::prelude::StoredValue;

/// The page with the list.
pub const LIST: &str = "/developer/applications";
/// The page with the form that registers one.
pub const NEW: &str = "/developer/applications/new";

/// The id of the consent-question preview.
pub(crate) const PREVIEW: &str = "heading-preview";

/// The form with the settings of an application.
pub(crate) const SETTINGS: &str = "settings-form";

/// The labels of a page, shared by its views.
pub(crate) type Labels = StoredValue<ApplicationLabels>;

/// The page of an application.
pub(crate) fn path_of(client_id: &str) -> String {
    [LIST, "/", client_id].concat()
}
