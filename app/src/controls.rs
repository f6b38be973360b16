//! Server half of controls that islands hydrate: they carry every label in the language of the
//! page. Before hydration a control is absent, or submits its form.

mod copy;
mod password;
mod scopes;

pub(crate) use copy::CopyButton;
pub(crate) use password::PasswordTools;
pub(crate) use scopes::ConsentNote;
