//! SVG icons.

use super::{ToView, View};
use leptos::prelude::*;

/// Icons: paths on a grid of 24, drawn in the text colour. The text beside them says the same.
#[derive(Clone, Copy)]
#[cfg_attr(not(feature = "ssr"), expect(dead_code, reason = "most are drawn by the server alone"))]
pub(crate) enum Glyph {
    Alert,
    Apps,
    Check,
    Chevron,
    Close,
    Code,
    Edit,
    Eye,
    Key,
    SignOut,
    Moon,
    Person,
    Screen,
}

impl Glyph {
    const fn path(self) -> &'static str {
        match self {
            Self::Alert => {
                "M12 8.5v4.5M12 16.5v.01M10.3 4.2 2.9 17.1A2 2 0 0 0 4.6 20h14.8a2 2 0 0 0 1.7-2.9L13.7 4.2a2 2 0 0 0-3.4 0z"
            }
            Self::Apps => "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h6v6h-6z",
            Self::Check => "M21 12a9 9 0 1 1-5.3-8.2M21 5l-9.5 9.5L8 11",
            Self::Chevron => "m7 10 5 5 5-5",
            Self::Close => "M6.5 6.5l11 11M17.5 6.5l-11 11",
            Self::Code => "m8 7-5 5 5 5M16 7l5 5-5 5M13.5 5l-3 14",
            Self::Edit => "M4 20h4L19 9a2.8 2.8 0 0 0-4-4L4 16zM13.5 6.5l4 4",
            Self::Eye => {
                "M2 12s3.6-6.5 10-6.5S22 12 22 12s-3.6 6.5-10 6.5S2 12 2 12zM12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6z"
            }
            Self::Key => "M14.5 15.5a5.5 5.5 0 1 0-5-3.2L3 18.8V21h3v-2h2v-2h2l1.7-1.7a5.5 5.5 0 0 0 2.8.2zM16 8.5v.01",
            Self::SignOut => "M10 4H5v16h5M14 8l4 4-4 4M18 12H9",
            Self::Moon => "M20 14.5A8.5 8.5 0 0 1 9.5 4 8.5 8.5 0 1 0 20 14.5z",
            Self::Person => "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5a7.5 7.5 0 0 1 15 0",
            Self::Screen => "M3 5h18v11H3zM9 20h6M12 16v4",
        }
    }
}

/// An icon, hidden from assistive technology.
#[component]
pub(crate) fn Icon(glyph: Glyph) -> View {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=glyph.path()></path></svg>
    }
    .view()
}
