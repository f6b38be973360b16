//! Every page as a pure function from its values to an HTML document.

mod account;
mod application;
mod applications;
mod connections;
mod consent;
mod delete_account;
mod developer;
mod error;
mod form_post;
mod logout;
mod name;
mod not_loaded;
mod password;
mod problem;
mod register;
mod sessions;
mod setup;
mod sign_in;
mod snippets;
mod tokens;

pub use account::{AccountPage, account};
pub use application::{ApplicationDialog, ApplicationPage, application};
pub use applications::{ApplicationsPage, applications};
pub use connections::{ConnectionsPage, connection, connections};
pub use consent::{answered, consent};
pub use delete_account::{DeleteAccountPage, delete_account};
pub(crate) use developer::ENDPOINTS;
pub use developer::{DeveloperPage, developer};
pub use error::{ErrorPage, error};
pub use form_post::{FormPostPage, form_post};
pub use logout::{SignOutPage, sign_out, signed_out};
pub use name::{NamePage, name};
pub use not_loaded::{List, not_loaded};
pub use password::{PasswordPage, password};
pub use problem::{kind_of_error, problem};
pub use register::{RegisterPage, not_allowed_to_register, register};
pub use sessions::{SessionsPage, sessions};
pub use setup::{SetupPage, setup};
pub use sign_in::{AlreadyPage, ForgotPage, SignInNotice, SignInPage, forgot, sign_in, signed_in_already};
pub use tokens::{TokenFocus, TokensPage, tokens};

/// Open-redirect guard: a local path stays, anything else becomes `/`.
fn local_path(path: &str) -> String {
    let local = path.starts_with('/') && !path.starts_with("//") && !path.contains('\\');
    if local { path.to_owned() } else { "/".to_owned() }
}
