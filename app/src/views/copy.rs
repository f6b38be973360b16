use super::{Inner, ToView, View};
use crate::browser;
use leptos::prelude::*;

/// What a `CopyButton` says.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "[String; 3]", into = "[String; 3]")]
pub struct CopyWords {
    /// What the button is called; it never changes.
    pub label: String,
    /// What the status says once the value is really on the clipboard.
    pub done: String,
    /// What it says where no script can copy.
    pub by_hand: String,
}

// A list on the wire: reading a struct by the names of its fields costs kilobytes of code.
impl From<CopyWords> for [String; 3] {
    fn from(CopyWords { label, done, by_hand }: CopyWords) -> Self {
        [label, done, by_hand]
    }
}

impl From<[String; 3]> for CopyWords {
    fn from([label, done, by_hand]: [String; 3]) -> Self {
        Self { label, done, by_hand }
    }
}

/// A button that copies the text of the element with this id. It stands alone with its status in its parent, and is
/// seen where scripts run.
#[component]
pub(crate) fn CopyButton(#[prop(into)] target: String, words: CopyWords, #[prop(into)] class: String) -> impl IntoView {
    let (said, say) = signal(String::new());
    let CopyWords { label, done, by_hand } = words;
    let copy = move |_| {
        let (target, done, by_hand) = (target.clone(), done.clone(), by_hand.clone());
        say.set(String::new());
        leptos::task::spawn_local(async move {
            let copied = browser::copy(&target).await;
            say.set(if copied { done } else { by_hand });
        });
    };
    view! {
        <span class="scripted">
            <button type="button" class=class on:click=copy>{label}</button>
        </span>
        <span role="status" class="copied">{move || said.get()}</span>
    }
}

/// A value to copy, read-only and selectable. `label` is the field's name.
#[component]
pub(crate) fn SecretField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional)] focused: bool,
    /// The button that copies it.
    children: Inner,
) -> View {
    let rows = if value.len() > 40 { "3" } else { "1" };
    view! {
        <div class="secret-row">
            <label for=id class="label">{label}</label>
            <textarea
                id=id class="mono secret" rows=rows readonly dir="ltr" autocomplete="off" spellcheck="false" translate="no"
                autofocus=focused on:focus=move |_| browser::select(id)
            >{value}</textarea>
            <div class="actions">{children.show()}</div>
        </div>
    }
    .view()
}
