use super::render;
use crate::browser;
use crate::views::ToView;
use crate::views::applications::{PREVIEW, Preview};
use leptos::prelude::*;

/// Stands around the field with the name of an application and the question that people will be asked, which follows what
/// is typed. `heading` is the question with [`NAME`] in
/// the place of the name.
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
