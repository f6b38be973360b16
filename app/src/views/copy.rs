//! A copy button, and the field of a value to copy.

use super::{ErasedChildren, ToView, View};
use crate::browser;
use leptos::prelude::*;

/// i18n labels of a `CopyButton`.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(from = "[String; 3]", into = "[String; 3]")]
pub struct CopyLabels {
    /// The label of the button; it never changes.
    pub label: String,
    /// The status after success.
    pub done: String,
    /// The status where copying failed: how to copy by hand.
    pub by_hand: String,
}

// Serialized as a list: deserializing named fields costs kilobytes of WASM.
impl From<CopyLabels> for [String; 3] {
    fn from(CopyLabels { label, done, by_hand }: CopyLabels) -> Self {
        [label, done, by_hand]
    }
}

impl From<[String; 3]> for CopyLabels {
    fn from([label, done, by_hand]: [String; 3]) -> Self {
        Self { label, done, by_hand }
    }
}

/// A button that copies the text of the element with this id. Its status needs a parent of its own;
/// without scripts it is hidden.
#[component]
pub(crate) fn CopyButton(
    #[prop(into)] target: String,
    labels: CopyLabels,
    #[prop(into)] class: String,
) -> impl IntoView {
    let (status, set_status) = signal(String::new());
    let CopyLabels { label, done, by_hand } = labels;
    let copy = move |_| {
        let (target, done, by_hand) = (target.clone(), done.clone(), by_hand.clone());
        set_status.set(String::new());
        leptos::task::spawn_local(async move {
            let copied = browser::copy(&target).await;
            set_status.set(if copied { done } else { by_hand });
        });
    };
    view! {
        <span class="scripted">
            <button type="button" class=class on:click=copy>{label}</button>
        </span>
        <span role="status" class="copied">{move || status.get()}</span>
    }
}

/// A read-only field with a value to copy.
#[component]
pub(crate) fn SecretField(
    id: &'static str,
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional)] focused: bool,
    /// The button that copies it.
    children: ErasedChildren,
) -> View {
    let rows = if value.len() > 40 { "3" } else { "1" };
    view! {
        <div class="secret-row">
            <label for=id class="label">{label}</label>
            <textarea
                id=id class="mono secret" rows=rows readonly dir="ltr" autocomplete="off" spellcheck="false" translate="no"
                autofocus=focused on:focus=move |_| browser::select(id)
            >{value}</textarea>
            <div class="actions">{children.render()}</div>
        </div>
    }
    .view()
}
