//! The controls that islands wake: the server's half, with every word that the browser's half may have to say, in the
//! language of the page. Until its island wakes, a control is not there, or does its work by posting its form.

mod copy;
mod password;
mod scopes;

pub(crate) use copy::CopyButton;
pub(crate) use password::PasswordTools;
pub(crate) use scopes::ConsentNote;
