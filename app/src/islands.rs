//! What wakes in the browser. An island renders nothing: it stands beside what the server rendered, and reaches that by ids
//! and data attributes, because extensions and translators change the page before an island wakes. It holds no words: all
//! of them come, in the language of the page, from data attributes. Every control works without its island. The rules are
//! those of the crate `oauth`, compiled a second time.

mod busy;
mod consent;
mod copy;
mod dialogs;
mod dom;
mod password;
mod preview;
mod relative;
mod scope_picker;
mod scope_view;
mod tab_keys;
mod texts;
mod url_list;

pub use busy::BusyForms;
pub use consent::ConsentIsland;
pub use copy::CopyIsland;
pub use dialogs::Dialogs;
pub use password::PasswordIsland;
pub use preview::PreviewIsland;
pub use relative::RelativeTimes;
pub use scope_picker::ScopeIsland;
pub use tab_keys::TabKeys;
pub use url_list::UrlIsland;
