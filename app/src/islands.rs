//! Islands: the parts of a page that the browser hydrates. Those that call the server (feature
//! `calls`) wrap the server-rendered HTML, handle the forms that they know, and render the same
//! views again from the answers. Texts reach them as props. Fields and prose are children, which
//! are not hydrated, because extensions and translators change the page before hydration.

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
