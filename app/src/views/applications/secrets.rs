//! The client secrets of an application, by their last four characters.

use crate::views::{Pieces, ToView, View};
use leptos::prelude::*;
use oauth::answer::SecretLine;

/// The active secrets, each by its last four characters.
#[component]
pub(crate) fn Secrets(lines: Vec<SecretLine>) -> View {
    let lines: Vec<_> = lines.into_iter().map(line).collect();
    view! { <ul class="list">{lines}</ul> }.view()
}

fn line(secret: SecretLine) -> View {
    let SecretLine { hint, made, ends } = secret;
    let ends = (!ends.is_empty()).then(|| view! { <span class="sub"><Pieces of=ends/></span> });
    view! {
        <li>
            <code dir="ltr">{hint}</code>
            <span class="sub"><Pieces of=made/></span>
            {ends}
        </li>
    }
    .view()
}
