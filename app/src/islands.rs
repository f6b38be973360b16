//! What wakes in the browser. Islands that call the server (feature `account`) take over the forms that they know: they
//! stand around the HTML of the server, which works without them, and render the same views again from its answers. They
//! hold no words of their own. Fields and prose come as children, which nobody hydrates, because extensions and
//! translators change the page before an island wakes.

#[cfg(any(feature = "ssr", feature = "account"))]
mod account;
#[cfg(any(feature = "ssr", feature = "developer"))]
mod applications;
mod busy;
#[cfg(any(feature = "ssr", feature = "account"))]
mod connections;
mod consent;
mod copy;
#[cfg(any(feature = "ssr", feature = "calls"))]
mod dialogs;
#[cfg(any(feature = "ssr", feature = "calls"))]
mod forms;
mod local_times;
mod password;
#[cfg(any(feature = "ssr", feature = "account"))]
mod sessions;
#[cfg(any(feature = "ssr", feature = "calls"))]
mod status_region;
#[cfg(any(feature = "ssr", feature = "account"))]
mod tab_keys;
#[cfg(any(feature = "ssr", feature = "account"))]
mod tokens;

#[cfg(any(feature = "ssr", feature = "account"))]
pub use account::AccountIsland;
#[cfg(any(feature = "ssr", feature = "developer"))]
pub use applications::{ApplicationIsland, PreviewIsland, RegisterIsland, UrlRowsIsland};
pub use busy::BusyForms;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use connections::ConnectionsIsland;
pub use consent::{ConsentIsland, ConsentLabels, OPTIONAL};
pub use copy::CopyIsland;
#[cfg(any(feature = "ssr", feature = "calls"))]
pub use dialogs::OpenDialog;
pub use local_times::LocalTimes;
pub use password::PasswordIsland;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use sessions::SessionsIsland;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use tab_keys::TabKeys;
#[cfg(any(feature = "ssr", feature = "account"))]
pub use tokens::TokensIsland;
