//! What wakes in the browser. Each island is tiny, holds no text field and no prose, and reaches the fields that the
//! server rendered by their ids, because extensions and translators change the page before an island wakes. Every
//! control works without them. The rules are those of the crate `oauth`, compiled a second time.

mod busy;
mod consent;
mod copy;
mod dialogs;
mod dom;
mod password;
mod relative;
mod scope_picker;
mod tab_keys;
mod url_list;

pub use busy::BusyForms;
pub use consent::ConsentNote;
pub use copy::CopyButton;
pub use dialogs::Dialogs;
pub use password::PasswordTools;
pub use relative::RelativeTimes;
pub use scope_picker::ScopePicker;
pub use tab_keys::TabKeys;
pub use url_list::UrlList;
