use super::{BackForm, Cancel, FailureNote, Inner, PostForm, ToView, View};
use crate::browser;
use leptos::ev::{Event, KeyboardEvent};
use leptos::html;
use leptos::prelude::*;

/// A dialog that stands open: rendered so by the server, made modal by an island. Escape is Cancel.
/// `keep` holds it open against Escape, because it shows something once.
#[component]
pub(crate) fn Dialog(id: &'static str, title: View, #[prop(optional)] keep: bool, children: Inner) -> View {
    let title_id = format!("{id}-title");
    let place = modal();
    view! {
        <dialog
            id=id open=cfg!(feature = "ssr") aria-labelledby=title_id class=keep.then_some("keep") node_ref=place
            on:cancel=move |event| escape(&event, place, keep) on:keydown=move |event| hold(&event, keep)
        >
            <h2 id=title_id.clone()>{title}</h2>
            <FailureNote/>
            {children.show()}
        </dialog>
    }
    .view()
}

/// A question that OK answers. The focus stands on Cancel, the less harmful of the two (APG alertdialog).
#[cfg(any(feature = "ssr", feature = "account"))]
#[component]
pub(crate) fn Question(
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
    children: Inner,
) -> View {
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    let place = modal();
    view! {
        <dialog
            id=id class="confirm" role="alertdialog" open=cfg!(feature = "ssr") node_ref=place
            aria-labelledby=title_id aria-describedby=text_id on:cancel=move |event| escape(&event, place, false)
        >
            <h2 id=title_id.clone()>{title}</h2>
            <FailureNote/>
            <div id=text_id.clone()>{children.show()}</div>
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

/// The place of a dialog that becomes modal as soon as it is there.
fn modal() -> NodeRef<html::Dialog> {
    let place = NodeRef::new();
    Effect::new(move |_| {
        if let Some(dialog) = place.get() {
            browser::show_modal(&dialog);
        }
    });
    place
}

/// Browsers honour a refused `cancel` event only the first time, so the key itself is caught where nothing may close.
fn hold(event: &KeyboardEvent, keep: bool) {
    if keep && event.key() == "Escape" {
        event.prevent_default();
    }
}

fn escape(event: &Event, place: NodeRef<html::Dialog>, keep: bool) {
    event.prevent_default();
    if let Some(dialog) = place.get_untracked().filter(|_| !keep) {
        browser::send_back(&dialog);
    }
}
