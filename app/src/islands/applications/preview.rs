//! Island: the consent question, previewed while the name of an application is typed.

use super::render;
use crate::browser;
use crate::views::ToView;
use crate::views::applications::{PREVIEW, Preview};
use leptos::prelude::*;

/// Wraps the name field and the preview of the consent question. `heading` is the question with
/// [`NAME`] as placeholder.
#[island]
pub fn PreviewIsland(heading: String, children: Children) -> impl IntoView {
    let name = RwSignal::new(None::<String>);
    let heading = StoredValue::new(heading);
    let follow = move || {
        let first = name.with_untracked(Option::is_none);
        name.set(Some(browser::value("name")));
        if first {
            render(PREVIEW, move || {
                view! { <Preview heading=heading.get_value() name=name.get().unwrap_or_default()/> }.view()
            });
        }
    };
    view! { <div class="stack-tight" on:input=move |_| follow()>{children()}</div> }
}
