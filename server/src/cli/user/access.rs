//! The access of a user as an argument.

use clap::ValueEnum;
use oauth::Access;

/// How much a user may do.
#[derive(Clone, Copy, ValueEnum)]
pub enum AccessArg {
    /// Every scope, and registering applications
    Full,
    /// The scopes on the list
    Partial,
}

impl From<AccessArg> for Access {
    fn from(access: AccessArg) -> Self {
        match access {
            AccessArg::Full => Self::Full,
            AccessArg::Partial => Self::Partial,
        }
    }
}
