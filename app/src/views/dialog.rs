//! Dialogs: a form, or a question to confirm.

use super::{BackForm, Cancel, ErasedChildren, FailureNote, PostForm, ToView, View};
use crate::browser;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

/// An open dialog: rendered open by the server, made modal by an island. Escape cancels it, unless
/// it is `locked` because it shows a value once.
#[component]
pub(crate) fn Dialog(id: &'static str, title: View, #[prop(optional)] locked: bool, children: ErasedChildren) -> View {
    let title_id = format!("{id}-title");
    let dialog_ref = modal();
    view! {
        <dialog
            id=id open=cfg!(feature = "ssr") aria-labelledby=title_id class=locked.then_some("keep") node_ref=dialog_ref
            on:cancel=move |event| escape(&event, dialog_ref, locked) on:keydown=move |event| block_escape(&event, locked)
        >
            <h2 id=title_id.clone()>{title}</h2>
            <FailureNote/>
            {children.render()}
        </dialog>
    }
    .view()
}

/// A question to confirm. Cancel has the focus, as the least destructive choice (ARIA APG,
/// alertdialog).
#[cfg(any(feature = "ssr", feature = "account"))]
#[component]
pub(crate) fn ConfirmDialog(
    id: &'static str,
    title: View,
    /// Where OK posts to.
    #[prop(into)]
    action: String,
    /// The page that Cancel leads to.
    #[prop(into)]
    back: String,
    #[prop(into)] ok: String,
    #[prop(into)] cancel: String,
    /// More fields of the form.
    #[prop(optional)]
    fields: Option<View>,
    children: ErasedChildren,
) -> View {
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let dialog_ref = modal();
    view! {
        <dialog
            id=id class="confirm" role="alertdialog" open=cfg!(feature = "ssr") node_ref=dialog_ref
            aria-labelledby=title_id aria-describedby=text_id on:cancel=move |event| escape(&event, dialog_ref, false)
        >
            <h2 id=title_id.clone()>{title}</h2>
            <FailureNote/>
            <div id=text_id.clone()>{children.render()}</div>
            <PostForm action=action>
                {fields}
                <div class="actions">
                    <button type="submit" class="button danger">{ok}</button>
                    <Cancel form=format!("{id}-back") label=cancel focused=true/>
                </div>
            </PostForm>
            <BackForm id=format!("{id}-back") to=back/>
        </dialog>
    }
    .view()
}

/// A node reference whose dialog becomes modal when it is mounted.
fn modal() -> NodeRef<html::Dialog> {
    let dialog_ref = NodeRef::new();
    Effect::new(move |_| {
        if let Some(dialog) = dialog_ref.get() {
            browser::show_modal(&dialog);
        }
    });
    dialog_ref
}

/// Browsers honour a cancelled `cancel` event only once, so the key itself is blocked.
fn block_escape(event: &KeyboardEvent, locked: bool) {
    if locked && event.key() == "Escape" {
        event.prevent_default();
    }
}

fn escape(event: &Event, dialog_ref: NodeRef<html::Dialog>, locked: bool) {
    event.prevent_default();
    if let Some(dialog) = dialog_ref.get_untracked().filter(|_| !locked) {
        browser::cancel_dialog(&dialog);
    }
}
