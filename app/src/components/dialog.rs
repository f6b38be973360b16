use super::{BackForm, Cancel, PostForm};
use crate::words::say;
use leptos::prelude::*;

/// A question that OK answers, or `verb` where one is given. The focus stands on Cancel, the less harmful of the two (APG
/// alertdialog); Cancel comes last, as in every form.
#[component]
pub(crate) fn Confirm(
    question: Question,
    title: AnyView,
    #[prop(optional, into)] verb: Option<String>,
    children: Children,
) -> AnyView {
    let Question { id, open, action, back, fields } = question;
    let (title_id, text_id) = (format!("{id}-title"), format!("{id}-text"));
    view! {
        <dialog
            id=id class="confirm" role="alertdialog" open=open
            aria-labelledby=title_id aria-describedby=text_id
        >
            <h2 id=title_id.clone()>{title}</h2>
            <div id=text_id.clone()>{children()}</div>
            <PostForm action=action>
                {fields}
                <div class="actions">
                    <button type="submit" class="button danger">{verb.unwrap_or_else(|| say("ok"))}</button>
                    <Cancel form=format!("{id}-back") focused=true/>
                </div>
            </PostForm>
            <BackForm id=format!("{id}-back") to=back/>
        </dialog>
    }
    .into_any()
}

/// What a [`Confirm`] asks and where its answers go.
pub(crate) struct Question {
    pub(crate) id: &'static str,
    pub(crate) open: bool,
    /// Where OK posts to.
    pub(crate) action: String,
    /// The page that Cancel leads to.
    pub(crate) back: String,
    /// More fields of the form.
    pub(crate) fields: Option<AnyView>,
}
