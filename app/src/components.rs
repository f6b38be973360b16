//! Parts that several pages share.

mod dialog;
mod field;
mod footer;
mod forms;
mod header;
mod icon;
mod names;
mod notes;
mod scopes;
mod secret;
mod tabs;

pub(crate) use dialog::{Confirm, Dialog, Question};
pub(crate) use field::{Choice, Field, PasswordField, Text, error_of};
pub(crate) use footer::Bottom;
pub(crate) use forms::{BackForm, Cancel, LinkButton, Opens, PostForm};
pub(crate) use header::Top;
pub(crate) use icon::{Glyph, Icon};
pub(crate) use names::{Avatar, Day, Name, When};
pub(crate) use notes::{Empty, NotLoaded, Note, Problems};
pub(crate) use scopes::{Right, Rights, ScopeList};
pub(crate) use secret::SecretField;
pub(crate) use tabs::{Tab, Tabs};
