//! What wakes in the browser. Islands that call the server (feature `account`) take over the forms that they know: they
//! stand around the HTML of the server, which works without them, and render the same views again from its answers. They
//! hold no words of their own. Fields and prose come as children, which nobody hydrates, because extensions and
//! translators change the page before an island wakes.

mod busy;
mod consent;
mod copy;
#[cfg(any(feature = "ssr", feature = "account"))]
mod desk;
mod dialogs;
mod dom;
mod password;
mod preview;
mod relative;
#[cfg(any(feature = "ssr", feature = "account"))]
mod sessions;
mod tab_keys;
mod texts;
#[cfg(any(feature = "ssr", feature = "account"))]
mod tokens;
mod url_list;

pub use busy::BusyForms;
pub use consent::ConsentIsland;
pub use copy::CopyIsland;
pub use dialogs::Dialogs;
pub use password::PasswordIsland;
pub use preview::PreviewIsland;
pub use relative::RelativeTimes;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use sessions::SessionsIsland;
pub use tab_keys::TabKeys;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use tokens::TokensIsland;
pub use url_list::UrlIsland;
