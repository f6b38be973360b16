//! Components of the server-rendered pages.

mod field;
mod footer;
mod forms;
mod header;
mod notes;
mod scopes;
mod tabs;

pub(crate) use crate::views::{
    Avatar, Clock, Day, EmptyState, Field, Glyph, Icon, Name, Note, PostForm, ProblemSummary, Text, When,
};
pub(crate) use field::{Choice, PasswordField, error_of};
pub(crate) use footer::Footer;
pub(crate) use forms::{BackForm, Cancel, LinkButton};
pub(crate) use header::Header;
pub(crate) use notes::{NotLoaded, Problems};
pub(crate) use scopes::{Right, Rights};
pub(crate) use tabs::{Tab, Tabs};
